"""The simulation against exact figures, with seeds that are fixed, and its arithmetic of intervals point by point."""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from commands import run
from estates import estate
from hypothesis import given, settings
from hypothesis import strategies as st

from mofconf.analyses.dependability.outages import (
    Outages,
    between,
    cut,
    longer_than,
    of_at_least,
    together,
)
from mofconf.analyses.dependability.simulation import (
    Lack,
    Simulation,
    Simulator,
    Target,
    _students,
    _wilson,
)
from mofconf.analyses.dependability.study import Question
from mofconf.analyses.dependability.targets import targets_of

np = pytest.importorskip("numpy")

HOUR, DAY = 3600.0, 86_400.0


def simulated(text: str, *, months: int = 4000, seed: int = 1, period: str = "month", **more: Any) -> Simulation:
    workspace = estate(text)
    question = Question(down=frozenset(more.pop("down", ())))
    simulator = Simulator(workspace.catalog, workspace.graph, "Service/s", question, more.pop("repair", None))
    assert simulator.lacks == ()
    return simulator.run(months, seed, period, confidence=0.999, **more)


def thing(name: str, availability: str, more: str = "") -> str:
    kind = "Service" if name.startswith("s") else "Asset"
    return f"---\nkind: {kind}\nname: {name}\navailability: {{percent: {availability}%, mttr: 6h}}\n{more}"


def things(*all_: tuple[str, ...]) -> str:
    return "".join(thing(*one) for one in all_).removeprefix("---\n")


# The same shapes as the vectors of the exact engine, with outages that are frequent enough to be seen.
ESTATES: dict[str, str] = {
    "alone": things(("s", "95")),
    "a chain": things(("s", "99", "needs: [a]\n"), ("a", "95", "needs: [b]\n"), ("b", "97")),
    "a diamond": things(
        ("s", "100", "needs: [a, b]\n"),
        ("a", "99", "needs: [d]\n"),
        ("b", "99", "needs: [d]\n"),
        ("d", "90"),
    ),
    "two replicas on one host": things(
        ("s", "100", "needs: [{anyOf: [a, b]}]\n"),
        ("a", "90", "runsOn: h\n"),
        ("b", "90", "runsOn: h\n"),
        ("h", "98"),
    ),
    "two of three": things(
        ("s", "100", "needs: [{atLeast: 2, of: [a, b, c]}]\n"),
        ("a", "90", "runsOn: r\n"),
        ("b", "90", "runsOn: r\n"),
        ("c", "90", "runsOn: q\n"),
        ("r", "97"),
        ("q", "96"),
    ),
    "groups that share a member": things(
        ("s", "99.5", "needs: [{anyOf: [a, b]}]\n"),
        ("a", "95", "needs: [{anyOf: [x, y]}]\n"),
        ("b", "95", "needs: [{anyOf: [y, z]}]\n"),
        ("x", "80"),
        ("y", "80"),
        ("z", "80"),
    ),
    "a cycle": things(
        ("s", "99", "needs: [a, d]\n"),
        ("a", "98", "needs: [s]\n"),
        ("d", "97"),
    ),
    "a cycle through a group": things(
        ("s", "99", "needs: [a]\n"),
        ("a", "98", "needs: [{anyOf: [b, c]}]\n"),
        ("b", "90", "needs: [a]\n"),
        ("c", "85", "needs: [{anyOf: [b, d]}]\n"),
        ("d", "80"),
    ),
    "a switch": things(("s", "100", "needs: [{anyOf: [a, b], failover: 80%}]\n"), ("a", "80"), ("b", "90")),
    "a switch with two active": things(
        ("s", "100", "needs: [{atLeast: 2, of: [a, b, c], failover: 70%}]\n"),
        ("a", "90"),
        ("b", "90"),
        ("c", "90"),
    ),
    "a switch whose members share something": things(
        ("s", "100", "needs: [{anyOf: [a, b], failover: 60%}]\n"),
        ("a", "90", "needs: [c]\n"),
        ("b", "90", "needs: [c]\n"),
        ("c", "90"),
    ),
    "instances": things(
        (
            "s",
            "100",
            "needs: [k]\n",
        ),
        (
            "k",
            "90",
            "instances: {x: {}, y: {}, z: {availability: {percent: 80%, mttr: 1h}}}\nup: {atLeast: 2, failover: 90%}\n",
        ),
    ),
    "what is only wanted": things(
        ("s", "95", "needs: [{ref: a, effect: degrades}, {ref: b, effect: none}]\n"), ("a", "50"), ("b", "50")
    ),
    "a group with a missing member": things(("s", "99", "needs: [{atLeast: 1, of: [a, nowhere]}]\n"), ("a", "90")),
    "one that tolerates": things(("s", "100", "needs: [{ref: a, tolerates: 6h}]\n"), ("a", "90")),
    "mtbf and mttr": (
        "kind: Service\nname: s\nneeds: [a]\navailability: 100%\n---\n"
        "kind: Asset\nname: a\navailability: {mtbf: 90h, mttr: 10h}\n"
    ),
}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("text", ESTATES.values(), ids=ESTATES)
def test_the_mean_is_the_exact_figure(text: str, seed: int) -> None:
    found = simulated(text, months=1500, seed=seed)
    assert found.exact.exact
    assert found.agrees, (found.low, found.exact, found.high)
    assert found.high - found.low < 0.02, "an interval that wide says nothing"


def test_the_mean_is_not_any_other_figure() -> None:
    """The naive products of two shared shapes lie outside: the test above can fail."""
    diamond = simulated(ESTATES["a diamond"])
    assert not diamond.low <= (0.99 * 0.9) ** 2 <= diamond.high
    replicas = simulated(ESTATES["two replicas on one host"])
    assert not replicas.low <= 1 - (1 - 0.9 * 0.98) ** 2 <= replicas.high
    switch = simulated(ESTATES["a switch"])
    assert not switch.low <= 1 - 0.2 * 0.1 <= switch.high


def test_something_that_is_down_for_good() -> None:
    text = things(("s", "100", "needs: [{anyOf: [a, b], failover: 80%}]\n"), ("a", "80"), ("b", "90"))
    found = simulated(text, down=["Asset/a"])
    assert found.exact.low == pytest.approx(0.8 * 0.9)
    assert found.agrees
    assert simulated(things(("s", "99", "needs: [a]\n"), ("a", "99")), months=12, down=["Asset/a"]).up == 0


def test_tolerated_outages_are_sharper_than_the_convention() -> None:
    """Two things whose outages overlap: each is short enough, together they are not."""
    text = things(
        ("s", "100", "needs: [{ref: p, tolerates: 6h}]\n"), ("p", "100", "needs: [a, b]\n"), ("a", "60"), ("b", "60")
    )
    found = simulated(text)
    assert found.sharper
    assert found.high < found.exact.low
    plain = simulated(text.replace(", tolerates: 6h", ""))
    assert not plain.sharper
    assert plain.agrees
    assert plain.up < found.up


def test_the_same_seed_throws_the_same_dice() -> None:
    text = ESTATES["two of three"]
    assert simulated(text, months=50) == simulated(text, months=50)
    assert simulated(text, months=50).up != simulated(text, months=50, seed=2).up
    more = text.replace("needs: [{atLeast: 2, of: [a, b, c]}]", "needs: [{atLeast: 2, of: [a, b, c]}, e]")
    same = simulated(more + thing("e", "100"), months=50)
    assert same.up == simulated(text, months=50).up, "something that never fails changes nothing else"


def test_periods_and_percentiles() -> None:
    text = things(("s", "90"))
    for period, length in (("week", 7), ("month", 30), ("quarter", 90), ("year", 365)):
        spread = simulated(text, period=period, months=2400).distribution
        assert spread.periods == 2400 * 30 // length
        assert spread.low < 0.1 * length * DAY < spread.high
        in_order = [*spread.percentiles.values(), spread.most]
        assert in_order == sorted(in_order)


def test_the_distribution_of_a_single_thing() -> None:
    """No failure in a month: it works at its beginning, and e^(-720/MTBF) thereafter. The median outage: MTTR ln 2."""
    text = "kind: Service\nname: s\navailability: {mtbf: 600h, mttr: 30h}\n"
    found = simulated(text, months=20_000)
    untouched = 600 / 630 * 2.718281828459045 ** (-720 / 600)
    assert found.distribution.untouched == pytest.approx(untouched, abs=0.012)
    assert found.outages == pytest.approx(20_000 * 720 / 630, rel=0.02)


@pytest.mark.parametrize(
    ("target", "chance"),
    [(Target("SLA/a", 0.5, "month"), 0.0), (Target("SLA/b", 1.0, "year"), 1.0), (Target("SLA/c", 0.9, "month"), None)],
)
def test_breaches(target: Target, chance: float | None) -> None:
    found = simulated(things(("s", "90")), targets=[target])
    [one] = found.breaches
    assert one.allowance == pytest.approx((1 - target.share) * (30 if target.period == "month" else 365) * DAY)
    assert one.low <= one.chance <= one.high
    if chance is not None:
        assert one.chance == chance
    else:
        assert 0.3 < one.chance < 0.6


def test_targets_count_agreed_hours_only() -> None:
    """Something that is down a tenth of the time is down a tenth of any hours, and the allowance is of these."""
    text = (
        things(("s", "90"))
        + "---\nkind: SLA\nname: p\nservice: s\nhours: office\ntargets: {availability: 95%, period: week}\n"
        + "---\nkind: Calendar\nname: office\nhours: {monday: [08:00-12:00, 13:00-17:00], friday: [00:00-24:00]}\n"
    )
    workspace = estate(text)
    [target] = targets_of(workspace.catalog, workspace.graph, "Service/s")
    assert target.hours == ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR), (4 * DAY, 5 * DAY))
    [one] = simulated(text, targets=[target]).breaches
    assert one.allowance == pytest.approx(0.05 * 32 * HOUR)
    always = simulated(text, targets=[target._replace(hours=())]).breaches[0]
    assert 0 < one.chance < always.chance, "in fewer hours fewer weeks are hit at all"


def test_what_refers_to_it_in_two_ways_promises_nothing() -> None:
    workspace = estate("kind: Asset\nname: a\n---\nkind: Asset\nname: b\nrunsOn: a\nneeds: [a]\n")
    assert list(targets_of(workspace.catalog, workspace.graph, "Asset/a")) == []


def test_what_cannot_be_simulated_is_listed() -> None:
    text = (
        "kind: Service\nname: s\nneeds: [a, b, c, d, {ref: e, effect: degrades}]\n---\n"
        "kind: Asset\nname: a\navailability: 99%\n---\nkind: Asset\nname: b\navailability: 100%\n---\n"
        "kind: Asset\nname: c\navailability: {low: 98%, high: 99%, mttr: 1h}\n---\nkind: Asset\nname: e\n"
    )
    workspace = estate(text)
    simulator = Simulator(workspace.catalog, workspace.graph, "Service/s")
    assert simulator.lacks == (
        Lack("Asset/a", "mttr"),
        Lack("Asset/c", "range"),
        Lack("Service/d", "availability"),
        Lack("Service/s", "availability"),
    )
    assumed = Simulator(workspace.catalog, workspace.graph, "Asset/a", repair=timedelta(hours=1))
    assert assumed.lacks == ()
    assert assumed.run(100, 1, "month").assumed == ("Asset/a",)


# --- intervals ------------------------------------------------------------------------------------------------------


@st.composite
def outages(draw: st.DrawFn) -> list[tuple[int, int]]:
    borders = sorted(draw(st.sets(st.integers(0, 60), max_size=12)))
    return list(zip(borders[::2], borders[1::2], strict=False))


def made(spans: list[tuple[int, int]]) -> Outages:
    return Outages(np.array([float(a) for a, _ in spans]), np.array([float(b) for _, b in spans]))


def points(found: Outages) -> set[float]:
    """The halves of whole numbers at which it is down."""
    return {p + 0.5 for p in range(-10, 70) if any(a < p + 0.5 < b for a, b in zip(*found, strict=True))}


@given(st.lists(outages(), min_size=1, max_size=5), st.integers(1, 5), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_intervals_point_by_point(several: list[list[tuple[int, int]]], count: int, length: int) -> None:
    all_ = [made(one) for one in several]
    down = [points(one) for one in all_]
    everywhere = [p + 0.5 for p in range(-10, 70)]
    assert points(together(all_)) == set().union(*down)
    enough = of_at_least(count, all_)
    assert points(enough) == {p for p in everywhere if sum(p in one for one in down) >= count}
    assert all(a < b for a, b in zip(*enough, strict=True))
    assert all(before < after for before, after in pairwise(enough.starts))
    one = together(all_)
    assert points(longer_than(length, one)) == {
        p for a, b in zip(*one, strict=True) for p in everywhere if a + length < p < b
    }
    pieces = cut(one, length)
    assert points(pieces) == points(one)
    assert all(b <= (a // length + 1) * length for a, b in zip(*pieces, strict=True))
    borders = np.array([-3.0, 0.0, 7.0, 20.0, 20.5, 61.0])
    halves = [sum(first < q < last for q in _quarters(one)) * 0.25 for first, last in pairwise(borders)]
    assert between(one, borders).tolist() == pytest.approx(halves)


def _quarters(found: Outages) -> list[float]:
    grid = [-10 + (n + 0.5) / 4 for n in range(4 * 80)]
    return [q for q in grid if any(a < q < b for a, b in zip(*found, strict=True))]


# Student's t and Wilson's interval from tables: confidence, degrees of freedom, value.
@pytest.mark.parametrize(
    ("confidence", "freedom", "value"),
    [(0.95, 10, 2.228), (0.95, 30, 2.042), (0.99, 10, 3.169), (0.99, 99, 2.626), (0.999, 99, 3.392)],
)
def test_students_t(confidence: float, freedom: int, value: float) -> None:
    assert _students(confidence, freedom) == pytest.approx(value, abs=0.01)


def test_wilsons_interval() -> None:
    assert _wilson(0, 10, 0.95) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert _wilson(5, 10, 0.95) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert _wilson(0, 0, 0.95) == (0.0, 1.0)


# --- the command ----------------------------------------------------------------------------------------------------

BARE = "---\nkind: Asset\nname: bare\navailability: 99%\n"
SHOP = (
    things(("s", "99", "needs: [a]\n"), ("a", "99.5"))
    + "---\nkind: SLA\nname: p\nservice: s\ntargets: {availability: 98%}\n"
    + BARE
    + "---\nkind: Asset\nname: fast\navailability: {mtbf: 1s, mttr: 1s}\n"
)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(SHOP, encoding="utf-8")
    said = run("-C", tmp_path, "simulate", "Service/s", "--months", "500", code=0).out
    assert "SLA/p is missed in" in said
    assert "within that interval" in said
    data = run("-C", tmp_path, "simulate", "Service/s", "--months", "500", "-o", "json", code=0).data["data"]
    assert data["agrees"] is True
    assert data["promises"][0]["by"] == "SLA/p"
    assert data["exact"]["low"] == data["exact"]["high"] == pytest.approx(0.99 * 0.995)
    refused = run("-C", tmp_path, "simulate", "Asset/bare", code=3).err
    assert "no mttr is stated for Asset/bare" in refused
    assert "--mttr 4h" in refused
    assumed = run("-C", tmp_path, "simulate", "Asset/bare", "--mttr", "4h", "--months", "60", code=0).out
    assert "a repair of 4h is assumed for Asset/bare" in assumed
    assert "outages of single things" in run("-C", tmp_path, "simulate", "Asset/fast", code=3).err
    assert "matches 3 resources" in run("-C", tmp_path, "simulate", "kind=Asset", code=2).err
    assert "--mttr" in run("-C", tmp_path, "simulate", "Service/s", "--mttr", "4", code=2).err
    assert "takes some time" in run("-C", tmp_path, "simulate", "Service/s", "--mttr", "0h", code=2).err
    monkeypatch.setitem(sys.modules, "numpy", None)
    missing = run("-C", tmp_path, "simulate", "Service/s", code=3).err
    assert "pip install 'mofconf[simulate]'" in missing
