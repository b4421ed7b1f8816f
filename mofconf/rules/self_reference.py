"""The rule self-reference."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.catalog import Found
from mofconf.diagnostic import Severity
from mofconf.rules.references import odd_references
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def self_reference(evidence: Evidence) -> Iterator[Finding]:
    """A resource refers to itself.

    Bad:
        kind: Service
        name: checkout
        needs: [checkout]  # ! self-reference

    Good:
        kind: Service
        name: checkout
        needs: [cart]
        ---
        kind: Service
        name: cart
    """
    for address, one in odd_references(evidence.catalog, Found.YES, Found.FORMER):
        if one.target == address:
            yield Finding(
                f"{address} refers to itself",
                evidence.place(address, *one.path),
                address,
                one.path,
                "take the line out, or name what was meant",
                subject=one.text,
            )
