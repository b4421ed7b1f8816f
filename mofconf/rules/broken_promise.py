"""The rule broken-promise."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.dependability.wording import between, percent
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.analyses.promises.wording import minutes
from mofconf.diagnostic import Severity
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def broken_promise(evidence: Evidence) -> Iterator[Finding]:
    """A service does not reach the availability that an SLA promises.

    What is computed counts everything that the service needs, and what several branches share only once. Where
    something is not stated the promise is only called broken if it is so whatever that may be.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets:
          availability: 99.9%  # ! broken-promise
        ---
        kind: Service
        name: checkout
        availability: 99.95%
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        availability: 99.9%

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets:
          availability: 99.9%
        ---
        kind: Service
        name: checkout
        availability: 99.95%
        needs:
          - anyOf: [orders-db-1, orders-db-2]
            failover: 99%
        ---
        kind: Asset
        name: orders-db-1
        availability: 99.9%
        ---
        kind: Asset
        name: orders-db-2
        availability: 99.9%
    """
    promises = evidence.promises
    for sla in promises.slas:
        service = promises.services.get(sla, "")
        if promises.check(sla, "availability").outcome is not Outcome.BROKEN:
            continue
        known = promises.figure(sla)
        if known is not None:
            yield Finding(
                said(sla, service, known),
                evidence.place(sla, "targets", "availability"),
                sla,
                ("targets", "availability"),
                f"`mofconf promises {sla}` says what it rests on: give the weakest a second instance, or promise less",
                subject=service,
            )


def said(sla: str, service: str, known: Figure) -> str:
    """What is promised and what is reached, in a sentence."""
    down = minutes(known)
    return f"{sla} promises {percent(known.target)}, and {service} reaches {between(known.reached, known.target)}" + (
        f": {down}" if down else ""
    )
