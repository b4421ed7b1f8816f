"""The rule support-hours-gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mofconf.analyses.promises.results import Outcome, Point
from mofconf.diagnostic import Related, Severity
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
    promises = evidence.promises
    found: dict[str, list[tuple[str, Point]]] = defaultdict(list)
    for sla in promises.slas:
        for point in promises.check(sla, "hours").points:
            if point.outcome is Outcome.BROKEN:
                found[point.subject].append((sla, point))
    for agreement, gaps in sorted(found.items()):
        sla, point = max(gaps, key=lambda one: (one[1].numbers["promised a week"], one[0]))
        more = f" (and {len(gaps) - 1} more SLAs)" if len(gaps) > 1 else ""
        yield Finding(
            f"{sla} stands on it: {point.reason}{more}",
            evidence.place(point.address, *point.path),
            agreement,
            point.path,
            "agree on longer hours, or promise shorter ones with supportHours in the SLA",
            tuple(Related(evidence.place(one, "name"), f"{one} stands on it") for one, _ in gaps[:3]),
        )
