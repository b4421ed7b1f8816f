"""Facts that earlier stages kept, as findings: the rules about unreadable and unfitting documents share this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

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
                path = field_of_project(evidence, place)
                yield Finding(fault.message, place, project.address, path, fault.hint, subject=subject)


def of_problems(evidence: Evidence, name: str) -> Iterator[Finding]:
    """What formats could not make sense of, as far as the rule ``name`` reports it."""
    for problem in evidence.workspace.problems:
        if problem.rule == name:
            yield Finding(
                problem.message,
                problem.place,
                problem.address or of_project(evidence, problem.place),
                problem.path or field_of_project(evidence, problem.place),
                hint=problem.hint,
                related=problem.related,
                subject=problem.subject,
            )


def of_project(evidence: Evidence, place: Place) -> str:
    """The address of the project, if the place lies in its file."""
    project = evidence.settings.entry
    return project.address if project is not None and place.file == evidence.settings.file else ""


def field_of_project(evidence: Evidence, place: Place) -> tuple[str | int, ...]:
    """The field of the project whose value begins at a place, if that lies in its file."""
    project = evidence.settings.entry
    if project is None or not of_project(evidence, place):
        return ()
    draft = project.draft
    return next((path for path in _paths(draft.value, ()) if draft.place(*path) == place), ())


def _paths(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Where the values inside of a value stand in it, the outer ones first."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from _paths(one, (*path, key))


def of_flaws(evidence: Evidence, name: str) -> Iterator[Finding]:
    """What is wrong inside documents that can still be read."""
    flaws = [flaw for flaw in evidence.workspace.flaws if flaw.rule == name]
    starts = _starts(evidence, {flaw.place.file for flaw in flaws}) if flaws else {}
    for flaw in flaws:
        _, address = max((start for start in starts.get(flaw.place.file, ()) if start[0] <= flaw.place), default=_NONE)
        yield Finding(flaw.message, flaw.place, address, hint=flaw.hint, related=flaw.related, subject=flaw.message)


_NONE = (Place(""), "")


def _starts(evidence: Evidence, files: Collection[str]) -> Mapping[str, list[tuple[Place, str]]]:
    """Where the documents in some files begin, each with the address of what it describes, where it is one of ours."""
    catalog = evidence.catalog
    drafts = [
        *(entry.draft for entry in catalog.entries.values() if not entry.instance_of),
        *(misfit.draft for misfit in catalog.misfits),
        *(draft for repeat in catalog.repeats for draft in repeat.drafts[1:]),
    ]
    starts: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for draft in drafts:
        if draft.file in files and draft.format == "native":
            starts[draft.file].append((draft.place(), draft.address if draft.kind and draft.name else ""))
    for problem in evidence.workspace.problems:
        if problem.rule == "unreadable-document":  # a document that is no resource
            starts[problem.place.file].append((problem.place, ""))
    return starts
