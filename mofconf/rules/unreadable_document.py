"""The rule unreadable-document."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def unreadable_document(evidence: Evidence) -> Iterator[Finding]:
    """A document cannot be read, or is no resource.

    What stands in it is unknown, so nothing can be said about a change of it. Every other document is still read,
    and what refers to the unreadable one still resolves where its kind and name are legible.

    Bad:
        kind: Service
        name: "checkout  # ! unreadable-document

    Good:
        kind: Service
        name: checkout
    """
    for one in evidence.catalog.unreadables:
        address = f"{one.kind}/{one.name}" if one.kind and one.name else ""
        yield Finding(one.reason, one.place, address, hint=one.hint, subject=one.file)
    yield from of_problems(evidence, "unreadable-document")
