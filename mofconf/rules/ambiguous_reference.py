"""The rule ambiguous-reference."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.catalog import Found
from mofconf.diagnostic import Severity
from mofconf.rules.references import odd_references
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed


@rule(Severity.ERROR)
def ambiguous_reference(evidence: Evidence) -> Iterator[Finding]:
    """A name could mean several resources.

    Bad:
        kind: Service
        name: checkout
        needs: [ledger]  # ! ambiguous-reference
        ---
        kind: Service
        name: ledger
        ---
        kind: Asset
        name: ledger

    Good:
        kind: Service
        name: checkout
        needs: [Asset/ledger]
        ---
        kind: Service
        name: ledger
        ---
        kind: Asset
        name: ledger
    """
    for address, one in odd_references(evidence.catalog, Found.AMBIGUOUS):
        yield Finding(
            f"{one.text} could be {listed(one.candidates, 'or')}",
            evidence.place(address, *one.path),
            address,
            one.path,
            f"write the full address, for example {one.candidates[0]}",
            subject=one.text,
        )
