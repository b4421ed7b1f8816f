"""How available each thing is by itself, from what is stated of it: by its own document, a contract, a default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import timedelta
from math import exp
from typing import NamedTuple

from mofconf.analyses.dependability.figures import CERTAIN, UNKNOWN, Chance
from mofconf.analyses.dependability.structure import Event
from mofconf.catalog import Catalog
from mofconf.graph import Graph
from mofconf.kinds.agreement import Agreement
from mofconf.kinds.asset import Asset
from mofconf.kinds.availability import Availability
from mofconf.kinds.location import Location
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import PROMISES
from mofconf.kinds.service import Service


class Stated(NamedTuple):
    """The share of time that something works, what it needs not counted.

    ``source`` is ``measured``, ``estimate``, ``contract``, ``stated`` (nobody says where it comes from), ``assumed``
    (a default of the project), ``asked`` (a what-if), or ``unknown``. ``by`` is the resource that states it.
    ``mttr`` is the mean time to repair, where that is known.
    """

    chance: Chance
    source: str
    by: str = ""
    mttr: timedelta | None = None


class Inputs:
    """What is stated of the things in a catalog. ``asked`` replaces it by address: what if it were so?"""

    def __init__(self, catalog: Catalog, graph: Graph, asked: Mapping[str, Availability] | None = None) -> None:
        self._catalog = catalog
        self._asked = asked or {}
        self._known: dict[str, Stated] = {}
        self._graph = graph
        promised = {whole for whole in self._covered() if self._is_promised_together(whole)}
        # What a contract promises of all instances together is an event of its own.
        self.graph = graph._replace(wholes=graph.wholes - promised) if promised else graph

    def supposing(self, asked: Mapping[str, Availability]) -> Inputs:
        """The same with other figures for some things, whatever was asked before."""
        made = copy(self)
        made._asked, made._known = asked, {}  # noqa: SLF001  # it is one of these
        return made

    def of(self, address: str) -> Stated:
        """What is stated of one thing. Its own word counts before a contract, a contract before a default."""
        if address not in self._known:
            self._known[address] = self._find(address)
        return self._known[address]

    def chances(self, events: Iterable[Event]) -> Mapping[Event, Chance]:
        """The probability of each event."""
        return {event: self._chance(event) for event in events}

    def _chance(self, event: Event) -> Chance:
        if event.kind == "own":
            return self.of(event.address).chance
        if event.kind == "switch":
            gate = next(gate for gate in self._graph.gates[event.address] if gate.path == event.path)
            return _value(float(gate.failover)) if gate.failover is not None else CERTAIN
        mttr = self.of(event.address).mttr
        if mttr is None:
            return UNKNOWN
        # Repairs are taken to be exponential: an outage that lasts already is over within t with 1 - e^(-t/MTTR).
        return _value(1 - exp(-((event.until - event.since) / mttr))) if mttr else CERTAIN

    def _find(self, address: str) -> Stated:
        if address in self._asked:
            asked = _stated(self._asked[address], "asked", address)
            # Asked about how often it works: how long a repair takes is as it was.
            return asked if asked.mttr is not None else asked._replace(mttr=self._declared(address).mttr)
        return self._declared(address)

    def _declared(self, address: str) -> Stated:
        entry = self._catalog.entries.get(address)
        if entry is None:
            return Stated(UNKNOWN, "unknown")
        own = self._itself(address)
        if own is not None:
            return _stated(own, own.source or "stated", address)
        promised = next(self._promises(address), None)
        if promised is not None:
            return promised
        if entry.instance_of and next(self._promises(entry.instance_of), None) is not None:
            return Stated(CERTAIN, "contract", entry.instance_of)  # the promise is about all of them together
        assumed = _availability(entry)
        return Stated(UNKNOWN, "unknown") if assumed is None else _stated(assumed, "assumed", address)

    def _is_promised_together(self, whole: str) -> bool:
        """Whether a contract says how available all instances are together: where not each of them says so itself."""
        entry = self._catalog.entries.get(whole)
        if entry is None or all(self._itself(one) is not None for one in entry.instances):
            return False
        return next(self._promises(whole), None) is not None

    def _itself(self, address: str) -> Availability | None:
        """What the document of a thing states of it."""
        entry = self._catalog.entries.get(address)
        return None if entry is None or "availability" in entry.draft.assumed else _availability(entry)

    def _covered(self) -> set[str]:
        """The things with instances that contracts are about."""
        contracts = (address for address in self._graph.out if address.startswith("Contract/"))
        return {edge.target for one in contracts for edge in self._graph.out[one] if edge.target in self._graph.wholes}

    def _promises(self, address: str) -> Iterator[Stated]:
        """What contracts promise of it. A floor, so the highest of them holds."""
        found = []
        for edge in self._graph.into.get(address, ()):
            entry = self._catalog.entries.get(edge.source)
            if edge.relation is PROMISES and entry is not None and edge.source.startswith("Contract/"):
                targets = entry.resource.targets if isinstance(entry.resource, Agreement) else None
                if targets is not None and targets.availability is not None:
                    found.append(Stated(_value(float(targets.availability)), "contract", edge.source))
        yield from sorted(found, key=lambda one: (-one.chance.low, one.by))


def _availability(entry: Entry) -> Availability | None:
    """What is stated of a thing, be it by a default."""
    return entry.resource.availability if isinstance(entry.resource, (Service, Asset, Location)) else None


def _stated(availability: Availability, source: str, by: str) -> Stated:
    if availability.mtbf is not None and availability.mttr is not None:
        up = availability.mtbf / (availability.mtbf + availability.mttr)
        return Stated(_value(up), source, by, availability.mttr)
    if availability.percent is not None:
        return Stated(_value(float(availability.percent)), source, by, availability.mttr)
    return Stated(Chance(float(availability.low or 0), float(availability.high or 1)), source, by, availability.mttr)


def _value(probability: float) -> Chance:
    return Chance(probability, probability)
