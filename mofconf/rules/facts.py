"""Facts that earlier stages kept, as findings: the rules about unreadable and unfitting documents share this."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Place, field_path
from mofconf.rules.rule import Evidence, Finding


def of_misfits(evidence: Evidence, name: str) -> Iterator[Finding]:
    """The faults of documents that do not fit their kind, as far as the rule ``name`` reports them.

    What the project file makes wrong in many documents, by a constant or a default, is said once, of the project.
    """
    project = evidence.settings.entry
    said: set[tuple[Place, str]] = set()
    for misfit in evidence.catalog.misfits:
        draft = misfit.draft
        address = draft.address if draft.kind and draft.name else ""
        for fault in misfit.faults:
            if fault.rule != name:
                continue
            place = draft.place(*fault.path, key=fault.at_key)
            subject = field_path(fault.path)
            if project is None or place.file != evidence.settings.file or draft.file == place.file:
                yield Finding(fault.message, place, address, fault.path, fault.hint, subject=subject)
            elif (place, fault.message) not in said:
                said.add((place, fault.message))
                yield Finding(fault.message, place, project.address, (), fault.hint, subject=subject)


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
