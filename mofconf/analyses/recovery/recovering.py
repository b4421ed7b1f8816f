"""The recovery of one resource after a disaster: its time, its order, its data, and whether that is soon enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from math import inf
from typing import NamedTuple

from mofconf.analyses.masks import numbers_in
from mofconf.analyses.must import dependencies_first, gathered
from mofconf.analyses.recovery.loss import Backups, Data
from mofconf.analyses.recovery.own import OwnTime, OwnTimes
from mofconf.analyses.recovery.times import Needs, When, fastest, needs_of, obstacles, times, waits
from mofconf.analyses.working import down_alone
from mofconf.catalog import Catalog
from mofconf.graph import Graph
from mofconf.kinds.availability import Availability
from mofconf.kinds.relation import PROMISES
from mofconf.kinds.service import Service
from mofconf.kinds.sla import SLA


class Step(NamedTuple):
    """One thing that has to be restored. Times are seconds from when everything started to be repaired.

    All things of one ``wave`` (from 1) can be worked on at once, when those of the waves before are done. It can
    begin at ``start`` and is back at ``end``; where something on the way states no time those are lower bounds.
    ``critical``: it is one of the row of steps that takes longest. ``within`` are seconds: who needs it does without
    it for so long, and does not wait for it.
    """

    address: str
    wave: int
    start: float
    end: float
    own: OwnTime
    after: tuple[str, ...]
    critical: bool = False
    within: float | None = None


class Objective(NamedTuple):
    """What is promised (``by`` an SLA) or tolerated (by the resource itself), in seconds, and whether it is kept.

    ``kind`` is ``rto`` or ``rpo``. ``verdict`` is ``holds``, ``broken`` or ``undecided``.
    """

    kind: str
    by: str
    field: tuple[str, ...]
    limit: float
    verdict: str


class Recovery(NamedTuple):
    """How a resource comes back. ``low`` and ``high`` bound the seconds that it takes; endless where it never does.

    ``lost_low`` and ``lost_high`` bound the seconds of the latest data that are gone; ``None`` where nothing says
    what data there is. ``obstacles`` are why it cannot come back: things that are gone for good, and knots of which
    none can start first. ``unknown`` are the things whose own time would have to be known, ``unstated`` the fields of
    jobs. ``spare`` is what is down too and not waited for.
    """

    address: str
    low: float
    high: float
    steps: tuple[Step, ...]
    obstacles: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]
    spare: tuple[str, ...]
    data: tuple[Data, ...]
    lost_low: float | None
    lost_high: float | None
    unstated: tuple[str, ...]
    objectives: tuple[Objective, ...]


class Recoveries:
    """Recoveries of some resources of a catalog when some have ``failed``.

    By default all that they need is to be restored. What they share is worked out once: when something is back does not
    hang on who asks. ``stated`` is what is taken to be stated of single things instead: what if it were so?
    """

    def __init__(
        self,
        catalog: Catalog,
        graph: Graph,
        addresses: Iterable[str],
        failed: Collection[str] | None = None,
        stated: Mapping[str, Availability] | None = None,
    ) -> None:
        self._catalog = catalog
        self._graph = graph
        self.asked = tuple(addresses)
        self._failed = None if failed is None else frozenset(failed)
        self._needs = needs_of(graph, self.asked)
        own = OwnTimes(catalog, graph, stated)
        self._own = {one: own.of(one, failed=failed is not None and one in failed) for one in self._needs.order}
        hit = frozenset(self._needs.order) if self._failed is None else self._failed
        self._low = times(self._needs, hit, _seconds(self._own, 0.0))
        self._high = times(self._needs, hit, _seconds(self._own, inf))
        self._backups = Backups(catalog, graph)
        self._gone = frozenset() if self._failed is None else down_alone(graph, self._failed)
        self._below: dict[str, Collection[str]] = {}

    def objectives(self, address: str) -> tuple[Objective, ...]:
        """What is promised of one of them, and whether it is kept."""
        first, last = (found.get(address, (0.0, 0))[0] for found in (self._low, self._high))
        return tuple(self._objectives(address, (first, last), _bounds(self.data(address))))

    def path(self, address: str) -> Iterator[tuple[str, float]]:
        """The critical path, from the resource to what has to be restored first, each with the seconds it takes."""
        while address in self._low and self._low[address][0] < inf:
            awaited = _awaited(self._needs, self._low, address)
            end, start = self._low[address][0], max((self._low[one][0] for one in awaited), default=0.0)
            yield address, end - start
            address = _last(awaited, self._low)

    def data(self, address: str) -> Sequence[Data]:
        """The data that lies on what it needs, and what is lost of that."""
        holders = [self._holders[number] for number in numbers_in(self._held[address])]
        return self._backups.data(holders, self._high, self._lost)

    def of(self, address: str) -> Recovery:
        """The recovery of one of them."""
        needs = needs_of(self._graph, [address])
        low, high = ({one: found[one] for one in needs.order if one in found} for found in (self._low, self._high))
        first, last = (found.get(address, (0.0, 0))[0] for found in (low, high))
        steps = () if first == inf else tuple(_steps(needs, low, self._own, address))
        data = self.data(address)
        lost_low, lost_high = _bounds(data)
        lacking = [lack for one in data if one.low < one.high for backup in one.backups for lack in backup.lacks]
        done = {step.address for step in steps}
        return Recovery(
            address,
            first,
            last,
            steps,
            tuple(sorted(obstacles(needs, low))) if first == inf else (),
            tuple(sorted(_undecided(needs, low, high, self._own, address))),
            tuple(sorted(one for one in low if one not in done)),
            tuple(data),
            lost_low,
            lost_high,
            tuple(dict.fromkeys(lacking)),
            tuple(self._objectives(address, (first, last), (lost_low, lost_high))),
        )

    @cached_property
    def _held(self) -> Mapping[str, int]:
        """For everything the mask of those in ``_holders`` that it needs, directly or not."""
        bits = {holder: 1 << number for number, holder in enumerate(self._holders)}
        return gathered(self._graph, {one: bits.get(one, 0) for one in self._needs.order}, hard=True)

    @cached_property
    def _holders(self) -> tuple[str, ...]:
        return tuple(one for one in self._needs.order if self._backups.holds(one))

    def _lost(self, target: str, holder: str) -> bool:
        """Whether copies are lost when the original is. If everything is, only what lies where that does is no copy."""
        if self._failed is not None:
            return target in self._gone
        if holder not in self._below:
            self._below[holder] = frozenset(dependencies_first(self._graph, [holder], hard=True))
        return target in self._below[holder]

    def _objectives(
        self, address: str, time: tuple[float, float], loss: tuple[float | None, float | None]
    ) -> Iterator[Objective]:
        entry = self._catalog.entries.get(address)
        lost = (0.0 if loss[0] is None else loss[0], inf if loss[1] is None else loss[1])
        if entry is not None and isinstance(entry.resource, Service):
            yield from _objective("rpo", address, ("dataLossTolerance",), entry.resource.data_loss_tolerance, lost)
        for edge in self._graph.into.get(address, ()):
            promise = self._catalog.entries.get(edge.source)
            sla = promise.resource if promise is not None and edge.relation is PROMISES else None
            if isinstance(sla, SLA) and sla.recovery is not None:
                yield from _objective("rto", edge.source, ("recovery", "rto"), sla.recovery.rto, time)
                yield from _objective("rpo", edge.source, ("recovery", "rpo"), sla.recovery.rpo, lost)


def _objective(
    kind: str, by: str, field: tuple[str, ...], limit: timedelta | None, bounds: tuple[float, float]
) -> Iterator[Objective]:
    if limit is not None:
        most = limit.total_seconds()
        verdict = "holds" if bounds[1] <= most else "broken" if bounds[0] > most else "undecided"
        yield Objective(kind, by, field, most, verdict)


def _seconds(own: Mapping[str, OwnTime], unknown: float) -> dict[str, float]:
    return {one: unknown if known.time is None else known.time.total_seconds() for one, known in own.items()}


def _bounds(data: Sequence[Data]) -> tuple[float | None, float | None]:
    """The bounds of what is lost of all data together: of the worst."""
    return max((one.low for one in data), default=None), max((one.high for one in data), default=None)


def _steps(needs: Needs, found: Mapping[str, When], own: Mapping[str, OwnTime], address: str) -> Iterator[Step]:
    """What has to be restored, what is waited for before what waits, and of a group only what is back first."""
    after: dict[str, list[str]] = {}
    within: dict[str, float] = {}
    waiting = [address] if address in found else []
    while waiting:
        one = waiting.pop()
        if one in after:
            continue
        after[one] = _awaited(needs, found, one)
        waiting += after[one]
        for gate in needs.gates[one]:
            if gate.tolerates is not None and not waits(needs, gate, found)[0]:
                most = gate.tolerates.total_seconds()
                for member in fastest(needs, gate, found):
                    if member in found:
                        within[member] = min(most, within.get(member, most))
                        waiting.append(member)
    for awaited in after.values():
        for member in awaited:
            within.pop(member, None)  # somebody waits for it
    critical = set(_critical(address, after, found))
    waves: dict[str, int] = {}
    for one in sorted(after, key=lambda one: (found[one], one)):
        waves[one] = 1 + max((waves[member] for member in after[one]), default=0)
    for one in sorted(after, key=lambda one: (waves[one], found[one][0], one)):
        start = max((found[member][0] for member in after[one]), default=0.0)
        wave, end = waves[one], found[one][0]
        yield Step(one, wave, start, end, own[one], tuple(after[one]), one in critical, within.get(one))


def _awaited(needs: Needs, found: Mapping[str, When], address: str) -> list[str]:
    """What something waits for: of each group what is back first. What is tolerated is not waited for."""
    chosen: dict[str, None] = {}
    for gate in needs.gates[address]:
        if gate.tolerates is None or waits(needs, gate, found)[0]:
            chosen.update((member, None) for member in fastest(needs, gate, found) if member in found)
    return list(chosen)


def _last(awaited: Sequence[str], found: Mapping[str, When]) -> str:
    """What is back last of all that something waits for."""
    return max(awaited, key=lambda one: (found[one], one), default="")


def _critical(address: str, after: Mapping[str, Sequence[str]], found: Mapping[str, When]) -> Iterator[str]:
    """The longest chain of waiting, from the end to the start."""
    while address in after:
        yield address
        address = _last(after[address], found)


def _undecided(
    needs: Needs, low: Mapping[str, When], high: Mapping[str, When], own: Mapping[str, OwnTime], address: str
) -> set[str]:
    """The things without a time that keep the bounds apart."""
    seen: set[str] = set()
    waiting = [address]
    while waiting:
        one = waiting.pop()
        if one in seen or low.get(one, (0.0, 0))[0] == high.get(one, (0.0, 0))[0]:
            continue
        seen.add(one)
        waiting += [member for gate in needs.gates[one] for member in gate.members]
    return {one for one in seen if own[one].time is None}
