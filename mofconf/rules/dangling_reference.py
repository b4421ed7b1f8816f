"""The rule dangling-reference."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.catalog import Found
from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.references import odd_references, spelling_of
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed


@rule(Severity.ERROR)
def dangling_reference(evidence: Evidence) -> Iterator[Finding]:
    """A name refers to a resource that is not in the catalog.

    A reference to nothing hides a dependency: impact and availability walk past it.

    Bad:
        kind: Service
        name: checkout
        needs: [payments]  # ! dangling-reference

    Good:
        kind: Service
        name: checkout
        needs: [payments]
        ---
        kind: Service
        name: payments
    """
    suggest = spelling_of(evidence.catalog)
    for address, one in odd_references(evidence.catalog, Found.MISSING):
        yield Finding(
            f"{one.text} does not exist"
            if one.text == one.target
            else f"there is no {listed(one.link.kinds, 'or')} {one.text}",
            evidence.place(address, *one.path),
            address,
            one.path,
            suggest(one.text, one.link) or "declare it, or take the line out",
            subject=one.text,
        )
    yield from of_problems(evidence, "dangling-reference")
