"""The rule unknown-tag."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_flaws
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def unknown_tag(evidence: Evidence) -> Iterator[Finding]:
    """A value has a YAML tag that means nothing here.

    Tags make a reader do something special with a value. mofconf reads the value as if the tag were not there.

    Bad:
        kind: Service
        name: checkout
        title: !secret checkout-title  # ! unknown-tag

    Good:
        kind: Service
        name: checkout
        title: Checkout
    """
    yield from of_flaws(evidence, "unknown-tag")
