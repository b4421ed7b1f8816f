"""Which promises a change keeps, breaks or leaves open: the figures of both sides, and who is to blame."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from mofconf.analyses.dependability.figures import UNKNOWN, Chance
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import BUDGET
from mofconf.analyses.promises.availability import ROUNDING, judged
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.reached import ROOM, Room
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.analyses.ways import way_to, ways_down
from mofconf.plan.differences import Differences
from mofconf.plan.kept import Kept, PromiseChange, changed_by
from mofconf.plan.recoverability import recoverability
from mofconf.plan.repairs import Repairs
from mofconf.plan.touched import Touched
from mofconf.plan.trial import Case
from mofconf.plan.trials import EFFORT, Trials
from mofconf.plan.undoing import Undoing
from mofconf.plan.unpromised import unpromised
from mofconf.workspace import Workspace


class Limits(NamedTuple):
    """What is left out where there is too much of it.

    There is ``room`` for exact figures; beyond that there are bounds. ``effort`` is how many things may be looked at to
    find who is to blame.
    """

    room: Room = ROOM
    effort: int = EFFORT


LIMITS = Limits()

UNLIMITED = Limits(Room(small=10**9), effort=10**9)
"""Everything is worked out, however long that takes."""


def promises(base: Workspace, head: Workspace, found: Differences, today: date, limits: Limits = LIMITS) -> Kept:
    """Only what carries a promise and is reached by the change is worked out, and what both sides share once."""
    touched = Touched(base, head, found)
    slas = sorted({*touched.slas()}) if found.changes else []
    old = {touched.was(one) for one in slas}
    solver, room = Solver(BUDGET), limits.room
    before = Promises(base.catalog, base.graph, today, old, solver=solver, exactly=False, room=room)
    after = Promises(head.catalog, head.graph, today, set(slas), touched.asked, solver, exactly=False, room=room)
    if not found.changes:
        return Kept(before, after)
    after.reached.like(before.reached, touched.reached)
    comparison = _Comparison(touched, before, after)
    if not (before.reached.fits and after.reached.fits):
        order = comparison.endangered()
        after.reached.choose(order)
        before.reached.choose(touched.was(one) for one in order if one in after.reached.exact)
    changes = comparison.changes({change.address for change in found.changes}, limits.effort)
    services, left = unpromised(touched, before.reached, after.reached, room.small)
    bounded = tuple(sla for sla in after.slas if after.services.get(sla) in after.reached.bounded)
    recoveries = tuple(recoverability(base, head, found, today, room.small))
    return Kept(before, after, tuple(changes), tuple(services), left, bounded, recoveries)


class _Comparison:
    """The promises of both sides, each with what the other makes of it."""

    def __init__(self, touched: Touched, before: Promises, after: Promises) -> None:
        self._touched, self._before, self._after = touched, before, after

    def endangered(self) -> list[str]:
        """The promised services, the first those of which exact figures are needed most.

        First those of which bounds leave open whether a promise is broken that was not, or is kept that was broken;
        then those of which they prove that; then those closest to what is promised.
        """
        before, after = self._before.reached, self._after.reached

        def danger(service: str) -> tuple[int, bool, float, str]:
            was, now = before.outline(self._touched.was(service)), after.outline(service)
            verdicts = [(judged(was, one), judged(now, one)) for one in after.targets[service]]
            differ = [pair for pair in verdicts if pair[0] is not pair[1]]
            open_ = any(Outcome.UNDECIDED in pair for pair in verdicts)
            first = 0 if any(Outcome.UNDECIDED in pair for pair in differ) else 1 if differ else 2
            return first, not open_, after.margin(service), service

        return sorted(after.targets, key=danger)

    def changes(self, changed: Collection[str], effort: int) -> list[PromiseChange]:
        """The promises that differ, by address; with who is to blame where they became worse."""
        slas = {*self._after.slas, *(self._touched.becomes(one) for one in self._before.slas)}
        if not slas:
            return []
        undoing = Undoing(self._touched.edits, self._after.reached)
        trials = Trials(undoing, changed, effort)
        repairs = Repairs(undoing)
        changes = []
        # Those about one service after each other, as what is known of it is not kept for long.
        for sla in sorted(slas, key=lambda one: (self._after.services.get(one, ""), one)):
            change = self._differs(sla)
            if change is not None and change.is_worse:
                change = self._explained(change, trials)
                change = _mended(change, repairs)
            changes += [] if change is None else [change]
        return sorted(changes, key=lambda one: one.address)

    def _differs(self, sla: str) -> PromiseChange | None:
        """How a promise differs; ``None`` where it does not."""
        formerly = self._before.services.get(self._touched.was(sla), "")
        service = self._after.services.get(sla) or self._touched.becomes(formerly)
        was, now = _figure(self._before, self._touched.was(sla)), _figure(self._after, sla)
        delta = None if was is None or now is None else self._delta(formerly, was, service, now)
        bounded = formerly in self._before.reached.bounded, service in self._after.reached.bounded
        if _alike(was, now, delta):
            return None
        return PromiseChange(sla, service, was, now, _outcome(was), _outcome(now), delta, bounded)

    def _delta(self, formerly: str, was: Figure, service: str, now: Figure) -> Chance:
        delta = changed_by(was.reached, now.reached)
        if delta.exact:
            return delta
        factor = self._before.reached.factor(formerly, self._after.reached, service)
        return changed_by(was.reached, now.reached, factor)

    def _explained(self, change: PromiseChange, trials: Trials) -> PromiseChange:
        """Who is to blame. Where there was no such promise that is itself, or that its service is there now."""
        was, now = change.before, change.after
        if was is None or now is None or change.was is None:
            new = [one for one in (change.address, change.service) if one in self._touched.things][:1]
            return change._replace(culprits=tuple(new), enough=bool(new), proven=bool(new))
        formerly = self._touched.becomes(self._before.services.get(self._touched.was(change.address), ""))
        better = change.delta is None or change.delta.high > ROUNDING
        service, bounded = change.service, any(change.bounded)
        case = Case(change.address, service, now.target, formerly, was.target, change.was, bounded, better)
        blame = trials.broken(case) if change.breaks or change.opens else trials.worse(case)
        way = _way(trials.undoing, service, blame.culprits)
        blamed = change._replace(
            culprits=blame.culprits, enough=blame.enough, proven=blame.proven, fields=blame.fields, way=way
        )
        return blamed if bounded and not change.breaks else _to_what_is_shared(trials.undoing, blamed)


def _mended(change: PromiseChange, repairs: Repairs) -> PromiseChange:
    """With what would bring it back, where it is broken and was not."""
    if change.after is None or not (change.breaks or change.may_break):
        return change
    if change.bounded[1]:
        return change._replace(repair=repairs.by_bounds(change.service, change.after.target))
    repair, redundancy = repairs.of(change.service, change.after.target)
    return change._replace(repair=repair, redundancy=redundancy)


def _way(undoing: Undoing, service: str, culprits: Sequence[str]) -> tuple[str, ...]:
    """From a service to what the first culprit made to differ, the nearest of it."""
    differ = {atom.address for one in culprits[:1] for atom in undoing.edits.of.get(one, ())}
    ways = undoing.ways(service)
    nearest = next((one for one in ways if one in differ), None) if differ else None
    return () if nearest is None else (service, *(step.targets[0] for step in way_to(ways, nearest)))


def _to_what_is_shared(undoing: Undoing, change: PromiseChange) -> PromiseChange:
    """With what the service cannot do without since the first culprit, and on with the way to it."""
    atoms = undoing.edits.of.get(change.culprits[0], frozenset()) if change.culprits else frozenset()
    if not change.way or all(atom.figure for atom in atoms):
        return change
    beyond = ways_down(undoing.edits.head.graph, change.way[-1], hard=True)
    for one in undoing.newly_needed(change.service, atoms):
        if one in beyond:
            steps = way_to(beyond, one)
            return change._replace(hangs_on=one, way=(*change.way, *(step.targets[0] for step in steps)))
    return change


def _figure(promises: Promises, sla: str) -> Figure | None:
    return promises.figure(sla) if sla in promises.slas else None


def _outcome(figure: Figure | None) -> Outcome | None:
    return None if figure is None else judged(figure.reached, figure.target)


def _alike(before: Figure | None, after: Figure | None, delta: Chance | None) -> bool:
    """Whether two figures are the same, or nothing at all is known of either.

    Bounds that are the same say nothing of that: it is known by how much it changed.
    """
    if before is None or after is None or delta is None:
        return before is after
    same = all(abs(one) <= ROUNDING for one in delta) or before.reached == after.reached == UNKNOWN
    return same and before.target == after.target and before.period == after.period
