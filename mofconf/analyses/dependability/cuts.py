"""Minimal cut sets: the smallest sets of failures that take something down."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from mofconf.analyses.dependability.families import Families
from mofconf.analyses.dependability.masks import members
from mofconf.analyses.dependability.solving import Solver


class Cuts:
    """The minimal cut sets of one function, as variables: ``single`` ones, and families for all that is redundant.

    No family shares a variable with another one or with ``single``, so there is nothing between them to minimise.
    """

    def __init__(self, solver: Solver, function: int) -> None:
        known = solver.known[function]
        self.lost = known.lost
        self.single: tuple[int, ...] = () if known.lost else tuple(members(known.must))
        self._families = Families()
        parts = [] if known.lost else solver.parts(known)
        self._roots = [self._families.cuts(solver.table, solver.table.number(solver.joined(part))) for part in parts]

    def counts(self) -> tuple[int, ...]:
        """How many minimal cut sets there are of each order, from order 1 on."""
        found = [(0, len(self.single)), *(self._families.counts(root) for root in self._roots)]
        return tuple(map(sum, zip_longest(*found, fillvalue=0)))[1:]

    def sets(self, order: int) -> Iterator[tuple[int, ...]]:
        """Those of at most this order."""
        if order > 0:
            yield from ((one,) for one in self.single)
        for root in self._roots:
            yield from self._families.sets(root, order)
