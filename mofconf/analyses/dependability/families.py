"""Families of sets, as diagrams: a thousand million minimal cut sets in a few thousand nodes.

The method is Rauzy's: the minimal solutions of a monotone function come node by node from its decision diagram.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from mofconf.analyses.dependability.diagrams import FALSE, TRUE, Table, reachable

NONE, ONLY_EMPTY = 0, 1
"""The numbers of two families: the one without any set, and the one whose only set has no element."""


class Families:
    """Families of sets by number; equal families have the same one.

    Family ``n`` has those sets of ``without[n]`` and, with ``elements[n]`` added, those of ``within[n]``.
    Elements come in ascending order, from the top on.
    """

    def __init__(self) -> None:
        self.elements: list[int] = [1 << 62, 1 << 62]
        self.within: list[int] = [NONE, NONE]
        self.without: list[int] = [NONE, ONLY_EMPTY]
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._less: dict[tuple[int, int], int] = {}
        self._of_node: dict[int, int] = {FALSE: ONLY_EMPTY, TRUE: NONE}

    def cuts(self, table: Table, node: int) -> int:
        """The minimal cut sets of a function: the smallest sets of variables that make it false when they are."""
        known = self._of_node
        for one in table.below(node):
            if one not in known:
                high, low = known[table.high[one]], known[table.low[one]]
                # What cuts although the variable is true needs it not; all else needs it to be false.
                known[one] = self._family(table.variables[one], self.less(low, high), high)
        return known[node]

    def less(self, family: int, others: int) -> int:
        """The sets of a family that contain no set of another one."""
        found: list[int] = []  # results that wait to be used, the latest last
        work: list[tuple[int, int, int]] = [(_ASK, family, others)]
        while work:
            step, one, other = work.pop()
            if step == _ASK:
                known = self._simply_less(one, other)
                if known is not None:
                    found.append(known)
                    continue
                work.append((_KEEP, one, other))
                element, second = self.elements[one], self.elements[other]
                if element > second:
                    work.append((_ASK, one, self.without[other]))
                elif element < second:
                    work += [(_JOIN, element, 0), (_ASK, self.within[one], other), (_ASK, self.without[one], other)]
                else:
                    rest = self.without[other]
                    work += [(_JOIN, element, 0), (_AGAIN, rest, 0), (_ASK, self.within[one], self.within[other])]
                    work.append((_ASK, self.without[one], rest))
            elif step == _KEEP:
                self._less[one, other] = found[-1]
            elif step == _AGAIN:
                work.append((_ASK, found.pop(), one))
            else:
                within = found.pop()
                found.append(self._family(one, within, found.pop()))
        return found[0]

    def _simply_less(self, one: int, other: int) -> int | None:
        if one in (NONE, other) or other == ONLY_EMPTY:
            return NONE
        if other == NONE or (one == ONLY_EMPTY and not self._has_empty(other)):
            return one
        if one == ONLY_EMPTY:
            return NONE
        return self._less.get((one, other))

    def _has_empty(self, family: int) -> bool:
        while family > ONLY_EMPTY:
            family = self.without[family]
        return family == ONLY_EMPTY

    def containing(self, family: int, element: int) -> int:
        """What is left of the sets that contain an element when it is taken out of them."""
        found = {NONE: NONE, ONLY_EMPTY: NONE}
        for one in self.below(family):
            first = self.elements[one]
            if first == element:
                found[one] = self.within[one]
            elif first > element:
                found[one] = NONE
            else:
                found[one] = self._family(first, found[self.within[one]], found[self.without[one]])
        return found[family]

    def below(self, family: int) -> list[int]:
        """A family and all that it is made of but for the two simplest, each after what it is made of itself."""
        return reachable(family, self.within, self.without)

    def counts(self, family: int, free: Container[int] = ()) -> tuple[int, ...]:
        """How many sets of each size a family has, from size 0 on. What is ``free`` does not count."""
        counts: dict[int, tuple[int, ...]] = {NONE: (), ONLY_EMPTY: (1,)}
        for one in self.below(family):
            within = counts[self.within[one]]
            counts[one] = _added(within if self.elements[one] in free else (0, *within), counts[self.without[one]])
        return counts[family]

    def sets(self, family: int, most: int) -> Iterator[tuple[int, ...]]:
        """The sets with at most so many elements, the smallest elements first."""
        waiting: list[tuple[int, tuple[int, ...]]] = [(family, ())]
        while waiting:
            one, chosen = waiting.pop()
            if one == ONLY_EMPTY:
                yield chosen
            elif one != NONE:
                waiting.append((self.without[one], chosen))
                if len(chosen) < most:
                    waiting.append((self.within[one], (*chosen, self.elements[one])))

    def _family(self, element: int, within: int, without: int) -> int:
        if within == NONE:
            return without
        key = (element, within, without)
        number = self._numbers.setdefault(key, len(self.elements))
        if number == len(self.elements):
            self.elements.append(element)
            self.within.append(within)
            self.without.append(without)
        return number


_ASK, _KEEP, _AGAIN, _JOIN = range(4)
"""Steps of `Families.less`, which keeps its own stack: there may be thousands of elements."""


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return tuple(count + (shorter[size] if size < len(shorter) else 0) for size, count in enumerate(longer))
