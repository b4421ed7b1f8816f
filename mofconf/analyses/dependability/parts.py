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


class Group(NamedTuple):
    """It fails when ``enough`` branches do, or one of the first ones and the switch.

    A branch is given by its events and its groups, of which none may fail.
    """

    enough: int
    branches: tuple[tuple[int, int], ...]
    switch: int
    first: int


class Parts:
    """The events and groups that were met so far. What else is met is added.

    By its number, ``named`` has what each event is (it is one of several of a thing), ``chances`` how probable that is,
    ``made`` what each group consists of.
    """

    def __init__(self) -> None:
        self._events: dict[tuple[tuple[Event, ...], Chance], int] = {}
        self.named: list[tuple[Event, ...]] = []
        self.chances: list[Chance] = []
        self._of_thing: dict[str, int] = {}
        self._alike: dict[int, int] = {}  # numbers about one thing, which are not independent, each with all of those
        self._groups: dict[Group, int] = {}
        self.made: list[Group] = []
        self._fails: list[float] = []  # of each group, at most
        self._within: list[int] = []  # of each group, the events in it
        self._spans: list[int] = []  # and those on which it depends

    def event(self, own: tuple[Event, ...], chances: Mapping[Event, Chance]) -> int:
        """The bit of some events of one thing of which one is enough."""
        found = [chances[event] for event in own]
        chance = found[0] if len(own) == 1 else Chance(*(1 - prod(1 - one[end] for one in found) for end in (0, 1)))
        number = self._events.setdefault((own, chance), len(self.chances))
        if number == len(self.chances):
            self.named.append(own)
            self.chances.append(chance)
            if own[0].kind != "switch":
                together = self._of_thing.get(own[0].address, 0) | 1 << number
                self._of_thing[own[0].address] = together
                if together.bit_count() > 1:
                    self._alike.update(dict.fromkeys(numbers_in(together), together))
        return 1 << number

    def group(self, enough: int, branches: Sequence[tuple[int, int]], switch: int, first: int) -> int:
        """The bit of a group (`Group`)."""
        made = Group(enough, tuple(branches), switch, first if switch else 0)
        number = self._groups.setdefault(made, len(self._fails))
        if number == len(self._fails):
            found = [self._branch(*branch) for branch in branches]
            fails = _most_together(enough, found)
            if switch:
                stuck = 1 - self.all_so(switch).low
                # In a circle a branch may depend on the switch as well.
                alone = all(not branch.all & switch for branch in found[:first])
                fails += (stuck if alone else 1.0) * sum(branch.whole for branch in found[:first])
            self.made.append(made)
            self._within.append(reduce(or_, (self.events_in(*branch) for branch in branches)) | switch)
            self._fails.append(min(1.0, fails))
            self._spans.append(reduce(or_, (branch.all for branch in found)) | switch)
        return 1 << number

    def all_so(self, events: int) -> Chance:
        """The probability that all of some events are so; of those about one thing the least probable implies all."""
        low = high = 1.0
        alike: dict[int, Chance] = {}
        for number in numbers_in(events):
            chance = self.chances[number]
            if number in self._alike:
                together = self._alike[number]
                alike[together] = min(chance, alike.get(together, chance))
            else:
                low *= chance.low
                high *= chance.high
        return Chance(low * prod(one.low for one in alike.values()), high * prod(one.high for one in alike.values()))

    def about(self, events: int) -> Mapping[str, Chance]:
        """The things that some events are about, each with the least probable of its events."""
        found: dict[str, Chance] = {}
        for number in numbers_in(events):
            if self.named[number][0].kind != "switch":
                address = self.named[number][0].address
                found[address] = min(self.chances[number], found.get(address, self.chances[number]))
        return found

    def things(self, events: int) -> Mapping[str, Chance]:
        """What works by itself in some events, but for things of which an outage is tolerated somewhere."""
        found = {}
        for number in numbers_in(events):
            own = self.named[number]
            alike = self._alike.get(number, 0)  # the same thing in another revision, too
            if own[0].kind == "own" and all(self.named[one] == own for one in (number, *numbers_in(alike))):
                found[own[0].address] = self.chances[number]
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

    def events_in(self, events: int, groups: int) -> int:
        """Some events and all that are in some groups."""
        return reduce(or_, (self._within[one] for one in numbers_in(groups)), events)

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
