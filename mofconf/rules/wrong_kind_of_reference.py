"""The rule wrong-kind-of-reference."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.catalog import Found
from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.references import odd_references
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed

_VOWELS = "AEIOU"


@rule(Severity.ERROR)
def wrong_kind_of_reference(evidence: Evidence) -> Iterator[Finding]:
    """A field refers to a resource of a kind that makes no sense there.

    Bad:
        kind: Service
        name: checkout
        owner: ana  # ! wrong-kind-of-reference
        ---
        kind: Person
        name: ana

    Good:
        kind: Service
        name: checkout
        owner: payments
        ---
        kind: Team
        name: payments
        members: [ana]
        ---
        kind: Person
        name: ana
    """
    for address, one in odd_references(evidence.catalog, Found.WRONG_KIND):
        wanted = listed(one.link.kinds, "or")
        article = "an" if wanted[0] in _VOWELS else "a"
        meant = one.candidates[0] if one.candidates else one.text
        yield Finding(
            f"{one.path[0]} wants {article} {wanted}, and {meant} is none",
            evidence.place(address, *one.path),
            address,
            one.path,
            f"name {article} {wanted} here",
            subject=one.text,
        )
    yield from of_problems(evidence, "wrong-kind-of-reference")
