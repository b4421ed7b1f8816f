"""The rule recovery-misses-rto."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mofconf.analyses.recovery.wording import stuck, way_out
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.values import show_duration
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def recovery_misses_rto(evidence: Evidence) -> Iterator[Finding]:
    """A service takes longer to restore than its agreement promises.

    After the loss of everything each thing waits for what it needs. The longest chain of these times is the least
    that a recovery takes, however many people help. Times that nothing states count as none here.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        recovery: {rto: 1h}  # ! recovery-misses-rto
        ---
        kind: Service
        name: checkout
        owner: payments
        needs: [orders-db]
        recoveryTime: 20m
        ---
        kind: Asset
        name: orders-db
        recoveryTime: 50m

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        recovery: {rto: 2h}
        ---
        kind: Service
        name: checkout
        owner: payments
        needs: [orders-db]
        recoveryTime: 20m
        ---
        kind: Asset
        name: orders-db
        recoveryTime: 50m
    """
    for service, objective in evidence.missed_objectives:
        if objective.kind != "rto":
            continue
        limit = show_duration(timedelta(seconds=objective.limit))
        promise = f"{objective.by} promises {service} back within {limit}"
        place = evidence.place(objective.by, *objective.field)
        path = list(evidence.recoveries.path(service))
        if not path:
            knots = evidence.recoveries.of(service).obstacles
            why = "; ".join(stuck(evidence.graph, knot) for knot in knots)
            message = f"{promise}, and it cannot come back at all: {why}"
            yield Finding(message, place, objective.by, objective.field, way_out(knots))
            continue
        slowest, longest = max(path, key=lambda step: (step[1], step[0]))
        takes, most = (show_duration(timedelta(seconds=one)) for one in (sum(one for _, one in path), longest))
        related: tuple[Related, ...] = ()
        if slowest in evidence.catalog.entries:
            related = (Related(evidence.place(slowest, "name"), f"{slowest} alone takes {most}"),)
        yield Finding(
            f"{promise}, and that takes {takes}: the slowest on the way is {slowest} with {most}",
            place,
            objective.by,
            objective.field,
            f"`mofconf recovery {service}` shows the critical path",
            related,
        )
