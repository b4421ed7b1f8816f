"""The rule contradicting-values."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def contradicting_values(evidence: Evidence) -> Iterator[Finding]:
    """Two places state a different value for one field.

    Bad:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources: [{files: compose.yaml, format: compose}]
        # file: compose.yaml
        services:
          web:
            labels: {tier: front}
        # file: catalog/web.yaml
        kind: Service
        name: web
        labels:
          tier: back  # ! contradicting-values

    Good:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources: [{files: compose.yaml, format: compose}]
        # file: compose.yaml
        services:
          web:
            labels: {tier: front}
        # file: catalog/web.yaml
        kind: Service
        name: web
        labels:
          zone: north
    """
    yield from of_problems(evidence, "contradicting-values")
