"""A question about dependability: some resources of one revision, and all that they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance, Figures
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
        self._down = question.down

    @cached_property
    def works(self) -> Solved:
        """What is behind the figures of `up`."""
        return self._solved(full=False)

    @cached_property
    def works_fully(self) -> Solved:
        """What is behind the figures of `full`."""
        return self._solved(full=True)

    def _solved(self, *, full: bool) -> Solved:
        # Apart from each other: what matters by one way only here may matter by several where both are asked for, and
        # an order of variables that keeps the diagrams of one small need not do so for the other.
        solver = self.solver.another() if full else self.solver
        found = structure(self.inputs.graph, [View(address, full=full) for address in self.addresses], self._down)
        chances = self.inputs.chances(found.events)
        return Solved(found, solver.solve(found), chances, Figures(solver, chances))

    def up(self, address: str) -> Chance:
        """The share of time in which it works."""
        return self.works.figures.of(self.works.bounds[View(address)])

    def full(self, address: str) -> Chance:
        """The share of time in which it works and nothing that it wants is missing."""
        return self.works_fully.figures.of(self.works_fully.bounds[View(address, full=True)])


class Solved(NamedTuple):
    """What was asked for, the functions that came out, and the chances of the events in them."""

    structure: Structure
    bounds: Mapping[View, Bounds]
    chances: Mapping[Event, Chance]
    figures: Figures

    def of(self, address: str) -> list[Event]:
        """The events of one thing."""
        return [event for event in self.structure.events if event.address == address]
