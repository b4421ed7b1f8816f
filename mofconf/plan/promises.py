"""Which promises a change keeps, breaks or leaves open: the figures of both sides, and who is to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import Question, Study
from mofconf.analyses.must import dependencies_first
from mofconf.analyses.promises.availability import MODEST, judged
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.analyses.working import dependents
from mofconf.kinds.relation import PROMISES
from mofconf.plan.consequences import gone_from
from mofconf.plan.culprits import gates_of_base
from mofconf.plan.differences import Differences
from mofconf.plan.trials import ROUNDING, Repair, Trials, way_to
from mofconf.workspace import Workspace

MOST_THINGS = 2_000
"""Behind so many things services without a promise are left out, and promises that are broken anyway are bounds."""

MATTERS = 1e-4
"""By how much the availability of a service without a promise has to change to be told: 4.3 minutes a month."""

MOST_SERVICES = 300
"""How many services without a promise are looked at."""


class PromiseChange(NamedTuple):
    """A promise of which the figure or the verdict differs. A side on which there is no such promise has neither.

    ``culprits`` are the changes without which it would be better, the worst first, ``way`` leads from the service to
    the first of them.
    """

    address: str
    service: str
    before: Figure | None
    after: Figure | None
    was: Outcome | None
    now: Outcome | None
    culprits: tuple[str, ...] = ()
    way: tuple[str, ...] = ()
    repair: Repair | None = None

    @property
    def breaks(self) -> bool:
        """Whether the change breaks it."""
        return self.now is Outcome.BROKEN and self.was is not Outcome.BROKEN

    @property
    def opens(self) -> bool:
        """Whether nobody can tell any more."""
        return self.now is Outcome.UNDECIDED and self.was not in (Outcome.UNDECIDED, Outcome.BROKEN)


class ServiceChange(NamedTuple):
    """A service without a promise whose availability changes by more than matters little."""

    address: str
    before: Chance
    after: Chance


class Kept(NamedTuple):
    """What a change does to promises, and to services without one. ``left`` services were not looked at.

    ``base`` and ``head`` are those promises of either side that the change reaches.
    """

    base: Promises
    head: Promises
    promises: tuple[PromiseChange, ...] = ()
    services: tuple[ServiceChange, ...] = ()
    left: int = 0


def promises(base: Workspace, head: Workspace, found: Differences, today: date) -> Kept:
    """Only what carries a promise and is reached by the change is worked out, and what both sides share once."""
    question = _Question(base, head, found)
    slas = sorted(question.slas()) if found.changes else []
    old = question.formerly(slas)
    before = Promises(base.catalog, base.graph, today, set(old), solver=question.solver, exactly=False)
    after = Promises(head.catalog, head.graph, today, set(slas), question.asked, question.solver, exactly=False)
    if not found.changes:
        return Kept(before, after)
    changes = (
        question.compared(now, _side(before, was), _side(after, now)) for was, now in zip(old, slas, strict=True)
    )
    services, left = question.services({after.services.get(sla, "") for sla in slas})
    return Kept(before, after, tuple(one for one in changes if one is not None), tuple(services), left)


def _side(promises: Promises, sla: str) -> tuple[str, Figure | None, Outcome | None]:
    """The service that a promise is about, its figure, and whether it is kept."""
    figure = promises.figure(sla) if sla in promises.slas else None
    service = promises.services.get(sla, "")
    return service, figure, None if figure is None else judged(figure.reached, figure.target)


class _Question:
    """What changed, and what a promise would be worth had some of it not changed."""

    def __init__(self, base: Workspace, head: Workspace, found: Differences) -> None:
        gone = gone_from(base, head, found)
        old_gates = gates_of_base(base.graph, found.renamed)
        self.solver = Solver(MODEST)  # for estates in which much is shared; in others each service has its own
        self.asked = Question(down=frozenset(gone))
        self._base, self._head, self._found, self._old_gates = base, head, found, old_gates
        self._was = {now: was for was, now in found.renamed.items()}
        changed = {change.address for change in found.changes} | self._was.keys() | gone.keys()
        covered = {
            edge.target
            for side in (base, head)
            for address in changed
            for edge in side.graph.out.get(address, ())
            if edge.relation is PROMISES and address.startswith("Contract/")
        }
        structural = {
            one
            for one in old_gates.keys() | head.graph.gates.keys()
            if old_gates.get(one, ()) != head.graph.gates.get(one, ())
        }
        self._touched = changed | covered | structural
        self._reached = dependents(head.graph, self._touched) | {
            found.renamed.get(one, one)
            for one in dependents(base.graph, [self._was.get(one, one) for one in self._touched])
        }

        self._trials = Trials(base, head, self._touched, self._was, old_gates, self.asked)

    def slas(self) -> Iterator[str]:
        """The promises that may differ, by the address that they have in the head, or had in the base."""
        for side, renamed in ((self._head, {}), (self._base, self._found.renamed)):
            for address in side.catalog.entries:
                if address.startswith("SLA/"):
                    targets = (edge.target for edge in side.graph.out.get(address, ()) if edge.relation is PROMISES)
                    now = renamed.get(address, address)
                    reached = now in self._touched or any(renamed.get(one, one) in self._reached for one in targets)
                    if reached and (side is self._head or now not in self._head.catalog.entries):
                        yield now

    def formerly(self, addresses: Iterable[str]) -> list[str]:
        """Addresses of the head as the base has them."""
        return [self._was.get(one, one) for one in addresses]

    def compared(
        self,
        sla: str,
        before: tuple[str, Figure | None, Outcome | None],
        after: tuple[str, Figure | None, Outcome | None],
    ) -> PromiseChange | None:
        """How a promise differs; ``None`` where it does not."""
        service = after[0] or self._found.renamed.get(before[0], before[0])
        if (before[1] is None and after[1] is None) or _alike(before[1], after[1]):
            return None
        change = PromiseChange(sla, service, before[1], after[1], before[2], after[2])
        if after[1] is None or not (change.breaks or change.opens or self._worse(before[1], after[1])):
            return change
        culprits = self._trials.culprits(service, after[1]) if before[1] is not None else ()
        way = way_to(self._head.graph, service, culprits[0]) if culprits else ()
        repair = self._trials.repair(service, after[1]) if change.breaks else None
        return change._replace(culprits=culprits, way=way, repair=repair)

    def _worse(self, before: Figure | None, after: Figure) -> bool:
        return before is not None and after.reached.high < before.reached.high - ROUNDING

    def services(self, promised: set[str]) -> tuple[list[ServiceChange], int]:
        """The services without a promise whose availability changes by more than matters little."""
        there = self._head.catalog.entries
        reached = [
            one
            for one in sorted(self._reached - promised)
            if one.startswith("Service/") and one in there and self._was.get(one, one) in self._base.catalog.entries
        ]
        among = [one for one in reached if not there[one].instance_of][:MOST_SERVICES]
        if not among or len(dependencies_first(self._head.graph, among)) > MOST_THINGS:
            return [], len(reached)
        changes = [ServiceChange(one, *self._both(one)) for one in among]
        found = [
            one
            for one in changes
            if max(abs(one.after.low - one.before.low), abs(one.after.high - one.before.high)) > MATTERS
        ]
        return found, len(reached) - len(among)

    def _both(self, service: str) -> tuple[Chance, Chance]:
        """What a service reaches in the base and in the head."""
        was = self._was.get(service, service)
        old = Study(self._base.catalog, self._base.graph, [was])
        new = Study(self._head.catalog, self._head.graph, [service], self.asked)
        return old.up(was), new.up(service)


def _alike(before: Figure | None, after: Figure | None) -> bool:
    if before is None or after is None:
        return before is after
    same = all(abs(one - other) <= ROUNDING for one, other in zip(before.reached, after.reached, strict=True))
    return same and before.target == after.target and before.period == after.period
