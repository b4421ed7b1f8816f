"""The rule single-point-of-failure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from mofconf.analyses.must import Musts
from mofconf.diagnostic import Severity
from mofconf.kinds.location import Location
from mofconf.kinds.service import Service
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.rules.vital import hanging, machinery, taking_down


@rule(Severity.WARNING)
def single_point_of_failure(evidence: Evidence) -> Iterator[Finding]:
    """A vital service hangs on a single place, or on a single service from outside.

    All that is redundant may still stand in one room, or come from one supplier. A single asset is what
    single-instance-behind-vital-service is about. What such an asset stands in or needs is not named here again, and
    of places within each other only the innermost is.

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
    for single, services in hanging(evidence, lambda musts, service: _unsaid(evidence, musts, service)).items():
        inside = single.startswith("Location/")
        hint = "put what is redundant into another place as well" if inside else "have a second one to fall back on"
        yield taking_down(evidence, single, services, hint)


def _unsaid(evidence: Evidence, musts: Musts, service: str) -> Iterator[str]:
    """The places and outside services that alone take a service down, but for those that something else implies.

    An asset, or a place within another one, does not work without what it stands in or needs itself.
    """
    single = musts.of(service)
    said = reduce(or_, (musts.masks[one] for one in machinery(evidence, single)), 0)
    left = [one for one in single if one != service and _is_outside(evidence, one) and not musts.has(said, one)]
    for one in left:
        implied = [other for other in left if other != one and musts.has(musts.masks[other], one)]
        # Of those that need each other the first is named.
        if not any(other < one or not musts.has(musts.masks[one], other) for other in implied):
            yield one


def _is_outside(evidence: Evidence, address: str) -> bool:
    """Whether something is a place, or a service that somebody else delivers."""
    entry = evidence.catalog.entries.get(address)
    resource = entry.resource if entry is not None else None
    return isinstance(resource, Location) or (isinstance(resource, Service) and resource.supplier is not None)
