"""How long each thing takes to restore by itself, once everything that it needs is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from mofconf.analyses.dependability.inputs import Inputs
from mofconf.catalog import Catalog
from mofconf.graph import Graph
from mofconf.kinds.asset import Asset
from mofconf.kinds.availability import Availability
from mofconf.kinds.contract import Contract
from mofconf.kinds.location import Location
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import PROMISES
from mofconf.kinds.service import Service


class OwnTime(NamedTuple):
    """A time to restore, and where it comes from; no ``time`` where nothing states one.

    ``source`` is ``recovery time``, ``mttr`` (of its availability), ``contract`` (what a partner promises), ``parts``
    (it is the sum of its instances), or ``unknown``. ``by`` is the resource that states it; ``assumed``: a default of
    the project does.
    """

    time: timedelta | None
    source: str
    by: str = ""
    assumed: bool = False


UNKNOWN = OwnTime(None, "unknown")


class OwnTimes:
    """Own times of the things in a catalog.

    What has merely stopped is started again: that is its recovery time. What has failed by itself is repaired: that
    is its mean time to repair. Of a service the recovery time stands for both. Where one is not stated the other is
    taken; a contract stands in for a mean time to repair, but not for one that the thing states itself.
    """

    def __init__(self, catalog: Catalog, graph: Graph, stated: Mapping[str, Availability] | None = None) -> None:
        self._catalog = catalog
        self._graph = graph
        self._inputs = Inputs(catalog, graph, stated)

    def of(self, address: str, *, failed: bool) -> OwnTime:
        """What a thing takes by itself. ``failed``: it has to be repaired."""
        entry = self._catalog.entries.get(address)
        if entry is None:
            return UNKNOWN
        if entry.instances:
            return OwnTime(timedelta(), "parts")
        start, repair = _start(address, entry), self._repair(address)
        promised = self._promised(address) or (self._promised(entry.instance_of) if entry.instance_of else None)
        if start is not None and not start.assumed and (not failed or isinstance(entry.resource, Service)):
            return start
        if failed and repair is not None and not repair.assumed:
            return repair
        if promised is not None and (repair is None or repair.assumed):
            return promised
        return start or repair or UNKNOWN

    def _repair(self, address: str) -> OwnTime | None:
        stated = self._inputs.of(address)
        assumed = stated.source == "assumed"
        return OwnTime(stated.mttr, "mttr", stated.by, assumed) if stated.mttr is not None else None

    def _promised(self, address: str) -> OwnTime | None:
        """The shortest time in which a contract promises to have it back: each of them is a limit."""
        return min(self._promises(address), key=lambda one: (one.time or timedelta.max, one.by), default=None)

    def _promises(self, address: str) -> Iterator[OwnTime]:
        for edge in self._graph.into.get(address, ()):
            entry = self._catalog.entries.get(edge.source)
            if edge.relation is PROMISES and entry is not None and isinstance(entry.resource, Contract):
                recovery, restore = entry.resource.recovery, entry.resource.restore
                time = (recovery.rto if recovery else None) or (restore.p1 if restore else None)
                if time is not None:
                    yield OwnTime(time, "contract", edge.source)


def _start(address: str, entry: Entry) -> OwnTime | None:
    resource = entry.resource
    time = resource.recovery_time if isinstance(resource, (Service, Asset, Location)) else None
    return None if time is None else OwnTime(time, "recovery time", address, "recoveryTime" in entry.draft.assumed)
