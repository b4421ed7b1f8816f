"""The rule unknown-field."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_misfits
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def unknown_field(evidence: Evidence) -> Iterator[Finding]:
    """A field does not exist in its kind.

    A misspelt field would otherwise be a fact that everybody reads and nothing takes into account.

    Bad:
        kind: Service
        name: checkout
        ownr: payments  # ! unknown-field

    Good:
        kind: Service
        name: checkout
        owner: payments
    """
    yield from of_misfits(evidence, "unknown-field")
    project = evidence.settings.entry
    if project is not None:
        for fault in evidence.settings.faults:
            place = project.draft.place(*fault.path, key=fault.at_key)
            yield Finding(fault.message, place, project.address, fault.path, fault.hint, subject=str(fault.path[-1]))
