"""Who stands behind a promised service: teams and suppliers of all that it needs, and what they have agreed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from mofconf.analyses.impact import Step
from mofconf.analyses.masks import numbers_in
from mofconf.analyses.must import dependencies_first, gathered
from mofconf.analyses.ways import Ways, way_to, ways_down
from mofconf.catalog import Catalog
from mofconf.graph import Graph, State
from mofconf.kinds.relation import CARRIED_BY, OWNED_BY, PROMISES, SUPPLIED_BY


class Backing(NamedTuple):
    """Who answers for a thing, and by which agreements: its owner by OLAs, its supplier by contracts.

    Empty where there is none. Many things have the same backing.
    """

    owner: str
    olas: tuple[str, ...]
    supplier: str
    contracts: tuple[str, ...]


class Chains:
    """The backings of all that some services need, directly or not. A need without effect carries nothing."""

    def __init__(self, catalog: Catalog, graph: Graph, services: Iterable[str]) -> None:
        self._catalog, self._graph = catalog, graph
        order = dependencies_first(graph, services)
        self._by_party: dict[str, str] = {}  # of an agreement: the team or the partner that gives it
        self.numbers: dict[Backing, int] = {}
        self._own = {thing: self._number(backing) for thing in order if (backing := self._backing(thing))}
        self._backings = tuple(self.numbers)
        own = {thing: 1 << self._own[thing] if thing in self._own else 0 for thing in order}
        self._masks = gathered(graph, own, hard=False)
        self._of: dict[str, tuple[Backing, ...]] = {}
        self._ways: dict[str, Ways] = {}

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The agreements that cannot be read: nobody knows what they are about."""
        unknown = (one for one, state in self._graph.nodes.items() if state is State.UNKNOWN)
        return tuple(sorted(one for one in unknown if one.startswith(("OLA/", "Contract/"))))

    def of(self, service: str) -> tuple[Backing, ...]:
        """The backings of everything that a service needs, and its own."""
        if service not in self._of:
            self._of[service] = tuple(self._backings[number] for number in numbers_in(self.mask(service)))
        return self._of[service]

    def mask(self, service: str) -> int:
        """Those backings as a mask of their numbers."""
        return self._masks.get(service, 0)

    @cached_property
    def things(self) -> Mapping[Backing, tuple[str, ...]]:
        """All that has a backing, by address."""
        found: dict[int, list[str]] = defaultdict(list)
        for thing in sorted(self._own):
            found[self._own[thing]].append(thing)
        return {backing: tuple(found[number]) for backing, number in self.numbers.items()}

    def nearest(self, service: str, backing: Backing) -> str:
        """The thing with a backing to which the way from a service is shortest."""
        number = self.numbers[backing]
        return next(thing for thing in self._met(service) if self._own.get(thing) == number)

    def way(self, service: str, thing: str) -> tuple[Step, ...]:
        """A shortest way from a service to something that it needs."""
        return way_to(self._met(service), thing)

    def _met(self, service: str) -> Ways:
        if service not in self._ways:
            self._ways[service] = ways_down(self._graph, service)
        return self._ways[service]

    def _backing(self, thing: str) -> Backing | None:
        if self._graph.nodes.get(thing) is not State.PRESENT:
            return None
        owner = supplier = ""
        for edge in self._graph.out.get(thing, ()):
            if edge.relation is OWNED_BY and edge.path == ("owner",):
                owner = edge.target
            elif edge.relation is SUPPLIED_BY and edge.path == ("supplier",):
                supplier = edge.target
        if not owner and not supplier:
            return None
        given = self._agreements(thing)
        olas = tuple(sorted(given.get(owner, ()))) if owner else ()
        return Backing(owner, olas, supplier, tuple(sorted(given.get(supplier, ()))) if supplier else ())

    def _agreements(self, thing: str) -> Mapping[str, set[str]]:
        """The OLAs and contracts about a thing, by who gives them.

        Those of a whole are about each instance, and those of all instances about the whole.
        """
        entry = self._catalog.entries[thing]
        found: dict[str, set[str]] = defaultdict(set)
        for promised in filter(None, (thing, entry.instance_of)):
            for party, agreement in self._given(promised):
                found[party].add(agreement)
        if entry.instances:
            each = [set(self._given(one)) for one in entry.instances]
            for party, _ in set().union(*each):
                if all(any(other == party for other, _ in one) for one in each):
                    found[party].update(agreement for one in each for other, agreement in one if other == party)
        return found

    def _given(self, thing: str) -> Iterator[tuple[str, str]]:
        for edge in self._graph.into.get(thing, ()):
            if edge.relation is PROMISES and not edge.source.startswith("SLA/"):
                if edge.source not in self._by_party:
                    self._by_party[edge.source] = _party(self._graph, edge.source)
                yield self._by_party[edge.source], edge.source

    def _number(self, backing: Backing) -> int:
        return self.numbers.setdefault(backing, len(self.numbers))


def _party(graph: Graph, agreement: str) -> str:
    given = (edge.target for edge in graph.out.get(agreement, ()) if edge.relation in (CARRIED_BY, SUPPLIED_BY))
    return next(given, "")
