"""Availability, cut sets, the failure grid and importances: by formulas from textbooks, and by full enumeration."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise
from math import exp, inf, prod
from pathlib import Path

import pytest
from commands import Said, run
from estates import estate
from hypothesis import HealthCheck, given, settings
from test_dependability import estate_of, estates
from truth import LIMITS, Thing, Truth

from mofconf.analyses.dependability.anatomy import Anatomy
from mofconf.analyses.dependability.diagrams import BudgetError
from mofconf.analyses.dependability.failure_impact import grid
from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.importance import Importance
from mofconf.analyses.dependability.standing import Standing, standings
from mofconf.analyses.dependability.structure import Event
from mofconf.analyses.dependability.study import AS_DECLARED, Question, Study
from mofconf.answers.cfia import mark
from mofconf.answers.figures import spoken
from mofconf.kinds.availability import read_availability
from mofconf.workspace import Workspace

TRIES = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def anatomy_of(lines: str, question: Question = AS_DECLARED) -> Anatomy:
    workspace = estate_of(lines)
    return Anatomy(workspace.catalog, workspace.graph, "Service/s", question)


def standing_of(lines: str, question: Question = AS_DECLARED) -> Standing:
    workspace = estate_of(lines)
    [found] = standings(Study(workspace.catalog, workspace.graph, ["Service/s"], question))
    return found


def cut_names(anatomy: Anatomy, order: int) -> list[tuple[list[str], float]]:
    return [(spoken(one.events), one.chance.low) for one in anatomy.cuts(order, 1000)]


def measures(anatomy: Anatomy, *, best: bool = True) -> dict[str, Importance]:
    found = anatomy.weights(best=best)
    return {
        one.event.address.partition("/")[2] + ("!" if one.event.kind == "switch" else ""): one.importance
        for one in found
    }


# --- formulas -------------------------------------------------------------------------------------------------------

TWO_BRANCHES = """
    s | 100% | needs: [{anyOf: [a, b]}, c]
    a | 99% | runsOn: x
    b | 98% | runsOn: y
    x | 99.9%
    y | 99.5%
    c | 99.95%
    """


def two_branches(a: float = 0.99, b: float = 0.98, x: float = 0.999, y: float = 0.995, c: float = 0.9995) -> float:
    """The availability of two branches in parallel, in series with one more."""
    return c * (1 - (1 - a * x) * (1 - b * y))


def test_two_branches_by_formula() -> None:
    """Birnbaum is the derivative; the other measures follow from the system with the thing perfect and failed."""
    lost = 1 - two_branches()
    found = measures(anatomy_of(TWO_BRANCHES))
    values = {"a": 0.99, "b": 0.98, "x": 0.999, "y": 0.995, "c": 0.9995}
    for name, value in values.items():
        perfect, failed = two_branches(**{name: 1.0}), two_branches(**{name: 0.0})
        one = found[name]
        assert one.birnbaum == pytest.approx(perfect - failed, abs=1e-12)
        assert one.criticality == pytest.approx((perfect - failed) * (1 - value) / lost, rel=1e-9)
        assert one.risk_achievement == pytest.approx((1 - failed) / lost, rel=1e-9)
        assert one.risk_reduction == pytest.approx(lost / (1 - perfect), rel=1e-9)
    # Of the cut sets that a is in: {a, b} and {a, y}, so that a has failed and one of the other two.
    assert found["a"].fussell_vesely == pytest.approx(0.01 * (1 - 0.98 * 0.995) / lost, rel=1e-9)
    assert found["c"].fussell_vesely == pytest.approx(0.0005 / lost, rel=1e-9)
    assert found["s"].criticality == 0


def test_cut_sets_of_two_branches() -> None:
    anatomy = anatomy_of(TWO_BRANCHES)
    assert anatomy.counts() == (2, 4)
    singles = cut_names(anatomy, 1)
    assert [names for names, _ in singles] == [["outage of Asset/c"], ["outage of Service/s"]]
    assert [chance for _, chance in singles] == pytest.approx([0.0005, 0.0])
    pairs = cut_names(anatomy, 2)
    assert [names for names, _ in pairs] == [
        ["outage of Asset/a", "outage of Asset/b"],
        ["outage of Asset/a", "outage of Asset/y"],
        ["outage of Asset/b", "outage of Asset/x"],
        ["outage of Asset/x", "outage of Asset/y"],
    ]
    assert [chance for _, chance in pairs] == pytest.approx([2e-4, 5e-5, 2e-5, 5e-6])
    assert cut_names(anatomy, 3) == []


def test_a_switch_is_a_failure() -> None:
    anatomy = anatomy_of("s | 100% | needs: [{anyOf: [a, b], failover: 95%}]\na | 99%\nb | 90%")
    [_, (names, chance)] = cut_names(anatomy, 2)
    assert names == ["outage of Asset/a", "failed failover of Service/s (needs[0])"]
    assert chance == pytest.approx(0.01 * 0.05)
    lost = 1 - (0.99 + 0.01 * 0.95 * 0.9)
    assert measures(anatomy)["s!"].birnbaum == pytest.approx(0.01 * 0.9)
    assert measures(anatomy)["s!"].criticality == pytest.approx(0.01 * 0.9 * 0.05 / lost)


def test_an_outage_that_is_too_long_is_one_failure() -> None:
    lines = "s | 100% | needs: [{ref: a, tolerates: 1h}, {ref: b, tolerates: 2h}]\n"
    lines += "a | {percent: 99%, mttr: 1h} | runsOn: b\nb | {percent: 99.9%, mttr: 1h}"
    anatomy = anatomy_of(lines)
    assert anatomy.counts() == (3,)
    found = cut_names(anatomy, 1)
    assert [names for names, _ in found] == [
        ["outage of Asset/a longer than 1h"],
        ["outage of Asset/b longer than 1h"],
        ["outage of Service/s"],
    ]
    assert [chance for _, chance in found] == pytest.approx([0.01 * exp(-1), 0.001 * exp(-1), 0])


def test_what_dominates() -> None:
    found = standing_of(TWO_BRANCHES)
    lost = 1 - two_branches()
    assert found.up == pytest.approx((two_branches(),) * 2)
    assert [one.event.address for one in found.contributors] == ["Asset/c", "Asset/a", "Asset/b", "Asset/y", "Asset/x"]
    slope = two_branches(a=1.0) - two_branches(a=0.0)
    assert found.contributors[1].criticality == pytest.approx(slope * 0.01 / lost)
    assert found.open == ()
    assert found.within_budget


def test_what_is_not_known_and_how_much_hangs_on_it() -> None:
    text = "kind: Service\nname: s\navailability: 99%\nneeds: [{anyOf: [a, b]}, c]\n---\nkind: Asset\nname: a\n---\n"
    text += (
        "kind: Asset\nname: b\navailability: 90%\n---\nkind: Asset\nname: c\navailability: {low: 99%, high: 99.9%}\n"
    )
    workspace = estate(text)
    [found] = standings(Study(workspace.catalog, workspace.graph, ["Service/s"]))
    assert found.up == pytest.approx((0.99 * 0.9 * 0.99, 0.99 * 0.999))
    # With c at its best a makes all the difference that b leaves; with a at its best c makes 0.9%.
    assert [one[:3] for one in found.open] == [
        ("Asset/a", "availability", Chance(0, 1)),
        ("Asset/c", "availability", Chance(0.99, 0.999)),
    ]
    assert [one.swing for one in found.open] == pytest.approx([0.99 * 0.999 * 0.1, 0.99 * 0.009])
    [known, *_] = found.contributors
    assert known.event.address == "Service/s"
    assert known.criticality == pytest.approx(0.999 * 0.01 / (1 - 0.99 * 0.999))


def test_a_repair_time_that_is_missing_is_named() -> None:
    found = standing_of("s | 100% | needs: [{ref: a, tolerates: 1h}]\na | 99%")
    assert found.up == pytest.approx((0.99, 1.0))
    [one] = found.open
    assert one[:3] == ("Asset/a", "mttr", Chance(0, 1))
    assert one.swing == pytest.approx(0.01)


def test_assumed_figures_are_marked() -> None:
    text = "# file: mofconf.yaml\nkind: Project\nname: p\ndefaults: [{for: {kind: Asset}, set: {availability: 99%}}]\n"
    text += "# file: catalog/a.yaml\nkind: Service\nname: s\navailability: 99%\nneeds: [a]\n---\nkind: Asset\nname: a\n"
    workspace = estate(text)
    [found] = standings(Study(workspace.catalog, workspace.graph, ["Service/s"]))
    assert found.assumed == ("Asset/a",)
    assert found.up == pytest.approx((0.9801, 0.9801))


def test_the_worst_comes_first() -> None:
    text = "".join(
        f"kind: Service\nname: {name}\n{f'availability: {figure}' if figure else 'title: t'}\n---\n"
        for name, figure in (("a", "99%"), ("b", ""), ("c", "{low: 90%, high: 98%}"), ("d", "{low: 95%, high: 98%}"))
    )
    workspace = estate(text)
    found = standings(Study(workspace.catalog, workspace.graph, [f"Service/{one}" for one in "abcd"]))
    assert [one.address[-1] for one in found] == ["c", "d", "a", "b"]


# --- full enumeration -----------------------------------------------------------------------------------------------


class Enumerated:
    """Which sets of failures take a thing down, from its truth table; what never matters is left out."""

    def __init__(self, things: list[Thing], name: str) -> None:
        self.truth = Truth(things)
        self.table = self.truth.good(name)
        self.bits = {one: 1 << place for place, one in enumerate(self.truth.own)}
        for place, (thing, index, _) in enumerate(self.truth.switches, len(self.bits)):
            self.bits[f"{thing}!{index}"] = 1 << place
        # In a truth table a thing that works is a zero, and a switch that works a one.
        self.working = sum(bit for one, bit in self.bits.items() if "!" in one)
        self.cuts = {failed for failed in range(1 << len(self.bits)) if self._is_minimal(failed)}

    def good(self, failed: int) -> bool:
        return bool(self.table >> (failed ^ self.working) & 1)

    def _is_minimal(self, failed: int) -> bool:
        return not self.good(failed) and all(self.good(failed & ~bit) for bit in self.bits.values() if failed & bit)

    def fails(self, failed: int) -> float:
        """The probability of a cut set."""
        own = prod(1 - self.truth.things[one].availability for one in self.truth.own if failed & self.bits[one])
        switches = {f"{thing}!{index}": works for thing, index, works in self.truth.switches}
        return own * prod(1 - works for one, works in switches.items() if failed & self.bits[one])

    def union(self, cuts: set[int]) -> float:
        """The probability that all of at least one of some cut sets has failed."""
        return sum(
            weight
            for state, weight in enumerate(self.truth.weights)
            if any((state ^ self.working) & cut == cut for cut in cuts)
        )

    def of(self, events: tuple[Event, ...]) -> int:
        return sum(self.bits[named(event)] for event in events)


def named(event: Event) -> str:
    """An event as the truth table calls it."""
    name = event.address.partition("/")[2]
    if event.kind != "switch":
        return name
    return f"{name}!{event.path[1] if event.path[0] == 'needs' else 0}"


def addresses_of(things: list[Thing]) -> dict[str, Thing]:
    return {("Service/" if thing.name.startswith("s") else "Asset/") + thing.name: thing for thing in things}


def written(things: list[Thing]) -> Workspace:
    return estate("---\n".join(thing.written() for thing in things))


@given(estates(things=6, tolerant=False))
@TRIES
def test_cut_sets_of_random_estates(things: list[Thing]) -> None:
    workspace = written(things)
    for address, thing in addresses_of(things).items():
        anatomy = Anatomy(workspace.catalog, workspace.graph, address)
        known = Enumerated(things, thing.name)
        orders = range(1, len(anatomy.counts()) + 1)
        found = {order: [*anatomy.cuts(order, 10_000)] for order in orders}
        assert {known.of(one.events) for sets in found.values() for one in sets} == known.cuts - {0}
        assert anatomy.lost == (0 in known.cuts)
        for order, sets in found.items():
            assert anatomy.counts()[order - 1] == len(sets)
            assert all(len(one.events) == order for one in sets)
            chances = [one.chance.low for one in sets]
            assert chances == pytest.approx([known.fails(known.of(one.events)) for one in sets], abs=1e-12)
            assert all(one >= other - 1e-15 for one, other in pairwise(chances))
            assert [*anatomy.cuts(order, 3)] == sets[:3]


def minimal(things: list[Thing], name: str) -> dict[frozenset[tuple[str, int]], float]:
    """The least that takes a thing down, from its truth table: how long which outages have to be, and which switches
    have to fail; each with the probability of all of that.

    Level 1 is any outage, level 2 one of more than an hour, level 3 one of more than four.
    """
    truth = Truth(things)
    good = format(truth.good(name), f"0{len(truth.weights)}b")[::-1]
    places = [(one, truth.states**place, truth.states - 1) for place, one in enumerate(truth.own)]
    sizes = [truth.states ** len(truth.own) * 2**place for place in range(len(truth.switches))]
    switches = {f"{thing}!{index}": 1 - works for thing, index, works in truth.switches}
    found = {}
    for state, works in enumerate(good):  # in which a thing that works is a zero, and a switch that does a one
        levels = {one: (state // size) % (most + 1) for one, size, most in places}
        failed = {one: size for one, size in zip(switches, sizes, strict=True) if not state // size % 2}
        milder = [state - size for one, size, _ in places if levels[one]] + [state + size for size in failed.values()]
        if works == "0" and all(good[other] == "1" for other in milder):
            chance = prod(switches[one] for one in failed)
            for one, level in levels.items():
                if level:
                    thing = truth.things[one]
                    chance *= (1 - thing.availability) * exp(-LIMITS[level - 1] / thing.mttr)
            found[frozenset((one, level) for one, level in (levels | dict.fromkeys(failed, 1)).items() if level)] = (
                chance
            )
    return found


def levels_of(events: tuple[Event, ...]) -> frozenset[tuple[str, int]]:
    """What an outage of a thing has to last, of all its events together."""
    longest: dict[str, int] = {}
    for event in events:
        level = LIMITS.index(round(event.until / timedelta(hours=1))) + 1
        longest[named(event)] = max(level, longest.get(named(event), 0))
    return frozenset(longest.items())


@given(estates(things=5, tolerant=True))
@settings(TRIES, max_examples=50)
def test_cut_sets_where_short_outages_are_tolerated(things: list[Thing]) -> None:
    """An outage that is too long to be tolerated is one failure, whatever else may be short or long."""
    workspace = written(things)
    for address, thing in addresses_of(things).items():
        anatomy = Anatomy(workspace.catalog, workspace.graph, address)
        known = minimal(things, thing.name)
        assert anatomy.lost == (frozenset() in known)
        found = {}
        for order, count in enumerate(anatomy.counts(), 1):
            sets = {levels_of(one.events): one.chance.low for one in anatomy.cuts(order, 10_000)}
            assert len(sets) == count
            assert {len(one) for one in sets} <= {order}
            found |= sets
        known.pop(frozenset(), None)
        assert found == {one: pytest.approx(chance, abs=1e-12) for one, chance in known.items()}


@given(estates(things=5, tolerant=False))
@TRIES
def test_importances_of_random_estates(things: list[Thing]) -> None:
    workspace = written(things)
    for address, thing in addresses_of(things).items():
        anatomy = Anatomy(workspace.catalog, workspace.graph, address)
        known = Enumerated(things, thing.name)
        if anatomy.lost:
            assert anatomy.weights(best=True) == ()
            continue
        lost = known.union(known.cuts)
        for one in anatomy.weights(best=True):
            name = named(one.event)
            perfect, failed = (conditioned(known, name, works=works) for works in (True, False))
            assert one.importance.birnbaum == pytest.approx(perfect - failed, abs=1e-12)
            if lost > 1e-12:
                bit = known.bits[name]
                cut = known.union({cut for cut in known.cuts if cut & bit})
                fails = known.fails(bit)
                exact, off = (
                    (perfect - failed) * fails / lost,
                    1e-15 / lost,
                )  # of 1 - 0.99999999 half the digits are left
                assert one.importance.criticality == pytest.approx(exact, abs=1e-9 + off)
                assert one.importance.fussell_vesely == pytest.approx(cut / lost, abs=1e-9)
                assert one.importance.risk_achievement == pytest.approx((1 - failed) / lost, rel=1e-9)
                worth = lost / (1 - perfect) if 1 - perfect > 1e-12 else inf
                assert one.importance.risk_reduction == pytest.approx(worth, rel=1e-6) or worth == inf


def conditioned(known: Enumerated, name: str, *, works: bool) -> float:
    """The availability where one thing is known to work, or known to have failed."""
    bit = known.bits[name]
    wanted = [
        (state, weight)
        for state, weight in enumerate(known.truth.weights)
        if bool((state ^ known.working) & bit) is not works
    ]
    chance = known.fails(bit)
    chance = 1 - chance if works else chance
    if chance:
        return sum(weight for state, weight in wanted if known.table >> state & 1) / chance
    # Never so in the table: the same states with the thing turned round have the weights.
    return sum(weight for state, weight in enumerate(known.truth.weights) if known.table >> (state ^ bit) & 1)


@given(estates(things=6, tolerant=True))
@TRIES
def test_slopes_through_modules_are_those_of_single_events(things: list[Thing]) -> None:
    workspace = written(things)
    found = standings(Study(workspace.catalog, workspace.graph, addresses_of(things)))
    for standing in found:
        anatomy = Anatomy(workspace.catalog, workspace.graph, standing.address)
        weights = {} if anatomy.lost else {one.event: one.importance for one in anatomy.weights(best=True)}
        assert standing.up == pytest.approx(anatomy.availability, abs=1e-12)
        for one in standing.contributors:
            assert one.criticality == pytest.approx(weights[one.event].criticality, rel=1e-6, abs=1e-9)
        told = {one.event for one in standing.contributors}
        rest = [one for event, one in weights.items() if event not in told and event.kind != "short"]
        assert all(one.criticality == pytest.approx(0, abs=1e-9) for one in rest)


@given(estates(things=6, tolerant=False))
@TRIES
def test_the_grid_of_random_estates(things: list[Thing]) -> None:
    workspace = written(things)
    addresses = addresses_of(things)
    found = grid(Study(workspace.catalog, workspace.graph, addresses))
    rows = {row.address.partition("/")[2]: row for row in found.rows}
    assert found.beyond == ()
    for address, thing in addresses.items():
        known = Enumerated(things, thing.name)
        assert (address in found.down) == (0 in known.cuts)
        for name in known.truth.own:
            bit = known.bits[name]
            alone = "X" if bit in known.cuts else "A" if any(cut & bit for cut in known.cuts) else ""
            if name in rows:
                assert mark(rows[name], address) == alone
            else:  # it matters to nothing but itself
                assert not alone or name == thing.name


# --- what people read -----------------------------------------------------------------------------------------------

SHOP = """\
kind: Service
name: shop
availability: 99.99%
needs:
  - anyOf: [node-a, node-b]
    failover: 99%
  - ref: mail
    effect: degrades
---
kind: Service
name: mail
availability: 99%
---
kind: Asset
name: node-a
runsOn: host
availability: 99.5%
---
kind: Asset
name: node-b
runsOn: host
availability: 99.5%
---
kind: Asset
name: host
category: hardware
availability: 99.9%
---
kind: Team
name: us
"""
UP = 0.9999 * 0.999 * (0.995 + 0.005 * 0.99 * 0.995)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(SHOP, encoding="utf-8")
    return tmp_path


def data(folder: Path, *arguments: str) -> dict[str, object]:
    return dict(run("-C", folder, *arguments, "-o", "json", code=0).data["data"])


def availability(folder: Path, *arguments: str) -> dict[str, float]:
    [one] = run("-C", folder, "availability", "shop", *arguments, "-o", "json", code=0).data["data"]["resources"]
    return dict(one["available"])


def test_figures_for_programs_are_not_rounded(shop: Path) -> None:
    [mail, found] = run("-C", shop, "availability", "-o", "json", code=0).data["data"]["resources"]
    assert mail["available"] == {"low": 0.99, "high": 0.99}
    assert found["available"] == {"low": pytest.approx(UP, abs=1e-15), "high": pytest.approx(UP, abs=1e-15)}
    assert found["not_degraded"]["low"] == pytest.approx(UP * 0.99, abs=1e-15)
    assert found["downtime_minutes"]["month"]["low"] == pytest.approx((1 - UP) * 43_200, abs=1e-9)
    assert found["downtime_minutes"]["year"]["high"] == pytest.approx((1 - UP) * 525_600, abs=1e-9)
    assert (found["contributors"][0]["address"], found["contributors"][0]["line"]) == ("Asset/host", 27)


def test_what_if(shop: Path) -> None:
    def up(*arguments: str) -> object:
        found = availability(shop, *arguments)
        return found["low"] if found["low"] == found["high"] else (found["low"], found["high"])

    assert up("--down", "node-b") == pytest.approx(0.9999 * 0.999 * 0.995)
    assert up("--down", "host") == 0
    assert up("--down", "node-a", "--down", "node-b") == 0
    assert up("--without", "host") == pytest.approx(UP / 0.999)
    assert up("--without", "node-b") == pytest.approx(0.9999 * 0.999 * 0.995)
    assert up("--set", "Asset/host.availability=99%") == pytest.approx(UP / 0.999 * 0.99)
    assert up("--set", "host.availability={mtbf: 99h, mttr: 1h}") == pytest.approx(UP / 0.999 * 0.99)
    assert up("--set", "host.availability=99%..99.9%") == pytest.approx((UP / 0.999 * 0.99, UP))
    assert up("--set", "kind=Asset.availability=100%", "--set", "host.availability=99%") == pytest.approx(0.9999 * 0.99)
    title = run("-C", shop, "availability", "shop", "--down", "node-a", "--set", "host.availability=99%").out
    assert title.startswith("availability  Service/shop, with node-a down, with host at 99%   in ")


def test_of_many_instances_each_one_is_set(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    text = "kind: Service\nname: s\nneeds: [a]\navailability: 100%\n---\nkind: Asset\nname: a\navailability: 99%\n"
    (tmp_path / "catalog" / "a.yaml").write_text(f"{text}instances: {{x: {{}}, y: {{}}}}\nup: {{atLeast: 1}}\n")
    [one] = run("-C", tmp_path, "availability", "s", "--set", "a.availability=90%", "-o", "json").data["data"][
        "resources"
    ]
    assert one["available"]["low"] == pytest.approx(0.99)


WRONG = {
    ("availability", "us"): "no service, asset or location matches us",
    ("availability", "shop", "--down", "us"): "--down wants a service, an asset or a location, and us matches Team/us",
    ("availability", "shop", "--down", "Asset/*z"): "nothing matches Asset/*z",
    ("availability", "shop", "--without", "shop"): "all that shop matches is taken out by --without",
    ("cuts", "shop", "--without", "shop"): "Service/shop is asked about, and taken out by --without",
    ("cuts", "kind=Asset"): "cuts wants one service, asset or location, and kind=Asset matches 3 resources",
    ("importance", "us"): "importance wants a service, an asset or a location, and us matches Team/us",
    ("cuts", "shop", "--order", "0"): "0 is too small: write 1 to 1,000",
    ("cuts", "shop", "--order", "two"): "'two' is not a whole number: write 1 to 1,000",
    ("cfia", "--budget", "10"): "10 is too small: write 1,000 to 1,073,741,824",
    ("availability", "--set", "host"): "there is no = in it",
    ("availability", "--set", "host=99%"): "host is not the availability of something",
    ("availability", "--set", "host.mttr=1h"): "host.mttr is not the availability of something",
    ("availability", "--set", ".availability=99%"): ".availability is not the availability of something",
    ("availability", "--set", "host.availability=101%"): "101% is more than 100%",
    ("availability", "--set", "host.availability=0%"): "0% would mean never",
    ("availability", "--set", "host.availability=99"): "'99' is not a percentage",
    ("availability", "--set", "host.availability=99.9%..99%"): "the range is upside down",
    ("availability", "--set", "host.availability={mtbf: 1h}"): "mttr has to say how long a repair takes",
    ("availability", "--set", "host.availability={percent: 99%, mtr: 1h}"): "an availability has no mtr",
    ("availability", "--set", "host.availability={percent: 99%"): "the brace is not closed",
    ("availability", "--set", "host.availability={percent: 99%, percent: 98%}"): "percent stands there twice",
    ("availability", "--set", "host.availability={}"): "nothing stands between the braces",
    ("availability", "--set", "host.availability={percent: 9%, source: me}"): "'me' is no source, it is measured",
    ("availability", "--set", "=99%"): "nothing stands before the =",
    ("availability", "--set", "host.availability=9%", "--set", "host.availability=8%"): "says twice what host.avail",
    ("recovery", "shop", "--down", "us"): "--down wants a service, an asset or a location, and us matches Team/us",
    ("recovery", "shop", "--down", "Team/us"): "--down wants a service, an asset or a location, and Team/us is none",
    ("importance", "z*"): "nothing matches z*: mofconf list shows what there is",
    ("simulate", "shop", "--seed", "-1"): "-1 is too small: write 0 or more",
    ("availability", "--set", "host.availability={percent}"): "'percent' is not a field and its value",
    ("availability", "--set", "host.availability={percent: 99%, mttr: soon}"): "mttr: 'soon' is not a length of time",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_makes_no_sense_is_refused(shop: Path, arguments: tuple[str, ...]) -> None:
    said = run("-C", shop, *arguments, code=2)
    assert WRONG[arguments] in said.err
    assert said.out == ""


@pytest.mark.parametrize("text", ["99.9%", "99%..99.9%", "{percent: 99%, mttr: 1h}", "{'low': 99%, high: \"99.5%\"}"])
def test_figures_that_people_type(text: str) -> None:
    assert read_availability(text).model_fields_set


def test_text_and_markdown(shop: Path) -> None:
    text = run("-C", shop, "availability", code=0).out
    assert "the worst is Service/mail: it works 99% of the time, 7.2 h down a month" in text
    assert "99.883%" in text
    markdown = run("-C", shop, "availability", "-o", "markdown", code=0).out
    assert "| `Service/mail` | 99% | 99% | 7.2 h | 87.6 h | `Service/mail` 100% |" in markdown
    closely = run("-C", shop, "availability", "shop", "--set", "host.availability=99%..99.9%", code=0).out
    assert "What dominates it" in closely
    assert "Not known exactly" in closely
    assert "Asset/host   99% to 99.9%" in closely
    cuts = run("-C", shop, "cuts", "shop", code=0).out
    assert "2 single failures take Service/shop down" in cuts
    assert "outage of Asset/node-a   and failed failover of Service/shop (needs[0])" in cuts
    assert "catalog/a.yaml:27:15" in cuts
    one = run("-C", shop, "cuts", "shop", "--order", "1", code=0).out
    assert "2 of more than 1 failure: --order 2 goes as far" in one
    assert "Asset/host" in run("-C", shop, "cuts", "shop", "-o", "markdown", code=0).out
    weights = run("-C", shop, "importance", "shop", code=0).out
    share = UP / 0.999 * 0.001 / (1 - UP)
    assert f"outage of Asset/host is decisive in {share * 100:.2f}% of the downtime" in weights
    ends = run("-C", shop, "importance", "shop", "--set", "host.availability=99%..99.9%", code=0).out
    assert "at its best" in ends
    assert "at its worst" in ends
    assert "these are no bounds" in ends


def test_importances_where_nothing_is_known_at_the_worst(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(
        "kind: Service\nname: s\nneeds: [a]\navailability: 99%\n---\nkind: Asset\nname: a\n"
    )
    found = data(tmp_path, "importance", "s")
    assert [one["end"] for one in found["ends"]] == ["best"]  # type: ignore[attr-defined]  # a list of mappings
    assert found["unknown"] == ["Asset/a"]
    assert "at their worst it never works" in run("-C", tmp_path, "importance", "s", code=0).out


def test_the_grid_in_every_format(shop: Path) -> None:
    rows = run("-C", shop, "cfia", "-o", "csv", code=0).out.splitlines()
    assert rows == [
        'component,"by itself",X,A,Service/mail,Service/shop',
        "Asset/host,0.999,1,0,,X",
        "Asset/node-a,0.995,0,1,,A",
        "Asset/node-b,0.995,0,1,,A",
    ]
    # Of those that take down as many the one comes first that works less.
    other = run("-C", shop, "cfia", "--set", "node-b.availability=50%..60%", "-o", "csv", code=0).out.splitlines()
    assert other[2:] == ["Asset/node-b,0.5..0.6,0,1,,A", "Asset/node-a,0.995,0,1,,A"]
    text = run("-C", shop, "cfia", code=0).out
    assert "the riskiest is Asset/host: alone it takes down 1 of 2" in text
    found = data(shop, "cfia", "shop")
    assert found["services"][0]["single_points_of_failure"] == ["Asset/host", "Service/shop"]  # type: ignore[index]  # a list
    assert "Asset/host" in run("-C", shop, "cfia", "-o", "markdown", code=0).out
    down = run("-C", shop, "cfia", "shop", "--down", "node-a", "-o", "csv", code=0).out
    assert down.splitlines()[1:] == ["Asset/node-b,0.995,1,0,X", "Asset/host,0.999,1,0,X"]
    run("-C", shop, "cfia", "-o", f"csv:{shop / 'grid.csv'}", code=0)
    assert (shop / "grid.csv").read_text(encoding="utf-8").splitlines() == rows


def test_a_cell_is_never_a_formula() -> None:
    from mofconf.render import FORMATS, Screen
    from mofconf.report import Report, Sheet

    cells = ("=1+1", "+1", "-1", "@x", 'a "b", c', "x=y", "")
    said = FORMATS["csv"](Report("cfia", "", sheet=Sheet(("a",) * 7, (cells,))), Screen(None, colour=False))
    assert said.splitlines()[1] == '\'=1+1,\'+1,\'-1,\'@x,"a ""b"", c",x=y,'


def test_many_services_stand_in_blocks_that_fit_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    parts = [f"kind: Service\nname: s{number:02}\nneeds: [base]\n" for number in range(23)]
    (tmp_path / "catalog" / "a.yaml").write_text("---\n".join([*parts, "kind: Asset\nname: base\n"]))
    text = run("-C", tmp_path, "cfia", code=0).out
    assert [line.split("   ")[0].strip() for line in text.splitlines() if line.startswith("  Services ")] == [
        "Services 1 to 8",
        "Services 9 to 16",
        "Services 17 to 23",
    ]
    grids = text[text.index("  Services 1 to 8") :].splitlines()
    assert max(map(len, grids)) <= 80
    assert sum(line.count("X") for line in grids if line.startswith("    Asset/base")) == 23


# --- the budget -----------------------------------------------------------------------------------------------------


def tangled(things: int) -> str:
    """So many groups that share members in all directions, so that their diagram is large."""
    pairs = [(one, other) for one, other in combinations(range(things), 2) if (one * other + one) % 7 in (1, 2)]
    needs = ", ".join(f"{{anyOf: [a{one}, a{other}]}}" for one, other in pairs)
    lines = [f"s | 100% | needs: [{needs}]", *(f"a{number} | 99%" for number in range(things))]
    return "\n".join(lines)


def test_beyond_the_budget_there_are_bounds_and_no_cut_sets(tmp_path: Path) -> None:
    workspace = estate_of(tangled(50))
    study = Study(workspace.catalog, workspace.graph, ["Service/s"])
    [exact] = standings(study)
    assert exact.up.exact
    assert exact.within_budget
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(as_yaml(tangled(50)), encoding="utf-8")

    def small(*arguments: str, code: int = 0) -> Said:
        return run("-C", tmp_path, *arguments, "--budget", "1000", code=code)

    [found] = small("availability", "s", "-o", "json").data["data"]["resources"]
    assert (found["exact"], found["within_budget"], found["open"]) == (False, False, [])
    assert found["available"]["low"] <= exact.up.low <= found["available"]["high"]
    assert "1 exceeded the budget and has proven bounds: --budget raises it" in small("availability", "s").out
    for command in ("cuts", "importance"):
        refused = small(command, "s", code=3).err
        assert "exceeds the budget of 1,000 nodes" in refused
        assert "--budget" in refused
    assert small("cfia", "s", "-o", "json").data["data"]["components"][0]["alternates"] == ["Service/s"]


def test_an_anatomy_beyond_the_budget_says_so() -> None:
    workspace = estate_of(tangled(50))
    anatomy = Anatomy(workspace.catalog, workspace.graph, "Service/s", budget=1000)
    if anatomy.within_budget:  # each group fits; all of them together do not
        with pytest.raises(BudgetError):
            anatomy.counts()


def as_yaml(lines: str) -> str:
    documents = []
    for line in lines.splitlines():
        name, figure, *more = (part.strip() for part in line.split("|"))
        kind = "Service" if name.startswith("s") else "Asset"
        documents.append("\n".join([f"kind: {kind}", f"name: {name}", f"availability: {figure}", *more, ""]))
    return "---\n".join(documents)
