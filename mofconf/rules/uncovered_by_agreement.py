"""The rule uncovered-by-agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mofconf.analyses.promises.chain import Backing
from mofconf.analyses.promises.cover import open_ends
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.ola import OLA
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def uncovered_by_agreement(evidence: Evidence) -> Iterator[Finding]:
    """An SLA stands on what another team answers for, and no OLA covers that.

    What is promised to a customer is only as good as what the teams behind it have promised each other. Suppliers
    have a rule of their own, uncovered-dependency-on-partner.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        ---
        kind: Service
        name: checkout
        owner: payments
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        owner: databases
        ---
        kind: Team
        name: payments
        ---
        kind: Team
        name: databases  # ! uncovered-by-agreement

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        ---
        kind: Service
        name: checkout
        owner: payments
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        owner: databases
        ---
        kind: OLA
        name: databases
        team: databases
        supports: [orders-db]
        ---
        kind: Team
        name: payments
        ---
        kind: Team
        name: databases
    """
    gaps: dict[str, _Gap] = {}
    promises = evidence.promises
    agreed = any(True for _ in evidence.of_kind(OLA))
    for sla in promises.slas:
        if not promises.in_force(sla):
            continue
        service = promises.services[sla]
        owner = promises.owner(service)
        for backing in promises.chains.of(service):
            for party, field in open_ends(backing, owner):
                if field == "owner" and party in evidence.catalog.entries:
                    gap = gaps.setdefault(party, _Gap({}, {}))
                    gap.backings[backing] = gap.slas[sla] = None
    if gaps and not agreed:
        first = min(gaps)
        yield _finding(evidence, first, gaps[first], f" (and {len(gaps) - 1} more teams)" if len(gaps) > 1 else "")
        return
    for team, gap in sorted(gaps.items()):
        yield _finding(evidence, team, gap, "")


class _Gap(NamedTuple):
    """What a team answers for without an OLA, and the promises that stand on it."""

    backings: dict[Backing, None]
    slas: dict[str, None]


def _finding(evidence: Evidence, team: str, gap: _Gap, others: str) -> Finding:
    things = sorted(one for backing in gap.backings for one in evidence.promises.chains.things[backing])
    slas = sorted(gap.slas)
    what = things[0] + (f" and {len(things) - 1} more" if len(things) > 1 else "")
    whose = slas[0] + (f" and {len(slas) - 1} more stand" if len(slas) > 1 else " stands")
    return Finding(
        f"{whose} on {what}, and no OLA says what {team} promises of that{others}",
        evidence.place(team, "name"),
        team,
        hint=f"declare an OLA with team: {team.partition('/')[2]} that supports it",
        related=tuple(Related(evidence.place(one, "owner"), f"{one} is owned by {team}") for one in things[:3]),
    )
