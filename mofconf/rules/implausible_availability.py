"""The rule implausible-availability."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mofconf.diagnostic import Place, Severity
from mofconf.kinds.asset import Asset
from mofconf.kinds.availability import Availability
from mofconf.kinds.location import Location
from mofconf.kinds.reading import Entry
from mofconf.kinds.service import Service
from mofconf.kinds.values import show_percentage
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule

_MOST_MEASURED = Decimal("0.999999")
"""Half a minute a year: whoever measures more has not measured for long enough."""

_HALF = Decimal("0.5")


@rule(Severity.WARNING)
def implausible_availability(evidence: Evidence) -> Iterator[Finding]:
    """An availability can hardly be meant as it is written.

    A device that never fails, something measured to half a minute a year, a repair that takes longer than what comes
    between two of them: nearly always it is a slip, and every figure above it is wrong by as much.

    Bad:
        kind: Asset
        name: host-1
        category: hardware
        availability: 100%  # ! implausible-availability

    Good:
        kind: Asset
        name: host-1
        category: hardware
        availability: 99.95%
    """
    said: set[Place] = set()
    things: Iterator[tuple[str, Entry, Service | Asset | Location]] = evidence.of_kind(Service, Asset, Location)
    for address, entry, resource in things:
        availability = resource.availability
        if availability is None:
            continue
        doubt = _doubt(resource, availability)
        if not doubt or is_inherited(evidence.catalog, address, ("availability",)):
            continue
        place = entry.draft.place("availability")
        if place in said:
            continue  # a default of the project is one slip, however many it fills
        said.add(place)
        message, step = doubt
        yield Finding(f"{address} {message}", place, address, ("availability",), step)


def _doubt(resource: Service | Asset | Location, stated: Availability) -> tuple[str, str] | None:
    """What is strange about an availability, and what to do; ``None`` where nothing is."""
    low = stated.percent if stated.percent is not None else stated.low
    high = stated.percent if stated.percent is not None else stated.high
    if stated.mtbf is not None and stated.mttr is not None and stated.mtbf < stated.mttr:
        return "takes longer to repair than it works", "mtbf and mttr may have changed places"
    if low is not None and low < _HALF:
        return f"works only {show_percentage(low)} of the time", "write how much of the time it works, not how much not"
    if high is None:
        return None
    if high == 1 and _wears_out(resource):
        return "never fails, says its availability of 100%", "state what is measured, or a range that is safe"
    if stated.source == "measured" and high > _MOST_MEASURED:
        return (
            f"is measured at {show_percentage(high)}, less than half a minute a year",
            "state a range that the length of the measurement bears out, or call it an estimate",
        )
    return None


def _wears_out(resource: Service | Asset | Location) -> bool:
    return isinstance(resource, Asset) and resource.category in ("hardware", "network", "facility")
