"""The rule uncovered-by-agreement."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.promises.chain import Backing
from mofconf.analyses.promises.cover import open_ends
from mofconf.diagnostic import Severity
from mofconf.kinds.ola import OLA
from mofconf.rules.agreements import and_more, gathered, in_force, see
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
    found = list(gathered(_uncovered(evidence)))
    if found and not any(True for _ in evidence.of_kind(OLA)):
        # Nobody has written OLAs at all: that is one thing to begin with, and not one for every team.
        (team, gaps), others = found[0], and_more(len(found), "more teams")
        yield _finding(evidence, team, gaps, others)
        return
    for team, gaps in found:
        yield _finding(evidence, team, gaps, "")


def _uncovered(evidence: Evidence) -> Iterator[tuple[str, tuple[str, Backing]]]:
    """The teams without an OLA, each with the promise and what stands behind that."""
    promises = evidence.promises
    for sla, _ in in_force(evidence):
        service = promises.services[sla]
        owner = promises.owner(service)
        for backing in promises.chains.of(service):
            for party, field in open_ends(backing, owner):
                if field == "owner" and party in evidence.catalog.entries:
                    yield party, (sla, backing)


def _finding(evidence: Evidence, team: str, gaps: list[tuple[str, Backing]], others: str) -> Finding:
    backings = dict.fromkeys(backing for _, backing in gaps)
    things = sorted(one for backing in backings for one in evidence.promises.chains.things[backing])
    slas = sorted({sla for sla, _ in gaps})
    what = things[0] + (f" and {len(things) - 1} more" if len(things) > 1 else "")
    whose = slas[0] + (f" and {len(slas) - 1} more stand" if len(slas) > 1 else " stands")
    return Finding(
        f"{whose} on {what}, and no OLA says what {team} promises of that{others}",
        evidence.place(team, "name"),
        team,
        hint=f"declare an OLA with team: {team.partition('/')[2]} that supports it",
        related=see(evidence, things, "owner", f"is owned by {team}"),
    )
