"""Whether what some events and groups need is more than what others do: then it is so less often, whatever is known."""

from __future__ import annotations

from mofconf.analyses.dependability.parts import Group, Parts
from mofconf.analyses.masks import numbers_in


class Implying:
    """Compares sets of parts, each given by its events and its groups, as bit masks."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shapes: dict[object, int] = {}  # numbered, of events and groups
        self._shaped: dict[int, int] = {}  # of groups by number, the bit of the shape
        self._tighter: dict[tuple[int, int], bool] = {}

    def is_no_better(self, these: tuple[int, int], others: tuple[int, int]) -> bool:
        """Whether these events and groups are good only where the others are.

        That is so where they are the same at chances that are no better, or more of them.
        """
        if not self._implies(these, others):
            return False
        mine, theirs = self._parts.events_in(*these), self._parts.events_in(*others)
        was = {self._parts.named[one]: self._parts.chances[one].low for one in numbers_in(theirs & ~mine)}
        return all(
            self._parts.chances[one].high <= was.get(self._parts.named[one], 1) for one in numbers_in(mine & ~theirs)
        )

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
        enough, branches, switch, first = self._parts.made[group]
        among = branches[:first] if switch else branches
        return sum(self._implies(these, branch) for branch in among) > len(branches) - enough

    def _is_tighter(self, one: int, other: int) -> bool:
        """Whether a group is like another one, but that it has fewer branches, or some that need more."""
        if (one, other) not in self._tighter:
            mine, its = self._parts.made[one], self._parts.made[other]
            same = (self._shape(mine.switch, 0), mine.first) == (self._shape(its.switch, 0), its.first)
            least = len(mine.branches) - mine.enough >= len(its.branches) - its.enough
            self._tighter[one, other] = same and least and self._matches(mine, its)
        return self._tighter[one, other]

    def _matches(self, one: Group, other: Group) -> bool:
        """Whether each branch of a group implies one of another group, in their order."""
        rest = iter(other.branches)
        found = [next((its for its in rest if self._implies(mine, its)), None) for mine in one.branches]
        return None not in found and (not one.switch or found[: one.first] == [*other.branches[: one.first]])

    def _shape(self, events: int, groups: int) -> int:
        """Which events and groups these are, however probable, as a mask."""
        found = 0
        for one in numbers_in(events):
            found |= 1 << self._shapes.setdefault(self._parts.named[one], len(self._shapes))
        for one in numbers_in(groups):
            found |= self._shape_of(one)
        return found

    def _shape_of(self, number: int) -> int:
        if number not in self._shaped:
            enough, branches, switch, first = self._parts.made[number]
            shape = enough, tuple(self._shape(*branch) for branch in branches), self._shape(switch, 0), first
            self._shaped[number] = 1 << self._shapes.setdefault(shape, len(self._shapes))
        return self._shaped[number]
