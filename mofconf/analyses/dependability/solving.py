"""From what every view needs to its function: views that need nothing first, knots by their greatest fixpoint."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import BudgetError, Diagram, Diagrams, Table
from mofconf.analyses.dependability.functions import ALWAYS, LOST, Function, Functions, separated, without_factors
from mofconf.analyses.dependability.structure import Condition, Event, Need, Structure, View


class Bounds(NamedTuple):
    """A function that is true only where the view is good, and one that is true wherever it is.

    They are numbers of functions, and the same number unless the budget was exceeded.
    """

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether there is nothing between them."""
        return self.low == self.high


class Solver:
    """Functions of views. What was solved once is not solved again, whichever revision asks.

    ``budget`` is the number of nodes that all diagrams together may have.
    """

    def __init__(self, budget: int) -> None:
        self.diagrams = Diagrams(budget)
        self.functions = Functions(self.diagrams)
        self.table = Table(self.diagrams)
        self.events: dict[Event, int] = {}
        self.known: list[Function] = []
        self._numbers: dict[Function, int] = {}
        self._solved: dict[object, tuple[Bounds, ...]] = {}
        self._groups: dict[object, Bounds] = {}

    def solve(self, structure: Structure) -> dict[View, Bounds]:
        """The function of every view of a structure."""
        for event in structure.events:
            self.events.setdefault(event, len(self.events))
        self.diagrams.grow(len(self.events))
        solved: dict[View, Bounds] = {}
        for knot in structure.knots:
            key = _key(knot, structure.needs, solved)
            if key not in self._solved:
                self._solved[key] = self._knot(knot, structure.needs, solved)
            solved.update(zip(knot, self._solved[key], strict=True))
        return solved

    def parts(self, function: Function) -> list[frozenset[int]]:
        """The factors of a function in groups of which no two ask for the same variable."""
        return separated({number: self.functions.factors[number].support for number in function.factors})

    def joined(self, factors: Iterable[int]) -> Diagram:
        """Where all these factors are true. Raises `BudgetError`."""
        return self.diagrams.all_of(self.functions.factors[number].diagram for number in sorted(factors))

    def _knot(self, knot: Sequence[View], needs: Mapping[View, Need], solved: dict[View, Bounds]) -> tuple[Bounds, ...]:
        """The greatest fixpoint: all are taken to be good, and what follows from that is taken in turn.

        In each round at least one more of them is what it is in the end, whatever fails, so there are at most as
        many rounds as views.
        """
        if len(knot) == 1 and not _needs_itself(needs[knot[0]], knot[0]):
            return (self._need(needs[knot[0]], solved),)
        good = self._number(ALWAYS)
        around = ChainMap(dict.fromkeys(knot, Bounds(good, good)), solved)
        for _ in knot:
            before = dict(around.maps[0])
            for view in knot:
                around[view] = self._need(needs[view], around)
            if around.maps[0] == before:
                break
        return tuple(around[view] for view in knot)

    def _need(self, need: Need, solved: Mapping[View, Bounds]) -> Bounds:
        if need.lost:
            lost = self._number(LOST)
            return Bounds(lost, lost)
        parts = [self._condition(one, solved) for one in need.conditions]
        own = [self.functions.any_of([self.events[event] for event in need.own])] if need.own else []
        lows = [*own, *(self.known[part.low] for part in parts)]
        highs = [*own, *(self.known[part.high] for part in parts)]
        try:
            low = self._number(self.functions.all_of(lows))
            return Bounds(low, low if lows == highs else self._number(self.functions.all_of(highs)))
        except BudgetError:
            return Bounds(self._number(LOST), self._number(self.functions.all_of(map(without_factors, highs))))

    def _condition(self, condition: Condition, solved: Mapping[View, Bounds]) -> Bounds:
        among = [solved[member] for member in condition.members]
        if len(among) == condition.least == 1:
            return among[0]
        key = (condition.least, condition.switch, tuple(among))
        if key not in self._groups:
            switch = None if condition.switch is None else self.events[condition.switch]
            self._groups[key] = self._group(condition.least, among, switch)
        return self._groups[key]

    def _group(self, least: int, among: Sequence[Bounds], switch: int | None) -> Bounds:
        lows, highs = [self.known[one.low] for one in among], [self.known[one.high] for one in among]
        try:
            low = self._number(self.functions.at_least(least, lows, switch))
            if all(one.exact for one in among):
                return Bounds(low, low)
            return Bounds(low, self._number(self.functions.at_least(least, highs, switch)))
        except BudgetError:
            below = _first_that_fits(
                lambda: self.functions.at_least(least, [self.functions.in_series(one) for one in lows], switch),
                lambda: self.functions.all_of(self.functions.in_series(one) for one in lows[:least]),
            )
            above = _first_that_fits(
                lambda: self.functions.at_least(least, [without_factors(one) for one in highs], switch),
                lambda: ALWAYS,
            )
            return Bounds(self._number(below), self._number(above))

    def _number(self, function: Function) -> int:
        number = self._numbers.setdefault(function, len(self.known))
        if number == len(self.known):
            self.known.append(function)
        return number


def _first_that_fits(*ways: Callable[[], Function]) -> Function:
    """What the first of some ways makes that does not exceed the budget; the last one never does."""
    for way in ways[:-1]:
        try:
            return way()
        except BudgetError:
            continue
    return ways[-1]()


def _key(knot: Sequence[View], needs: Mapping[View, Need], solved: Mapping[View, Bounds]) -> object:
    """What the functions of a knot depend on, and nothing else: not what things are called that they need."""
    inside = {view: index for index, view in enumerate(knot)}
    return tuple(
        (
            need.own,
            need.lost,
            tuple(
                (one.least, one.switch, tuple(inside[m] if m in inside else solved[m] for m in one.members))
                for one in need.conditions
            ),
        )
        for need in (needs[view] for view in knot)
    )


def _needs_itself(need: Need, view: View) -> bool:
    return any(view in condition.members for condition in need.conditions)
