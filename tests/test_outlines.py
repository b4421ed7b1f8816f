"""Bounds that need no diagram: they hold, they are close, and one revision takes over what another one found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import inf

import pytest
from estates import TODAY, estate
from hypothesis import HealthCheck, given, settings
from test_dependability import estates, read, revisions
from truth import Thing, Truth

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.outlines import Outlines
from mofconf.analyses.dependability.structure import View, structure
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.reached import Room
from mofconf.analyses.working import dependents
from mofconf.workspace import Workspace

FLOAT = 1e-12


def outlined(workspace: Workspace, addresses: list[str], known: Outlines | None = None) -> dict[str, Chance]:
    outlines = Outlines() if known is None else known
    graph = Inputs(workspace.catalog, workspace.graph).graph
    found = structure(graph, map(View, addresses), ends=outlines)
    outlines.enter(found, Inputs(workspace.catalog, workspace.graph).chances(found.events))
    return {one: outlines.of(View(one)) for one in addresses}


def holds(things: list[Thing]) -> None:
    truth = Truth(things)
    workspace, addresses = read(things)
    found = outlined(workspace, [*addresses])
    for address, thing in addresses.items():
        exact = truth.probability(truth.good(thing.name))
        assert found[address].low - FLOAT <= exact <= found[address].high + FLOAT


@given(estates(things=9, tolerant=False))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_exact_figure_lies_within(things: list[Thing]) -> None:
    holds(things)


@given(estates(things=5, tolerant=True))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_where_outages_are_tolerated_too(things: list[Thing]) -> None:
    holds(things)


@given(revisions())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_another_revision_found_is_taken_over_where_nothing_changed(found: list[list[Thing]]) -> None:
    """The same as from the beginning, but for the order in which numbers are multiplied.

    How many times as often something works after a change lies within its bounds, after several changes, too.
    """
    workspace, addresses = read(found[0])
    known = first = Outlines()
    outlined(workspace, [*addresses], known)
    was = {one: exact(found[0], one) for one in addresses}
    for before, after in pairwise(found):
        changed = [one.name for one, other in zip(before, after, strict=True) if one != other]
        workspace, addresses = read(after)
        touched = [node for node in workspace.graph.nodes if node.partition("/")[2].partition("/")[0] in changed]
        dirty = dependents(workspace.graph, touched) | dependents(read(before)[0].graph, touched)
        known = known.but(dirty)
        taken, fresh = outlined(workspace, [*addresses], known), outlined(workspace, [*addresses])
        for address in addresses:
            assert taken[address] == pytest.approx(fresh[address], abs=FLOAT)
            if address in was:
                now, view = exact(after, address), View(address)
                for least, most in (first.factor(view, known, view), first.signed_factor(view, known, view)):
                    assert least * was[address] - FLOAT <= now
                    assert not was[address] or now <= most * was[address] + FLOAT


def exact(things: list[Thing], address: str) -> float:
    truth = Truth(things)
    return truth.probability(truth.good(address.partition("/")[2]))


FACTORS = {
    "nothing that matters": ("needs: [a, {anyOf: [b, c]}]", "a", "99%", 1, 1),
    "what it cannot do without": ("needs: [a, {anyOf: [b, c]}]", "a", "90%", 0.9 / 0.99, 0.9 / 0.99),
    "what is not known beside it": ("needs: [a, unstated, {anyOf: [b, c]}]", "a", "90%", 0.9 / 0.99, 0.9 / 0.99),
    "that is part of the redundant, too": (
        "needs: [a, {anyOf: [a, c]}]",
        "a",
        "90%",
        0.9 / 0.99 * (1 - 0.1 * 0.03),
        0.9 / 0.99 / (1 - 0.01 * 0.03),
    ),
    "what is redundant": (
        "needs: [a, {anyOf: [b, c]}]",
        "b",
        "50%",
        1 - 0.5 * 0.03,
        1,  # it did not become better
    ),
    "what is redundant, to the better": ("needs: [a, {anyOf: [b, c]}]", "b", "99%", 1, 1 / (1 - 0.02 * 0.03)),
    "what two redundant ones share": ("needs: [{anyOf: [d, e]}]", "host", "80%", 0.8 / 0.9, 0.8 / 0.9),
}


@pytest.mark.parametrize(("needs", "what", "then", "least", "most"), FACTORS.values(), ids=FACTORS.keys())
def test_how_many_times_as_often_it_works(needs: str, what: str, then: str, least: float, most: float) -> None:
    shares = {"a": "99%", "b": "98%", "c": "97%", "d": "99%", "e": "98%", "host": "90%", "unstated": ""}

    def written(shares: Mapping[str, str]) -> Workspace:
        parts = [f"kind: Service\nname: s\navailability: 100%\n{needs}\n"]
        for name, share in shares.items():
            stated = f"availability: {share}\n" if share else ""
            parts.append(f"kind: Asset\nname: {name}\n{stated}" + "runsOn: host\n" * (name in "de"))
        return estate("---\n".join(parts))

    before, after = Outlines(), written({**shares, what: then})
    outlined(written(shares), ["Service/s"], before)
    later = before.but(dependents(after.graph, [f"Asset/{what}"]))
    outlined(after, ["Service/s"], later)
    view = View("Service/s")
    assert before.signed_factor(view, later, view) == pytest.approx((least, most), abs=FLOAT)


WORSE = {
    "one of three less": ("[{anyOf: [a, b, c]}]", "[{anyOf: [a, b]}]"),
    "no choice any more": ("[{anyOf: [a, b]}]", "[a]"),
    "more of them needed": ("[{anyOf: [a, b, c]}]", "[{atLeast: 2, of: [a, b, c]}]"),
    "one more need": ("[{anyOf: [a, b]}]", "[{anyOf: [a, b]}, c]"),
    "one of two on a host": ("[{anyOf: [a, b]}]", "[{anyOf: [d, b]}]"),  # d is a, and needs a host
    "a second choice less, with a switch": ("[{anyOf: [a, b, c], failover: 90%}]", "[{anyOf: [a, b], failover: 90%}]"),
    "one of them more often needed": ("[a, {anyOf: [b, c]}]", "[a, b]"),
}


@pytest.mark.parametrize(("before", "after"), WORSE.values(), ids=WORSE.keys())
def test_more_needs_are_never_better(before: str, after: str) -> None:
    """Whatever is known of what is needed: here nothing at all."""

    def written(needs: str) -> Workspace:
        host = "runsOn: host\n" if "d" in needs else ""
        things = f"---\nkind: Asset\nname: a\n{host}---\nkind: Asset\nname: host\n"
        things += "".join(f"---\nkind: Asset\nname: {name}\n" for name in "bc")
        return estate(f"kind: Service\nname: s\nneeds: {needs.replace('d', 'a')}\n{things}")

    for one, other, fits in ((before, after, (0, 1)), (after, before, (1, inf))):
        was, now = Outlines(), written(other)
        outlined(written(one), ["Service/s"], was)
        later = was.but(dependents(now.graph, ["Service/s", "Asset/a"]))
        outlined(now, ["Service/s"], later)
        view = View("Service/s")
        least, most = was.factor(view, later, view)
        assert least <= 1 <= most
        assert was.signed_factor(view, later, view) == fits


def test_what_trades_one_need_for_another_may_be_either() -> None:
    text = "kind: Service\nname: s\nneeds: [{anyOf: [a, x]}]\n---\nkind: Asset\nname: a\navailability: 99%\n"
    text += "---\nkind: Asset\nname: b\navailability: 99%\n---\nkind: Asset\nname: c\navailability: 99%\n"
    was, now = Outlines(), estate(text.replace("x", "c"))
    outlined(estate(text.replace("x", "b")), ["Service/s"], was)
    later = was.but(["Service/s"])
    outlined(now, ["Service/s"], later)
    least, most = was.signed_factor(View("Service/s"), later, View("Service/s"))
    assert least < 1 < most


CLOSE = {
    "one after the other": ("needs: [a, b]", 0.99 * 0.98, 0.99 * 0.98),
    "either of two": ("needs: [{anyOf: [a, b]}]", 1 - 0.01 * 0.02, 1),
    "either, with a switch": ("needs: [{anyOf: [a, b], failover: 90%}]", 1 - 0.01 * 0.02 - 0.1 * 0.01, 1),
    "two of three": ("needs: [{atLeast: 2, of: [a, b, c]}]", 1 - 0.01 * 0.02 - 0.01 * 0.03 - 0.02 * 0.03, 1),
    "either of two on one host": ("needs: [{anyOf: [d, e]}]", 0.9 * (1 - 0.01 * 0.02), 0.9),
    "nothing that is redundant fails twice": (
        "needs: [{anyOf: [a, b]}, {anyOf: [b, c]}]",
        (1 - 0.01 * 0.02) * (1 - 0.02 * 0.03),
        1,
    ),
}


@pytest.mark.parametrize(("needs", "low", "high"), CLOSE.values(), ids=CLOSE.keys())
def test_by_hand(needs: str, low: float, high: float) -> None:
    things = {"a": "99%", "b": "98%", "c": "97%", "host": "90%"}
    text = f"kind: Service\nname: s\navailability: 100%\n{needs}\n" + "".join(
        f"---\nkind: Asset\nname: {name}\navailability: {share}\n" for name, share in things.items()
    )
    text += "".join(
        f"---\nkind: Asset\nname: {name}\navailability: {share}\nrunsOn: host\n"
        for name, share in (("d", "99%"), ("e", "98%"))
    )
    assert outlined(estate(text), ["Service/s"])["Service/s"] == pytest.approx((low, high), abs=FLOAT)


def test_exact_figures_go_to_the_endangered_as_far_as_there_is_room() -> None:
    """Redundant things, so that outlines are no figures. Five things stand behind ``big``, three behind the others."""
    parts = [
        f"kind: Service\nname: {name}\navailability: 100%\nneeds: [{{anyOf: {[f'{name}-{one}' for one in of]}}}]\n"
        for name, of in (("big", "abcd"), ("near", "ab"), ("far", "ab"))
    ]
    parts += [f"kind: Asset\nname: big-{one}\navailability: 10%\n" for one in "abcd"]
    parts += [f"kind: Asset\nname: {name}-{one}\navailability: 90%\n" for name in ("near", "far") for one in "ab"]
    parts += [
        f"kind: SLA\nname: {name}\nservice: {name}\ntargets: {{availability: {target}}}\n"
        for name, target in (("big", "50%"), ("near", "99.5%"), ("far", "90%"))
    ]
    workspace = estate("---\n".join(parts))

    def exact(room: Room) -> set[str]:
        found = Promises(workspace.catalog, workspace.graph, TODAY, exactly=False, room=room)
        reached = found.reached
        assert reached.bounded == {"Service/big", "Service/near", "Service/far"} - reached.exact
        for one, share in (("big", 1 - 0.9**4), ("near", 0.99), ("far", 0.99)):
            low, high = reached.of(f"Service/{one}")
            assert low - FLOAT <= share <= high + FLOAT
            assert (high - low < FLOAT) == (f"Service/{one}" in reached.exact)
        return {one.removeprefix("Service/") for one in reached.exact}

    # Bounds leave open what is promised of big and near; of these near is closer to its target.
    assert exact(Room(small=100, things=0)) == {"big", "near", "far"}
    assert exact(Room(small=1, things=11)) == {"big", "near", "far"}
    assert exact(Room(small=1, things=8)) == {"big", "near"}
    assert exact(Room(small=1, things=4)) == {"near"}  # there is no room for big, and then none for far
    assert exact(Room(small=1, things=2)) == set()
