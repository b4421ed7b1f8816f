"""What has to work, as Boolean functions: what cannot be missing, and a small diagram for all that is redundant.

Nearly everything in an estate is a *must*: without it the view is lost. Those are a set. Only redundancy needs a
diagram (a *factor*), and none that knows of any must: in it they are granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import MOST_VARIABLES, BudgetError, Diagram, Diagrams
from mofconf.analyses.dependability.masks import mask_of, members
from mofconf.analyses.must import in_at_least


class Function(NamedTuple):
    """True where all variables of the mask ``must`` are, and all ``factors``. ``lost``: it is true nowhere."""

    must: int = 0
    factors: frozenset[int] = frozenset()
    lost: bool = False


ALWAYS = Function()
LOST = Function(lost=True)


class Factor(NamedTuple):
    """A diagram, and the mask of the variables that it may ask for."""

    diagram: Diagram
    support: int


def without_factors(function: Function) -> Function:
    """One that is true more often: nothing redundant is asked for."""
    return function._replace(factors=frozenset())


class Functions:
    """Makes functions of functions. Equal factors have the same number; what was made once is not made again."""

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self.factors: list[Factor] = []
        self._numbers: dict[Diagram, int] = {}
        self._granted: dict[tuple[int, int], int | None] = {}

    def any_of(self, variables: Sequence[int]) -> Function:
        """One of these variables is enough."""
        if len(variables) == 1:
            return Function(1 << variables[0])
        diagram = self.diagrams.at_least(1, [self.diagrams.variable(one) for one in variables])
        return self._function(0, diagram, mask_of(variables))

    def all_of(self, functions: Iterable[Function]) -> Function:
        """All of these have to be true."""
        must = 0
        factors: set[int] = set()
        for one in functions:
            if one.lost:
                return LOST
            must |= one.must
            factors |= one.factors
        return Function(must, frozenset(self._grant(factors, must)))

    def at_least(self, least: int, among: Sequence[Function], switch: int | None = None) -> Function:
        """At least ``least`` of these have to be true.

        With a ``switch`` either the first ``least`` are, or that variable has to be true as well. Raises `BudgetError`.
        """
        there = [one for one in among if not one.lost]
        if len(there) < least:
            return LOST
        if switch is not None and any(one.lost for one in among[:least]):
            return self.all_of([self.at_least(least, there), Function(1 << switch)])  # it has to switch for sure
        if switch is None and len(there) == least:
            return self.all_of(there)
        common = in_at_least(len(there) - least + 1, [one.must for one in there]) if least else 0
        branches, support = self._branches(there, common)
        diagram = self.diagrams.at_least(least, branches)
        if switch is not None:
            first = self.diagrams.all_of(branches[:least])
            diagram = self.diagrams.at_least(
                1, [first, self.diagrams.all_of([diagram, self.diagrams.variable(switch)])]
            )
            support |= 1 << switch
        return self._function(common, diagram, support)

    def in_series(self, function: Function) -> Function:
        """One that is true less often: all that its redundancy may use has to be there."""
        return Function(function.must | self.support(function), lost=function.lost)

    def support(self, function: Function) -> int:
        """All variables that the factors of a function may ask for."""
        support = 0
        for number in function.factors:
            support |= self.factors[number].support
        return support

    def _branches(self, functions: Sequence[Function], common: int) -> tuple[list[Diagram], int]:
        """Each function as one diagram, in which the variables of ``common`` are granted."""
        branches, support = [], 0
        for one in functions:
            own = one.must & ~common
            factors = self._grant(one.factors, common)
            support |= own | self.support(Function(0, frozenset(factors)))
            if support.bit_count() > MOST_VARIABLES:
                raise BudgetError
            variables = [self.diagrams.variable(number) for number in sorted(members(own), reverse=True)]
            branches.append(self.diagrams.all_of([*(self.factors[number].diagram for number in factors), *variables]))
        return branches, support

    def _grant(self, factors: Iterable[int], must: int) -> set[int]:
        """The factors where all musts are true; those that are then always true are left out."""
        found: set[int] = set()
        for number in factors:
            known = self.factors[number].support & must
            after = number if not known else self._granting(number, known)
            if after is not None:
                found.add(after)
        return found

    def _granting(self, number: int, known: int) -> int | None:
        key = (number, known)
        if key not in self._granted:
            factor = self.factors[number]
            diagram = self.diagrams.granted(factor.diagram, members(known))
            always = diagram == self.diagrams.true
            self._granted[key] = None if always else self._number(diagram, factor.support & ~known)
        return self._granted[key]

    def _function(self, must: int, diagram: Diagram, support: int) -> Function:
        if diagram == self.diagrams.true:
            return Function(must)
        return Function(must, frozenset((self._number(diagram, support),)))

    def _number(self, diagram: Diagram, support: int) -> int:
        number = self._numbers.setdefault(diagram, len(self.factors))
        if number == len(self.factors):
            self.factors.append(Factor(diagram, support))
        return number


def separated(supports: Mapping[int, int]) -> list[frozenset[int]]:
    """Factors in groups: those of different groups ask for different variables."""
    groups: list[tuple[int, set[int]]] = []
    for number, support in supports.items():
        together, joined = support, {number}
        rest = []
        for other, numbers in groups:
            if other & together:
                together |= other
                joined |= numbers
            else:
                rest.append((other, numbers))
        groups = [*rest, (together, joined)]
    return [frozenset(numbers) for _, numbers in groups]
