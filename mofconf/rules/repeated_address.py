"""The rule repeated-address."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Related, Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def repeated_address(evidence: Evidence) -> Iterator[Finding]:
    """Two documents describe the same resource.

    Only the first of them counts, so the second says something that has no effect.

    Bad:
        kind: Service
        name: checkout
        criticality: vital
        ---
        kind: Service
        name: checkout  # ! repeated-address
        criticality: low

    Good:
        kind: Service
        name: checkout
        criticality: vital
        ---
        kind: Service
        name: checkout-archive
        criticality: low
    """
    for address, drafts in evidence.catalog.repeats:
        first = drafts[0].place("name")
        for draft in drafts[1:]:
            yield Finding(
                f"{address} is described a second time",
                draft.place("name"),
                address,
                ("name",),
                "give one of the two another name, or put what both say into one document",
                (Related(first, "this one counts"),),
                draft.file,
            )
    yield from of_problems(evidence, "repeated-address")
