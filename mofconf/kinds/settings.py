"""A project's settings in the shape in which the other rooms want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from mofconf.diagnostic import Place
from mofconf.documents import Document, SourceFile, Unreadable, read
from mofconf.formats.draft import Draft, Problem
from mofconf.formats.native import draft_of
from mofconf.formats.source import FieldRule, ResourceRule, Source
from mofconf.kinds.faults import Fault
from mofconf.kinds.mapped import known_fields
from mofconf.kinds.project import FieldMapping, Project, ResourceMapping, SourceMapping
from mofconf.kinds.reading import Entry, Misfit, fit

PROJECT_FILES = ("mofconf.yaml", "mofconf.yml")

NATIVE = Source(("catalog/**/*.{yaml,yml}", "policies/**/*.{yaml,yml}", "**/*.mofconf.{yaml,yml}"))
"""Where mofconf's own documents are looked for when a project says nothing else."""


class Settings(NamedTuple):
    """What a project says. Where there is no project file, or a broken one, what is taken for granted.

    ``broken`` is what is wrong with the file: then nobody may rely on what these settings leave out. ``entry`` is the
    project itself, ``defaults`` the one whose defaults hold: another one, the base's, when a change is judged.
    ``faults`` are what its mappings ask for and no kind has: that is left out, and the rest holds.
    """

    sources: tuple[Source, ...] = (NATIVE,)
    severities: Mapping[str, str] = {}
    framework_version: Literal[2, 3] = 3
    roles: Mapping[str, tuple[str, ...]] = {}
    default_branch: str = ""
    file: str = ""
    entry: Entry | None = None
    broken: tuple[Misfit | Unreadable | Problem, ...] = ()
    documents: tuple[Document, ...] = ()
    defaults: Entry | None = None
    faults: tuple[Fault, ...] = ()


def read_settings(file: SourceFile | None) -> Settings:
    """The settings in a project file; those that are taken for granted where there is none."""
    if file is None:
        return Settings()
    readings = read(file)
    documents = tuple(one for one in readings if isinstance(one, Document))
    broken: list[Misfit | Unreadable | Problem] = [one for one in readings if isinstance(one, Unreadable)]
    entry = None
    for document in documents:
        made = _fit(document)
        if isinstance(made, Entry) and entry is None:
            entry = made
        elif isinstance(made, Entry):
            broken.append(
                Problem(
                    "repeated-address",
                    made.draft.place(),
                    "a project file holds one project, and this is another",
                    "take one of them out; until then the first counts",
                )
            )
        else:
            broken.append(made)
    if entry is None and not broken:
        place = Place(file.path)
        broken.append(
            Problem("unreadable-document", place, "the project file is empty", "write kind: Project and name:")
        )
    settings = _settings(entry) if entry is not None else Settings()
    return settings._replace(file=file.path, broken=tuple(broken), documents=documents)


def _fit(document: Document) -> Entry | Misfit | Problem:
    draft = draft_of(document)
    if isinstance(draft, Problem):
        return draft
    if draft.kind != "Project" and draft.kind:
        hint = "write kind: Project, and move other resources to a folder such as catalog/"
        return Problem(
            "misplaced-resource",
            draft.place("kind"),
            f"a resource of the kind {draft.kind} cannot stand in the project file",
            hint,
        )
    return fit(draft)[0]


def _settings(entry: Entry) -> Settings:
    project = entry.resource
    assert isinstance(project, Project)  # noqa: S101  # fit() dispatched on the kind
    faults: list[Fault] = []
    sources = tuple(_source(one, entry.draft, index, faults) for index, one in enumerate(project.sources))
    if not any(source.format == "native" for source in sources):
        sources = (*sources, NATIVE)
    return Settings(
        sources,
        project.severities,
        project.framework_version,
        project.roles,
        project.default_branch,
        entry=entry,
        defaults=entry,
        faults=tuple(faults),
    )


def _source(source: SourceMapping, draft: Draft, index: int, faults: list[Fault]) -> Source:
    resources = []
    for number, one in enumerate(source.resources):
        path = ("sources", index, "resources", number)
        known, unknown = known_fields(one, path)
        faults += unknown
        resources.append(_resource_rule(known, draft, path))
    return Source(
        source.files,
        source.exclude,
        source.format,
        tuple(resources),
        source.profiles,
        source.annotations,
        draft.place("sources", index),
    )


def _resource_rule(rule: ResourceMapping, draft: Draft, path: tuple[str | int, ...]) -> ResourceRule:
    fields = {name: _field_rule(one, draft, (*path, "fields", name)) for name, one in rule.fields.items()}
    return ResourceRule(
        rule.each,
        _field_rule(rule.kind, draft, (*path, "kind")),
        _field_rule(rule.name, draft, (*path, "name")),
        fields,
        rule.adds,
        draft.place(*path, "each"),
    )


def _field_rule(rule: FieldMapping, draft: Draft, path: tuple[str | int, ...]) -> FieldRule:
    return FieldRule(
        rule.path,
        bool(rule.key),
        rule.value,
        rule.alias,
        rule.slug,
        rule.as_,
        {name: _field_rule(one, draft, (*path, "items", name)) for name, one in rule.items.items()},
        draft.place(*path),
    )
