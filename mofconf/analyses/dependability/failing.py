"""How probable it is, at most, that a group fails for which there is no diagram.

A branch fails when one of its elements does: an event, a part of its factors, a group within it. Two branches fail
together when one element of each does. Elements that share nothing are independent; for two that share something there
is a small diagram, or else the less probable of the two is the bound. That nothing of all this happens is at least as
probable as if it were independent (Harris' inequality), since whatever fails never keeps anything else from failing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import comb, inf, prod
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import BudgetError, Diagram
from mofconf.analyses.dependability.functions import Function, Group
from mofconf.analyses.dependability.known import Known, Part

MOST_COMBINATIONS = 1_000
"""How many choices of branches that fail together are looked at one by one."""

MOST_PAIRED = 100
"""Of how many branches all pairs are looked at."""

MOST_STARTS = 8
"""From the pairs of how many branches a bound for many is begun."""


class _Element(NamedTuple):
    """What fails a branch alone: how probable that is at most, and a bit for each event that it depends on.

    ``what`` it is: a variable, a part of factors, or (negative, counted from -1) a group.
    """

    chance: float
    span: int
    what: int | frozenset[int]


class _Branch(NamedTuple):
    elements: Sequence[_Element]
    chance: float
    span: int


class Failing:
    """Bounds for groups, given the probabilities of variables, and functions for those of parts and of diagrams."""

    def __init__(
        self,
        solver: Known,
        chances: Mapping[int, float],
        value: Callable[[Part], float],
        value_of: Callable[[Diagram], float],
    ) -> None:
        self._solver, self._chances, self._value, self._value_of = solver, chances, value, value_of
        self._known: dict[int, float] = {}
        self._spans: dict[int, int] = {}  # of groups
        self._pairs: dict[tuple[int | frozenset[int], int | frozenset[int]], float] = {}

    def most(self, number: int) -> float:
        """The bound for one group. A group within it has a lower number."""
        waiting = {number}
        reached = set()
        while waiting:
            one = waiting.pop()
            if one not in self._known and one not in reached:  # many ways may lead to it
                reached.add(one)
                waiting.update(*(branch.groups for branch in self._solver.functions.groups[one].branches))
        for one in sorted(reached):
            self._known[one] = self._most(one, self._solver.functions.groups[one])
        return self._known[number]

    def _most(self, number: int, group: Group) -> float:
        branches = [self._branch(one) for one in group.branches]
        self._spans[number] = 0
        for branch in branches:
            self._spans[number] |= branch.span
        chances = self._too_many(branches, len(branches) - group.least + 1)
        if group.switch is not None:
            self._spans[number] |= self._solver.span(group.switch)
            # Only in a circle do branches depend on it as well. What then fails by it alone fails without it, too:
            # one of the first has failed by something else before the switch is asked for.
            stuck = 1 - self._chances[group.switch]
            chances += [stuck * branch.chance for branch in branches[: group.least]]
        return 1 - all_hold(chances)

    def _too_many(self, branches: Sequence[_Branch], enough: int) -> list[float]:
        """What keeps ``enough`` of the branches from failing, if none of it happens: how probable each is at most."""
        pairs: dict[tuple[int, int], float] = {}

        def both(one: int, other: int) -> float:
            if (one, other) not in pairs:
                pairs[one, other] = self._both(branches[one], branches[other])
            return pairs[one, other]

        numbers = range(len(branches))
        if comb(len(branches), enough) <= MOST_COMBINATIONS:
            return [_together(branches, chosen, both) for chosen in combinations(numbers, enough)]
        # Markov's inequality, for how many fail and for how many pairs do.
        least = min(1.0, sum(branch.chance for branch in branches) / enough)
        if enough > 1 and len(branches) <= MOST_PAIRED:
            least = min(least, sum(both(*pair) for pair in combinations(numbers, 2)) / comb(enough, 2))
        return [least]

    def _branch(self, function: Function) -> _Branch:
        elements = tuple(self._elements(function))
        span = 0
        for element in elements:
            span |= element.span
        return _Branch(elements, 1 - all_hold([element.chance for element in elements]), span)

    def _elements(self, function: Function) -> Iterator[_Element]:
        for variable in sorted(function.must):
            yield _Element(1 - self._chances[variable], self._solver.span(variable), variable)
        for part in self._solver.parts(function.factors):
            span = 0
            for variable in part.asked:
                span |= self._solver.span(variable)
            yield _Element(1 - self._value(part), span, part.factors)
        for group in sorted(function.groups):
            yield _Element(self._known[group], self._spans[group], -1 - group)

    def _both(self, one: _Branch, other: _Branch) -> float:
        holds = 1.0
        for element in one.elements:
            if not element.span & other.span:
                holds *= 1 - element.chance * other.chance
                continue
            together = 1.0
            for second in other.elements:
                apart = not element.span & second.span
                together *= 1 - (element.chance * second.chance if apart else self._pair(element, second))
            holds *= max(together, 1 - element.chance, 1 - other.chance)
        return min(1 - holds, one.chance, other.chance)

    def _pair(self, one: _Element, other: _Element) -> float:
        if one.what == other.what:
            return one.chance
        key = (one.what, other.what)
        if key not in self._pairs:
            least = min(one.chance, other.chance)
            self._pairs[key] = min(least, self._exactly(one, other, least))
        return self._pairs[key]

    def _exactly(self, one: _Element, other: _Element, otherwise: float) -> float:
        """The probability that both fail, where a small diagram can tell."""
        diagrams = self._solver.diagrams
        try:
            both = [self._diagram(one.what), self._diagram(other.what)]
            either = diagrams.at_least(1, both, diagrams.small)
        except BudgetError:
            return otherwise
        variables = sorted(frozenset[int]().union(*map(diagrams.support, both)))
        spans = [self._solver.span(variable) for variable in variables]
        if sum(span.bit_count() for span in spans) > _joined(spans).bit_count():
            return otherwise  # one of them is a module of what another one depends on
        return 1 - self._value_of(either)

    def _diagram(self, what: int | frozenset[int]) -> Diagram:
        if isinstance(what, frozenset):
            return self._solver.joined(what)
        if what < 0:
            raise BudgetError
        return self._solver.diagrams.variable(what)


def _together(branches: Sequence[_Branch], chosen: Sequence[int], both: Callable[[int, int], float]) -> float:
    """The probability that all of the chosen ones fail, at most."""
    if len(chosen) == 1:
        return branches[chosen[0]].chance
    least = inf
    rarest = sorted(sorted(chosen, key=lambda one: branches[one].chance)[:MOST_STARTS])
    for one, other in combinations(rarest, 2):
        chance, span = both(one, other), branches[one].span | branches[other].span
        for number in chosen:
            branch = branches[number]
            if number not in (one, other) and not branch.span & span:
                chance *= branch.chance  # independent of all that were taken before it
                span |= branch.span
        least = min(least, chance)
    return least


def _joined(spans: Sequence[int]) -> int:
    span = 0
    for one in spans:
        span |= one
    return span


def all_hold(chances: Sequence[float]) -> float:
    """The probability, at least, that nothing fails of what fails with these."""
    return prod(max(0.0, 1 - chance) for chance in chances)  # rounding may have made one more than certain
