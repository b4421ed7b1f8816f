"""What if it had not changed, what if it were better: who is to blame for a broken promise, and what would mend it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.study import Question, Study
from mofconf.analyses.promises.results import Figure
from mofconf.graph import Gate, Graph, with_gates
from mofconf.kinds.asset import Asset
from mofconf.kinds.availability import Availability
from mofconf.kinds.location import Location
from mofconf.kinds.service import Service
from mofconf.workspace import Workspace

MOST_TRIALS = 40
"""How many changes are undone, one at a time, to find the one that is to blame for a broken promise."""

EFFORT = 3_000
"""How many things may be looked at for that, all trials together: seconds in a tangled estate."""

MOST_REPAIRS = 12
"""How many single things are tried to bring a broken promise back, the least available first."""

ROUNDING = 1e-12
"""What a product of many floating point numbers may be off by."""


class Repair(NamedTuple):
    """The single thing that would bring a promise back: ``address`` available to at least ``needed``."""

    address: str
    stated: float
    needed: float


class Trials:
    """Undoes single changes of ``touched`` in the head, and makes single things better, one at a time.

    ``was`` are the former addresses of what was renamed, ``old_gates`` the gates of the base under the names of now.
    """

    def __init__(
        self,
        base: Workspace,
        head: Workspace,
        touched: Collection[str],
        was: Mapping[str, str],
        old_gates: Mapping[str, tuple[Gate, ...]],
        asked: Question,
    ) -> None:
        self._base, self._head, self._touched, self._was = base, head, touched, was
        self._old_gates, self.asked = old_gates, asked
        self._effort = 0

    def culprits(self, service: str, figure: Figure) -> tuple[str, ...]:
        """The changes without which it would be better: each is undone alone."""
        below = _below(self._head.graph, service)
        candidates = [one for one in sorted(self._touched) if one in below]
        if len(candidates) <= 1 or len(candidates) > MOST_TRIALS or not self._may(len(candidates) * len(below)):
            return tuple(one for one in below if one in candidates)[:1]  # the nearest
        gained = {}
        for one in candidates:
            without = self._without(service, one)
            if without is not None and without.low - figure.reached.low > ROUNDING:
                gained[one] = without.low - figure.reached.low
        worst = max(gained.values(), default=0.0)
        named = sorted((one for one in gained if gained[one] > worst / 10), key=lambda one: (-gained[one], one))
        return tuple(named) or tuple(candidates[:1])

    def _without(self, service: str, change: str) -> Chance | None:
        """What a service would reach had one change not been made; ``None`` where that makes no sense."""
        if self._was.get(change, change) not in self._base.catalog.entries:
            return None
        graph = with_gates(self._head.graph, change, self._old_gates.get(change, ()))
        stated = _availability(self._base, self._was.get(change, change))
        question = self.asked if stated is None else self.asked._replace(stated={change: stated})
        return Study(self._head.catalog, graph, [service], question).up(service)

    def repair(self, service: str, figure: Figure) -> Repair | None:
        """The cheapest single thing that brings a promise back: the one of which the least more is asked."""
        inputs = {one: _availability(self._head, one) for one in _below(self._head.graph, service)}
        stated = {one: float(what.percent) for one, what in inputs.items() if what is not None and what.percent}
        worst = sorted(stated, key=lambda one: (stated[one], one))[:MOST_REPAIRS]
        if not self._may(len(worst) * len(inputs)):
            return None
        found = []
        for one in worst:
            if stated[one] < 1:
                perfect = Study(
                    self._head.catalog,
                    self._head.graph,
                    [service],
                    self.asked._replace(stated=MappingProxyType({one: _PERFECT})),
                ).up(service)
                slope = (perfect.low - figure.reached.low) / (1 - stated[one])
                if perfect.low >= figure.target and slope > 0:
                    # The figure grows evenly with what a single thing contributes.
                    needed = stated[one] + (figure.target - figure.reached.low) / slope
                    found.append(((1 - stated[one]) / max(1 - needed, ROUNDING), Repair(one, stated[one], needed)))
        return min(found)[1] if found else None

    def _may(self, effort: int) -> bool:
        """Whether there is room for so much more."""
        self._effort += effort
        return self._effort <= EFFORT


_PERFECT = Availability.model_validate("100%")


def _availability(side: Workspace, address: str) -> Availability | None:
    entry = side.catalog.entries.get(address)
    resource = None if entry is None else entry.resource
    return resource.availability if isinstance(resource, (Service, Asset, Location)) else None


def _below(graph: Graph, address: str) -> dict[str, str]:
    """Everything that something needs, directly or not, each with what needs it first."""
    found = {address: ""}
    queue = [address]
    for one in queue:
        for gate in graph.gates.get(one, ()):
            if gate.effect == "stops":
                for member in gate.members:
                    if member not in found:
                        found[member] = one
                        queue.append(member)
    return found


def way_to(graph: Graph, address: str, target: str) -> tuple[str, ...]:
    """The shortest way from something to what it needs, both included."""
    above = _below(graph, address)
    way = []
    one = target if target in above else ""
    while one:
        way.append(one)
        one = above[one]
    return tuple(reversed(way))
