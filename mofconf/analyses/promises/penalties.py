"""The check `penalties`: what a breach costs is owed by those behind the promise, too (credits are back to back)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mofconf.analyses.promises.results import Check, Outcome, Point, settled
from mofconf.catalog import Catalog
from mofconf.kinds.contract import Contract
from mofconf.kinds.sla import SLA


def penalties(catalog: Catalog, sla: SLA, agreements: Iterable[str]) -> Check:
    """Whether each contract behind an SLA that promises credits says what its own breach costs.

    How much either is worth is words, so that is left to whoever reads them.
    """
    return settled(
        "penalties",
        _points(catalog, agreements) if sla.penalties else (),
        "no contract stands behind it" if sla.penalties else "it promises no penalties",
        "every contract behind it says what a breach costs",
    )


def _points(catalog: Catalog, agreements: Iterable[str]) -> Iterator[Point]:
    for address in agreements:
        entry = catalog.entries.get(address)
        if entry is not None and isinstance(entry.resource, Contract):
            if entry.resource.penalties:
                yield Point(Outcome.HOLDS, f"{address} has penalties, too", address, address, ("penalties",))
            else:
                reason = f"a breach of the SLA costs something, and {address} does not say what its own costs"
                yield Point(Outcome.BROKEN, reason, address, address)
