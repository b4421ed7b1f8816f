"""The project's defaults: weak values that fill what is absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from mofconf.diagnostic import Place, Related
from mofconf.documents import Elsewhere, MapMarks, Mark, Marks, point
from mofconf.formats.draft import Draft, Problem
from mofconf.kinds import KINDS
from mofconf.kinds.project import Project
from mofconf.kinds.reading import Entry


class Filled(NamedTuple):
    """A draft with the defaults that fit it, and where two of them differ."""

    draft: Draft
    problems: tuple[Problem, ...] = ()


def filler(project: Entry | None) -> Callable[[Draft], Filled]:
    """The function that fills drafts with the defaults of a project."""
    if project is None or not isinstance(project.resource, Project) or not project.resource.defaults:
        return Filled
    rules = [
        (
            dict(default.for_),
            dict(default.set),
            _marks_of_set(project.draft, index),
        )
        for index, default in enumerate(project.resource.defaults)
    ]
    file = project.draft.file
    return lambda draft: _fill(draft, rules, file)


_Rule = tuple[Mapping[str, object], Mapping[str, Any], Mapping[str, tuple[Mark, Marks]]]


def _fill(draft: Draft, rules: Sequence[_Rule], file: str) -> Filled:
    values: dict[str, object] = {}
    marks: dict[str, tuple[Mark, Marks]] = {}
    problems: list[Problem] = []
    for wanted, given, places in rules:
        if not _fits(draft, wanted):
            continue
        for field, value in given.items():
            if field in draft.value:
                continue
            if field in values and values[field] != value:
                problems.append(_conflict(draft, field, file, values[field], value, marks[field][0], places[field][0]))
                continue
            values[field] = value
            at, inner = places[field]
            marks[field] = (at, Elsewhere(file, inner))
    if not values:
        return Filled(draft)
    filled = draft._replace(
        value={**draft.value, **values},
        marks=MapMarks(draft.marks.at, {**draft.marks.fields, **marks}),
        assumed=frozenset(values),
    )
    return Filled(filled, tuple(problems))


def _fits(draft: Draft, wanted: Mapping[str, object]) -> bool:
    return all(_found(draft, field) == value for field, value in wanted.items())


def _found(draft: Draft, field: str) -> object:
    """What a draft says of a field (dotted for one within another), or what its kind takes for granted."""
    value: object = draft.value
    for part in field.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    if value is None and draft.kind in KINDS:
        for attribute, info in KINDS[draft.kind].model_fields.items():
            if field in (info.alias, attribute):
                return info.default
    return value


def _conflict(draft: Draft, field: str, file: str, first: object, second: object, one: Mark, other: Mark) -> Problem:
    here, there = Place(file, *point(other)), Place(file, *point(one))
    return Problem(
        "contradicting-values",
        here,
        f"two defaults give {draft.address} a different {field}: {second} here, {first} in {there}",
        f"say {field} in {draft.address} itself, or narrow one of the defaults; until then the first counts",
        draft.address,
        field,
        (Related(there, f"the other default for {field}"),),
        (field,),
    )


def _marks_of_set(draft: Draft, index: int) -> Mapping[str, tuple[Mark, Marks]]:
    marks: Any = draft.marks.fields["defaults"][1]
    inner = marks.items[index].fields["set"][1]
    return inner.fields if isinstance(inner, MapMarks) else {}
