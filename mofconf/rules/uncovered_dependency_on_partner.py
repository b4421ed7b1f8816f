"""The rule uncovered-dependency-on-partner."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.graph import State
from mofconf.kinds.relation import PROMISES, SUPPLIED_BY
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed


@rule(Severity.WARNING)
def uncovered_dependency_on_partner(evidence: Evidence) -> Iterator[Finding]:
    """A service depends on a partner with whom there is no contract.

    A promise to a customer can only be as good as what the partners behind it have promised. Without an
    underpinning contract that is nothing.

    Bad:
        kind: Service
        name: payment
        owner: payments
        supplier: cardinal  # ! uncovered-dependency-on-partner
        ---
        kind: Partner
        name: cardinal
        ---
        kind: Team
        name: payments

    Good:
        kind: Service
        name: payment
        owner: payments
        supplier: cardinal
        ---
        kind: Partner
        name: cardinal
        ---
        kind: Contract
        name: cardinal-2026
        partner: cardinal
        covers: [payment]
        ---
        kind: Team
        name: payments
    """
    for partner, edges in evidence.graph.into.items():
        if not partner.startswith("Partner/") or evidence.graph.nodes[partner] is not State.PRESENT:
            continue
        for address in [edge.source for edge in edges if edge.relation is SUPPLIED_BY and edge.path == ("supplier",)]:
            if is_inherited(evidence.catalog, address, ("supplier",)) or _covered(evidence, address, partner):
                continue
            users = _services_behind(evidence, address)
            if users:
                yield Finding(
                    f"no contract with {partner} covers {address}"
                    + ("" if users == [address] else f", and {_named(users)} on it"),
                    evidence.place(address, "supplier"),
                    address,
                    ("supplier",),
                    f"declare a Contract with partner: {partner.partition('/')[2]} that covers it",
                    subject=partner,
                )


def _covered(evidence: Evidence, address: str, partner: str) -> bool:
    entry = evidence.catalog.entries[address]
    if entry.instances and all(_covers(evidence, partner, one) for one in entry.instances):
        return True
    return _covers(evidence, partner, address) or _covers(evidence, partner, entry.instance_of)


def _covers(evidence: Evidence, partner: str, covered: str) -> bool:
    return any(
        other.target == partner
        for edge in evidence.graph.into.get(covered, ())
        if edge.relation is PROMISES and edge.source.startswith("Contract/")
        for other in evidence.graph.out.get(edge.source, ())
    )


def _services_behind(evidence: Evidence, address: str) -> list[str]:
    """The services that depend on it, itself included; the nearest ones only."""
    if address.startswith("Service/"):
        return [address]
    seen, queue = {address}, [address]
    while queue:
        node = queue.pop(0)
        users = sorted(edge.source for edge in evidence.graph.into.get(node, ()) if edge.relation.outage)
        services = [user for user in users if user.startswith("Service/")]
        if services:
            return services
        fresh = [user for user in users if user not in seen]
        seen.update(fresh)
        queue += fresh
    return []


def _named(users: list[str]) -> str:
    if len(users) == 1:
        return f"{users[0]} depends"
    if len(users) == 2:
        return f"{listed(users)} depend"
    return f"{', '.join(users[:2])} and {len(users) - 2} more depend"
