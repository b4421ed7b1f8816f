"""What has to work, as Boolean functions: what cannot be missing, and a small diagram for all that is redundant.

Nearly everything in an estate is a *must*: without it the view is lost. Those are a set. Only redundancy needs a
diagram (a *factor*), and none that knows of any must: in it they are granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, combinations, product
from math import prod
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import MOST_VARIABLES, BudgetError, Diagram, Diagrams


class Function(NamedTuple):
    """True where all variables of ``must`` are, and all ``factors``, and all ``groups``. ``lost``: true nowhere."""

    must: frozenset[int] = frozenset()
    factors: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    lost: bool = False


def in_at_least(count: int, sets: Sequence[frozenset[int]]) -> frozenset[int]:
    """What is in at least ``count`` of some sets.

    >>> sorted(in_at_least(2, [frozenset({1, 2}), frozenset({2, 3}), frozenset({3})]))
    [2, 3]
    """
    if count == 1 or len(sets) == count:
        return frozenset.intersection(*sets) if len(sets) == count else frozenset().union(*sets)
    often = Counter(chain.from_iterable(sets))
    return frozenset(one for one, times in often.items() if times >= count)


ALWAYS = Function()
LOST = Function(lost=True)


MOST_CLAUSES = 300
"""Into how many diagrams one that exceeds the budget is taken apart."""


class Factor(NamedTuple):
    """A diagram, and the variables that it asks for."""

    diagram: Diagram
    support: frozenset[int]


class Group(NamedTuple):
    """What is redundant and has no diagram, for that would exceed the budget: ``least`` of ``branches`` are true.

    With a ``switch`` either the first ``least`` are, or that variable is true as well.
    """

    least: int
    branches: tuple[Function, ...]
    switch: int | None = None


def without_redundancy(function: Function) -> Function:
    """One that is true more often: nothing redundant is asked for."""
    return function._replace(factors=frozenset(), groups=frozenset())


class Functions:
    """Makes functions of functions. Equal factors have the same number; what was made once is not made again."""

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self.factors: list[Factor] = []
        self.groups: list[Group] = []
        self._groups: dict[Group, int] = {}
        self._numbers: dict[Diagram, int] = {}
        self._granted: dict[tuple[int, frozenset[int]], int | None] = {}

    def any_of(self, variables: Sequence[int]) -> Function:
        """One of these variables is enough."""
        if len(variables) == 1:
            return Function(frozenset(variables))
        diagram = self.diagrams.at_least(1, [self.diagrams.variable(one) for one in variables])
        return self._with(ALWAYS, [diagram], frozenset(variables))

    def all_of(self, functions: Iterable[Function]) -> Function:
        """All of these have to be true."""
        together = list(functions)
        if any(one.lost for one in together):
            return LOST
        must = frozenset[int]().union(*(one.must for one in together))
        factors = frozenset[int]().union(*(one.factors for one in together))
        groups = frozenset[int]().union(*(one.groups for one in together))
        try:
            return Function(must, frozenset(self._grant(factors, must)), groups)
        except BudgetError:
            # Beside its musts a factor must not ask for them, or both would be taken to be independent. A group may.
            alone = [self._in_group(Group(1, (Function(factors=frozenset((number,))),))) for number in sorted(factors)]
            return Function(must, frozenset(), groups.union(alone))

    def at_least(self, least: int, among: Sequence[Function], switch: int | None = None) -> Function:
        """At least ``least`` of these have to be true.

        With a ``switch`` either the first ``least`` are, or that variable has to be true as well. Raises `BudgetError`.
        """
        there = [one for one in among if not one.lost]
        if len(there) < least:
            return LOST
        if switch is not None and any(one.lost for one in among[:least]):
            return self.all_of(
                [self.at_least(least, there), Function(frozenset((switch,)))]
            )  # it has to switch for sure
        if switch is None and len(there) == least:
            return self.all_of(there)
        if least == 0:
            return ALWAYS
        common = _common(least, there)
        left = [self._less(one, common) for one in there]
        common = self.all_of([common])
        try:
            group = self._group(least, self._branches(left), switch)
        except BudgetError:
            return self._with(common, self._clauses(least, left, switch))
        return self._with(common, [group], self._apart(left, switch))

    def beyond(self, least: int, among: Sequence[Function], switch: int | None = None) -> Function:
        """The same as `at_least` without any diagram: what all need together, and a group of what is left."""
        there = [one for one in among if not one.lost]
        if len(there) < least:
            return LOST
        if switch is not None and any(one.lost for one in among[:least]):
            return self.all_of([self.beyond(least, there), Function(frozenset((switch,)))])
        common = _common(least, there)
        branches = [self._without(one, common) for one in there]
        common = self.all_of([common])  # of many members some may have a factor that asks for the must of others
        if switch is None:
            least -= branches.count(ALWAYS)
            branches = [one for one in branches if one != ALWAYS]
        if least <= 0:
            return common
        number = self._in_group(Group(least, tuple(branches), switch))
        return common._replace(groups=common.groups | {number})

    def _in_group(self, group: Group) -> int:
        number = self._groups.setdefault(group, len(self.groups))
        if number == len(self.groups):
            self.groups.append(group)
        return number

    def _less(self, function: Function, common: Function) -> Function:
        """What a function asks for where all that ``common`` asks for is so. Raises `BudgetError`."""
        if function.groups:
            raise BudgetError
        factors = self._grant(function.factors - common.factors, common.must)
        return Function(function.must - common.must, frozenset(factors))

    def _without(self, function: Function, common: Function) -> Function:
        """The same for one with groups. It may still ask for musts that ``common`` asks for, too."""
        factors = function.factors - common.factors
        with suppress(BudgetError):  # it is the same either way, beside the musts
            factors = frozenset(self._grant(factors, common.must))
        return Function(function.must - common.must, factors, function.groups - common.groups)

    def _group(self, least: int, branches: Sequence[Diagram], switch: int | None) -> Diagram:
        enough = self.diagrams.at_least(least, branches)
        if switch is None:
            return enough
        first = self.diagrams.all_of(branches[:least])
        return self.diagrams.at_least(1, [first, self.diagrams.all_of([enough, self.diagrams.variable(switch)])])

    def _clauses(self, least: int, functions: Sequence[Function], switch: int | None) -> list[Diagram]:
        """The same as many small diagrams instead of a large one.

        k of n are true where one of any n-k+1 is, and one of several is true where one of any choice of their parts
        is. With a switch either that or each of the first is true. Raises `BudgetError` where that are too many.
        """
        parts = [self._parts_of(one) for one in functions]
        groups = list(combinations(parts, len(parts) - least + 1))
        if switch is not None:
            # Either the first ones, or the switch and enough of all: so each of the first or the switch, and so on.
            groups += [(one, [self.diagrams.variable(switch)]) for one in parts[:least]]
        if sum(prod(map(len, group)) for group in groups) > MOST_CLAUSES:
            raise BudgetError
        return [self.diagrams.at_least(1, chosen) for group in groups for chosen in product(*group)]

    def _parts_of(self, function: Function) -> list[Diagram]:
        variables = [self.diagrams.variable(number) for number in sorted(function.must, reverse=True)]
        factors = [self.factors[number].diagram for number in sorted(function.factors)]
        return [self.diagrams.all_of(variables), *factors] if variables else factors

    def support(self, function: Function) -> frozenset[int]:
        """All variables that the factors of a function ask for."""
        return frozenset[int]().union(*(self.factors[number].support for number in function.factors))

    def _branches(self, functions: Sequence[Function]) -> list[Diagram]:
        """Each function as one diagram."""
        branches: list[Diagram] = []
        support: frozenset[int] = frozenset()
        for one in functions:
            support |= one.must | self.support(one)
            if len(support) > MOST_VARIABLES:
                raise BudgetError
            variables = [self.diagrams.variable(number) for number in sorted(one.must, reverse=True)]
            factors = (self.factors[number].diagram for number in sorted(one.factors))
            branches.append(self.diagrams.all_of([*factors, *variables]))
        return branches

    def _grant(self, factors: Iterable[int], must: frozenset[int]) -> set[int]:
        """The factors where all musts are true; those that are then always true are left out. Raises `BudgetError`."""
        found: set[int] = set()
        for number in factors:
            known = self.factors[number].support & must
            after = number if not known else self._granting(number, known)
            if after is not None:
                found.add(after)
        return found

    def _granting(self, number: int, known: frozenset[int]) -> int | None:
        key = (number, known)
        if key not in self._granted:
            factor = self.factors[number]
            diagram = self.diagrams.granted(factor.diagram, known)
            always = diagram == self.diagrams.true
            self._granted[key] = None if always else self._number(diagram)
        return self._granted[key]

    def _with(self, function: Function, diagrams: Iterable[Diagram], support: frozenset[int] | None = None) -> Function:
        """A function and beside it all of some diagrams, which do not ask for its musts."""
        numbers = frozenset(self._number(one, support) for one in diagrams if one != self.diagrams.true)
        return function._replace(factors=function.factors | numbers)

    def _apart(self, functions: Sequence[Function], switch: int | None) -> frozenset[int] | None:
        """All that some functions ask for, if each of it is asked for by one only. ``None``: it is not.

        Then a group of them asks for all of it. Otherwise something may be absorbed, by what is always true, too, and
        the diagram has to tell.
        """
        if ALWAYS in functions:
            return None
        asked = [one.must for one in functions]
        asked += [self.factors[number].support for one in functions for number in one.factors]
        asked += [frozenset()] if switch is None else [frozenset((switch,))]
        together = frozenset[int]().union(*asked)
        return together if len(together) == sum(map(len, asked)) else None

    def _number(self, diagram: Diagram, support: frozenset[int] | None = None) -> int:
        number = self._numbers.setdefault(diagram, len(self.factors))
        if number == len(self.factors):
            self.factors.append(Factor(diagram, self.diagrams.support(diagram) if support is None else support))
        return number


def _common(least: int, functions: Sequence[Function]) -> Function:
    """What fails all alone where ``least`` of these functions have to be true: what is in so many of them."""
    enough = len(functions) - least + 1
    return Function(
        in_at_least(enough, [one.must for one in functions]),
        in_at_least(enough, [one.factors for one in functions]),
        in_at_least(enough, [one.groups for one in functions]),
    )


def separated(supports: Mapping[int, Iterable[int]]) -> list[frozenset[int]]:
    """Factors in groups: those of different groups ask for different variables."""
    above = {one: one for one in supports}  # towards the first of its group

    def first(one: int) -> int:
        while above[one] != one:
            above[one] = one = above[above[one]]
        return one

    asking: dict[int, int] = {}
    for one, support in supports.items():
        for variable in support:
            other = asking.setdefault(variable, one)
            if other != one:
                above[first(one)] = first(other)
    groups: dict[int, list[int]] = {}
    for one in supports:
        groups.setdefault(first(one), []).append(one)
    return [frozenset(group) for group in groups.values()]
