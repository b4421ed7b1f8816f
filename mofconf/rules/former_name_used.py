"""The rule former-name-used."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.catalog import Found
from mofconf.diagnostic import Severity
from mofconf.rules.references import odd_references
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def former_name_used(evidence: Evidence) -> Iterator[Finding]:
    """A reference uses a name that its target had before.

    It still resolves, as long as the target lists the name under `formerly`.

    Bad:
        kind: Service
        name: checkout
        needs: [shippingservice]  # ! former-name-used
        ---
        kind: Service
        name: shipping
        formerly: [shippingservice]

    Good:
        kind: Service
        name: checkout
        needs: [shipping]
        ---
        kind: Service
        name: shipping
        formerly: [shippingservice]
    """
    for address, one in odd_references(evidence.catalog, Found.FORMER):
        name = one.target.partition("/")[2]
        yield Finding(
            f"{one.text} is now called {one.target}",
            evidence.place(address, *one.path),
            address,
            one.path,
            f"write {one.target if '/' in one.text and one.text.partition('/')[0] in one.link.kinds else name}",
            subject=one.target,
        )
