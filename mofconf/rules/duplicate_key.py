"""The rule duplicate-key."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_flaws
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def duplicate_key(evidence: Evidence) -> Iterator[Finding]:
    """A key is written twice in one mapping.

    Most readers of YAML silently take the last one, so that the first, which somebody wrote and reviewed, has no
    effect.

    Bad:
        kind: Service
        name: checkout
        owner: payments
        owner: platform  # ! duplicate-key

    Good:
        kind: Service
        name: checkout
        owner: platform
    """
    yield from of_flaws(evidence, "duplicate-key")
