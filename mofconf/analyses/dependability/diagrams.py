"""The one door to the library of decision diagrams: Boolean functions, built, compared and taken apart.

All functions here are monotone: that something more is so never makes them false.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction

Diagram: TypeAlias = "BDDFunction"
"""One function. Equal functions are equal diagrams, and quick to compare."""

FALSE, TRUE = 0, 1
"""The numbers of the two constant functions in a `Table`."""

MOST_VARIABLES = 4_000
"""The most variables of one diagram: with some tens of thousands the library's recursion ends the whole process."""


CACHE = 1 << 16
"""How many results of operations the library remembers. Sixteen times as many gained nothing on 10,000 nodes."""


class BudgetError(Exception):
    """A diagram would need more nodes than the budget allows, or more variables than is safe."""


class Diagrams:
    """Functions over numbered variables; equal functions are the same diagram. ``most``: nodes of all together."""

    def __init__(self, most: int) -> None:
        from oxidd.bdd import BDDManager

        self._manager = BDDManager(most, CACHE, 1)
        self.true: Diagram = self._manager.true()
        self.false: Diagram = self._manager.false()

    def grow(self, variables: int) -> None:
        """Have at least so many variables. New ones come after all others."""
        missing = variables - self._manager.num_vars()
        if missing > 0:
            self._manager.add_vars(missing)

    def variable(self, number: int) -> Diagram:
        """The function that is true where this variable is."""
        return self._manager.var(number)

    def all_of(self, diagrams: Iterable[Diagram]) -> Diagram:
        """Where all of them are true. Quickest when the variables of the later ones come first."""
        return self.at_least(0, (), diagrams)

    def at_least(self, least: int, among: Sequence[Diagram], always: Iterable[Diagram] = ()) -> Diagram:
        """Where at least ``least`` of ``among`` are true, and all of ``always``."""
        try:
            reached = [self.true] + [self.false] * least
            for one in among:
                for count in range(least, 0, -1):
                    reached[count] = reached[count] | (reached[count - 1] & one)
            found = reached[least]
            for one in always:
                found = one & found
        except MemoryError as full:
            raise BudgetError from full
        return found

    def granted(self, diagram: Diagram, variables: Iterable[int]) -> Diagram:
        """The function where these variables are known to be true."""
        # Of a monotone function that is the same as: where it can be made true by changing these.
        try:
            return diagram.exists(self.all_of(self.variable(one) for one in sorted(variables, reverse=True)))
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
        if diagram in numbers:
            return numbers[diagram]
        walk = [(diagram, *_split(diagram))]
        while walk:
            one, variable, high, low = walk[-1]
            above, below = numbers.get(high), numbers.get(low)
            if above is None:
                walk.append((high, *_split(high)))
            elif below is None:
                walk.append((low, *_split(low)))
            else:
                walk.pop()
                numbers[one] = len(self.variables)
                self.variables.append(variable)
                self.high.append(above)
                self.low.append(below)
        return numbers[diagram]

    def below(self, number: int) -> list[int]:
        """A node and all that it leads to but for the constants, each after those that it leads to itself."""
        return reachable(number, self.high, self.low)


def reachable(start: int, one: Sequence[int], other: Sequence[int]) -> list[int]:
    """The numbers above 1 that two tables lead to from a start, ascending. In both a number leads to smaller ones."""
    found = {start} - {FALSE, TRUE}
    waiting = list(found)
    while waiting:
        number = waiting.pop()
        fresh = {one[number], other[number]} - {FALSE, TRUE} - found
        found |= fresh
        waiting += fresh
    return sorted(found)


def _split(diagram: Diagram) -> tuple[int, Diagram, Diagram]:
    """The variable that a function asks for first, and what it is where that is true, and where it is false."""
    variable, branches = diagram.node_var(), diagram.cofactors()
    if variable is None or branches is None:
        message = "a constant function asks for nothing"
        raise ValueError(message)
    return variable, *branches
