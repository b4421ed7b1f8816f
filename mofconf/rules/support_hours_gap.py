"""The rule support-hours-gap."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.agreements import and_more, broken, gathered, see
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def support_hours_gap(evidence: Evidence) -> Iterator[Finding]:
    """An SLA promises that somebody answers at hours at which those behind it do not.

    Calendars are compared as real time over a year, each in its own time zone, summer time included.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        hours: 24x7
        ---
        kind: Service
        name: checkout
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        owner: databases
        ---
        kind: Team
        name: databases
        ---
        kind: OLA
        name: databases
        team: databases
        supports: [orders-db]
        supportHours: office  # ! support-hours-gap
        ---
        kind: Calendar
        name: office
        hours: {monday: ["09:00-17:00"]}

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        hours: 24x7
        ---
        kind: Service
        name: checkout
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        owner: databases
        ---
        kind: Team
        name: databases
        ---
        kind: OLA
        name: databases
        team: databases
        supports: [orders-db]
        supportHours: 24x7
    """
    found = ((point.subject, (sla, point)) for sla, point in broken(evidence, "hours"))
    for agreement, gaps in gathered(found):
        sla, point = max(gaps, key=lambda one: (one[1].numbers["promised a week"], one[0]))
        yield Finding(
            f"{sla} stands on it: {point.reason}{and_more(len(gaps), 'more SLAs')}",
            evidence.place(point.address, *point.path),
            agreement,
            point.path,
            "agree on longer hours, or promise shorter ones with supportHours in the SLA",
            see(evidence, (one for one, _ in gaps), "name", "stands on it"),
        )
