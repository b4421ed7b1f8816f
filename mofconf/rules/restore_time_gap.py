"""The rule restore-time-gap."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.agreements import and_more, broken, gathered
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def restore_time_gap(evidence: Evidence) -> Iterator[Finding]:
    """Those behind an SLA may take longer to answer or to repair than it promises.

    An incident goes from the service desk (its time to respond) to the team that answers for what has failed, and
    from there to its supplier (their times to restore). The longest way has to fit: 15 + 90 + 120 = 225 of 240
    minutes. Where a tier works at other hours than the SLA promises, the first moment to begin counts.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        hours: 24x7
        restore:
          "1": 2h  # ! restore-time-gap
        ---
        kind: Service
        name: checkout
        supplier: cardinal
        ---
        kind: Partner
        name: cardinal
        ---
        kind: Contract
        name: cardinal
        partner: cardinal
        covers: [checkout]
        hours: 24x7
        restore: {"1": 4h}

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        hours: 24x7
        restore:
          "1": 4h
        ---
        kind: Service
        name: checkout
        supplier: cardinal
        ---
        kind: Partner
        name: cardinal
        ---
        kind: Contract
        name: cardinal
        partner: cardinal
        covers: [checkout]
        hours: 24x7
        restore: {"1": 4h}
    """
    for sla, points in gathered(broken(evidence, "response", "restore")):
        first = points[0]
        yield Finding(
            f"{sla}: {first.reason}{and_more(len(points))}",
            evidence.place(sla, *first.path),
            sla,
            first.path,
            "agree on shorter times with those who stand behind it, or promise a longer one",
        )
