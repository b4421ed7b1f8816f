"""What outlines are made of: events and groups, each with a number of its own, and how probable all of some are.

Sets of them are bit masks. The same number means the same in all outlines that share their parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from math import comb, prod
from operator import or_
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.structure import Event
from mofconf.analyses.masks import numbers_in

MOST_COMBINATIONS = 200
"""How many choices of members that fail together are looked at one by one."""


class _Branch(NamedTuple):
    """One of the ways in which a group works, and how probable it is at most that it does not.

    ``own`` is that one of its own events fails, ``within`` that one of its groups does; ``near`` are the events on
    which the former depends, ``all`` those on which any of it does.
    """

    own: float
    within: float
    near: int
    all: int

    @property
    def whole(self) -> float:
        """How probable it is at most that any of it fails."""
        return min(1.0, self.own + self.within)


class _Group(NamedTuple):
    """It fails when ``enough`` branches do, or one of the first ones and the switch.

    A branch is given by its events and its groups, of which none may fail.
    """

    enough: int
    branches: tuple[tuple[int, int], ...]
    switch: int
    first: int


class Parts:
    """The events and groups that were met so far. What else is met is added."""

    def __init__(self) -> None:
        self._events: dict[tuple[tuple[Event, ...], Chance], int] = {}
        self._named: list[tuple[Event, ...]] = []
        self._chances: list[Chance] = []
        self._of_thing: dict[str, int] = {}
        self._alike: dict[int, int] = {}  # numbers about one thing, which are not independent, each with all of those
        self._groups: dict[_Group, int] = {}
        self._made: list[_Group] = []
        self._fails: list[float] = []  # of each group, at most
        self._within: list[int] = []  # of each group, the events in it
        self._spans: list[int] = []  # and those on which it depends
        self._shapes: dict[object, int] = {}  # numbered, of events and groups
        self._shaped: dict[int, int] = {}  # of groups by number, the bit of the shape
        self._tighter: dict[tuple[int, int], bool] = {}

    def event(self, own: tuple[Event, ...], chances: Mapping[Event, Chance]) -> int:
        """The bit of some events of one thing of which one is enough."""
        found = [chances[event] for event in own]
        chance = found[0] if len(own) == 1 else Chance(*(1 - prod(1 - one[end] for one in found) for end in (0, 1)))
        number = self._events.setdefault((own, chance), len(self._chances))
        if number == len(self._chances):
            self._named.append(own)
            self._chances.append(chance)
            if own[0].kind != "switch":
                together = self._of_thing.get(own[0].address, 0) | 1 << number
                self._of_thing[own[0].address] = together
                if together.bit_count() > 1:
                    self._alike.update(dict.fromkeys(numbers_in(together), together))
        return 1 << number

    def group(self, enough: int, branches: Sequence[tuple[int, int]], switch: int, first: int) -> int:
        """The bit of a group (`_Group`)."""
        made = _Group(enough, tuple(branches), switch, first if switch else 0)
        number = self._groups.setdefault(made, len(self._fails))
        if number == len(self._fails):
            found = [self._branch(*branch) for branch in branches]
            fails = _most_together(enough, found)
            if switch:
                stuck = 1 - self.all_so(switch).low
                # In a circle a branch may depend on the switch as well.
                alone = all(not branch.all & switch for branch in found[:first])
                fails += (stuck if alone else 1.0) * sum(branch.whole for branch in found[:first])
            self._made.append(made)
            self._within.append(reduce(or_, (self.events_in(*branch) for branch in branches)) | switch)
            self._fails.append(min(1.0, fails))
            self._spans.append(reduce(or_, (branch.all for branch in found)) | switch)
        return 1 << number

    def all_so(self, events: int) -> Chance:
        """The probability that all of some events are so; of those about one thing the least probable implies all."""
        low = high = 1.0
        alike: dict[int, Chance] = {}
        for number in numbers_in(events):
            chance = self._chances[number]
            if number in self._alike:
                together = self._alike[number]
                alike[together] = min(chance, alike.get(together, chance))
            else:
                low *= chance.low
                high *= chance.high
        return Chance(low * prod(one.low for one in alike.values()), high * prod(one.high for one in alike.values()))

    def things(self, events: int) -> Mapping[str, Chance]:
        """What works by itself in some events, but for things of which an outage is tolerated somewhere."""
        found = {}
        for number in numbers_in(events):
            own = self._named[number]
            alike = self._alike.get(number, 0)  # the same thing in another revision, too
            if own[0].kind == "own" and all(self._named[one] == own for one in (number, *numbers_in(alike))):
                found[own[0].address] = self._chances[number]
        return found

    def none_fails(self, groups: int) -> float:
        """How probable it is at least that none of some groups fails: they help each other (Harris' inequality)."""
        return prod(1 - self._fails[one] for one in numbers_in(groups))

    def dependent(self, events: int) -> int:
        """Events and all that are not independent of them."""
        found = events
        for number in numbers_in(events) if self._alike else ():
            found |= self._alike.get(number, 0)
        return found

    def apart_from(self, events: int, groups: int) -> int:
        """Those of some groups that do not depend on any of these events."""
        return sum(1 << one for one in numbers_in(groups) if not self._spans[one] & events)

    def is_no_better(self, these: tuple[int, int], others: tuple[int, int]) -> bool:
        """Whether these events and groups are good only where the others are.

        That is so where they are the same at chances that are no better, or more of them.
        """
        if not self._implies(these, others):
            return False
        mine, theirs = self.events_in(*these), self.events_in(*others)
        was = {self._named[one]: self._chances[one].low for one in numbers_in(theirs & ~mine)}
        return all(self._chances[one].high <= was.get(self._named[one], 1) for one in numbers_in(mine & ~theirs))

    def _implies(self, these: tuple[int, int], others: tuple[int, int]) -> bool:
        """Whether where all of these are good all of the others are, too, were they as probable."""
        events, groups = others[0] & ~these[0], others[1] & ~these[1]
        shape = self._shape(these[0] & ~others[0], these[1] & ~others[1]) if events or groups else 0
        if self._shape(events, 0) & ~shape:
            return False
        left = (one for one in numbers_in(groups) if not self._shape_of(one) & shape)
        fresh = [*numbers_in(these[1] & ~others[1])] if groups else []
        return all(any(self._is_tighter(one, other) for one in fresh) or self._keep(these, other) for other in left)

    def _keep(self, these: tuple[int, int], group: int) -> bool:
        """Whether enough branches of a group are good where all of these are."""
        enough, branches, switch, first = self._made[group]
        among = branches[:first] if switch else branches
        return sum(self._implies(these, branch) for branch in among) > len(branches) - enough

    def _is_tighter(self, one: int, other: int) -> bool:
        """Whether a group is like another one, but that it has fewer branches, or some that need more."""
        if (one, other) not in self._tighter:
            mine, its = self._made[one], self._made[other]
            same = (self._shape(mine.switch, 0), mine.first) == (self._shape(its.switch, 0), its.first)
            least = len(mine.branches) - mine.enough >= len(its.branches) - its.enough
            self._tighter[one, other] = same and least and self._matches(mine, its)
        return self._tighter[one, other]

    def _matches(self, one: _Group, other: _Group) -> bool:
        """Whether each branch of a group implies one of another group, in their order."""
        rest = iter(other.branches)
        found = [next((its for its in rest if self._implies(mine, its)), None) for mine in one.branches]
        return None not in found and (not one.switch or found[: one.first] == [*other.branches[: one.first]])

    def events_in(self, events: int, groups: int) -> int:
        """Some events and all that are in some groups."""
        return reduce(or_, (self._within[one] for one in numbers_in(groups)), events)

    def _shape(self, events: int, groups: int) -> int:
        """Which events and groups these are, however probable, as a mask."""
        found = 0
        for one in numbers_in(events):
            found |= 1 << self._shapes.setdefault(self._named[one], len(self._shapes))
        for one in numbers_in(groups):
            found |= self._shape_of(one)
        return found

    def _shape_of(self, number: int) -> int:
        if number not in self._shaped:
            enough, branches, switch, first = self._made[number]
            shape = enough, tuple(self._shape(*branch) for branch in branches), self._shape(switch, 0), first
            self._shaped[number] = 1 << self._shapes.setdefault(shape, len(self._shapes))
        return self._shaped[number]

    def _branch(self, events: int, groups: int) -> _Branch:
        near = self.dependent(events)
        within = sum(self._fails[one] for one in numbers_in(groups))
        everything = reduce(or_, (self._spans[one] for one in numbers_in(groups)), near)
        return _Branch(1 - self.all_so(events).low, within, near, everything)


def _most_together(enough: int, branches: Sequence[_Branch]) -> float:
    """How probable it is at most that so many branches fail at once."""
    if comb(len(branches), enough) > MOST_COMBINATIONS:
        return sum(branch.whole for branch in branches) / enough  # Markov's inequality
    fails = 0.0
    for chosen in combinations(branches, enough):
        anyhow = _together((branch.whole, branch.all) for branch in chosen)
        apart = _together((branch.own, branch.near) for branch in chosen) + sum(branch.within for branch in chosen)
        fails += min(anyhow, apart)
    return fails


def _together(failing: Iterable[tuple[float, int]]) -> float:
    """How probable it is at most that all of these happen, each given with the events on which it depends."""
    value, met = 1.0, 0
    for fails, events in sorted(failing):
        if not events & met:
            value *= fails  # independent of all that were taken before it
            met |= events
    return value
