"""The rule unset-variable."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.NOTE)
def unset_variable(evidence: Evidence) -> Iterator[Finding]:
    """A variable in a Compose file has no value where mofconf reads one.

    Compose takes an unset variable for empty text, and so does mofconf: a name or a label made of it is not what
    somebody meant. Variables come from the `.env` beside the file, never from the environment of the program.

    Bad:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources: [{files: compose.yaml, format: compose}]
        # file: compose.yaml
        services:
          web:
            labels:
              tier: ${TIER}  # ! unset-variable

    Good:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources: [{files: compose.yaml, format: compose}]
        # file: compose.yaml
        services:
          web:
            labels:
              tier: ${TIER:-front}
    """
    yield from of_problems(evidence, "unset-variable")
