"""One address each, every name resolved, instances and defaults: what resources become in the catalog."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from estates import estate, findings

from mofconf.catalog import Found
from mofconf.diagnostic import Place
from mofconf.graph import State
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import NEEDS, OWNED_BY, Link
from mofconf.workspace import Workspace

# --- names ----------------------------------------------------------------------------------------------------------

NAMES = estate("""
kind: Service
name: orders
---
kind: Service
name: api/orders
---
kind: Service
name: shipping
formerly: [shippingservice, delivery]
---
kind: Asset
name: orders-db
formerly: [delivery, Asset/pg]
---
kind: Asset
name: ledger
---
kind: Service
name: ledger
---
kind: Service
name: Team/x
---
kind: Service
name: old
---
kind: Service
name: new
formerly: [old]
---
kind: Team
name: crew
formerly: [gang]
---
kind: Team
name: orders
---
kind: Service
name: unreadable
title: [
---
kind: Service
name: misfit
nonsense: 1
---
kind: Asset
name: kafka
instances:
  a: {}
  b: {formerly: [kafka-2]}
---
kind: Asset
name: broken
nonsense: 1
instances: {a: {}}
""")

NEEDED = Link("Service", "Asset", relation=NEEDS)
RUNS = Link("Asset", relation=NEEDS)
TEAM = Link("Team", relation=OWNED_BY)
HOURS = Link("Calendar", relation=NEEDS, builtin=("24x7",))

# text, field, how it is found, target, candidates
RESOLVED: list[tuple[str, Link, Found, str, str]] = [
    ("orders", NEEDED, Found.YES, "Service/orders", ""),
    ("orders", TEAM, Found.YES, "Team/orders", ""),
    ("Service/orders", NEEDED, Found.YES, "Service/orders", ""),
    ("api/orders", NEEDED, Found.YES, "Service/api/orders", ""),
    ("Service/api/orders", NEEDED, Found.YES, "Service/api/orders", ""),
    ("kafka/a", NEEDED, Found.YES, "Asset/kafka/a", ""),
    ("Asset/kafka/a", RUNS, Found.YES, "Asset/kafka/a", ""),
    ("kafka", NEEDED, Found.YES, "Asset/kafka", ""),
    ("Orders", NEEDED, Found.MISSING, "Service/Orders", ""),
    ("service/orders", NEEDED, Found.MISSING, "Service/service/orders", ""),
    ("shippingservice", NEEDED, Found.FORMER, "Service/shipping", ""),
    ("Service/shippingservice", NEEDED, Found.FORMER, "Service/shipping", ""),
    ("pg", NEEDED, Found.FORMER, "Asset/orders-db", ""),
    ("Asset/pg", NEEDED, Found.FORMER, "Asset/orders-db", ""),
    ("Service/pg", NEEDED, Found.MISSING, "Service/pg", ""),
    ("kafka-2", NEEDED, Found.FORMER, "Asset/kafka/b", ""),
    ("delivery", NEEDED, Found.AMBIGUOUS, "", "Asset/orders-db Service/shipping"),
    ("delivery", RUNS, Found.FORMER, "Asset/orders-db", ""),
    ("Service/delivery", NEEDED, Found.FORMER, "Service/shipping", ""),
    ("gang", TEAM, Found.FORMER, "Team/crew", ""),
    ("gang", NEEDED, Found.MISSING, "Service/gang", ""),
    ("old", NEEDED, Found.YES, "Service/old", ""),  # somebody has that name now
    ("ledger", NEEDED, Found.AMBIGUOUS, "", "Service/ledger Asset/ledger"),
    ("ledger", RUNS, Found.YES, "Asset/ledger", ""),
    ("Asset/ledger", NEEDED, Found.YES, "Asset/ledger", ""),
    ("crew", NEEDED, Found.WRONG_KIND, "Service/crew", "Team/crew"),
    ("Team/crew", NEEDED, Found.WRONG_KIND, "Team/crew", "Team/crew"),
    ("Team/nobody", NEEDED, Found.WRONG_KIND, "Team/nobody", ""),
    ("Team/x", NEEDED, Found.WRONG_KIND, "Team/x", ""),  # it starts with a kind, so it is an address
    ("Service/Team/x", NEEDED, Found.YES, "Service/Team/x", ""),
    ("orders-db", TEAM, Found.WRONG_KIND, "Team/orders-db", "Asset/orders-db"),
    ("unreadable", NEEDED, Found.YES, "Service/unreadable", ""),
    ("misfit", NEEDED, Found.YES, "Service/misfit", ""),
    ("broken", NEEDED, Found.YES, "Asset/broken", ""),
    ("broken/a", NEEDED, Found.YES, "Asset/broken/a", ""),
    ("24x7", HOURS, Found.BUILTIN, "", ""),
    ("Calendar/24x7", HOURS, Found.BUILTIN, "", ""),
    ("24x7", NEEDED, Found.MISSING, "Service/24x7", ""),
    ("24x5", HOURS, Found.MISSING, "Calendar/24x5", ""),
    ("zebra", NEEDED, Found.MISSING, "Service/zebra", ""),
    ("zebra", RUNS, Found.MISSING, "Asset/zebra", ""),
]


@pytest.mark.parametrize(("text", "link", "found", "target", "candidates"), RESOLVED)
def test_what_a_name_means(text: str, link: Link, found: Found, target: str, candidates: str) -> None:
    assert NAMES.catalog.resolve(text, link) == (found, target, tuple(candidates.split()))


def test_what_cannot_be_read_keeps_its_address() -> None:
    assert sorted(NAMES.catalog.unknown) == [
        "Asset/broken",
        "Asset/broken/a",
        "Service/misfit",
        "Service/unreadable",
    ]
    assert {NAMES.graph.nodes[address] for address in NAMES.catalog.unknown} == {State.UNKNOWN}


def test_a_document_that_does_not_fit_does_not_hide_one_that_does() -> None:
    workspace = estate("kind: Service\nname: a\nx: 1\n---\nkind: Service\nname: a\ntitle: A\n")
    assert entry(workspace, "Service/a").resource.title == "A"
    assert workspace.catalog.unknown == {}
    assert len(workspace.catalog.misfits) == 1


def test_of_a_repeat_the_first_counts_with_its_instances() -> None:
    one = "# file: catalog/a.yaml\nkind: Asset\nname: k\ntitle: one\ninstances: {a: , b: }\n"
    two = "# file: catalog/b.yaml\nkind: Asset\nname: k\ntitle: two\ninstances: {b: , c: }\n"
    workspace = estate(one + two)
    assert list(workspace.catalog.entries) == ["Asset/k", "Asset/k/a", "Asset/k/b"]
    assert entry(workspace, "Asset/k").resource.title == "one"
    [repeat] = workspace.catalog.repeats
    assert [draft.file for draft in repeat.drafts] == ["catalog/a.yaml", "catalog/b.yaml"]


def test_the_order_of_files_does_not_depend_on_how_they_come() -> None:
    one, two = "# file: catalog/a.yaml\nkind: Service\nname: a\n", "# file: catalog/b.yaml\nkind: Asset\nname: a\n"
    assert (
        list(estate(one + two).catalog.entries) == list(estate(two + one).catalog.entries) == ["Asset/a", "Service/a"]
    )


# --- instances ------------------------------------------------------------------------------------------------------

KAFKA = """
kind: Asset
name: kafka
title: Event bus
description: All events.
formerly: [bus]
owner: crew
category: hardware
needs: [power, {ref: dns, effect: none}]
availability: {percent: 99.9%, mttr: 2h}
labels: {tier: data, env: prod}
location: east
instances:
  a: {runsOn: e1}
  b:
  c:
    owner: others
    needs: [generator]
    availability: 99%
    labels: {zone: w}
    location: west
    title: The odd one
    formerly: [kafka-3, Asset/kafka-iii]
up: {atLeast: 2}
"""


def entry(workspace: Workspace, address: str) -> Entry:
    return workspace.catalog.entries[address]


def resource(workspace: Workspace, address: str) -> Any:
    return workspace.catalog.entries[address].resource


def test_instances_are_resources_of_their_own() -> None:
    workspace = estate(KAFKA)
    whole = entry(workspace, "Asset/kafka")
    assert whole.instances == ("Asset/kafka/a", "Asset/kafka/b", "Asset/kafka/c")
    assert [entry(workspace, one).instance_of for one in whole.instances] == ["Asset/kafka"] * 3
    assert whole.instance_of == ""
    assert workspace.graph.wholes == {"Asset/kafka"}


def test_an_instance_has_the_fields_of_the_whole_but_what_makes_it_the_whole() -> None:
    workspace = estate(KAFKA)
    plain = resource(workspace, "Asset/kafka/b")
    assert (plain.owner, plain.category, plain.location, plain.name) == ("crew", "hardware", "east", "kafka/b")
    assert [need.ref for need in plain.needs] == ["power", "dns"]
    assert plain.availability.mttr == timedelta(hours=2)
    assert (plain.title, plain.description, plain.formerly, plain.instances, plain.up) == ("", "", (), {}, None)


def test_an_instance_replaces_whole_fields() -> None:
    odd = resource(estate(KAFKA), "Asset/kafka/c")
    assert (odd.owner, odd.location, odd.title) == ("others", "west", "The odd one")
    assert [need.ref for need in odd.needs] == ["generator"]
    assert odd.labels == {"zone": "w"}
    assert odd.availability.mttr is None
    assert odd.category == "hardware"


def test_former_names_of_instances_and_of_the_whole() -> None:
    catalog = estate(KAFKA).catalog
    for name, now in (
        ("bus", "Asset/kafka"),
        ("kafka-3", "Asset/kafka/c"),
        ("kafka-iii", "Asset/kafka/c"),
    ):
        assert catalog.resolve(name, NEEDED) == (Found.FORMER, now, ())


def test_places_of_what_an_instance_says_and_of_what_it_has() -> None:
    drafts = {address: one.draft for address, one in estate(KAFKA).catalog.entries.items()}
    assert drafts["Asset/kafka/c"].place("owner") == Place("catalog/a.yaml", 17, 12)
    assert drafts["Asset/kafka/b"].place("owner") == Place("catalog/a.yaml", 7, 8)
    assert drafts["Asset/kafka/b"].place("name") == Place("catalog/a.yaml", 15, 3)
    assert drafts["Asset/kafka/b"].place("title") == Place("catalog/a.yaml", 15, 3)


def test_an_instance_that_does_not_fit_is_unknown_and_the_others_stand() -> None:
    workspace = estate("kind: Asset\nname: k\ninstances: {a: {}, b: {nonsense: 1}}\n")
    assert list(workspace.catalog.entries) == ["Asset/k", "Asset/k/a"]
    assert list(workspace.catalog.unknown) == ["Asset/k/b"]
    assert entry(workspace, "Asset/k").instances == ("Asset/k/a", "Asset/k/b")
    [gate] = workspace.graph.gates["Asset/k"]
    assert gate.members == ("Asset/k/a", "Asset/k/b")


# --- defaults -------------------------------------------------------------------------------------------------------

DEFAULTS = """
# file: mofconf.yaml
kind: Project
name: p
defaults:
  - for: {kind: Asset, category: hardware}
    set:
      owner: infra
      availability: {percent: 99.5%}
  - for: {kind: Asset, labels.tier: data}
    set:
      location: vault
  - for: {kind: Asset, category: software}
    set:
      owner: devs
  - for: {category: network}
    set:
      owner: wires
      location: floor
# file: catalog/a.yaml
"""

# fields of the asset, then owner, location, what is assumed
FILLED: dict[str, tuple[str, str | None, str | None, str]] = {
    "what is absent is filled": ("category: hardware", "infra", None, "availability owner"),
    "what is there stays": ("category: hardware\nowner: me", "me", None, "availability"),
    "what the kind takes for granted fits": ("model: x", "devs", None, "owner"),
    "a label fits": ("labels: {tier: data}", "devs", "vault", "location owner"),
    "another label does not": ("labels: {tier: edge}", "devs", None, "owner"),
    "any kind fits where none is asked": ("category: network", "wires", "floor", "location owner"),
    "nothing fits": ("category: credential", None, None, ""),
    "several fit": (
        "category: hardware\nlabels: {tier: data}",
        "infra",
        "vault",
        "availability location owner",
    ),
}


@pytest.mark.parametrize("case", FILLED)
def test_defaults_fill_and_never_override(case: str) -> None:
    text, owner, location, assumed = FILLED[case]
    workspace = estate(f"{DEFAULTS}kind: Asset\nname: a\n{text}\n")
    asset = resource(workspace, "Asset/a")
    assert (asset.owner, asset.location) == (owner, location)
    assert " ".join(sorted(entry(workspace, "Asset/a").draft.assumed)) == assumed
    assert not workspace.problems


def test_defaults_do_not_fill_what_is_written_and_left_empty() -> None:
    [misfit] = estate(f"{DEFAULTS}kind: Asset\nname: a\ncategory: hardware\nowner:\n").catalog.misfits
    assert [fault.message for fault in misfit.faults] == ["owner is empty"]
    assert "owner" not in misfit.draft.assumed


def test_what_a_default_said_stands_in_the_project_file() -> None:
    draft = entry(estate(f"{DEFAULTS}kind: Asset\nname: a\ncategory: hardware\n"), "Asset/a").draft
    assert draft.place("owner") == Place("mofconf.yaml", 6, 14)
    assert draft.place("availability", "percent") == Place("mofconf.yaml", 7, 31)
    assert draft.place("category") == Place("catalog/a.yaml", 3, 11)


def test_defaults_reach_instances_and_are_assumed_only_where_they_count() -> None:
    instances = "{a: {}, b: {owner: me, availability: 99%}}"
    workspace = estate(f"{DEFAULTS}kind: Asset\nname: k\ncategory: hardware\ninstances: {instances}\n")
    assert resource(workspace, "Asset/k/a").owner == "infra"
    assert entry(workspace, "Asset/k/a").draft.assumed == {"owner", "availability"}
    assert resource(workspace, "Asset/k/b").owner == "me"
    assert entry(workspace, "Asset/k/b").draft.assumed == frozenset()


CONFLICT = """
# file: mofconf.yaml
kind: Project
name: p
defaults:
  - for: {kind: Asset}
    set: {owner: one, location: here}
  - for: {category: software}
    set: {owner: two, location: here}
# file: catalog/a.yaml
kind: Asset
name: a
"""


def test_two_defaults_that_differ_conflict_and_say_so() -> None:
    [conflict] = findings(CONFLICT, "contradicting-values")
    assert conflict.address == "Asset/a"
    assert conflict.place == Place("mofconf.yaml", 7, 11)
    assert [str(related.place) for related in conflict.related] == ["mofconf.yaml:5:11"]
    assert "two here, one in mofconf.yaml:5:11" in conflict.message
    assert resource(estate(CONFLICT), "Asset/a").owner == "one"


def test_no_conflict_where_the_resource_says_it_itself() -> None:
    assert not findings(CONFLICT + "owner: three\n", "contradicting-values")


def test_a_default_that_does_not_fit_is_said_where_it_stands() -> None:
    [wrong] = findings(CONFLICT.replace("owner: two, location: here", "model: 5"), "invalid-value")
    assert wrong.place == Place("mofconf.yaml", 7, 18)


def test_a_field_that_no_kind_has_is_said_where_the_default_stands() -> None:
    [wrong] = findings(CONFLICT.replace("owner: two, location: here", "ownr: two"), "unknown-field")
    assert wrong.place == Place("mofconf.yaml", 7, 11)
