"""The rule single-instance-behind-vital-service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mofconf.analyses.impact import reason, spoken
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.asset import Asset
from mofconf.kinds.service import Service
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def single_instance_behind_vital_service(evidence: Evidence) -> Iterator[Finding]:
    """A vital service hangs on a single instance of something.

    When that one asset fails the service is down, whatever else is redundant.

    Bad:
        kind: Service
        name: checkout
        owner: payments
        criticality: vital
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db  # ! single-instance-behind-vital-service
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
        ---
        kind: Asset
        name: orders-db-2
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
        for asset in musts.of(address):
            if is_machinery(evidence, asset):
                hanging[asset].append(address)
    for asset, services in sorted(hanging.items()):
        reasons = [reason(evidence.graph, evidence.without(asset), one) for one in services]
        shortest = min(reasons, key=len)
        more = len(services) - 1
        others = f" (and {more} more vital service{'s' if more > 1 else ''})" if more else ""
        yield Finding(
            f"{asset} alone takes down {shortest[0].source}{others}: {spoken(shortest)}",
            evidence.place(asset, "name"),
            asset,
            hint=f"give it a second instance, or let {'them' if len(services) > 1 else services[0]} do without it",
            related=tuple(Related(evidence.place(one, "name"), f"{one} is vital") for one in services),
        )


def is_machinery(evidence: Evidence, address: str) -> bool:
    """Whether something is an asset that runs and can fail."""
    entry = evidence.catalog.entries.get(address)
    return (
        entry is not None
        and isinstance(entry.resource, Asset)
        and entry.resource.category in ("hardware", "software", "network", "facility")
    )
