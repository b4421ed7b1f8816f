"""Availability against published vectors, against full enumeration, and against its own bounds."""

from __future__ import annotations

import pytest
from estates import estate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from truth import Need, Thing, Truth

from mofconf.analyses.dependability import functions
from mofconf.analyses.dependability.diagrams import BudgetError, Diagrams
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import BUDGET, Study
from mofconf.workspace import Workspace


def estate_of(lines: str) -> Workspace:
    """An estate with a node a line: ``name | its availability | other fields``; what begins with s is a service."""
    documents = []
    for line in lines.strip().splitlines():
        name, availability, *more = (part.strip() for part in line.split("|"))
        kind = "Service" if name.startswith("s") else "Asset"
        documents.append("\n".join([f"kind: {kind}", f"name: {name}", f"availability: {availability}", *more, ""]))
    return estate("---\n".join(documents))


# The vectors of the definition (analyses, section 3), and formulas of availability management.
CASES = {
    "diamond": (
        0.993010995,
        """
        s | 100% | needs: [a, b]
        a | 99.9% | needs: [d]
        b | 99.9% | needs: [d]
        d | 99.5%
        """,
    ),
    "two replicas, one host": (
        0.9989001,
        """
        s | 100% | needs: [{anyOf: [a, b]}]
        a | 99% | runsOn: h
        b | 99% | runsOn: h
        h | 99.9%
        """,
    ),
    "two hosts, one site": (
        0.99977923197801,
        """
        s | 100% | needs: [{anyOf: [a, b]}]
        a | 99% | runsOn: h1
        b | 99% | runsOn: h2
        h1 | 99.9% | partOf: dc
        h2 | 99.9% | partOf: dc
        dc | 99.99%
        """,
    ),
    "two of three in two racks": (
        0.9936308004,
        """
        s | 100% | needs: [{atLeast: 2, of: [n1, n2, n3]}]
        n1 | 98% | runsOn: r1
        n2 | 98% | runsOn: r1
        n3 | 98% | runsOn: r2
        r1 | 99.5%
        r2 | 99.5%
        """,
    ),
    "groups that share a member": (
        0.9998730176735025,
        """
        s | 99.99% | needs: [{anyOf: [a, b]}]
        a | 99.5% | needs: [{anyOf: [x, y]}]
        b | 99.5% | needs: [{anyOf: [y, z]}]
        x | 99%
        y | 99%
        z | 99%
        """,
    ),
    "a cycle": (
        0.994010994,
        """
        s | 99.9% | needs: [auth, db]
        auth | 99.8% | needs: [s]
        db | 99.7%
        """,
    ),
    "an ensemble that replicas run on": (
        0.99918157719105,
        """
        s | 99.95% | needs: [{atLeast: 2, of: [z1, z2, z3]}, {anyOf: [da, db]}]
        z1 | 99%
        z2 | 99%
        z3 | 99%
        da | 99.9% | needs: [z1]
        db | 99.9% | needs: [z2]
        """,
    ),
    "failover": (
        0.99855,
        """
        s | 100% | needs: [{anyOf: [a, b], failover: 95%}]
        a | 99%
        b | 90%
        """,
    ),
    "an outage of an hour is tolerated": (
        0.99632120558828558,
        """
        s | 100% | needs: [{ref: n, tolerates: 1h}]
        n | {percent: 99%, mttr: 1h}
        """,
    ),
    # Formulas of availability management: series, parallel, k of n.
    "series": (
        0.965349,
        """
        s | 100% | needs: [a, b, c]
        a | 99%
        b | 98%
        c | 99.5%
        """,
    ),
    "parallel": (
        0.9975,
        """
        s | 100% | needs: [{anyOf: [a, b]}]
        a | 95%
        b | 95%
        """,
    ),
    "parallel, three": (
        0.999,
        """
        s | 100% | needs: [{anyOf: [a, b, c]}]
        a | 90%
        b | 90%
        c | 90%
        """,
    ),
    "series and parallel": (
        0.9936073980,
        """
        s | 99.9% | needs: [{anyOf: [a, b]}, c]
        a | 98%
        b | 98%
        c | 99.5%
        """,
    ),
    "two of three": (
        0.99275,
        """
        s | 100% | needs: [{atLeast: 2, of: [a, b, c]}]
        a | 95%
        b | 95%
        c | 95%
        """,
    ),
    "or of a basic event and an and": (
        1 - 0.0011998,
        """
        s | 99.9% | needs: [{anyOf: [a, b]}]
        a | 99%
        b | 98%
        """,
    ),
    "soft": (
        1.0,
        """
        s | 100% | needs: [{ref: r, effect: degrades}]
        r | 90%
        """,
    ),
    "mtbf and mttr": (
        238 / 240,
        """
        s | 100% | needs: [a]
        a | {mtbf: 238h, mttr: 2h}
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_published_figures(case: str) -> None:
    expected, text = CASES[case]
    workspace = estate_of(text)
    study = Study(workspace.catalog, workspace.graph, ["Service/s"])
    assert study.up("Service/s") == pytest.approx((expected, expected), abs=1e-12)


MOST_STATES = 2**13


@st.composite
def estates(draw: st.DrawFn, things: int, *, tolerant: bool, most: int = MOST_STATES) -> list[Thing]:
    """Random estates with every form of need, cycles among them."""
    names = [f"{draw(st.sampled_from('sa'))}{number}" for number in range(things)]
    found = [draw(a_thing(name, names, tolerant=tolerant)) for name in names]
    for index, thing in enumerate(found):  # a truth table with more than a few thousand states takes too long
        if states(found) > most:
            found[index] = thing._replace(
                instances=(), failover=None, needs=tuple(need._replace(failover=None) for need in thing.needs)
            )
    return found


def states(things: list[Thing]) -> int:
    each = 4 if any(need.tolerates for thing in things for need in thing.needs) else 2
    own = sum(max(1, len(thing.instances)) for thing in things)
    copies = [(thing, max(1, len(thing.instances))) for thing in things]
    switches = sum(times * (need.failover is not None) for thing, times in copies for need in thing.needs)
    return int(each**own * 2 ** (switches + sum(thing.failover is not None for thing in things)))


@st.composite
def a_thing(draw: st.DrawFn, name: str, names: list[str], *, tolerant: bool) -> Thing:
    needs = draw(st.lists(a_need([one for one in names if one != name], tolerant=tolerant), max_size=3))
    instances = draw(st.sampled_from([(), (), (), ("x", "y")]))
    least = draw(st.integers(1, 2))
    return Thing(
        name,
        draw(st.sampled_from([0.5, 0.9, 0.99, 1.0])),
        draw(st.sampled_from([1, 2, 8])),
        tuple(needs),
        instances,
        least,
        draw(st.integers(least, 2)),
        draw(st.sampled_from([None, 0.9])),
        draw(st.integers(0, 15)) == 15,
    )


@st.composite
def a_need(draw: st.DrawFn, names: list[str], *, tolerant: bool) -> Need:
    members = tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)))
    least = draw(st.integers(1, len(members)))
    return Need(
        members,
        least,
        draw(st.sampled_from(["stops", "stops", "stops", "degrades", "none"])),
        draw(st.sampled_from([0, 0, 1, 4])) if tolerant else 0,
        draw(st.sampled_from([None, None, 0.8])) if len(members) > 1 else None,
    )


def read(things: list[Thing]) -> tuple[Workspace, dict[str, Thing]]:
    workspace = estate("---\n".join(thing.written() for thing in things))
    return workspace, {("Service/" if one.name.startswith("s") else "Asset/") + one.name: one for one in things}


def check(things: list[Thing], solver: Solver | None = None) -> None:
    truth = Truth(things)
    workspace, addresses = read(things)
    study = Study(workspace.catalog, workspace.graph, addresses, solver=solver)
    for factor in [*map(study.up, addresses)] and study.solver.functions.factors:
        assert factor.support == study.solver.diagrams.support(factor.diagram)
    for address, thing in addresses.items():
        up, full = truth.good(thing.name), truth.good(thing.name, full=True)
        assert study.up(address) == pytest.approx([truth.probability(up)] * 2, abs=1e-12)
        assert study.full(address) == pytest.approx([truth.probability(full)] * 2, abs=1e-12)


def test_what_stands_in_a_circle_may_absorb_what_is_beside_it() -> None:
    """As long as nothing says otherwise s1 and s3 are taken to be good, and s5 is then not asked for."""
    needs = (Need(("s1", "s4", "s3", "s5"), least=2, failover=0.8),)
    things = [
        Thing("s1", 0.5, 1, (Need(("s3", "s2")),)),
        Thing("s2", 0.5, 1, needs),
        Thing("s3", 0.5, 1, (Need(("s1",)),)),
        Thing("s4", 0.5, 1),
        Thing("s5", 0.5, 1),
    ]
    check(things)


@given(estates(things=9, tolerant=False))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_estates_agree_with_their_truth_tables(things: list[Thing]) -> None:
    check(things)


@given(estates(things=15, tolerant=False, most=2**15))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_estates_of_fifteen_do(things: list[Thing]) -> None:
    check(things)


@given(estates(things=5, tolerant=True))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_estates_that_tolerate_outages_do_too(things: list[Thing]) -> None:
    check(things)


# --- one revision after another ---------------------------------------------------------------------------------------


@st.composite
def revisions(draw: st.DrawFn) -> list[list[Thing]]:
    """An estate, and the same with some things changed: their figures, their needs, or all of it."""
    found = [draw(estates(things=7, tolerant=draw(st.integers(0, 3)) == 3))]
    tolerant = any(need.tolerates for thing in found[0] for need in thing.needs)
    for _ in range(3):
        after = list(found[-1])
        for index in draw(st.lists(st.integers(0, 6), min_size=1, max_size=2)):
            thing = after[index]
            another = draw(
                a_thing(thing.name, [one.name for one in after if one.name != thing.name], tolerant=tolerant)
            )
            figures_only = thing._replace(availability=another.availability, mttr=another.mttr)
            after[index] = draw(st.sampled_from([figures_only, thing._replace(needs=another.needs), another]))
        if states(after) <= MOST_STATES:
            found.append(after)
    return found


@given(revisions())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_was_worked_out_for_one_revision_is_right_in_the_next(found: list[list[Thing]]) -> None:
    solver = Solver(BUDGET)
    for things in [*found, found[0]]:
        check(things, solver)


# --- beyond the budget ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", [1, 3, 5, 8, 20])
@pytest.mark.parametrize("clauses", [0, functions.MOST_CLAUSES])
@given(things=estates(things=9, tolerant=False))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_beyond_any_budget_the_exact_figure_lies_within(budget: int, clauses: int, things: list[Thing]) -> None:
    within(things, budget, clauses)


@given(things=estates(things=5, tolerant=True))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_and_where_outages_are_tolerated(things: list[Thing]) -> None:
    within(things, 4, 0)


def within(things: list[Thing], budget: int, clauses: int) -> None:
    truth = Truth(things)
    workspace, addresses = read(things)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(functions, "MOST_CLAUSES", clauses)
        study = Study(workspace.catalog, workspace.graph, addresses, solver=Solver(budget))
        for address, thing in addresses.items():
            for found, full in ((study.up(address), False), (study.full(address), True)):
                exact = truth.probability(truth.good(thing.name, full=full))
                assert found.low - 1e-12 <= exact <= found.high + 1e-12
                assert 0 <= found.low <= found.high <= 1


SHARED = """
    s | 99.99% | needs: [{anyOf: [a, b]}, {atLeast: 2, of: [a, b, x], failover: 90%}]
    a | 99.5% | needs: [{anyOf: [x, y]}, {anyOf: [y, z]}]
    b | 99.5% | needs: [{anyOf: [y, z]}, w]
    w | 99.9% | needs: [{anyOf: [x, z]}]
    x | 99%
    y | 99%
    z | 99%
"""


@pytest.mark.parametrize("clauses", [0, functions.MOST_CLAUSES])
def test_bounds_are_narrow(clauses: int, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = estate_of(SHARED)
    exact = Study(workspace.catalog, workspace.graph, ["Service/s"]).up("Service/s")
    assert exact.exact
    monkeypatch.setattr(functions, "MOST_CLAUSES", clauses)
    found = Study(workspace.catalog, workspace.graph, ["Service/s"], solver=Solver(4)).up("Service/s")
    assert found.low < exact.low <= found.high
    assert found.high - found.low < 0.02  # had nothing been known of the groups it would be all


def test_a_factor_that_cannot_be_granted_stays_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside its musts it would be taken to be independent of them, and the product for exact."""
    workspace = estate_of(SHARED.replace("needs: [{anyOf: [a, b]},", "needs: [x, {anyOf: [a, b]},"))
    exact = Study(workspace.catalog, workspace.graph, ["Service/s"]).up("Service/s")

    def refuse(*_: object) -> None:
        raise BudgetError

    monkeypatch.setattr(Diagrams, "granted", refuse)
    found = Study(workspace.catalog, workspace.graph, ["Service/s"]).up("Service/s")
    assert found.low < exact.low
    assert exact.high <= found.high


def test_many_of_many_take_no_longer_than_a_look_at_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten of twenty that are all entangled, and one of a hundred: choices of those that fail together explode."""
    things = ["x | 99%", "y | 99%"]
    things += [f"a{number} | 99.9% | needs: [{{anyOf: [x, b{number}]}}, y]" for number in range(100)]
    things += [f"b{number} | 99% | needs: [{{anyOf: [y, b{(number + 1) % 100}]}}]" for number in range(100)]
    some, all_ = (", ".join(f"a{number}" for number in range(many)) for many in (20, 100))
    service = f"s | 100% | needs: [{{atLeast: 10, of: [{some}]}}, {{anyOf: [{all_}]}}]"
    workspace = estate_of("\n".join([service, *things]))
    monkeypatch.setattr(functions, "MOST_CLAUSES", 0)
    found = Study(workspace.catalog, workspace.graph, ["Service/s"], solver=Solver(10)).up("Service/s")
    assert 0.95 < found.low <= found.high < 0.99 + 1e-12  # nothing works without y
