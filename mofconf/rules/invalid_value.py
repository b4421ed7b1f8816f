"""The rule invalid-value."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_flaws, of_misfits, of_problems
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import did_you_mean


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
    yield from of_flaws(evidence, "invalid-value")
    project = evidence.settings.entry
    if project is not None:
        for name in evidence.settings.severities:
            if name not in evidence.rules:
                path = ("severities", name)
                hint = did_you_mean(name, evidence.rules) or "`mofconf explain` lists all rules"
                place = project.draft.place(*path, key=True)
                yield Finding(f"there is no rule {name}", place, project.address, path, hint, subject=name)
