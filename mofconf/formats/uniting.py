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
        # The native one comes last, so that what it says wins over what anybody adds.
        for part in sorted(others, key=lambda part: part.format == "native"):
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
    """``whole`` with the fields of ``part``. Where they differ that is said; the native one wins, or else ``part``."""
    problems: list[Problem] = []
    value, fields = dict(whole.value), dict(whole.marks.fields)
    differ = _Differ(whole, part, whole.format != "native" or part.format == "native", problems)
    for key, new in part.value.items():
        if key in ("kind", "name", "apiVersion") or (new is None and part.format != "native"):
            continue
        key_mark, marks = part.marks.fields.get(key, (part.marks.at, part.marks.at))
        there = (key_mark, Elsewhere(part.file, marks))
        if key not in value:
            value[key], fields[key] = new, there
        elif key == "needs":
            value[key], fields[key] = _unite_needs(differ, (value[key], fields[key]), (new, there))
        else:
            value[key], fields[key] = _unite(differ, (key,), (value[key], fields[key]), (new, there))
    return whole._replace(value=value, marks=MapMarks(whole.marks.at, fields)), problems


_Placed = tuple[object, tuple[Mark, Marks]]


class _Differ(NamedTuple):
    """Two drafts that are united, which of them wins, and where they differ."""

    whole: Draft
    part: Draft
    part_wins: bool
    problems: list[Problem]


def _unite(differ: _Differ, path: tuple[str, ...], old: _Placed, new: _Placed) -> _Placed:
    if isinstance(old[0], Mapping) and isinstance(new[0], Mapping):
        value, fields, added = dict(old[0]), dict(_map_fields(old[1][1])), _map_fields(new[1][1])
        for key, inner in new[0].items():
            placed = (inner, added[key])
            if key in value:
                placed = _unite(differ, (*path, key), (value[key], fields[key]), placed)
            value[key], fields[key] = placed
        return value, (old[1][0], _in_file_of(old, MapMarks(_at(old[1][1]), fields)))
    if isinstance(old[0], list) and isinstance(new[0], list):
        fresh = [index for index, item in enumerate(new[0]) if item not in old[0]]
        items = [*_items(old[1][1]), *(_items(new[1][1])[index] for index in fresh)]
        marks = _in_file_of(old, ListMarks(_at(old[1][1]), items))
        return [*old[0], *(new[0][index] for index in fresh)], (old[1][0], marks)
    if old[0] != new[0] and old[0] is not None and new[0] is not None:  # what is empty contradicts nothing
        here, there = differ.part.place(*path), differ.whole.place(*path)
        differ.problems.append(
            Problem(
                "contradicting-values",
                here,
                f"{'.'.join(path)} is {new[0]} here and {old[0]} in {there}",
                f"take one of the two away; until then {'this' if differ.part_wins else 'that'} one counts",
                differ.whole.address,
                ".".join(path),
                (Related(there, f"{'.'.join(path)} is {old[0]} here"),),
                path,
            )
        )
    return new if differ.part_wins else old


def _unite_needs(differ: _Differ, old: _Placed, new: _Placed) -> _Placed:
    """Needs of both, one for each target; what the winner says of a target counts."""
    if not isinstance(old[0], list) or not isinstance(new[0], list):
        return _unite(differ, ("needs",), old, new)
    needs, places = list(old[0]), _items(old[1][1])
    known: dict[tuple[str, ...], list[int]] = {}
    for number, need in enumerate(needs):
        known.setdefault(_bare(_targets_of(need)), []).append(number)
    for need, marks in zip(new[0], _items(new[1][1]), strict=True):
        targets = _targets_of(need)
        same = (index for index in known.get(_bare(targets), ()) if _same(targets, _targets_of(old[0][index])))
        index = next(same, None) if targets else None
        if index is None:
            needs.append(need)
            places.append(marks)
        elif differ.part_wins:
            needs[index] = {**_as_mapping(needs[index]), **_as_mapping(need)}
            places[index] = marks
        else:
            needs[index] = {**_as_mapping(need), **_as_mapping(needs[index])}
    return needs, (old[1][0], _in_file_of(old, ListMarks(_at(old[1][1]), places)))


def _targets_of(need: object) -> tuple[str, ...]:
    """What a need is for, behind the word for how: as a name, an address or a mapping. Empty where nobody can tell."""
    form, members = "ref", need
    if isinstance(need, Mapping):
        form, members = next(((form, need[form]) for form in ("ref", "anyOf", "of") if form in need), ("", None))
    names = [members] if isinstance(members, str) else members
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return ()
    return form, *sorted(names, key=_bare_name)


def _bare(targets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_bare_name, targets))


def _bare_name(name: str) -> str:
    return name.removeprefix("Service/").removeprefix("Asset/")


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two needs with the same names are for the same: addresses of two kinds are not."""
    return all(a == b or _bare_name(a) == a or _bare_name(b) == b for a, b in zip(one, other, strict=True))


def _as_mapping(need: object) -> Mapping[str, object]:
    return need if isinstance(need, Mapping) else {"ref": need}


def _inside(marks: Marks) -> tuple[str, Marks]:
    file = ""
    while isinstance(marks, Elsewhere):
        file, marks = marks
    return file, marks


def _in_file_of(old: _Placed, marks: Marks) -> Marks:
    file, _ = _inside(old[1][1])
    return Elsewhere(file, marks) if file else marks


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
    return [Elsewhere(file, item) for item in items] if file else list(items)
