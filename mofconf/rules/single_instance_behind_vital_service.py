"""The rule single-instance-behind-vital-service."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.impact import reason, spoken
from mofconf.diagnostic import Severity
from mofconf.graph import State
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
        needs: [orders-db]  # ! single-instance-behind-vital-service
        ---
        kind: Asset
        name: orders-db
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
    for address, entry in evidence.catalog.entries.items():
        service = entry.resource
        if not isinstance(service, Service) or service.criticality != "vital" or entry.instance_of:
            continue
        if evidence.graph.nodes[address] is State.RETIRED:
            continue
        for asset in sorted(evidence.musts.of(address)):
            if not _is_machinery(evidence, asset):
                continue
            steps = reason(evidence.graph, evidence.without(asset), address)
            first = steps[0].path if steps else ("needs",)
            yield Finding(
                f"{asset} takes {address} down alone: {spoken(steps)}",
                evidence.place(address, *first),
                address,
                first,
                f"give {asset} a second instance, or let {address} do without it",
                subject=asset,
            )


def _is_machinery(evidence: Evidence, address: str) -> bool:
    entry = evidence.catalog.entries.get(address)
    return (
        entry is not None
        and isinstance(entry.resource, Asset)
        and entry.resource.category in ("hardware", "software", "network", "facility")
    )
