"""Minimal cut sets: the smallest sets of failures that take something down."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Container, Iterator
from itertools import count, zip_longest
from typing import NamedTuple

from mofconf.analyses.dependability.families import NONE, ONLY_EMPTY, Families
from mofconf.analyses.dependability.solving import Solver


class Cuts:
    """The minimal cut sets of one function, as variables: ``single`` ones, and families for all that is redundant.

    No family shares a variable with another one or with ``single``, so there is nothing between them to minimise.
    What is ``free`` does not count towards the order of a set. Raises `BudgetError`.
    """

    def __init__(self, solver: Solver, function: int, free: Container[int] = ()) -> None:
        known = solver.known[function]
        self.lost = known.lost
        self.single: tuple[int, ...] = () if known.lost else tuple(sorted(known.must))
        self._free = free
        self._families = Families()
        parts = () if known.lost else solver.parts_of(known)
        self._roots = [
            self._families.cuts(solver.table, solver.table.number(solver.joined(part.factors))) for part in parts
        ]

    def counts(self) -> tuple[int, ...]:
        """How many minimal cut sets there are of each order, from order 1 on."""
        found = [(0, len(self.single)), *(self._families.counts(root, self._free) for root in self._roots)]
        return tuple(map(sum, zip_longest(*found, fillvalue=0)))[1:]

    def sets(self, order: int) -> Iterator[tuple[int, ...]]:
        """Those of at most this order."""
        if order > 0:
            yield from ((one,) for one in self.single)
        for root in self._roots:
            yield from self._families.sets(root, order)

    def likeliest(self, order: int, failing: Callable[[int], float]) -> Iterator[tuple[int, ...]]:
        """Those of exactly this order, the most probable first. ``failing``: how probable it is that one has failed.

        Only as many are worked out as are asked for. Of equally probable ones the order is always the same.
        """
        best = self._best(order, failing)
        turn = count()
        heap = [_Way(-failing(one), next(turn), ONLY_EMPTY, 0, 1.0, (one,)) for one in self.single if order == 1]
        heap += [_Way(-best[root][order], next(turn), root, order, 1.0, ()) for root in self._roots]
        heapq.heapify(heap)
        families = self._families
        while heap:
            _, _, family, left, chance, chosen = heapq.heappop(heap)
            if family == ONLY_EMPTY:
                if not left:
                    yield chosen
            elif family != NONE:
                element = families.elements[family]
                after = left - (element not in self._free)
                # What is likeliest on each of the two ways on is known, so no way is gone in vain. Of equals the
                # latest is gone on with: otherwise all ways would be begun before one is at its end.
                ways = [(families.without[family], left, chance, chosen)]
                if after >= 0:
                    ways.append((families.within[family], after, chance * failing(element), (*chosen, element)))
                for further, rest, product, taken in ways:
                    if best[further][rest] >= 0:
                        way = _Way(-product * best[further][rest], -next(turn), further, rest, product, taken)
                        heapq.heappush(heap, way)

    def _best(self, order: int, failing: Callable[[int], float]) -> dict[int, list[float]]:
        """For each family how probable its likeliest set of each order is; below zero where it has none."""
        best = {NONE: [-1.0] * (order + 1), ONLY_EMPTY: [1.0] + [-1.0] * order}
        families = self._families
        for root in self._roots:
            for one in families.below(root):
                if one not in best:
                    chance, element = failing(families.elements[one]), families.elements[one]
                    within = best[families.within[one]]
                    shifted = within if element in self._free else [-1.0, *within[:-1]]
                    added = [value * chance if value >= 0 else -1.0 for value in shifted]
                    best[one] = [*map(max, added, best[families.without[one]])]
        return best


class _Way(NamedTuple):
    """How far a search is: what is chosen, what is left to choose from, and (negative) how probable it may become."""

    bound: float
    turn: int
    family: int
    left: int
    chance: float
    chosen: tuple[int, ...]
