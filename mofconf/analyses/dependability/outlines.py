"""Bounds of availabilities without any diagram: close where redundancy is rarely needed, and quick in any estate.

What something cannot do without works with the product of the chances; that is the upper bound. All the rest are
groups: each is kept from failing with at least some probability, whatever else fails, and that none of them fails is at
least as probable as if they were independent (Harris' inequality, as all is monotone); that is the lower bound. Sets
are bit masks, of events and of groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from math import comb, prod
from operator import or_
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.structure import Condition, Event, Need, Structure, View
from mofconf.analyses.masks import numbers_in
from mofconf.analyses.must import EVERYTHING, in_at_least

MOST_COMBINATIONS = 200
"""How many choices of members that fail together are looked at one by one."""


class _Outline(NamedTuple):
    """What a view needs: all events of ``must`` (`EVERYTHING`: it never works), and none of ``groups`` to fail.

    ``loose``: there may be more that it needs.
    """

    must: int
    groups: int
    loose: bool


_LOST = _Outline(EVERYTHING, 0, loose=False)


class Outlines:
    """Bounds for the views of structures, given the chances of their events."""

    def __init__(self) -> None:
        self._known: dict[View, _Outline] = {}
        self._bits: dict[tuple[Event, ...], int] = {}
        self._chances: list[Chance] = []
        self._of_thing: dict[str, int] = {}
        self._alike: dict[int, int] = {}  # numbers about one thing, which are not independent, each with all of those
        self._fails: list[float] = []  # of each group, at most
        self._spans: list[int] = []  # of each group, the events that it depends on
        self._groups: dict[object, int] = {}

    def but(self, dirty: Collection[str]) -> Outlines:
        """All that is known of other things than these. What is entered there leaves this as it is."""
        made = Outlines()
        made._known = {view: one for view, one in self._known.items() if view.address not in dirty}
        made._bits = {own: bit for own, bit in self._bits.items() if own[0].address not in dirty}
        made._of_thing = {address: bits for address, bits in self._of_thing.items() if address not in dirty}
        made._alike = dict(self._alike)
        made._chances, made._groups = self._chances, self._groups  # these only grow
        made._fails, made._spans = self._fails, self._spans
        return made

    def __contains__(self, view: object) -> bool:
        return view in self._known

    def enter(self, structure: Structure, chances: Mapping[Event, Chance]) -> None:
        """Work out what is not known yet."""
        for knot in structure.knots:
            if knot[0] not in self._known:
                self._enter(knot, structure.needs, chances)

    def of(self, view: View) -> Chance:
        """Bounds of the probability that a view is good."""
        must, groups, loose = self._known[view]
        if must == EVERYTHING:
            return Chance(0.0, 0.0)
        highest = self._product(must, 1)
        if loose:
            return Chance(0.0, highest)
        lowest = self._product(must, 0) * prod(1 - self._fails[one] for one in numbers_in(groups))
        return Chance(min(lowest, highest), highest)

    def _enter(self, knot: Sequence[View], needs: Mapping[View, Need], chances: Mapping[Event, Chance]) -> None:
        if len(knot) == 1 and not any(knot[0] in condition.members for condition in needs[knot[0]].conditions):
            self._known[knot[0]] = self._outline(needs[knot[0]], chances)
            return
        # What cannot do without each other: the musts grow until nothing changes. Groups in a circle are left out.
        self._known.update((view, _Outline(0, 0, loose=True)) for view in knot)
        before: list[_Outline] = []
        while before != (before := [self._known[view] for view in knot]):
            for view in knot:
                must = self._outline(needs[view], chances).must
                self._known[view] = _Outline(must, 0, loose=must != EVERYTHING)

    def _outline(self, need: Need, chances: Mapping[Event, Chance]) -> _Outline:
        if need.lost:
            return _LOST
        must, groups, loose = self._own(need.own, chances) if need.own else 0, 0, False
        for condition in need.conditions:
            single = len(condition.members) == condition.least == 1
            other = self._known[condition.members[0]] if single else self._condition(condition, chances)
            if other.must == EVERYTHING:
                return _LOST
            must |= other.must
            groups |= other.groups
            loose |= other.loose
        return _Outline(must, groups, loose)

    def _own(self, own: tuple[Event, ...], chances: Mapping[Event, Chance]) -> int:
        """The bit of some events of which one is enough."""
        if own not in self._bits:
            number = len(self._chances)
            self._bits[own] = 1 << number
            if len(own) == 1:
                self._chances.append(chances[own[0]])
            else:
                found = [chances[event] for event in own]
                self._chances.append(
                    Chance(1 - prod(1 - one.low for one in found), 1 - prod(1 - one.high for one in found))
                )
            if own[0].kind != "switch":
                together = self._of_thing.get(own[0].address, 0) | 1 << number
                self._of_thing[own[0].address] = together
                if together.bit_count() > 1:
                    self._alike.update(dict.fromkeys(numbers_in(together), together))
        return self._bits[own]

    def _condition(self, condition: Condition, chances: Mapping[Event, Chance]) -> _Outline:
        among = [self._known[member] for member in condition.members]
        there = [one for one in among if one.must != EVERYTHING]
        if len(there) < condition.least:
            return _LOST
        enough = len(there) - condition.least + 1
        must = in_at_least(enough, [one.must for one in there])
        groups = in_at_least(enough, [one.groups for one in there])
        loose = any(one.loose for one in there)
        switch = 0 if condition.switch is None else self._own((condition.switch,), chances)
        first = [one for one in among[: condition.least] if one.must != EVERYTHING]
        if switch and len(first) < condition.least:
            must |= switch  # it has to switch for sure
            switch = 0
        if enough > 1:
            left = [(one.must & ~must, one.groups & ~groups) for one in there]
            groups |= self._group(enough, left, switch, len(first))
        return _Outline(must, groups, loose)

    def _group(self, enough: int, branches: Sequence[tuple[int, int]], switch: int, first: int) -> int:
        """The bit of a group that fails when ``enough`` branches do, or one of the first and the switch."""
        key = (enough, tuple(branches), switch, first if switch else 0)
        if key not in self._groups:
            self._groups[key] = len(self._fails)
            wide = [self._wide(must) for must, _ in branches]
            spans = [self._span(one, groups) for one, (_, groups) in zip(wide, branches, strict=True)]
            self._fails.append(min(1.0, self._most(enough, branches, (wide, spans), (switch, first))))
            self._spans.append(reduce(or_, spans) | switch)
        return 1 << self._groups[key]

    def _most(
        self,
        enough: int,
        branches: Sequence[tuple[int, int]],
        asked: tuple[Sequence[int], Sequence[int]],
        switching: tuple[int, int],
    ) -> float:
        """How probable it is at most that a group fails."""
        (wide, spans), (switch, first) = asked, switching
        own = [1 - self._product(must, 0) for must, _ in branches]
        within = [sum(self._fails[one] for one in numbers_in(groups)) for _, groups in branches]
        whole = [min(1.0, one + other) for one, other in zip(own, within, strict=True)]
        if comb(len(branches), enough) <= MOST_COMBINATIONS:
            fails = sum(
                min(
                    _together(chosen, whole, spans),
                    _together(chosen, own, wide) + sum(within[one] for one in chosen),
                )
                for chosen in combinations(range(len(branches)), enough)
            )
        else:
            fails = sum(whole) / enough  # Markov's inequality
        if switch:
            stuck = 1 - self._product(switch, 0)
            # In a circle a branch may depend on the switch as well.
            alone = all(not span & switch for span in spans[:first])
            fails += (stuck if alone else 1.0) * sum(whole[:first])
        return fails

    def _span(self, wide: int, groups: int) -> int:
        return reduce(or_, (self._spans[one] for one in numbers_in(groups)), wide)

    def _product(self, must: int, end: int) -> float:
        """The probability that all of some events are so; of those about one thing the least probable implies all."""
        alike: dict[int, float] = {}
        value = 1.0
        for number in numbers_in(must):
            chance = self._chances[number][end]
            if number in self._alike:
                together = self._alike[number]
                alike[together] = min(chance, alike.get(together, 1.0))
            else:
                value *= chance
        return value * prod(alike.values())

    def _wide(self, must: int) -> int:
        """Events and all that are not independent of them."""
        found = must
        for number in numbers_in(must) if self._alike else ():
            found |= self._alike.get(number, 0)
        return found


def _together(chosen: Iterable[int], fails: Sequence[float], spans: Sequence[int]) -> float:
    """How probable it is at most that these fail at once, each with what it depends on."""
    value, met = 1.0, 0
    for one in sorted(chosen, key=lambda one: fails[one]):
        if not spans[one] & met:
            value *= fails[one]  # independent of all that were taken before it
            met |= spans[one]
    return value
