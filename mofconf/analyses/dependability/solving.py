"""From what every view needs to its function: views that need nothing first, knots by their greatest fixpoint."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import BudgetError
from mofconf.analyses.dependability.functions import ALWAYS, LOST, Function, in_at_least, without_redundancy
from mofconf.analyses.dependability.known import Known
from mofconf.analyses.dependability.modules import Homes, homes
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


class _Home(NamedTuple):
    """A knot, and what is at home there. ``slot`` is the variable that was set aside for its module."""

    knot: int
    homes: Homes
    at_home: dict[int, int]
    slot: int | None

    def among(self, variables: Iterable[int]) -> frozenset[int]:
        """Those of some variables that are at home in the knot."""
        numbers, lowest, highest = self.homes.first, self.homes.first[self.knot], self.homes.last[self.knot]
        return frozenset([one for one in variables if lowest <= numbers[self.at_home[one]] <= highest])


class Solver(Known):
    """Functions of views. What was solved once is not solved again, whichever revision asks.

    With ``modular=False`` there are no modules, and all variables are events.
    """

    def __init__(self, budget: int, *, modular: bool = True) -> None:
        super().__init__(budget)
        self._budget, self._modular = budget, modular
        self._modules: dict[Function, int] = {}
        self._solved: dict[object, tuple[Bounds, ...]] = {}
        self._groups: dict[object, Bounds] = {}

    def another(self) -> Solver:
        """One like it that knows nothing yet."""
        return Solver(self._budget, modular=self._modular)

    def solve(self, structure: Structure) -> dict[View, Bounds]:
        """The function of every view of a structure."""
        slots = self._slots(structure)
        found = homes(structure)
        at_home = {self.events[event]: home for event, home in found.events.items()}
        solved: dict[View, Bounds] = {}
        for number, knot in enumerate(structure.knots):
            key = _key(knot, structure.needs, solved)
            if key not in self._solved:
                self._solved[key] = self._knot(knot, structure.needs, solved)
            solved.update(zip(knot, self._solved[key], strict=True))
            if self._modular and len(knot) == 1:
                low, high = solved[knot[0]]
                home = _Home(number, found, at_home, slots.get(knot[0]))
                below = self._as_module(low, home)
                solved[knot[0]] = Bounds(below, below if low == high else self._as_module(high, home))
        return solved

    def _slots(self, structure: Structure) -> dict[View, int]:
        """Make variables for new events, each view's beside each other, and one more for what will be a module there.

        In diagrams that is a good order: what belongs together stands together, and what is needed comes first.
        """
        slots = {}
        # All of one thing beside each other, whichever view asks first: (a or short a) and (b or short b) and so on is
        # a diagram that doubles with each of them where the short ones come after all others.
        own: dict[str, list[Event]] = defaultdict(list)
        for event in structure.events:
            if event.kind != "switch":
                own[event.address].append(event)
        for view, need in structure.needs.items():
            switches = (one.switch for one in need.conditions if one.switch is not None)
            together = own[view.address] if need.own else []
            fresh = [event for event in (*switches, *together) if event not in self.events]
            for event in fresh:
                self.events[event] = self.variable(event)
            if fresh and self._modular:
                slots[view] = self.variable(None)
        return slots

    def _as_module(self, number: int, home: _Home) -> int:
        """A function with all that is at home in its knot taken together as one variable."""
        function = self.known[number]
        if len(function.must) < 2 and not function.factors:  # one event is simple enough
            return number
        must = home.among(function.must)
        # Factors that share a variable with one that is at home elsewhere have to stay with it.
        parts = [part for part in self.parts(function.factors) if len(home.among(part.asked)) == len(part.asked)]
        factors = frozenset[int]().union(*(part.factors for part in parts))
        if not factors and len(must) < 2:  # the same
            return number
        module = Function(must, factors)
        if module not in self._modules:
            self._modules[module] = self._module(module, home.slot)
        variable = self._modules[module]
        home.at_home[variable] = home.knot
        return self.number(Function(function.must - must | {variable}, function.factors - factors, function.groups))

    def _module(self, function: Function, slot: int | None) -> int:
        if slot is None or self.variables[slot] is not None:
            return self.variable(function)
        self.variables[slot] = function
        return slot

    def _knot(self, knot: Sequence[View], needs: Mapping[View, Need], solved: dict[View, Bounds]) -> tuple[Bounds, ...]:
        """The greatest fixpoint: all are taken to be good, and what follows from that is taken in turn.

        In each round at least one more of them is what it is in the end, whatever fails, so there are at most as
        many rounds as views.
        """
        if len(knot) == 1 and not _needs_itself(needs[knot[0]], knot[0]):
            return (self._need(needs[knot[0]], solved),)
        good = self.number(ALWAYS)
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
            lost = self.number(LOST)
            return Bounds(lost, lost)
        parts = [self._condition(one, solved) for one in need.conditions]
        lows = [*self._own(need, below=True), *(self.known[part.low] for part in parts)]
        highs = [*self._own(need, below=False), *(self.known[part.high] for part in parts)]
        low = self.number(self.functions.all_of(lows))
        return Bounds(low, low if lows == highs else self.number(self.functions.all_of(highs)))

    def _own(self, need: Need, *, below: bool) -> list[Function]:
        """That one of its own events is so; past the budget the first of them (``below``), or nothing."""
        numbers = [self.events[event] for event in need.own]
        if not numbers:
            return []
        try:
            return [self.functions.any_of(numbers)]
        except BudgetError:
            return [self.functions.any_of(numbers[:1])] if below else []

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
            low = self.number(self.functions.at_least(least, lows, switch))
            if all(one.exact for one in among):
                return Bounds(low, low)
            return Bounds(low, self.number(self.functions.at_least(least, highs, switch)))
        except BudgetError:
            below = self.functions.beyond(least, lows, switch)
            return Bounds(self.number(below), self.number(self._above(least, highs, switch)))

    def _above(self, least: int, highs: Sequence[Function], switch: int | None) -> Function:
        """A function with a diagram that is true wherever enough of these are."""
        bare = [without_redundancy(one) for one in highs]
        try:
            return self.functions.at_least(least, bare, switch)
        except BudgetError:
            there = [one.must for one in bare if not one.lost]
            return Function(in_at_least(len(there) - least + 1, there))


def _key(knot: Sequence[View], needs: Mapping[View, Need], solved: Mapping[View, Bounds]) -> object:
    """What the functions of a knot depend on, and nothing else: not what things are called that they need."""
    if len(knot) == 1:  # nearly always; it does not know itself yet
        own, conditions, lost = needs[knot[0]]
        return own, lost, tuple([(one.least, one.switch, tuple(map(solved.get, one.members))) for one in conditions])
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
