"""The rule agreement-expires-first."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.promises.dates import ends_first
from mofconf.diagnostic import Severity
from mofconf.kinds.agreement import Agreement
from mofconf.rules.agreements import and_more, gathered, in_force, see
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def agreement_expires_first(evidence: Evidence) -> Iterator[Finding]:
    """An OLA or a contract ends before an SLA that stands on it.

    From that day on the promise to the customer holds, and nobody behind it is bound to anything.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        expires: 2099-12-31
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
        expires: 2098-12-31  # ! agreement-expires-first

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        expires: 2099-12-31
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
        expires: 2099-12-31
    """
    for address, slas in gathered(_outlived(evidence)):
        ends = evidence.catalog.entries[address].resource
        last = max(slas, key=lambda one: (evidence.promises.slas[one].expires, one))
        until = evidence.promises.slas[last].expires
        yield Finding(
            f"{address} ends on {ends.expires if isinstance(ends, Agreement) else ''}, and {last}, which stands on "
            f"it, lasts until {until}{and_more(len(slas), 'more outlive it')}",
            evidence.place(address, "expires"),
            address,
            ("expires",),
            f"renew it until {until}, or let the SLA end with it",
            see(evidence, slas, "expires", "ends later"),
        )


def _outlived(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The agreements that end before an SLA, each with that. What has ended has a rule of its own."""
    for sla, promise in in_force(evidence):
        for address in evidence.promises.agreements(sla):
            agreement = evidence.catalog.entries[address].resource
            if isinstance(agreement, Agreement) and ends_first(agreement, promise, evidence.today):
                yield address, sla
