"""Bounds of availabilities without any diagram: close where redundancy is rarely needed, and quick in any estate.

What something cannot do without works with the product of the chances; that is the upper bound. All the rest are
groups: each is kept from failing with at least some probability, whatever else fails, and that none of them fails is at
least as probable as if they were independent (Harris' inequality, as all is monotone); that is the lower bound. Sets
are bit masks, of events and of groups.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.implying import Implying
from mofconf.analyses.dependability.parts import Parts
from mofconf.analyses.dependability.structure import Condition, Event, Need, Structure, View
from mofconf.analyses.must import EVERYTHING, in_at_least

ANY_FACTOR = Chance(0.0, inf)
"""How many times as often something is good where nothing is known of that."""


class _Outline(NamedTuple):
    """What a view needs: all events of ``must`` (`EVERYTHING`: it never works), and none of ``groups`` to fail.

    That is all of it; ``loose``: there may be more that it needs.
    """

    must: int
    groups: int
    loose: bool


_LOST = _Outline(EVERYTHING, 0, loose=False)


class Outlines:
    """Bounds for the views of structures, given the chances of their events."""

    def __init__(self) -> None:
        self._known: dict[View, _Outline] = {}
        self._tolerant: dict[str, set[View]] = {}  # of things, those that were ever met
        self._parts = Parts()
        self._implying = Implying(self._parts)

    def but(self, dirty: Collection[str]) -> Outlines:
        """All that is known of other things than these. What is entered there leaves this as it is."""
        made = Outlines()
        made._known = self._known.copy()
        made._tolerant, made._parts, made._implying = self._tolerant, self._parts, self._implying
        for address in dirty:
            for view in (View(address), *self._tolerant.get(address, ())):
                made._known.pop(view, None)
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
        low, high = self._parts.all_so(must)
        return Chance(0.0, high) if loose else Chance(low * self._parts.none_fails(groups), high)

    def never_without(self, view: View) -> Mapping[str, Chance]:
        """The things of which a lasting outage takes a view down, each with how probable it is that it has none."""
        must = self._known[view].must
        return {} if must == EVERYTHING else self._parts.about(must)

    def indispensable(self, view: View) -> Mapping[str, Chance]:
        """Those that work by themselves as often as that, as nobody tolerates any outage of them."""
        must = self._known[view].must
        return {} if must == EVERYTHING else self._parts.things(must)

    def factor(self, view: View, later: Outlines, then: View) -> Chance:
        """How many times as often it is good later: a factor, at least and at most. Nothing known is 0 to infinity.

        Either of them was made of the other by `but`, be it in several steps. What is needed on both sides is as
        probable here as there, however little is known of it, so it goes out of the quotient: this is close where the
        bounds of both sides are wide.
        """
        old, new, parts = self._known[view], later._known[then], self._parts
        if old.loose or new.loose or old.must == EVERYTHING:
            return ANY_FACTOR
        if new.must == EVERYTHING:
            return Chance(0.0, 0.0)
        lost, won = old.must & ~new.must, new.must & ~old.must
        differ = parts.dependent(lost | won)
        if old.must & new.must & differ:
            return ANY_FACTOR  # about one thing, at other lengths of outage
        same = parts.apart_from(differ, old.groups & new.groups)
        # What is left on either side is independent of what went out but for groups, and these help each other.
        before, after = parts.all_so(lost), parts.all_so(won)
        least = after.low * parts.none_fails(new.groups & ~same)
        most = before.low * parts.none_fails(old.groups & ~same)
        return Chance(least / before.high, after.high / most) if most else ANY_FACTOR

    def signed_factor(self, view: View, later: Outlines, then: View) -> Chance:
        """The same, no more or no less than 1 where later nothing is better or nothing is worse; it costs more."""
        least, most = self.factor(view, later, then)
        old, new = self._known[view], later._known[then]
        if least < 1 < most and not (old.loose or new.loose or old.must == EVERYTHING):
            if self._implying.is_no_better(new[:2], old[:2]):
                most = 1.0
            elif self._implying.is_no_better(old[:2], new[:2]):
                least = 1.0
        return Chance(least, most)

    def _enter(self, knot: Sequence[View], needs: Mapping[View, Need], chances: Mapping[Event, Chance]) -> None:
        for view in knot:
            if view.tolerated or view.full:
                self._tolerant.setdefault(view.address, set()).add(view)
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
        must, groups, loose = self._parts.event(need.own, chances) if need.own else 0, 0, False
        for condition in need.conditions:
            single = len(condition.members) == condition.least == 1
            other = self._known[condition.members[0]] if single else self._condition(condition, chances)
            if other.must == EVERYTHING:
                return _LOST
            must |= other.must
            groups |= other.groups
            loose |= other.loose
        return _Outline(must, groups, loose)

    def _condition(self, condition: Condition, chances: Mapping[Event, Chance]) -> _Outline:
        among = [self._known[member] for member in condition.members]
        there = [one for one in among if one.must != EVERYTHING]
        if len(there) < condition.least:
            return _LOST
        enough = len(there) - condition.least + 1
        must = in_at_least(enough, [one.must for one in there])
        groups = in_at_least(enough, [one.groups for one in there])
        loose = any(one.loose for one in there)
        switch = 0 if condition.switch is None else self._parts.event((condition.switch,), chances)
        first = [one for one in among[: condition.least] if one.must != EVERYTHING]
        if switch and len(first) < condition.least:
            must |= switch  # it has to switch for sure
            switch = 0
        if enough > 1:
            branches = [(one.must & ~must, one.groups & ~groups) for one in there]
            groups |= self._parts.group(enough, branches, switch, len(first))
        return _Outline(must, groups, loose)
