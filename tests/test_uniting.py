"""What several sources say of one resource becomes one: native documents and additions complete a foreign one."""

from __future__ import annotations

from typing import Any

import pytest
from estates import estate, findings

from mofconf.diagnostic import Place
from mofconf.workspace import Workspace

COMPOSE = """# file: mofconf.yaml
kind: Project
name: shop
sources: [{files: compose.yaml, format: compose}]
# file: compose.yaml
services:
  web:
    depends_on: [db, cache]
    labels: {tier: front, zone: north}
  db: {}
  cache: {}
# file: catalog/web.yaml
kind: Service
name: web
"""

ADDING = """# file: mofconf.yaml
kind: Project
name: shop
sources:
  - files: compose.yaml
    format: compose
  - files: owners.yaml
    format: mapping
    resources:
      - each: "$[*]"
        kind: Service
        name: "$.name"
        adds: true
        fields: {owner: "$.owner", customers: "$.customers[*]", labels.rank: "$.rank"}
# file: compose.yaml
services: {web: {}, worker: {}, db: {depends_on: [web]}}
"""


def resource(workspace: Workspace, address: str) -> Any:
    return workspace.catalog.entries[address].resource


def needs_of(text: str, address: str = "Service/web") -> list[str]:
    """The gates of a resource, each in a few words."""
    gates = estate(text).graph.gates.get(address, ())
    return sorted(f"{gate.at_least} of {' '.join(gate.members)} {gate.effect}" for gate in gates)


# --- a native document completes a foreign one ----------------------------------------------------------------------


def test_one_resource_of_two_documents() -> None:
    workspace = estate(COMPOSE + "title: The shop\nlabels: {rank: one}\n")
    assert [address for address in workspace.catalog.entries if address.startswith("Service")] == [
        "Service/cache",
        "Service/db",
        "Service/web",
    ]
    web = resource(workspace, "Service/web")
    assert (web.title, web.labels) == ("The shop", {"tier": "front", "zone": "north", "rank": "one"})
    assert not workspace.catalog.repeats
    assert not workspace.problems


def test_each_value_keeps_its_place() -> None:
    draft = estate(COMPOSE + "title: The shop\nlabels: {rank: one}\n").catalog.entries["Service/web"].draft
    assert draft.place("title") == Place("catalog/web.yaml", 3, 8)
    assert draft.place("labels", "rank") == Place("catalog/web.yaml", 4, 16)
    assert draft.place("labels", "tier") == Place("compose.yaml", 4, 20)
    assert draft.place("needs", 1).file == "compose.yaml"


# what the native document says, and the gates that come of it
NEEDS: dict[str, tuple[str, list[str]]] = {
    "nothing": ("title: x", ["1 of Service/cache stops", "1 of Service/db stops"]),
    "what is there already": ("needs: [db]", ["1 of Service/cache stops", "1 of Service/db stops"]),
    "the same by address": ("needs: [Service/db]", ["1 of Service/cache stops", "1 of Service/db stops"]),
    "something new": (
        "needs: [queue]\n---\nkind: Service\nname: queue",
        ["1 of Service/cache stops", "1 of Service/db stops", "1 of Service/queue stops"],
    ),
    "a start order": ("needs: [{ref: db, effect: none}]", ["1 of Service/cache stops", "1 of Service/db none"]),
    "an asset of the same name is something else": (
        "needs: [Asset/db]\n---\nkind: Asset\nname: db",
        ["1 of Asset/db stops", "1 of Service/cache stops", "1 of Service/db stops"],
    ),
    "a group of both": (
        "needs: [{anyOf: [db, cache]}]",
        ["1 of Service/cache stops", "1 of Service/db Service/cache stops", "1 of Service/db stops"],
    ),
}


@pytest.mark.parametrize("case", NEEDS)
def test_needs_are_united_by_target_and_the_native_ones_win(case: str) -> None:
    text, wanted = NEEDS[case]
    assert needs_of(f"{COMPOSE}{text}\n") == wanted


def test_of_a_need_in_both_the_place_is_that_of_the_native_one() -> None:
    draft = estate(COMPOSE + "needs:\n  - {ref: cache, tolerates: 4h}\n").catalog.entries["Service/web"].draft
    assert [draft.place("needs", index).file for index in range(2)] == ["compose.yaml", "catalog/web.yaml"]


# what a native document may say wrongly of a foreign resource: rule, file, line, words
WRONG: dict[str, tuple[str, str, str, int, str]] = {
    "a scalar that contradicts": (
        "labels: {tier: back}",
        "contradicting-values",
        "catalog/web.yaml",
        3,
        "labels.tier is back here and front in compose.yaml:4:20",
    ),
    "a list where a mapping stands": (
        "labels: [a]",
        "contradicting-values",
        "catalog/web.yaml",
        3,
        "labels is ['a'] here",
    ),
    "needs that are no list": ("needs: 5", "contradicting-values", "catalog/web.yaml", 3, "needs is 5 here"),
    "a group of a number": ("needs: [{atLeast: 1, of: 5}]", "invalid-value", "catalog/web.yaml", 3, "5 is not a list"),
    "a group of a mapping": ("needs: [{anyOf: {a: 1}}]", "invalid-value", "catalog/web.yaml", 3, "is not a list"),
    "an empty need": ("needs: [null]", "invalid-value", "catalog/web.yaml", 3, "is empty"),
    "a need of a list": ("needs: [{ref: [a]}]", "invalid-value", "catalog/web.yaml", 3, "ref: a list is not"),
    "a list of lists": ("needs: [[a]]", "invalid-value", "catalog/web.yaml", 3, "a list is not a need"),
    "a group in two forms": (
        "needs: [{anyOf: [db, cache], of: [db, cache]}]",
        "invalid-value",
        "catalog/web.yaml",
        3,
        "say one thing",
    ),
    "an enum value": ("criticality: hihg", "invalid-value", "catalog/web.yaml", 3, "'hihg' is not one of"),
    "an empty field": ("instances:", "invalid-value", "catalog/web.yaml", 3, "instances is empty"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_in_the_file_where_it_stands(case: str) -> None:
    text, rule, file, line, words = WRONG[case]
    found = findings(f"{COMPOSE}{text}\n", rule)
    assert [(one.place and one.place.file, one.place and one.place.line) for one in found][:1] == [(file, line)]
    assert words in found[0].message


def test_an_unknown_field_is_said_in_the_file_where_it_stands() -> None:
    [wrong] = findings(COMPOSE + "ownr: x\n", "unknown-field")
    assert wrong.place == Place("catalog/web.yaml", 3, 1)


def test_a_contradiction_cites_both_places_and_the_native_value_counts() -> None:
    [one] = findings(COMPOSE + "labels: {tier: back}\n", "contradicting-values")
    assert one.address == "Service/web"
    assert [str(related.place) for related in one.related] == ["compose.yaml:4:20"]
    assert resource(estate(COMPOSE + "labels: {tier: back}\n"), "Service/web").labels["tier"] == "back"


def test_the_same_value_twice_is_no_contradiction() -> None:
    assert not findings(COMPOSE + "labels: {tier: front}\n", "contradicting-values")


def test_two_native_documents_are_a_repeat_even_where_a_foreign_one_stands() -> None:
    found = findings(COMPOSE + "---\nkind: Service\nname: web\n", "repeated-address")
    assert [str(one.place) for one in found] == ["catalog/web.yaml:5:7"]
    assert len(findings("kind: Service\nname: a\n---\nkind: Service\nname: a\n", "repeated-address")) == 1


def test_a_native_document_completes_nothing_that_is_native() -> None:
    workspace = estate("kind: Service\nname: a\ntitle: A\n---\nkind: Service\nname: a\ndescription: D\n")
    assert resource(workspace, "Service/a").description == ""


# --- additions ------------------------------------------------------------------------------------------------------


def owners(text: str) -> dict[str, str | None]:
    entries = estate(ADDING + text).catalog.entries
    return {
        address.partition("/")[2]: entry.resource.owner  # type: ignore[attr-defined]  # a Service has one
        for address, entry in entries.items()
        if address.startswith("Service/")
    }


def test_additions_complete_and_make_nothing() -> None:
    rows = "# file: owners.yaml\n- {name: web, owner: front}\n- {name: nobody, owner: front}\n"
    assert owners(rows) == {"db": None, "web": "front", "worker": None}
    assert not [one for one in findings(ADDING + rows) if "fits none" in one.message]


def test_an_addition_with_a_star_completes_all_that_match() -> None:
    assert owners('# file: owners.yaml\n- {name: "w*", owner: front}\n') == {
        "db": None,
        "web": "front",
        "worker": "front",
    }


def test_additions_that_fit_nothing_at_all_are_a_finding() -> None:
    rows = "# file: owners.yaml\n- {name: x, owner: front}\n- {name: y, owner: z}\n"
    [one] = [one for one in findings(ADDING + rows, "unmatched-mapping") if "fits none" in one.message]
    assert one.place is not None
    assert one.place.file == "owners.yaml"


def test_what_a_native_document_says_wins_over_an_addition() -> None:
    rows = "# file: owners.yaml\n- {name: web, owner: front}\n# file: catalog/a.yaml\nkind: Service\nname: web\n"
    rows += "owner: me\n"
    assert owners(rows)["web"] == "me"
    [one] = findings(ADDING + rows, "contradicting-values")
    assert "owner is me here and front in owners.yaml:1:22" in one.message
    assert "this one counts" in one.hint


def test_an_addition_to_a_native_document_completes_it_and_loses() -> None:
    rows = '# file: owners.yaml\n- {name: "own*", owner: front, rank: one}\n# file: catalog/a.yaml\nkind: Service\n'
    rows += "name: own\nowner: me\n---\nkind: Service\nname: owned\n"
    assert owners(rows) == {"db": None, "own": "me", "owned": "front", "web": None, "worker": None}
    workspace = estate(ADDING + rows)
    assert resource(workspace, "Service/own").labels == {"rank": "one"}
    draft = workspace.catalog.entries["Service/own"].draft
    assert (draft.place("owner"), draft.place("labels", "rank").file) == (Place("catalog/a.yaml", 3, 8), "owners.yaml")
    [one] = findings(ADDING + rows, "contradicting-values")
    assert "that one counts" in one.hint


def test_lists_are_united_and_keep_the_files_of_their_items() -> None:
    rows = "# file: owners.yaml\n- {name: web, customers: [a, b]}\n# file: catalog/a.yaml\nkind: Service\nname: web\n"
    rows += "customers: [b, c]\n"
    entry = estate(ADDING + rows).catalog.entries["Service/web"]
    assert entry.resource.customers == ("a", "b", "c")  # type: ignore[attr-defined]  # a Service has them
    files = [entry.draft.place("customers", index).file for index in range(3)]
    assert files == ["owners.yaml", "owners.yaml", "catalog/a.yaml"]
    assert entry.draft.place("customers").file == "owners.yaml"


def test_an_empty_field_of_a_native_document_is_refused_and_not_a_contradiction() -> None:
    text = COMPOSE + "labels:\n  tier:\nowner:\n"
    assert [(str(one.place), one.rule, one.message) for one in findings(text) if "less" not in one.rule] == [
        ("catalog/web.yaml:4:3", "invalid-value", "tier is empty"),
        ("catalog/web.yaml:5:1", "invalid-value", "owner is empty"),
    ]
    rows = "# file: owners.yaml\n- {name: own, owner: front}\n# file: catalog/a.yaml\nkind: Service\nname: own\n"
    assert [str(one.place) for one in findings(ADDING + rows + "owner:\n", "invalid-value")] == ["catalog/a.yaml:3:1"]
    assert findings(ADDING + rows + "owner:\n", "contradicting-values") == ()


def test_what_is_null_in_a_foreign_file_is_absent() -> None:
    rows = "# file: owners.yaml\n- {name: web, owner: null, customers: [a, null], rank: }\n"
    assert owners(rows) == {"db": None, "web": None, "worker": None}
    assert estate(ADDING + rows).catalog.entries["Service/web"].resource.customers == ("a",)  # type: ignore[attr-defined]  # a Service has them
    assert findings(ADDING + rows, "invalid-value") == ()
