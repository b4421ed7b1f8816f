"""Probabilities of functions: exact where every event has a value, proven bounds where one has a range or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import prod
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import BudgetError, Diagram
from mofconf.analyses.dependability.functions import Function
from mofconf.analyses.dependability.masks import members
from mofconf.analyses.dependability.solving import Bounds, Solver
from mofconf.analyses.dependability.structure import Event


class Chance(NamedTuple):
    """A probability between two bounds, which are the same where it is known."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it is one value."""
        return self.low == self.high


CERTAIN = Chance(1.0, 1.0)
UNKNOWN = Chance(0.0, 1.0)


class Figures:
    """Probabilities of functions, given those of the events. Every diagram is looked at once."""

    def __init__(self, solver: Solver, chances: Mapping[Event, Chance]) -> None:
        self._solver = solver
        found = [chances.get(event, UNKNOWN) for event in solver.events]
        self._lows = _Side(solver, [chance.low for chance in found])
        same = all(chance.exact for chance in found)
        self._highs = self._lows if same else _Side(solver, [chance.high for chance in found])

    def of(self, bounds: Bounds) -> Chance:
        """The probability that a view is good."""
        low = self._lows.of(bounds.low)
        if bounds.exact and self._highs is self._lows:
            return low
        return Chance(low.low, self._highs.of(bounds.high).high)


class _Side:
    """Probabilities of functions where each event has one value."""

    def __init__(self, solver: Solver, chances: Sequence[float]) -> None:
        self._solver = solver
        self._chances = chances
        self._values = [0.0, 1.0]  # of the nodes in the solver's table
        self._parts: dict[frozenset[int], Chance] = {}
        self._known: dict[int, Chance] = {}

    def of(self, number: int) -> Chance:
        """The probability of a function: all its musts, and every part of its factors, which share nothing."""
        if number not in self._known:
            self._known[number] = self._work_out(self._solver.known[number])
        return self._known[number]

    def _work_out(self, function: Function) -> Chance:
        if function.lost:
            return Chance(0.0, 0.0)
        low = high = prod(map(self._chances.__getitem__, members(function.must)))
        for part in self._solver.parts(function):
            if part not in self._parts:
                self._parts[part] = self._part(part)
            low *= self._parts[part].low
            high *= self._parts[part].high
        return Chance(low, high)

    def _part(self, part: frozenset[int]) -> Chance:
        try:
            value = self._value(self._solver.joined(part))
        except BudgetError:
            return self._bounds([self._solver.functions.factors[number].diagram for number in sorted(part)])
        return Chance(value, value)

    def _bounds(self, diagrams: Sequence[Diagram]) -> Chance:
        """Of several monotone functions: not less than if they were independent (Harris' inequality), not more than

        the least of them, and by Bonferroni's inequalities one less all failures, pairs counted once.
        """
        values = [self._value(diagram) for diagram in diagrams]
        failures = sum(1 - value for value in values)
        both = 0.0
        for (one, first), (other, second) in combinations(zip(diagrams, values, strict=True), 2):
            try:
                both += 1 - first - second + self._value(self._solver.diagrams.all_of((one, other)))
            except BudgetError:
                both += 1 - max(first, second)
        return Chance(max(prod(values), 1 - failures), min(*values, 1 - failures + both))

    def _value(self, diagram: Diagram) -> float:
        table, values, chances = self._solver.table, self._values, self._chances
        number = table.number(diagram)
        for node in range(len(values), number + 1):
            chance = chances[table.variables[node]]
            values.append(chance * values[table.high[node]] + (1 - chance) * values[table.low[node]])
        return values[number]
