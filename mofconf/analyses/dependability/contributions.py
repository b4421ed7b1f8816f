"""By how much a figure follows each event, for many resources at once; modules are looked into."""

from __future__ import annotations

from collections.abc import Mapping

from mofconf.analyses.dependability.functions import Function
from mofconf.analyses.dependability.importance import PartSlopes, part_slopes, slopes
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.structure import Event


class Contributions:
    """Probabilities of functions and of their modules, given those of the events, and their slopes."""

    def __init__(self, solver: Solver, chances: Mapping[Event, float]) -> None:
        self._solver = solver
        self._chances = {solver.events[event]: chance for event, chance in chances.items()}
        self._known: dict[Function, PartSlopes] = {}
        self._parts: dict[frozenset[int], PartSlopes] = {}

    def of(self, function: Function) -> dict[Event, float]:
        """For each event of a function: by how much its probability grows with that of the event (Birnbaum).

        A module shares nothing with the rest, so slopes multiply on the way down to an event. Raises `BudgetError`.
        """
        found: dict[Event, float] = {}
        waiting = [(function, 1.0)]
        while waiting:
            one, above = waiting.pop()
            for variable, slope in self._local(one).slopes.items():
                meaning = self._solver.variables[variable]
                if isinstance(meaning, Function):
                    waiting.append((meaning, above * slope))
                elif meaning is not None:
                    found[meaning] = above * slope
        return found

    def _local(self, function: Function) -> PartSlopes:
        """What there is to know of a function and its own variables; of the modules in it first."""
        waiting = [function]
        while waiting:
            one = waiting[-1]
            if one in self._known:
                waiting.pop()
                continue
            fresh = [inner for inner in self._modules(one) if inner not in self._known]
            if fresh:
                waiting += fresh
            else:
                self._known[waiting.pop()] = slopes(one, self._chances, [*map(self._part, _parts(self._solver, one))])
        return self._known[function]

    def _part(self, part: frozenset[int]) -> PartSlopes:
        if part not in self._parts:
            self._parts[part] = part_slopes(self._solver, part, self._chances)
        return self._parts[part]

    def _modules(self, function: Function) -> list[Function]:
        found = []
        for variable in _variables(self._solver, function):
            meaning = self._solver.variables[variable]
            if isinstance(meaning, Function):
                found.append(meaning)
                if meaning in self._known:
                    self._chances[variable] = self._known[meaning].value
        return found


def events_of(solver: Solver, function: Function) -> frozenset[Event]:
    """The events that matter to a function, modules looked into. Raises `BudgetError`."""
    found: set[Event] = set()
    waiting = [function]
    while waiting:
        for variable in _that_matter(solver, waiting.pop()):
            meaning = solver.variables[variable]
            if isinstance(meaning, Function):
                waiting.append(meaning)
            elif meaning is not None:
                found.add(meaning)
    return frozenset(found)


def _that_matter(solver: Solver, function: Function) -> frozenset[int]:
    """The variables that a function depends on: where one factor implies another one, some of that need not matter."""
    if function.lost:
        return frozenset()
    diagrams = (solver.joined(part.factors) for part in solver.parts_of(function))
    return function.must.union(*map(solver.diagrams.support, diagrams))


def _variables(solver: Solver, function: Function) -> frozenset[int]:
    return frozenset() if function.lost else function.must | solver.support(function.factors)


def _parts(solver: Solver, function: Function) -> list[frozenset[int]]:
    return [] if function.lost else [part.factors for part in solver.parts_of(function)]
