"""A question about dependability: some resources of one revision, and all that they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance, Figures
from mofconf.analyses.dependability.functions import Function
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.solving import Bounds, Solver
from mofconf.analyses.dependability.structure import Event, Structure, View, structure
from mofconf.catalog import Catalog
from mofconf.graph import Graph, without_nodes
from mofconf.kinds.availability import Availability

BUDGET = 1 << 24
"""Nodes of all diagrams together. Used up it is some hundreds of megabytes."""


class Question(NamedTuple):
    """What is taken to be otherwise than it is declared.

    ``down`` has failed for good. ``without`` is taken out of the estate: nothing needs it any more, and groups are
    smaller by it. ``stated`` are other figures for single resources.
    """

    down: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    stated: Mapping[str, Availability] = MappingProxyType({})


AS_DECLARED = Question()


class Study:
    """Figures for some resources of a catalog, exact as far as the budget and what is stated allow.

    ``solver`` may have been used before, for this revision or another one: what it knows already costs nothing.
    """

    def __init__(
        self,
        catalog: Catalog,
        graph: Graph,
        addresses: Iterable[str],
        question: Question = AS_DECLARED,
        solver: Solver | None = None,
    ) -> None:
        self.addresses = tuple(dict.fromkeys(addresses))
        self.inputs = Inputs(catalog, without_nodes(graph, question.without), question.stated)
        self.solver = solver or Solver(BUDGET)
        roots = [View(address, full=full) for full in (False, True) for address in self.addresses]
        self.structure: Structure = structure(self.inputs.graph, roots, question.down)
        self._solved = self.solver.solve(self.structure)

    @cached_property
    def chances(self) -> Mapping[Event, Chance]:
        """How probable each event is."""
        return self.inputs.chances(self.structure.events)

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self.solver, self.chances)

    def up(self, address: str) -> Chance:
        """The share of time in which it works."""
        return self._figures.of(self.bounds(address))

    def full(self, address: str) -> Chance:
        """The share of time in which it works and nothing that it wants is missing."""
        return self._figures.of(self.bounds(address, full=True))

    def bounds(self, address: str, *, full: bool = False) -> Bounds:
        """The function of a resource, by number."""
        return self._solved[View(address, full=full)]

    def function(self, address: str) -> Function:
        """When a resource works: exactly, or where the budget was exceeded a function that is true less often."""
        return self.solver.known[self.bounds(address).low]
