"""Probabilities of functions: exact where every event has a value, proven bounds where one has a range or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import (
    FALSE,
    TRUE,
    BudgetError,
    Diagram,
    Diagrams,
    Table,
    probability,
)
from mofconf.analyses.dependability.failing import Failing, all_hold
from mofconf.analyses.dependability.functions import Factor, Function
from mofconf.analyses.dependability.known import Part
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


MOST_REMEMBERED = 16
"""How many values of one part of a function are kept, each for other chances."""

MOST_PASSING = 100_000
"""How many values are kept at most of diagrams beside the solver's table: some ten megabytes."""

CERTAIN = Chance(1.0, 1.0)
UNKNOWN = Chance(0.0, 1.0)


class Figures:
    """Probabilities of functions, given those of the events. What several functions share is worked out once."""

    def __init__(self, solver: Solver, chances: Mapping[Event, Chance]) -> None:
        self._solver = solver
        self._set({solver.events[event]: chance for event, chance in chances.items()})

    def but(self, chances: Mapping[Event, Chance]) -> Figures:
        """The same with other chances of some events."""
        made = Figures(self._solver, chances)
        made._set({**self._chances, **made._chances})
        return made

    def decided(self, bounds: Bounds) -> bool:
        """Whether no budget was exceeded for a view: what is left open then lies in what is stated."""
        if not bounds.exact:
            return False
        self._lows.of(bounds.low)
        if not self._lows.loose and not self._known:
            self._highs.of(bounds.high)
        return not self._lows.loose and (self._known or not self._highs.loose)

    def _set(self, chances: dict[int, Chance]) -> None:
        self._chances = chances  # by variable
        self._known = all(chance.low == chance.high for chance in chances.values())
        self._lows = _Side(self._solver, {variable: chance.low for variable, chance in chances.items()}, min)
        self._highs = _Side(self._solver, {variable: chance.high for variable, chance in chances.items()}, max)

    def of(self, bounds: Bounds) -> Chance:
        """The probability that a view is good. Higher chances of events never make it lower, so bounds go through."""
        low = self._lows.of(bounds.low)
        if self._known and bounds.exact and not self._lows.loose:
            return Chance(low, low)
        high = self._highs.of(bounds.high)
        return Chance(min(low, high), max(low, high))  # rounding may have crossed them


class _Side:
    """Lower bounds of probabilities (with ``choose=min``) or upper ones (``max``), from those of the events.

    They are the probabilities themselves as long as the budget lasts; ``loose`` says of the latest that it did not.
    """

    def __init__(self, solver: Solver, chances: dict[int, float], choose: Callable[[float, float], float]) -> None:
        self._solver = solver
        self._chances = chances  # of the variables; those of modules come as they are needed
        self._choose = choose
        self._values = {FALSE: 0.0, TRUE: 1.0}  # of the nodes in the solver's table
        self._functions: dict[int, tuple[float, bool]] = {}
        self._loose_modules: set[int] = set()
        self._passing: dict[Diagram, float] = {}  # of diagrams that are not in the table
        self._failing = Failing(solver, chances, self._part, self._value_of)
        self.loose = False

    def of(self, number: int) -> float:
        """The probability of a function."""
        if number not in self._functions:
            function = self._solver.known[number]
            waiting = [one for one in self._solver.modules_in(function) if one not in self._chances]
            while waiting:
                module = self._module(waiting[-1])
                fresh = [one for one in self._solver.modules_in(module) if one not in self._chances]
                if fresh:
                    waiting += fresh  # they come first, and it again
                else:
                    variable = waiting.pop()
                    self._chances[variable] = self._value(module)
                    if self.loose:
                        self._loose_modules.add(variable)
            self._functions[number] = self._value(function), self.loose
        value, self.loose = self._functions[number]
        return value

    def _module(self, variable: int) -> Function:
        meaning = self._solver.variables[variable]
        if not isinstance(meaning, Function):
            message = f"nobody says how probable {meaning} is"
            raise TypeError(message)
        return meaning

    def _value(self, function: Function) -> float:
        """All its musts, and every part of its factors: parts share nothing. Groups may, so there are only bounds."""
        self.loose = not self._loose_modules.isdisjoint(self._solver.modules_in(function))
        if function.lost:
            return 0.0
        value = prod(map(self._chances.__getitem__, function.must))
        for part in self._solver.parts(function.factors):
            value *= self._part(part)
        if function.groups:
            self.loose = True
            if self._choose is min:  # from above, leaving them out makes nothing worse
                value *= all_hold([self._failing.most(number) for number in sorted(function.groups)])
        return value

    def _part(self, part: Part) -> float:
        """What a revision before this one worked out holds as long as nothing that the part asks for has changed."""
        chances = tuple(map(self._chances.__getitem__, part.asked))
        found = part.known.get(chances)
        if found is None:
            found = self._found(part)
            if len(part.known) >= MOST_REMEMBERED:
                part.known.clear()
            part.known[chances] = found
        self.loose |= found[0] != found[1]
        return self._choose(*found)

    def _found(self, part: Part) -> tuple[float, float]:
        try:
            value = self._probability(self._solver.joined(part.factors))
        except BudgetError:
            return self._bounds([self._solver.functions.factors[one] for one in sorted(part.factors)])
        return value, value

    def _bounds(self, factors: Sequence[Factor]) -> tuple[float, float]:
        """Bounds of the probability that several monotone functions are true together, of which all is too large.

        As many as fit are taken together. Of what that gives it is not less than if they were independent (Harris'
        inequality), and not more than the least of them, nor than one less all that fail, plus all pairs that may
        fail at once (Bonferroni).
        """
        together = list(_clustered(self._solver.diagrams, factors))
        values = [self._value_of(one.diagram) for one in together]
        fails = [1 - value for value in values]
        both = sum(
            fails[one] * fails[other]
            if together[one].support.isdisjoint(together[other].support)
            else min(fails[one], fails[other])
            for one, other in combinations(range(len(together)), 2)
        )
        low = prod(values)
        return low, max(low, min(*values, 1 - sum(fails) + both))  # rounding may have crossed them

    def _value_of(self, diagram: Diagram) -> float:
        """The probability of a diagram that is not worth a place in the solver's table."""
        if len(self._passing) > MOST_PASSING:
            self._passing.clear()
        if not self._passing:
            self._passing = {self._solver.diagrams.false: 0.0, self._solver.diagrams.true: 1.0}
        return probability(diagram, self._chances, self._passing)

    def _probability(self, diagram: Diagram) -> float:
        root = self._solver.table.number(diagram)
        _evaluate(self._solver.table, root, self._chances, self._values)
        return self._values[root]


def _evaluate(table: Table, root: int, chances: Mapping[int, float], values: dict[int, float]) -> None:
    """Enter the probability of a node, and of all below it that have none yet."""
    for node in table.below(root, values):
        chance = chances[table.variables[node]]
        values[node] = chance * values[table.high[node]] + (1 - chance) * values[table.low[node]]


def _clustered(diagrams: Diagrams, factors: Iterable[Factor]) -> Iterator[Factor]:
    """Factors, of which those that share variables are joined as long as they stay small."""
    found: list[Factor] = []
    for factor in factors:
        nearest = max(found, key=lambda one: len(one.support & factor.support), default=None)
        if nearest is not None and not nearest.support.isdisjoint(factor.support):
            try:
                joined = diagrams.all_of((factor.diagram, nearest.diagram), diagrams.small)
            except BudgetError:
                found.append(factor)
            else:
                found[found.index(nearest)] = Factor(joined, nearest.support | factor.support)
        else:
            found.append(factor)
    yield from found
