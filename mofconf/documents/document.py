"""What reading yields: documents that remember where they were written, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

from mofconf.diagnostic import Place, Related


class ParserMark(Protocol):
    """What the parser hands out: line and column counted from 0. To keep it as it is saves work for each value."""

    line: int
    column: int


Point: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1."""

Mark: TypeAlias = Point | ParserMark
"""Where something stands. Ask `point` for line and column."""

Marks: TypeAlias = "Mark | MapMarks | ListMarks | Elsewhere"
"""Where a value was written: a tree of the same shape as the value."""


class MapMarks(NamedTuple):
    """Where a mapping starts, and for each of its keys the mark of the key and the marks of the value."""

    at: Mark
    fields: dict[str, tuple[Mark, Marks]]


class ListMarks(NamedTuple):
    """Where a list starts, and the marks of its items."""

    at: Mark
    items: list[Marks]


class Elsewhere(NamedTuple):
    """Marks that belong to another file than those around them."""

    file: str
    marks: Marks


class Tagged(NamedTuple):
    """A value under a tag that a format asked for (``Limits.tags``), for instance ``!reset``.

    Its marks are those of the value.
    """

    tag: str
    value: object


class Flaw(NamedTuple):
    """Something wrong inside a document that can still be read: a key written twice, an unknown tag."""

    rule: str
    place: Place
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()


class Document(NamedTuple):
    """One YAML document: its value in plain Python types and, parallel to it, where everything stands."""

    file: str
    value: object
    marks: Marks
    flaws: tuple[Flaw, ...] = ()


class SourceFile(NamedTuple):
    """A file as it came from a folder or a revision. One that could not be had has a ``refusal``."""

    path: str
    content: bytes
    refusal: str = ""
    hint: str = ""


class Unreadable(NamedTuple):
    """A document that could not be read. ``kind`` and ``name`` are what is legible of it, else empty."""

    file: str
    place: Place
    reason: str
    hint: str = ""
    kind: str = ""
    name: str = ""


class Limits(NamedTuple):
    """How much one file may ask of the reader, and which tags of its own it may use.

    ``file_bytes`` is the size of a whole file; ``nodes`` counts the keys, values, lists and mappings that it
    writes, ``expanded`` what the aliases of one document repeat, ``depth`` how deep lists and mappings nest.
    ``tags`` are accepted silently and kept as ``Tagged``; any other unknown tag is a flaw.
    """

    file_bytes: int = 16 * 1024 * 1024
    nodes: int = 1_000_000
    expanded: int = 250_000
    depth: int = 64
    tags: frozenset[str] = frozenset()


def locate(file: str, marks: Marks, path: Sequence[str | int], *, key: bool = False) -> Place:
    """The place of the value at ``path``, or else of the nearest thing around it that was written.

    With ``key=True`` the place of the value's key, not of the value. An item of a list has no key, and
    gives its own place.

    >>> needs = ListMarks((3, 3), [(3, 5)])
    >>> marks = MapMarks((1, 1), {"owner": ((1, 1), (1, 8)), "needs": ((2, 1), needs)})
    >>> str(locate("a.yaml", marks, ["needs", 0])), str(locate("a.yaml", marks, ["owner"], key=True))
    ('a.yaml:3:5', 'a.yaml:1:1')
    """
    last = len(path) - 1
    for depth, part in enumerate(path):
        while isinstance(marks, Elsewhere):
            file, marks = marks
        if isinstance(marks, MapMarks):
            found = marks.fields.get(part) if isinstance(part, str) else None
            if found is None:
                break
            at, marks = found
            if key and depth == last:
                # A value from another file came with its key.
                return Place(marks.file if isinstance(marks, Elsewhere) else file, *point(at))
        elif isinstance(marks, ListMarks):
            if not isinstance(part, int) or not 0 <= part < len(marks.items):
                break
            marks = marks.items[part]
        else:
            break
    while isinstance(marks, Elsewhere):
        file, marks = marks
    return Place(file, *point(marks.at if isinstance(marks, (MapMarks, ListMarks)) else marks))


def point(mark: Mark, first_line: int = 1) -> Point:
    """Line and column of a mark, both counted from 1."""
    return mark if isinstance(mark, tuple) else (mark.line + first_line, mark.column + 1)
