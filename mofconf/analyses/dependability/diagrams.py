"""The one door to the library of decision diagrams: Boolean functions, built, compared and taken apart.

All functions here are monotone: that something more is so never makes them false. Only fault trees from elsewhere may
ask for the `opposite` of something, and have to see themselves what is `monotone`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction

Diagram: TypeAlias = "BDDFunction"
"""One function. Equal functions are equal diagrams, and quick to compare."""

FALSE, TRUE = 0, 1
"""The numbers of the two constant functions in a `Table`."""

MOST_VARIABLES = 4_000
"""The most variables of one diagram: with some tens of thousands the library's recursion ends the whole process."""


SMALL = 2_000
"""How many nodes a diagram may have in any case."""

ROOM = 1 << 20
"""Nodes for which there is room in any case. The library tidies up when it likes, so where room is scarce it is chance
what fits; a tight budget is one for single diagrams."""

CACHE = 1 << 16
"""How many results of operations the library remembers. Sixteen times as many gained nothing on 10,000 nodes."""


class BudgetError(Exception):
    """A diagram would need more nodes than the budget allows, or more variables than is safe."""


class Diagrams:
    """Functions over numbered variables; equal functions are the same diagram. ``most``: nodes of all together."""

    def __init__(self, most: int) -> None:
        from oxidd.bdd import BDDManager

        self.small = min(SMALL, most)  # nodes that a diagram may have in any case
        self.largest = max(most // 256, self.small)
        self._manager = BDDManager(max(most, ROOM), CACHE, 1)
        self.true: Diagram = self._manager.true()
        self.false: Diagram = self._manager.false()

    def grow(self, variables: int) -> None:
        """Have at least so many variables. New ones come after all others."""
        missing = variables - self._manager.num_vars()
        if missing > 0:
            self._manager.add_vars(missing)

    def variable(self, number: int) -> Diagram:
        """The function that is true where this variable is."""
        try:
            return self._manager.var(number)
        except MemoryError as full:
            raise BudgetError from full

    def all_of(self, diagrams: Iterable[Diagram], largest: int | None = None) -> Diagram:
        """Where all of them are true. Quickest when the variables of the later ones come first.

        ``largest`` is a budget for this one alone.
        """
        found = self.true
        for one in diagrams:
            found = self._checked(partial(operator.and_, one, found), largest)
        return found

    def at_least(self, least: int, among: Sequence[Diagram], largest: int | None = None) -> Diagram:
        """Where at least ``least`` of them are true. ``largest`` is a budget for this one alone."""
        reached = [self.true] + [self.false] * least
        for one in among:
            for count in range(least, 0, -1):
                more = self._checked(partial(operator.and_, reached[count - 1], one), largest)
                reached[count] = self._checked(partial(operator.or_, reached[count], more), largest)
        return reached[least]

    def _checked(self, make: Callable[[], Diagram], largest: int | None = None) -> Diagram:
        try:
            made = make()
        except MemoryError:
            # What nobody holds any more may lie about still: without that it either fits or it does not, for sure.
            self._manager.gc()
            try:
                made = make()
            except MemoryError as full:
                raise BudgetError from full
        if made.node_count() > (largest or self.largest):
            if largest is None:
                # Where there are many of the kind not each may take as long as the first.
                self.largest = max(self.largest // 2, self.small)
            raise BudgetError
        return made

    def opposite(self, diagram: Diagram) -> Diagram:
        """Where it is false."""
        try:
            return ~diagram
        except MemoryError as full:
            raise BudgetError from full

    def monotone(self, diagram: Diagram) -> bool:
        """Whether it is true wherever more is so than somewhere where it is true."""
        met = {self.true, self.false}
        waiting = [diagram]
        while waiting:
            one = waiting.pop()
            if one not in met:
                met.add(one)
                _, high, low = _split(one)
                if self.all_of((high, low)) != low:
                    return False
                waiting += high, low
        return True

    def support(self, diagram: Diagram) -> frozenset[int]:
        """The variables that a function asks for."""
        met = {self.true, self.false}
        variables: set[int] = set()
        waiting = [diagram]
        while waiting:
            one = waiting.pop()
            if one not in met:
                met.add(one)
                variable, high, low = _split(one)
                variables.add(variable)
                waiting += high, low
        return frozenset(variables)

    def granted(self, diagram: Diagram, variables: Iterable[int]) -> Diagram:
        """The function where these variables are known to be true."""
        # Of a monotone function that is the same as: where it can be made true by changing these.
        try:
            known = self.true
            for one in sorted(variables, reverse=True):
                known = self.variable(one) & known  # a row of nodes, so there is no need to count them
            return diagram.exists(known)
        except MemoryError as full:
            raise BudgetError from full


class Table:
    """Nodes of diagrams as numbers, each after those that it leads to, so that one pass works something out for all.

    Node ``n`` asks for variable ``variables[n]`` and goes on to ``high[n]`` where it is true, to ``low[n]`` where it
    is false. Nodes 0 and 1 are the constants `FALSE` and `TRUE`.
    """

    def __init__(self, diagrams: Diagrams) -> None:
        self.variables: list[int] = [-1, -1]
        self.high: list[int] = [FALSE, TRUE]
        self.low: list[int] = [FALSE, TRUE]
        self._numbers: dict[Diagram, int] = {diagrams.false: FALSE, diagrams.true: TRUE}

    def __len__(self) -> int:
        return len(self.variables)

    def number(self, diagram: Diagram) -> int:
        """The number of a diagram's first node. It and all below are entered where they are not yet."""
        numbers = self._numbers
        for one, variable, high, low in _unknown(diagram, numbers):
            numbers[one] = len(self.variables)
            self.variables.append(variable)
            self.high.append(numbers[high])
            self.low.append(numbers[low])
        return numbers[diagram]

    def below(self, number: int, known: Container[int] = (FALSE, TRUE)) -> list[int]:
        """A node and all that it leads to, each after those that it leads to itself.

        What is ``known`` is left out with all below it.
        """
        return reachable(number, self.high, self.low, known)


def reachable(start: int, one: Sequence[int], other: Sequence[int], known: Container[int] = (FALSE, TRUE)) -> list[int]:
    """The numbers that two tables lead to from a start, ascending. In both a number leads to smaller ones only."""
    found = {start} if start not in known else set()
    waiting = list(found)
    while waiting:
        number = waiting.pop()
        for below in (one[number], other[number]):
            if below not in found and below not in known:
                found.add(below)
                waiting.append(below)
    return sorted(found)


def probability(diagram: Diagram, chances: Mapping[int, float], values: dict[Diagram, float]) -> float:
    """How probable it is that a function is true, given the probabilities of its variables, all independent.

    ``values`` has those of the constants and of what is known already; all below the function is entered there.
    """
    for one, variable, high, low in _unknown(diagram, values):
        chance = chances[variable]
        values[one] = chance * values[high] + (1 - chance) * values[low]
    return values[diagram]


def _unknown(diagram: Diagram, known: Container[Diagram]) -> Iterator[tuple[Diagram, int, Diagram, Diagram]]:
    """What is not known yet of a diagram: each node and its variable, after what it is where that is true, and false.

    Whoever asks has to make each known before the next.
    """
    walk = [] if diagram in known else [(diagram, *_split(diagram))]
    while walk:
        _, _, high, low = walk[-1]
        if high not in known:
            walk.append((high, *_split(high)))
        elif low not in known:
            walk.append((low, *_split(low)))
        else:
            yield walk.pop()


def _split(diagram: Diagram) -> tuple[int, Diagram, Diagram]:
    """The variable that a function asks for first, and what it is where that is true, and where it is false."""
    variable, branches = diagram.node_var(), diagram.cofactors()
    if variable is None or branches is None:
        message = "a constant function asks for nothing"
        raise ValueError(message)
    return variable, *branches
