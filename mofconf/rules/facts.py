"""Facts that earlier stages kept, as findings: the rules about unreadable and unfitting documents share this."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import field_path
from mofconf.rules.rule import Evidence, Finding


def of_misfits(evidence: Evidence, name: str) -> Iterator[Finding]:
    """The faults of documents that do not fit their kind, as far as the rule ``name`` reports them."""
    for misfit in evidence.catalog.misfits:
        draft = misfit.draft
        address = draft.address if draft.kind and draft.name else ""
        for fault in misfit.faults:
            if fault.rule == name:
                place = draft.place(*fault.path, key=fault.at_key)
                subject = field_path(fault.path)
                yield Finding(fault.message, place, address, fault.path, fault.hint, subject=subject)


def of_problems(evidence: Evidence, name: str) -> Iterator[Finding]:
    """What formats could not make sense of, as far as the rule ``name`` reports it."""
    for problem in evidence.workspace.problems:
        if problem.rule == name:
            yield Finding(
                problem.message,
                problem.place,
                problem.address,
                hint=problem.hint,
                related=problem.related,
                subject=problem.subject,
            )


def of_flaws(evidence: Evidence, name: str) -> Iterator[Finding]:
    """What is wrong inside documents that can still be read."""
    for flaw in evidence.workspace.flaws:
        if flaw.rule == name:
            yield Finding(flaw.message, flaw.place, hint=flaw.hint, related=flaw.related, subject=flaw.message)
