"""The rule agreement-expires-first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mofconf.analyses.promises.dates import ends_first
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.agreement import Agreement
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
    promises = evidence.promises
    outlived: dict[str, list[str]] = defaultdict(list)
    for sla, promise in promises.slas.items():
        if promise.expires is None or not promises.in_force(sla):
            continue
        for address in promises.agreements(sla):
            agreement = evidence.catalog.entries[address].resource
            if not isinstance(agreement, Agreement) or agreement.expires is None:
                continue
            if agreement.expires >= evidence.today and ends_first(agreement, promise):
                outlived[address].append(sla)
    for address, slas in sorted(outlived.items()):
        last = max(slas, key=lambda one: (promises.slas[one].expires, one))
        more = f" (and {len(slas) - 1} more outlive it)" if len(slas) > 1 else ""
        ends = evidence.catalog.entries[address].resource
        yield Finding(
            f"{address} ends on {ends.expires if isinstance(ends, Agreement) else ''}, and {last}, which stands on "
            f"it, lasts until {promises.slas[last].expires}{more}",
            evidence.place(address, "expires"),
            address,
            ("expires",),
            f"renew it until {promises.slas[last].expires}, or let the SLA end with it",
            tuple(Related(evidence.place(one, "expires"), f"{one} ends later") for one in slas[:3]),
        )
