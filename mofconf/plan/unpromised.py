"""Services without a promise whose availability a change moves by more than matters little."""

from __future__ import annotations

from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import BUDGET, Study
from mofconf.analyses.must import dependencies_first
from mofconf.analyses.promises.reached import Reached
from mofconf.plan.kept import ServiceChange, changed_by
from mofconf.plan.touched import Touched

MATTERS = 1e-4
"""By how much the availability of a service without a promise has to change to be told: 4.3 minutes a month."""


def unpromised(touched: Touched, before: Reached, after: Reached, small: int) -> tuple[list[ServiceChange], int]:
    """The services that change much, by address, and of how many that is not known.

    Behind up to ``small`` things all figures are worked out. Behind more it is those of which bounds prove it.
    """
    there = touched.head.catalog.entries
    among = [
        one
        for one in sorted(touched.reached - after.targets.keys())
        if one.startswith("Service/")
        and one in there
        and not there[one].instance_of
        and touched.was(one) in touched.base.catalog.entries
    ]
    if not among:
        return [], 0
    if len(dependencies_first(touched.head.graph, among)) > small:
        changes = _outlined(touched, before, after, among)
        told = [one for one in changes if one.delta.low > MATTERS or one.delta.high < -MATTERS]
        little = sum(max(abs(end) for end in one.delta) <= MATTERS for one in changes)
        return told, len(changes) - len(told) - little
    changes = _worked_out(touched, before, after, among)
    return [one for one in changes if max(abs(end) for end in _moved(one)) > MATTERS], 0


def _outlined(touched: Touched, before: Reached, after: Reached, among: list[str]) -> list[ServiceChange]:
    was, now = before.outlines_of([touched.was(one) for one in among]), after.outlines_of(among)
    return [
        ServiceChange(one, old, new, changed_by(old, new, before.factor(touched.was(one), after, one)))
        for one in among
        for old, new in [(was[touched.was(one)], now[one])]
    ]


def _worked_out(touched: Touched, before: Reached, after: Reached, among: list[str]) -> list[ServiceChange]:
    solver = Solver(BUDGET)  # for both sides: most of it is the same
    base, head = touched.base, touched.head
    was = Study(base.catalog, base.graph, [touched.was(one) for one in among], solver=solver)
    now = Study(head.catalog, head.graph, among, touched.asked, solver)
    changes = []
    for one in among:
        old, new = was.up(touched.was(one)), now.up(one)
        delta = changed_by(old, new)
        if not delta.exact:
            before.outlines_of([touched.was(one)])
            after.outlines_of([one])
            delta = changed_by(old, new, before.factor(touched.was(one), after, one))
        changes.append(ServiceChange(one, old, new, delta))
    return changes


def _moved(change: ServiceChange) -> tuple[float, float]:
    """By how much either bound moved."""
    return change.after.low - change.before.low, change.after.high - change.before.high
