"""The rule customerless-business-service."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.kinds.relation import PROMISES
from mofconf.kinds.service import Service
from mofconf.kinds.sla import SLA
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def customerless_business_service(evidence: Evidence) -> Iterator[Finding]:
    """A business service names nobody who uses it.

    A business service exists for customers. Without them nobody can say who is hit when it fails, and with whom
    to agree on a level of service.

    Bad:
        kind: Service
        name: shop  # ! customerless-business-service
        type: business
        owner: web
        ---
        kind: Team
        name: web

    Good:
        kind: Service
        name: shop
        type: business
        owner: web
        customers: [shoppers]
        ---
        kind: Customer
        name: shoppers
        ---
        kind: Team
        name: web
    """
    agreed = {
        edge.target
        for address, _, sla in evidence.of_kind(SLA)
        for edge in evidence.graph.out.get(address, ())
        if edge.relation is PROMISES and sla.customers
    }
    for address, entry, service in evidence.of_kind(Service):
        if service.type != "business" or service.customers or entry.instance_of:
            continue
        if address not in agreed and service.lifecycle in ("live", "retiring"):
            hint = "write customers: and who uses it, or make it a technical service"
            yield Finding(
                f"nobody uses {address}, although it is a business service",
                evidence.place(address, "name"),
                address,
                ("customers",),
                hint,
            )
