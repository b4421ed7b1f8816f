"""The rule single-point-of-failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from mofconf.analyses.impact import reason, spoken
from mofconf.analyses.must import Musts
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.service import Service
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.rules.single_instance_behind_vital_service import is_machinery


@rule(Severity.WARNING)
def single_point_of_failure(evidence: Evidence) -> Iterator[Finding]:
    """A vital service hangs on a single place, or on a single service from outside.

    All that is redundant may still stand in one room, or come from one supplier. A single asset is what
    single-instance-behind-vital-service is about; a place is only named here where no such asset says it already.

    Bad:
        kind: Service
        name: checkout
        owner: payments
        criticality: vital
        needs:
          - anyOf: [orders-db-1, orders-db-2]
        ---
        kind: Asset
        name: orders-db-1
        location: dc-east
        ---
        kind: Asset
        name: orders-db-2
        location: dc-east
        ---
        kind: Location
        name: dc-east  # ! single-point-of-failure
        ---
        kind: Team
        name: payments

    Good:
        kind: Service
        name: checkout
        owner: payments
        criticality: vital
        needs:
          - anyOf: [orders-db-1, orders-db-2]
        ---
        kind: Asset
        name: orders-db-1
        location: dc-east
        ---
        kind: Asset
        name: orders-db-2
        location: dc-west
        ---
        kind: Location
        name: dc-east
        ---
        kind: Location
        name: dc-west
        ---
        kind: Team
        name: payments
    """
    vital = [
        address
        for address, entry, service in evidence.of_kind(Service)
        if service.criticality == "vital" and not entry.instance_of
    ]
    musts = evidence.musts(vital)
    hanging: dict[str, list[str]] = defaultdict(list)
    for address in vital:
        for single in _unsaid(evidence, musts, musts.of(address), address):
            hanging[single].append(address)
    for single, services in sorted(hanging.items()):
        reasons = [reason(evidence.graph, evidence.without(single), one) for one in services]
        shortest = min(reasons, key=len)
        more = len(services) - 1
        others = f" (and {more} more vital service{'s' if more > 1 else ''})" if more else ""
        inside = single.startswith("Location/")
        yield Finding(
            f"{single} alone takes down {shortest[0].source}{others}: {spoken(shortest)}",
            evidence.place(single, "name"),
            single,
            hint="put what is redundant into another place as well" if inside else "have a second one to fall back on",
            related=tuple(Related(evidence.place(one, "name"), f"{one} is vital") for one in services),
        )


def _unsaid(evidence: Evidence, musts: Musts, single: Collection[str], service: str) -> Iterator[str]:
    """The places and outside services among single points of failure, but for those that another one implies."""
    implied = {
        below
        for one in single
        if one.startswith("Location/") or is_machinery(evidence, one)
        for below in musts.of(one)
        if below != one
    }
    for one in single:
        if one.startswith("Location/"):
            if one in evidence.catalog.entries and one not in implied:
                yield one
        elif one != service and _from_outside(evidence, one):
            yield one


def _from_outside(evidence: Evidence, address: str) -> bool:
    entry = evidence.catalog.entries.get(address)
    return entry is not None and isinstance(entry.resource, Service) and entry.resource.supplier is not None
