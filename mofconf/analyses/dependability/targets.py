"""What agreements promise of the availability of a service, and in which hours that counts."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.dependability.simulation import Target
from mofconf.analyses.hours import open_hours
from mofconf.catalog import Catalog
from mofconf.graph import Graph
from mofconf.kinds.calendar import HOURS, Calendar
from mofconf.kinds.relation import PROMISES
from mofconf.kinds.service import Service
from mofconf.kinds.sla import SLA


def targets_of(catalog: Catalog, graph: Graph, address: str) -> Iterator[Target]:
    """The availability targets of the SLAs about a service, by address. Holidays are not taken into account."""
    service = catalog.entries[address].resource if address in catalog.entries else None
    own = service.hours if isinstance(service, Service) else None
    for promise in sorted({edge.source for edge in graph.into.get(address, ()) if edge.relation is PROMISES}):
        entry = catalog.entries.get(promise)
        sla = entry.resource if entry is not None else None
        if isinstance(sla, SLA) and sla.targets is not None and sla.targets.availability is not None:
            hours = tuple(_week(catalog, sla.hours or own))
            yield Target(promise, float(sla.targets.availability), sla.targets.period, hours)


def _week(catalog: Catalog, name: str | None) -> Iterator[tuple[float, float]]:
    """The hours of a calendar in seconds from Monday, 0:00. Nothing: always."""
    entry = catalog.entries.get(catalog.resolve(name, HOURS)[1]) if name is not None else None
    if entry is None or not isinstance(entry.resource, Calendar):
        return
    for day in range(7):
        for start, end in open_hours(entry.resource, (day + 1) % 7):
            yield (day * 1440 + start) * 60.0, (day * 1440 + end) * 60.0
