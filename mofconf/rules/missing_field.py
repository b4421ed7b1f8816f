"""The rule missing-field."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_misfits, of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def missing_field(evidence: Evidence) -> Iterator[Finding]:
    """A field that its kind requires is not there.

    Bad:
        kind: SLA  # ! missing-field
        name: checkout-acme
        targets: {availability: 99.9%}

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets: {availability: 99.9%}
    """
    yield from of_misfits(evidence, "missing-field")
    yield from of_problems(evidence, "missing-field")
