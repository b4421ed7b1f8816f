"""The rule expired-agreement."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.kinds.agreement import Agreement
from mofconf.kinds.contract import Contract
from mofconf.kinds.ola import OLA
from mofconf.kinds.reading import Entry
from mofconf.kinds.sla import SLA
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def expired_agreement(evidence: Evidence) -> Iterator[Finding]:
    """An agreement has ended.

    What it promised holds no longer, although everything here still counts on it.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        expires: 2020-12-31  # ! expired-agreement
        ---
        kind: Service
        name: checkout

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        expires: 2099-12-31
        ---
        kind: Service
        name: checkout
    """
    agreements: Iterator[tuple[str, Entry, Agreement]] = evidence.of_kind(SLA, OLA, Contract)
    for address, _, agreement in agreements:
        if agreement.expires is not None and agreement.expires < evidence.today:
            yield Finding(
                f"{address} ended on {agreement.expires}",
                evidence.place(address, "expires"),
                address,
                ("expires",),
                "renew it, or take it out",
            )
