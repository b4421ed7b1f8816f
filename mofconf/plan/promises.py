"""Which promises a change keeps, breaks or leaves open: the figures of both sides, and who is to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import BUDGET, Question, Study
from mofconf.analyses.must import dependencies_first
from mofconf.analyses.promises.availability import ROUNDING, judged
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.reached import ROOM, Reached, Room
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.analyses.ways import way_to, ways_down
from mofconf.analyses.working import dependents
from mofconf.kinds.relation import PROMISES
from mofconf.plan.consequences import gone_from
from mofconf.plan.culprits import gates_of_base
from mofconf.plan.differences import Differences
from mofconf.plan.edits import Edits
from mofconf.plan.kept import Kept, PromiseChange, ServiceChange
from mofconf.plan.repairs import Repairs
from mofconf.plan.trials import EFFORT, Blame, Case, Trials
from mofconf.plan.undoing import Undoing
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

MATTERS = 1e-4
"""By how much the availability of a service without a promise has to change to be told: 4.3 minutes a month."""


def promises(base: Workspace, head: Workspace, found: Differences, today: date, limits: Limits = LIMITS) -> Kept:
    """Only what carries a promise and is reached by the change is worked out, and what both sides share once."""
    question = _Question(base, head, found)
    slas = sorted(question.slas()) if found.changes else []
    old = {question.was(one) for one in slas}
    solver = Solver(BUDGET)
    before = Promises(base.catalog, base.graph, today, old, solver=solver, exactly=False, room=limits.room)
    after = Promises(
        head.catalog, head.graph, today, set(slas), question.asked, solver, exactly=False, room=limits.room
    )
    if not found.changes:
        return Kept(before, after)
    if not (before.reached.fits and after.reached.fits):
        after.reached.like(before.reached, question.reached)
        order = question.endangered(before.reached, after.reached)
        after.reached.choose(order)
        before.reached.choose(question.was(one) for one in order if one in after.reached.exact)
    changes = question.compared(before, after, limits.effort)
    services, left = question.services(before.reached, after.reached, limits)
    bounded = tuple(sla for sla in after.slas if after.services.get(sla) in after.reached.bounded)
    return Kept(before, after, tuple(changes), tuple(services), left, bounded)


class _Question:
    """What changed, and what a promise would be worth had some of it not changed."""

    def __init__(self, base: Workspace, head: Workspace, found: Differences) -> None:
        gone = gone_from(base, head, found)
        # What is gone may be meant under another kind where nobody declares it any more.
        old_gates = gates_of_base(base.graph, {**found.renamed, **{was: now for now, was in gone.items()}})
        self.asked = Question(down=frozenset(gone))
        self._base, self._head, self._found = base, head, found
        self._gone, self._old_gates = gone, old_gates
        self._formerly = {now: was for was, now in found.renamed.items()}
        changed = {change.address for change in found.changes} | self._formerly.keys() | gone.keys()
        structural = {
            one
            for one in old_gates.keys() | head.graph.gates.keys()
            if old_gates.get(one, ()) != head.graph.gates.get(one, ())
        }
        maybe = changed | set(self._covered(changed)) | structural
        self._edits = Edits(base, head, found, gone, old_gates, maybe)
        self._touched = {one for one in maybe if self._matters(one)}
        self.reached = dependents(head.graph, self._touched) | {
            found.renamed.get(one, one) for one in dependents(base.graph, [self.was(one) for one in self._touched])
        }

    def _matters(self, address: str) -> bool:
        """Whether something that changed may make a difference to a figure: another title or owner does not."""
        both = self.was(address) in self._base.graph.nodes and address in self._head.graph.nodes
        return not both or address.startswith("SLA/") or address in self._edits.differ

    def _covered(self, changed: Iterable[str]) -> Iterator[str]:
        """What the contracts cover that changed, with all instances of it."""
        for address in changed:
            for side in (self._base, self._head) if address.startswith("Contract/") else ():
                for edge in side.graph.out.get(address, ()):
                    if edge.relation is PROMISES:
                        entry = side.catalog.entries.get(edge.target)
                        yield from (edge.target, *(entry.instances if entry is not None else ()))

    def was(self, address: str) -> str:
        """An address of the head as the base has it."""
        return self._formerly.get(address, address)

    def slas(self) -> Iterator[str]:
        """The promises that may differ, by the address that they have in the head, or had in the base."""
        for side, renamed in ((self._head, {}), (self._base, self._found.renamed)):
            for address in side.catalog.entries:
                if address.startswith("SLA/"):
                    targets = (edge.target for edge in side.graph.out.get(address, ()) if edge.relation is PROMISES)
                    now = renamed.get(address, address)
                    reached = now in self._touched or any(renamed.get(one, one) in self.reached for one in targets)
                    if reached and (side is self._head or now not in self._head.catalog.entries):
                        yield now

    def endangered(self, before: Reached, after: Reached) -> list[str]:
        """The promised services, those first of which the verdict on a promise may change, then by how close it is."""

        def danger(service: str) -> tuple[bool, bool, float, str]:
            was, now = before.outline(self.was(service)), after.outline(service)
            verdicts = [(judged(was, one), judged(now, one)) for one in after.targets[service]]
            same = all(one is other for one, other in verdicts)
            open_ = any(Outcome.UNDECIDED in pair for pair in verdicts)
            return same, not open_, after.margin(service), service

        return sorted(after.targets, key=danger)

    def compared(self, before: Promises, after: Promises, effort: int) -> list[PromiseChange]:
        """The promises that differ, by address; with who is to blame where they became worse."""
        slas = {*after.slas, *(self._found.renamed.get(one, one) for one in before.slas)}
        if not slas:
            return []
        undoing = Undoing(self._edits, after.reached.study, after.reached.alone)
        trials = Trials(undoing, {change.address for change in self._found.changes}, effort)
        repairs = Repairs(undoing)
        changes = []
        # Those about one service after each other, as what is known of it is not kept for long.
        for sla in sorted(slas, key=lambda one: (after.services.get(one, ""), one)):
            change = self._differs(sla, before, after)
            if change is not None and _is_worse(change):
                change = self._explained(change, before, trials)
                if change.breaks and change.after is not None:
                    repair, redundancy = repairs.of(change.service, change.after.target)
                    change = change._replace(repair=repair, redundancy=redundancy)
            changes += [] if change is None else [change]
        return sorted(changes, key=lambda one: one.address)

    def _differs(self, sla: str, before: Promises, after: Promises) -> PromiseChange | None:
        """How a promise differs; ``None`` where it does not."""
        was, now = _figure(before, self.was(sla)), _figure(after, sla)
        if _alike(was, now):
            return None
        formerly = before.services.get(self.was(sla), "")
        service = after.services.get(sla) or self._found.renamed.get(formerly, formerly)
        bounded = now is not None and service in after.reached.bounded
        return PromiseChange(sla, service, was, now, _outcome(was), _outcome(now), bounded=bounded)

    def _explained(self, change: PromiseChange, before: Promises, trials: Trials) -> PromiseChange:
        """Who is to blame. Where there was no such promise that is itself, or that its service is there now."""
        was, now = change.before, change.after
        if was is None or now is None or change.was is None:
            new = [one for one in (change.address, change.service) if one in self._touched][:1]
            return change._replace(culprits=tuple(new), enough=bool(new))
        formerly = before.services.get(self.was(change.address), "")
        formerly = self._found.renamed.get(formerly, formerly)
        case = Case(change.address, change.service, now.target, formerly, was.target, change.was)
        if change.breaks or change.opens:
            blame = trials.broken(case)
        else:
            blame = trials.nearest(case) if change.bounded else trials.worse(case)
        return change._replace(culprits=blame.culprits, enough=blame.enough, way=self._way(change, blame))

    def _way(self, change: PromiseChange, blame: Blame) -> tuple[str, ...]:
        """From the service to what the first culprit made to differ, the nearest of it."""
        differ = {atom.address for one in blame.culprits[:1] for atom in self._edits.of.get(one, ())}
        ways = ways_down(self._head.graph, change.service, hard=True)
        nearest = next((one for one in ways if one in differ), None)
        return () if nearest is None else (change.service, *(step.targets[0] for step in way_to(ways, nearest)))

    def services(self, before: Reached, after: Reached, limits: Limits) -> tuple[list[ServiceChange], int]:
        """The services without a promise whose availability changes by more than matters little.

        Where there is no room for figures it is those of which bounds prove that; of so many others they do not tell.
        """
        there = self._head.catalog.entries
        among = [
            one
            for one in sorted(self.reached - after.targets.keys())
            if one.startswith("Service/")
            and one in there
            and not there[one].instance_of
            and self.was(one) in self._base.catalog.entries
        ]
        if not among:
            return [], 0
        if len(dependencies_first(self._head.graph, among)) > limits.room.small:
            was, now = before.outlines_of([self.was(one) for one in among]), after.outlines_of(among)
            changes = [ServiceChange(one, was[self.was(one)], now[one]) for one in among]
            told = [one for one in changes if one.delta.low > MATTERS or one.delta.high < -MATTERS]
            little = sum(max(abs(end) for end in one.delta) <= MATTERS for one in changes)
            return told, len(changes) - len(told) - little
        solver = Solver(BUDGET)  # for both sides: most of it is the same
        old = Study(self._base.catalog, self._base.graph, [self.was(one) for one in among], solver=solver)
        new = Study(self._head.catalog, self._head.graph, among, self.asked, solver)
        changes = [ServiceChange(one, old.up(self.was(one)), new.up(one)) for one in among]
        return [
            one
            for one in changes
            if max(abs(one.after.low - one.before.low), abs(one.after.high - one.before.high)) > MATTERS
        ], 0


def _figure(promises: Promises, sla: str) -> Figure | None:
    return promises.figure(sla) if sla in promises.slas else None


def _outcome(figure: Figure | None) -> Outcome | None:
    return None if figure is None else judged(figure.reached, figure.target)


def _is_worse(change: PromiseChange) -> bool:
    """Whether somebody has to ask who is to blame."""
    was, now = change.before, change.after
    if change.breaks or change.opens or was is None or now is None:
        return change.breaks or change.opens
    return now.reached.high < was.reached.high - ROUNDING


def _alike(before: Figure | None, after: Figure | None) -> bool:
    if before is None or after is None:
        return before is after
    same = all(abs(one - other) <= ROUNDING for one, other in zip(before.reached, after.reached, strict=True))
    return same and before.target == after.target and before.period == after.period
