"""What would bring a broken promise back: one thing that is better, or one more of it beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from math import inf
from typing import NamedTuple

from mofconf.analyses.dependability.contributions import Contributions
from mofconf.analyses.dependability.diagrams import BudgetError
from mofconf.analyses.dependability.figures import CERTAIN, Chance
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.structure import Event, View
from mofconf.analyses.dependability.study import Question, Study
from mofconf.analyses.promises.availability import ROUNDING
from mofconf.graph import Gate, Graph, State
from mofconf.plan.undoing import Undoing, as_availability

MOST_TWINS = 12
"""For how many things it is tried what one more of them would bring, where no formula says it."""


class Repair(NamedTuple):
    """The single figure that would bring a promise back: ``address`` available to at least ``needed``.

    ``stated`` is what it is now, at its best. With a ``field`` it is how surely the switch that is stated there works.
    Of all figures that could it is the one of which what is missing to all has to shrink by the smallest factor.
    """

    address: str
    stated: float
    needed: float
    field: tuple[str | int, ...] = ()


class Redundancy(NamedTuple):
    """What one more of something would bring: with what it needs shared by both, and failures of its own.

    ``reached`` is what the service would reach if switching from one to the other always worked; ``failover`` is in
    which share of cases it has to, so that the target is met. ``None``: one more of its instances, under the failover
    that they have. Of all things that could it is the one that asks least of it.
    """

    address: str
    reached: float
    failover: float | None


class _Behind(NamedTuple):
    """What a service rests on: by how much its figure follows the things that may fail by themselves (``own``).

    ``beside`` are those of which more than that matters: short outages, or switching.
    """

    study: Study
    service: str
    own: Mapping[str, float]
    beside: frozenset[str]


class Repairs:
    """Looks at everything behind a service of the head."""

    def __init__(self, undoing: Undoing) -> None:
        self._undoing, self._head = undoing, undoing.edits.head

    def of(self, service: str, target: float) -> tuple[Repair | None, Redundancy | None]:
        """The cheapest of either kind, ``None`` where nothing alone is enough."""
        for study in (self._undoing.reached.study(service), self._undoing.reached.alone(service)):
            lows = {event: chance.low for event, chance in study.works.chances.items()}
            bounds = study.works.bounds[View(service)]
            with suppress(BudgetError):
                slopes = Contributions(study.solver, lows).of(study.solver.known[bounds.low])
                break
        else:
            return None, None
        # A figure is linear in each single chance, so this is exact.
        missing = target - study.works.figures.of(bounds).low
        own = {event.address: slope for event, slope in slopes.items() if event.kind == "own" and slope > 0}
        beside = frozenset(event.address for event in slopes if event.kind != "own")
        behind = _Behind(study, service, own, beside)
        better = {event: slope for event, slope in slopes.items() if slope > 0 and self._can_be_better(event)}
        return self._better(study.inputs, better, missing), self._doubled(behind, target, missing)

    def _can_be_better(self, event: Event) -> bool:
        """Whether one field says how probable an event is: not how a switch does that each instance has."""
        entry = self._head.catalog.entries.get(event.address)
        return event.kind == "own" or (event.kind == "switch" and entry is not None and not entry.instance_of)

    def by_bounds(self, service: str, target: float) -> Repair | None:
        """The cheapest of those without which a service never works, where there are only bounds of it.

        Perhaps less of it would do: it is what is proven to be enough.
        """
        reached = self._undoing.reached
        low, _ = reached.outline(service)
        needed = reached.outlines.indispensable(View(service))
        slopes = {Event("own", address): low / chance.low for address, chance in needed.items() if chance.low}
        return self._better(reached.inputs, slopes, target - low) if low else None

    def _better(self, inputs: Inputs, slopes: Mapping[Event, float], missing: float) -> Repair | None:
        found = []
        for event, (low, high) in inputs.chances(slopes).items():
            needed = low + missing / slopes[event]
            if needed <= 1 + ROUNDING:
                left = 1 - min(needed, 1.0)
                factor = float(f"{(1 - high) / left:.9g}") if left else inf  # rounding decides nothing
                field = ("up", *event.path[1:]) if event.path == ("instances",) else event.path
                repair = Repair(event.address, high, min(needed, 1.0), (*field, "failover") if field else ())
                found.append((factor, event.address, repair))
        return min(found)[2] if found else None

    def _doubled(self, behind: _Behind, target: float, missing: float) -> Redundancy | None:
        best, trials = 0.0, 0
        found: Redundancy | None = None
        candidates = self._worth_doubling(behind)
        for most, address in sorted(candidates, key=lambda one: (-round(one[0], 12), one[1])):
            if most < missing - ROUNDING or most <= best + ROUNDING:
                break
            gain = self._by_formula(behind, address)
            if gain is None:
                trials += 1
                if trials > MOST_TWINS:
                    break
                gain = self._with_twin(behind.study, behind.service, address).low - (target - missing)
            if gain >= missing - ROUNDING and gain > best + ROUNDING:
                best = gain
                whole = address in self._head.graph.wholes
                found = Redundancy(address, target - missing + gain, None if whole else min(missing / gain, 1.0))
        return found

    def _worth_doubling(self, behind: _Behind) -> Iterator[tuple[float, str]]:
        """What may be there twice, each with the most that it could gain: as if it never failed by itself.

        Where it switches between things that it needs it is as if that always worked, too: a second one has a switch
        of its own.
        """
        study, service, own, _ = behind
        entries = self._head.catalog.entries
        solved, root = study.works, study.works.bounds[View(service)]
        now = solved.figures.of(root).low
        switches: dict[str, list[Event]] = {}
        for event in solved.structure.events:
            if event.kind == "switch":
                switches.setdefault(event.address, []).append(event)

        def perfect(things: Iterable[str]) -> float:
            events = [event for one in things for event in (Event("own", one), *switches.get(one, ()))]
            there = (event for event in events if event in solved.chances)
            return solved.figures.but(dict.fromkeys(there, CERTAIN)).of(root).low - now

        wholes = set()
        for address, slope in own.items():
            entry = entries.get(address)
            if entry is None or not address.startswith(("Asset/", "Service/")):
                continue
            if entry.instance_of:
                wholes.add(entry.instance_of)
            elif not entry.instances:
                gain = perfect([address]) if address in switches else slope * (1 - study.inputs.of(address).chance.low)
                yield gain, address
        for whole in sorted(wholes & study.inputs.graph.wholes):
            yield perfect(entries[whole].instances), whole

    def _by_formula(self, behind: _Behind, address: str) -> float | None:
        """The gain of a second one where it is like one thing that fails only when both do. ``None``: it is not."""
        if address not in behind.own or address in behind.beside:
            return None
        low = behind.study.inputs.of(address).chance.low
        return behind.own[address] * (1 - low) * low

    def _with_twin(self, study: Study, service: str, address: str) -> Chance:
        graph, roots, spare, like = _twinned(study.inputs.graph, address)
        known = as_availability(study.inputs.of(like))
        question = Question(down=frozenset(self._undoing.edits.gone), stated={spare: known})
        root = roots.get(service, service)
        return Study(self._head.catalog, graph, [root], question, study.solver).up(root)


def _twinned(graph: Graph, address: str) -> tuple[Graph, Mapping[str, str], str, str]:
    """The graph with one more of something: what stands for it now, the new one, and what that is like."""
    spare, both = f"{address} once more", f"{address} or one more"
    nodes = {**graph.nodes, spare: State.PRESENT, both: State.PRESENT}
    gates = dict(graph.gates)
    for consumer, _ in graph.consumers.get(address, ()):
        gates[consumer] = tuple(
            gate._replace(members=tuple(both if member == address else member for member in gate.members))
            for gate in gates[consumer]
        )
    like = address
    if address in graph.wholes:
        [gate] = graph.gates[address]
        like = gate.members[0]
        gates[both] = (gate._replace(members=(*gate.members, spare)),)
    else:
        gates[both] = (Gate((address, spare), path=("twin",)),)
    gates[spare] = graph.gates.get(like, ())
    made = graph._replace(nodes=nodes, gates=gates, wholes=graph.wholes | {both})
    return made, {address: both}, spare, like
