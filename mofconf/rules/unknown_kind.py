"""The rule unknown-kind."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_misfits, of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def unknown_kind(evidence: Evidence) -> Iterator[Finding]:
    """A document is of a kind that does not exist.

    Nobody can say which fields it may have and what it refers to, so it is left out of the graph.

    Bad:
        kind: Servce  # ! unknown-kind
        name: checkout

    Good:
        kind: Service
        name: checkout
    """
    yield from of_misfits(evidence, "unknown-kind")
    yield from of_problems(evidence, "unknown-kind")
