"""The rule single-instance-behind-vital-service."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.rules.vital import hanging, machinery, taking_down


@rule(Severity.WARNING)
def single_instance_behind_vital_service(evidence: Evidence) -> Iterator[Finding]:
    """A vital service hangs on a single instance of something.

    When that one asset fails the service is down, whatever else is redundant. Where all that is redundant stands in
    one place, or comes from one supplier, single-point-of-failure says so.

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
    found = hanging(evidence, lambda musts, service: machinery(evidence, musts.of(service)))
    for asset, services in found.items():
        whom = "them" if len(services) > 1 else services[0]
        yield taking_down(evidence, asset, services, f"give it a second instance, or let {whom} do without it")
