"""The rule invalid-value."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_misfits, of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def invalid_value(evidence: Evidence) -> Iterator[Finding]:
    """A value is not what its field wants.

    Bad:
        kind: Service
        name: checkout
        availability: 99.95  # ! invalid-value

    Good:
        kind: Service
        name: checkout
        availability: 99.95%
    """
    yield from of_misfits(evidence, "invalid-value")
    yield from of_problems(evidence, "invalid-value")
