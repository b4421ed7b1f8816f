"""Drafts of one address become one: a native document completes a foreign resource, and so does a draft that adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from mofconf.diagnostic import Related
from mofconf.documents import Elsewhere, ListMarks, MapMarks, Mark, Marks
from mofconf.formats.draft import Draft, Problem


class United(NamedTuple):
    """The drafts that are left, in the order of their makers, and what could not be united."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]


def unite(drafts: Sequence[Draft]) -> United:
    """One draft for each resource. Two native ones of one address stay two: the catalog calls that a repeat."""
    if not any(draft.adds or draft.format != "native" for draft in drafts):
        return United(tuple(drafts), ())
    parts, repeats = _made([draft for draft in drafts if not draft.adds])
    adding = [draft for draft in drafts if draft.adds]
    unused = []
    for draft in adding:
        targets = _targets(draft, parts)
        for address in targets:
            parts[address].append(draft)
        if not targets:
            unused.append(draft)
    united, problems = [], _unused(unused, adding)
    for whole, *others in parts.values():
        for part in others:
            whole, differing = _complete(whole, part)  # noqa: PLW2901  # it grows with each part
            problems += differing
        united.append(whole)
    return United((*united, *repeats), tuple(problems))


def _made(drafts: Sequence[Draft]) -> tuple[dict[str, list[Draft]], list[Draft]]:
    """The drafts that make a resource, each with the native one that completes it; and those that repeat one."""
    parts: dict[str, list[Draft]] = {}
    repeats = []
    for draft in sorted(drafts, key=lambda draft: draft.format == "native"):
        there = parts.setdefault(draft.address, [])
        completes = draft.format == "native" and len(there) == 1 and there[0].format != "native"
        if not there or completes:
            there.append(draft)
        else:
            repeats.append(draft)
    return parts, repeats


def _targets(draft: Draft, known: Mapping[str, object]) -> list[str]:
    if "*" not in draft.name:
        return [draft.address] if draft.address in known else []
    return [address for address in known if fnmatchcase(address, draft.address)]


def _unused(unused: Sequence[Draft], adding: Sequence[Draft]) -> list[Problem]:
    """A whole family of additions that completes nothing is a mistake; single ones are to be expected."""
    idle = {(draft.file, draft.kind): draft for draft in reversed(unused)}
    passed = {id(draft) for draft in unused}
    busy = {(draft.file, draft.kind) for draft in adding if id(draft) not in passed}
    return [
        Problem(
            "unmatched-mapping",
            draft.place(),
            f"what {file} adds to resources of the kind {kind} fits none of them",
            f"the first name that it makes is {draft.name}; compare it with `mofconf list kind={kind}`",
            subject=file,
        )
        for (file, kind), draft in sorted(idle.items(), key=lambda item: item[0])
        if (file, kind) not in busy
    ]


def _complete(whole: Draft, part: Draft) -> tuple[Draft, list[Problem]]:
    """``whole`` with the fields of ``part``, whose values win where they differ, and are then said to differ."""
    problems: list[Problem] = []
    value, fields = dict(whole.value), dict(whole.marks.fields)
    for key, new in part.value.items():
        if key in ("kind", "name", "apiVersion") or new is None:
            continue
        key_mark, marks = part.marks.fields.get(key, (part.marks.at, part.marks.at))
        there = (key_mark, Elsewhere(part.file, marks))
        if key not in value:
            value[key], fields[key] = new, there
        elif key == "needs":
            value[key], fields[key] = _unite_needs(value[key], fields[key], new, there)
        else:
            value[key], fields[key] = _unite(whole, part, (key,), (value[key], fields[key]), (new, there), problems)
    return whole._replace(value=value, marks=MapMarks(whole.marks.at, fields)), problems


_Placed = tuple[object, tuple[Mark, Marks]]


def _unite(
    whole: Draft, part: Draft, path: tuple[str, ...], old: _Placed, new: _Placed, problems: list[Problem]
) -> _Placed:
    if isinstance(old[0], Mapping) and isinstance(new[0], Mapping):
        value, fields = dict(old[0]), dict(_map_fields(old[1][1]))
        for key, inner in new[0].items():
            placed = (inner, _map_fields(new[1][1])[key])
            if key in value:
                placed = _unite(whole, part, (*path, key), (value[key], fields[key]), placed, problems)
            value[key], fields[key] = placed
        return value, (old[1][0], MapMarks(_at(old[1][1]), fields))
    if isinstance(old[0], list) and isinstance(new[0], list):
        fresh = [index for index, item in enumerate(new[0]) if item not in old[0]]
        items = [*_items(old[1][1]), *(_items(new[1][1])[index] for index in fresh)]
        return [*old[0], *(new[0][index] for index in fresh)], (old[1][0], ListMarks(_at(old[1][1]), items))
    if old[0] != new[0]:
        here, there = part.place(*path), whole.place(*path)
        problems.append(
            Problem(
                "contradicting-values",
                here,
                f"{'.'.join(path)} is {new[0]} here and {old[0]} in {there}",
                "take one of the two away; until then this one counts",
                whole.address,
                ".".join(path),
                (Related(there, f"{'.'.join(path)} is {old[0]} here"),),
            )
        )
    return new


def _unite_needs(old: object, old_marks: tuple[Mark, Marks], new: object, new_marks: tuple[Mark, Marks]) -> _Placed:
    """Needs of both, one for each target; what the second says of a target wins."""
    if not isinstance(old, list) or not isinstance(new, list):
        return new, new_marks
    places = dict(zip(map(_target, old), _items(old_marks[1]), strict=False))
    needs = dict(zip(map(_target, old), old, strict=True))
    for need, marks in zip(new, _items(new_marks[1]), strict=True):
        target = _target(need)
        before = needs.get(target)
        needs[target] = {**_as_mapping(before), **_as_mapping(need)} if before is not None else need
        places[target] = marks
    return list(needs.values()), (old_marks[0], ListMarks(_at(old_marks[1]), list(places.values())))


def _target(need: object) -> str:
    """What a need is for, whether it is written as a name, an address or a mapping."""
    if isinstance(need, Mapping):
        need = need.get("ref") or sorted(map(str, need.get("anyOf") or need.get("of") or ()))
    return str(need).removeprefix("Service/").removeprefix("Asset/")


def _as_mapping(need: object) -> Mapping[str, object]:
    return need if isinstance(need, Mapping) else {"ref": need}


def _inside(marks: Marks) -> tuple[str, Marks]:
    file = ""
    while isinstance(marks, Elsewhere):
        file, marks = marks
    return file, marks


def _at(marks: Marks) -> Mark:
    _, marks = _inside(marks)
    return marks.at if isinstance(marks, (MapMarks, ListMarks)) else marks  # type: ignore[return-value]  # Elsewhere is gone


def _map_fields(marks: Marks) -> dict[str, tuple[Mark, Marks]]:
    file, marks = _inside(marks)
    fields = marks.fields if isinstance(marks, MapMarks) else {}
    return {key: (at, Elsewhere(file, inner)) for key, (at, inner) in fields.items()} if file else fields


def _items(marks: Marks) -> list[Marks]:
    file, marks = _inside(marks)
    items = marks.items if isinstance(marks, ListMarks) else []
    return [Elsewhere(file, item) for item in items] if file else items
