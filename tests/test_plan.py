"""What a plan says of small changes: each test is one change and what follows from it."""

from __future__ import annotations

import pytest
from estates import TODAY, estate

from mofconf.answers.plan import report, verdict
from mofconf.plan import Plan, plan
from mofconf.render import Screen, text
from mofconf.report import Tone

BASE = """
kind: Service
name: shop
owner: web
criticality: high
needs: [checkout, {ref: ads, effect: degrades}]
---
kind: Service
name: checkout
owner: web
needs:
  - anyOf: [db-1, db-2]
---
kind: Service
name: ads
owner: web
---
kind: Asset
name: db-1
runsOn: host-1
---
kind: Asset
name: db-2
runsOn: host-2
---
kind: Asset
name: host-1
location: east
---
kind: Asset
name: host-2
location: west
---
kind: Location
name: east
---
kind: Location
name: west
---
kind: Team
name: web
members: [ana]
---
kind: Person
name: ana
---
kind: Customer
name: shoppers
---
kind: SLA
name: shop-shoppers
service: shop
customers: [shoppers]
targets: {availability: 99.9%}
"""


def planned(*edits: tuple[str, str], base: str = BASE) -> Plan:
    """The plan of some replacements in the text of the base."""
    head = base
    for old, new in edits:
        assert old in head, f"the base does not say {old!r}"
        head = head.replace(old, new)
    return plan(estate(base), estate(head), TODAY)


def outcomes(made: Plan, *which: str) -> set[str]:
    """The addresses with one of these outcomes."""
    return {one.address for one in made.of(*which)}


def changes(made: Plan) -> dict[str, str]:
    """What happens to which resource."""
    return {change.address: change.action for change in made.differences.changes}


def deltas(made: Plan) -> dict[tuple[str, str], tuple[object, object]]:
    """Before and after of every field."""
    return {
        (change.address, field.path): (field.before, field.after)
        for change in made.differences.changes
        for field in change.fields
    }


NOTHING = {
    "the same": (),
    "comments": (("owner: web\ncriticality", "owner: web # who else\ncriticality"),),
    "flow for block": (("members: [ana]", "members:\n  - ana"),),
    "order of fields": (("owner: web\ncriticality: high", "criticality: high\nowner: web"),),
    "order of needs": (
        ("needs: [checkout, {ref: ads, effect: degrades}]", "needs: [{ref: ads, effect: degrades}, checkout]"),
    ),
    "order in a group without failover": (("anyOf: [db-1, db-2]", "anyOf: [db-2, db-1]"),),
    "a default spelled out": (
        ("name: ads\nowner: web", "name: ads\nowner: web\nlifecycle: live\ncriticality: medium"),
    ),
    "a bare name for an address": (("service: shop", "service: Service/shop"),),
    "a short form spelled out": (("needs: [checkout,", "needs: [{ref: checkout},"),),
    "quotes": (("kind: Person\nname: ana", "kind: \"Person\"\nname: 'ana'"),),
    "another way to write a number": (("availability: 99.9%", "availability: 99.90%"),),
}


@pytest.mark.parametrize("edits", NOTHING.values(), ids=NOTHING.keys())
def test_what_means_the_same_is_no_change(edits: tuple[tuple[str, str], ...]) -> None:
    made = planned(*edits)
    assert changes(made) == {}
    assert made.consequences == ()
    assert made.state == "nothing"


def test_documents_that_move_to_another_file_or_place_are_no_change() -> None:
    documents = BASE.strip().split("\n---\n")
    moved = "# file: catalog/z.yaml\n" + "\n---\n".join(reversed(documents))
    made = plan(estate(BASE), estate(moved), TODAY)
    assert changes(made) == {}
    assert (made.state, made.differences.moved) == ("moved", len(documents))


def test_a_group_with_failover_has_an_order() -> None:
    base = BASE.replace("- anyOf: [db-1, db-2]", "- {anyOf: [db-1, db-2], failover: 99%}")
    made = planned(("anyOf: [db-1, db-2]", "anyOf: [db-2, db-1]"), base=base)
    assert deltas(made) == {
        ("Service/checkout", "needs"): (
            ("any of {Asset/db-1, Asset/db-2} (failover 99%)",),
            ("any of {Asset/db-2, Asset/db-1} (failover 99%)",),
        )
    }


def test_only_words_change() -> None:
    made = planned(("name: ads\n", "name: ads\ntitle: Advertisements\n"))
    assert made.state == "cosmetic"
    assert deltas(made) == {("Service/ads", "title"): (None, "Advertisements")}
    assert made.consequences == ()


def test_removal_of_something_needed_breaks_what_needs_it_and_all_above() -> None:
    made = planned(
        ("---\nkind: Asset\nname: db-1\nrunsOn: host-1\n", ""), ("---\nkind: Asset\nname: db-2\nrunsOn: host-2\n", "")
    )
    assert changes(made) == {"Asset/db-1": "remove", "Asset/db-2": "remove"}
    assert outcomes(made, "down") == {"Service/checkout", "Service/shop"}
    down = {one.address: one for one in made.of("down")}
    assert [step.source for step in down["Service/shop"].why] == ["Service/shop", "Service/checkout"]
    assert down["Service/shop"].why[-1].targets == ("Asset/db-1", "Asset/db-2")
    assert down["Service/shop"].culprits == ("Asset/db-1", "Asset/db-2")
    assert made.state == "breaks"
    new = {(one.rule, one.address) for one in made.findings if one.status == "new"}
    assert new == {("dangling-reference", "Service/checkout"), ("broken-promise", "SLA/shop-shoppers")}


def test_removal_of_one_of_two_loses_redundancy() -> None:
    made = planned(("---\nkind: Asset\nname: db-1\nrunsOn: host-1\n", ""))
    assert outcomes(made, "down") == set()
    assert outcomes(made, "at risk") == {"Service/checkout", "Service/shop"}
    risk = next(one for one in made.of("at risk") if one.address == "Service/checkout")
    assert risk.risks == ("Asset/db-2", "Asset/host-2", "Location/west")
    assert risk.culprits == ("Service/checkout",) or risk.culprits == ()


def test_a_move_that_makes_one_site_carry_both_is_found_with_its_culprit() -> None:
    made = planned(("name: host-2\nlocation: west", "name: host-2\nlocation: east"))
    assert deltas(made) == {
        ("Asset/host-2", "location"): ("Location/west", "Location/east"),
        ("Asset/db-2", "location"): ("Location/west", "Location/east"),
    }
    derived = next(change for change in made.differences.changes if change.address == "Asset/db-2")
    assert derived.fields[0].cause == "Asset/host-2"
    risks = {one.address: (one.risks, one.culprits) for one in made.of("at risk")}
    assert risks["Service/checkout"] == (("Location/east",), ("Asset/host-2",))
    assert risks["Service/shop"] == (("Location/east",), ("Asset/host-2",))
    assert made.state == "risks"


def test_retiring_what_is_needed_is_an_outage_and_a_finding() -> None:
    made = planned(("name: checkout\nowner: web", "name: checkout\nowner: web\nlifecycle: retired"))
    assert outcomes(made, "down") == {"Service/shop"}
    assert made.of("down")[0].culprits == ("Service/checkout",)
    assert {one.rule for one in made.findings if one.status == "new"} == {"retired-still-needed", "broken-promise"}


def test_retiring_what_is_only_wanted_degrades() -> None:
    made = planned(("name: ads\nowner: web", "name: ads\nowner: web\nlifecycle: retired"))
    assert (outcomes(made, "down"), outcomes(made, "degraded")) == (set(), {"Service/shop"})


def test_a_declared_rename_is_a_rename_and_nothing_else() -> None:
    made = planned(
        ("name: checkout\nowner", "name: purchase\nformerly: [checkout]\nowner"),
        ("needs: [checkout,", "needs: [purchase,"),
    )
    assert changes(made) == {"Service/purchase": "rename"}
    assert made.consequences == () or outcomes(made, "down", "at risk", "broken", "single point") == set()
    assert made.state == "renamed"


def test_a_rename_whose_callers_stay_behind_still_resolves_and_says_so() -> None:
    made = planned(("name: checkout\nowner", "name: purchase\nformerly: [checkout]\nowner"))
    assert changes(made) == {"Service/purchase": "rename"}
    assert [(one.rule, one.address) for one in made.findings if one.status == "new"] == [
        ("former-name-used", "Service/shop")
    ]


def test_an_undeclared_rename_is_offered_and_stays_a_removal() -> None:
    made = planned(("name: checkout\nowner", "name: purchase\nowner"), ("needs: [checkout,", "needs: [purchase,"))
    assert changes(made) == {
        "Service/checkout": "remove",
        "Service/purchase": "add",
        "Service/shop": "change",
    }
    assert [(offer.removed, offer.added) for offer in made.differences.offers] == [
        ("Service/checkout", "Service/purchase")
    ]


def test_persons_customers_partners_and_contracts_are_never_offered_as_renames() -> None:
    made = planned(("kind: Customer\nname: shoppers", "kind: Customer\nname: buyers"), ("[shoppers]", "[buyers]"))
    assert changes(made)["Customer/shoppers"] == "remove"
    assert made.differences.offers == ()


def test_two_that_look_alike_are_not_offered() -> None:
    twins = "\n---\nkind: Service\nname: a\nowner: web\n---\nkind: Service\nname: b\nowner: web\n"
    base = BASE + twins
    made = plan(
        estate(base), estate(BASE + twins.replace("name: a\n", "name: c\n").replace("name: b\n", "name: d\n")), TODAY
    )
    assert made.differences.offers == ()


BROKEN = {
    "an unclosed quote": ("kind: Asset\nname: db-2\nrunsOn: host-2", 'kind: Asset\nname: db-2\nrunsOn: "host-2'),
    "a field that does not exist": ("name: db-2\n", "name: db-2\nrunOn: host-2\n"),
    "a wrong value": ("name: db-2\n", "name: db-2\ncategory: sofware\n"),
}


@pytest.mark.parametrize("edit", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_unknown_and_not_gone(edit: tuple[str, str]) -> None:
    made = planned(edit)
    assert changes(made)["Asset/db-2"] == "unknown"
    assert "remove" not in changes(made).values()
    assert outcomes(made, "down", "broken", "at risk") == set()
    assert made.state == "unknown"
    assert any(one.severity.word == "error" for one in made.findings if one.status == "new")


def test_a_file_that_cannot_be_read_at_all_makes_what_it_held_unknown() -> None:
    base = BASE + "# file: catalog/b.yaml\nkind: Service\nname: search\nowner: web\n"
    made = plan(estate(base), estate(BASE + "# file: catalog/b.yaml\n{[\n"), TODAY)
    assert changes(made) == {"Service/search": "unknown"}


def test_what_the_base_could_not_read_is_unknown_too() -> None:
    broken = BASE.replace("name: db-2\n", "name: db-2\nrunOn: host-2\n")
    made = plan(estate(broken), estate(BASE), TODAY)
    assert changes(made) == {"Asset/db-2": "unknown"}
    assert [one.status for one in made.findings if one.rule == "unknown-field"] == ["fixed"]


def test_vacancies() -> None:
    made = planned(("---\nkind: Person\nname: ana\n", ""))
    assert {one.address: one.culprits for one in made.of("vacant")} == {"Team/web": ("Person/ana",)}
    made = planned(("name: ads\nowner: web", "name: ads"))
    assert {one.address: one.culprits for one in made.of("vacant")} == {"Service/ads": ("Service/ads",)}
    made = planned(("kind: Person\nname: ana", "kind: Person\nname: ana\nend: 2027-01-31"))
    assert outcomes(made, "vacant") == {"Team/web"}


def test_a_promise_that_goes_leaves_its_service_without_one() -> None:
    start = BASE.index("---\nkind: SLA")
    made = plan(estate(BASE), estate(BASE[:start]), TODAY)
    assert {one.address: one.culprits for one in made.of("orphaned")} == {"Service/shop": ("SLA/shop-shoppers",)}


def test_availability_travels_to_every_dependent_and_cosmetics_to_nobody() -> None:
    made = planned(("name: host-1\n", "name: host-1\navailability: 99%\n"))
    assert outcomes(made, "exposed") == {"Asset/db-1", "Service/checkout", "Service/shop"}
    assert outcomes(made, "recomputed") == {"SLA/shop-shoppers"}
    assert {"Customer/shoppers", "Team/web"} <= outcomes(made, "notified")
    assert outcomes(planned(("name: host-1\n", "name: host-1\nserial: X1\n"))) == set()


def test_ownership_goes_to_those_who_are_named() -> None:
    base = BASE + "---\nkind: Team\nname: ops\n"
    made = planned(("name: ads\nowner: web", "name: ads\nowner: ops"), base=base)
    assert outcomes(made, "exposed") == set()
    assert outcomes(made, "notified") == {"Team/ops"}


def test_a_new_hard_need_is_a_new_single_point_of_failure() -> None:
    base = BASE + "---\nkind: Asset\nname: cache\n"
    made = planned(("needs: [checkout,", "needs: [checkout, cache,"), base=base)
    assert {one.address: (one.risks, one.culprits) for one in made.of("single point")} == {
        "Service/shop": (("Asset/cache",), ("Service/shop",))
    }
    assert outcomes(made, "at risk") == set()


def test_the_other_way_round_something_works_again() -> None:
    head = BASE
    base = BASE.replace("name: checkout\nowner: web", "name: checkout\nowner: web\nlifecycle: retired")
    made = plan(estate(base), estate(head), TODAY)
    assert outcomes(made, "restored") == {"Service/shop"}
    assert {one.rule for one in made.findings if one.status == "fixed"} == {"retired-still-needed", "broken-promise"}


def test_a_rename_in_a_circle_that_nothing_needs_any_more() -> None:
    base = "kind: Service\nname: s\nneeds: [a, b]\n---\nkind: Asset\nname: a\nneeds: [b]\n"
    base += "---\nkind: Asset\nname: b\nneeds: [a]\n"
    head = base.replace("needs: [a, b]\n", "").replace("needs: [a]", "needs: [a2]")
    made = plan(estate(base), estate(head.replace("name: a\n", "name: a2\nformerly: [a]\n")), TODAY)
    assert changes(made) == {"Asset/a2": "rename", "Service/s": "change"}


def test_a_list_that_says_something_twice_differs_by_that() -> None:
    base = "kind: Service\nname: s\nneeds: [a]\n---\nkind: Asset\nname: a\n"
    made = plan(estate(base), estate(base.replace("[a]", "[a, a]")), TODAY)
    assert deltas(made) == {("Service/s", "needs"): ((), ("Asset/a",))}
    said = " ".join(text.render(report(made, "x", 1), Screen(width=None, colour=False)).split())
    assert "Service/s needs + Asset/a availability" in said


def test_instances() -> None:
    base = """
kind: Asset
name: kafka
instances:
  a: {runsOn: h1}
  b: {runsOn: h2}
  c: {runsOn: h3}
up: {atLeast: 2}
---
kind: Service
name: orders
needs: [kafka]
---
{kind: Asset, name: h1}
---
{kind: Asset, name: h2}
---
{kind: Asset, name: h3}
"""
    made = planned(("  b: {runsOn: h2}\n", ""), base=base)
    assert changes(made) == {"Asset/kafka": "change", "Asset/kafka/b": "remove"}
    assert outcomes(made, "down") == set()
    assert outcomes(made, "at risk") >= {"Service/orders"}
    made = planned(("b: {runsOn: h2}", "d: {runsOn: h2, formerly: [kafka/b]}"), base=base)
    assert changes(made)["Asset/kafka/d"] == "rename"
    made = planned(
        ("name: kafka\n", "name: broker\nformerly: [kafka]\n"), ("needs: [kafka]", "needs: [broker]"), base=base
    )
    assert changes(made) == {
        "Asset/broker": "rename",
        "Asset/broker/a": "rename",
        "Asset/broker/b": "rename",
        "Asset/broker/c": "rename",
    }
    assert made.state == "renamed"


def test_findings_are_matched_as_multisets_and_through_renames() -> None:
    base = BASE.replace("name: ads\nowner: web", "name: ads")
    made = planned(("name: ads", "name: adverts\nformerly: [ads]"), ("ref: ads", "ref: adverts"), base=base)
    assert [(one.rule, one.status) for one in made.findings] == [
        ("ownerless-service", "unchanged"),
    ]


def test_severities_are_those_of_the_base() -> None:
    project = "# file: mofconf.yaml\nkind: Project\nname: p\n"
    lenient = project + "severities: {dangling-reference: off}\n"
    head = BASE.replace("needs: [checkout,", "needs: [nowhere, checkout,")
    made = plan(
        estate(project + "# file: catalog/a.yaml" + BASE), estate(lenient + "# file: catalog/a.yaml" + head), TODAY
    )
    assert [one.rule for one in made.findings if one.status == "new"] == ["dangling-reference"]
    assert changes(made) == {"Project/p": "change", "Service/shop": "change"}


RENAMED_WITH_FINDINGS = {
    "declared": "name: adverts\nformerly: [ads]",
    "offered, as nobody declared it": "name: adverts",
}


@pytest.mark.parametrize("now", RENAMED_WITH_FINDINGS.values(), ids=RENAMED_WITH_FINDINGS.keys())
def test_what_was_wrong_with_something_renamed_is_neither_new_nor_fixed(now: str) -> None:
    base = BASE.replace("name: ads\nowner: web", "name: ads\nneeds: [gone, gone-too]")
    made = planned(("name: ads", now), ("ref: ads", "ref: adverts"), base=base)
    found = [one for one in made.findings if one.rule != "undecided-promise"]
    assert [(one.rule, one.address, one.subject, one.status) for one in found] == [
        ("ownerless-service", "Service/adverts", "", "unchanged"),
        ("dangling-reference", "Service/adverts", "gone", "unchanged"),
        ("dangling-reference", "Service/adverts", "gone-too", "unchanged"),
    ]


SUBJECTS = {
    "a knot that another one leads now": (
        "kind: Service\nname: api\nowner: w\nneeds: [b]\n---\nkind: Service\nname: b\nowner: w\nneeds: [api]\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"), ("needs: [api]", "needs: [zed]")),
    ),
    "a member that stands in its group twice": (
        "kind: Service\nname: b\nowner: w\nneeds: [{anyOf: [api, api]}]\n---\nkind: Service\nname: api\nowner: w\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"), ("anyOf: [api, api]", "anyOf: [zed, zed]")),
    ),
    "a group of one, written as before": (
        "kind: Service\nname: b\nowner: w\nneeds: [{anyOf: [api]}]\n---\nkind: Service\nname: api\nowner: w\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"),),
    ),
    "a group of one, written anew": (
        "kind: Service\nname: b\nowner: w\nneeds: [{anyOf: [api]}]\n---\nkind: Service\nname: api\nowner: w\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"), ("anyOf: [api]", "anyOf: [zed]")),
    ),
    "a reference to the wrong kind": (
        "kind: Service\nname: b\nowner: api\n---\nkind: Service\nname: api\nowner: w\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"), ("owner: api", "owner: zed")),
    ),
    "something that refers to itself": (
        "kind: Service\nname: api\nowner: w\nneeds: [api]\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"), ("needs: [api]", "needs: [zed]")),
    ),
    "something retired": (
        "kind: Service\nname: b\nowner: w\nneeds: [api]\n---\nkind: Service\nname: api\nowner: w\nlifecycle: retired\n",
        (("name: api\n", "name: zed\nformerly: [api]\n"), ("needs: [api]", "needs: [zed]")),
    ),
}


@pytest.mark.parametrize(("base", "edits"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_a_finding_about_something_renamed_stays_the_same(base: str, edits: tuple[tuple[str, str], ...]) -> None:
    made = planned(*edits, base=base + "---\nkind: Team\nname: w\n")
    ours = [(one.rule, one.status) for one in made.findings if one.rule != "former-name-used"]
    assert ours
    assert {status for _, status in ours} == {"unchanged"}, ours


def test_a_name_that_breaks_is_not_taken_for_one_that_was_broken() -> None:
    base = BASE.replace("needs: [checkout,", "needs: [purchase, checkout,")
    made = planned(("name: checkout\nowner", "name: purchase\nowner"), base=base)
    found = {(one.subject, one.status) for one in made.findings if one.rule == "dangling-reference"}
    assert found == {("checkout", "new"), ("purchase", "fixed")}


EMPTIED = {
    "no document is left": "",
    "only the project is left": "# file: mofconf.yaml\nkind: Project\nname: p\n",
}


@pytest.mark.parametrize("head", EMPTIED.values(), ids=EMPTIED.keys())
def test_a_change_that_removes_everything_says_so(head: str) -> None:
    made = plan(estate(BASE), estate(head), TODAY)
    assert made.state == "emptied"
    assert verdict(made).sentence == "removes everything: all 13 resources, 3 services and 1 promise among them"
    assert verdict(made).tone is Tone.BAD


def test_what_cannot_be_read_any_more_was_not_removed() -> None:
    assert plan(estate("kind: Team\nname: web\n"), estate("kind: Team\nname: [web\n"), TODAY).state == "unknown"
    nothing = estate("# file: mofconf.yaml\nkind: Project\nname: p\n")
    assert plan(nothing, estate(""), TODAY).state == "clean"
    assert plan(nothing, nothing, TODAY).state == "nothing"
