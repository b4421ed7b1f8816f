"""A value together with where it was written: how foreign documents are walked and drafts are built."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.diagnostic import Place
from mofconf.documents import Document, Elsewhere, ListMarks, MapMarks, Mark, Marks, point
from mofconf.formats.draft import Draft

_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Written(NamedTuple):
    """A value, its file and marks, and the mark of the key that it stands under (its own where none)."""

    value: object
    file: str
    marks: Marks
    key: Mark

    @property
    def at(self) -> Mark:
        """Where the value starts."""
        marks = self.marks
        if isinstance(marks, MapMarks | ListMarks):
            return marks.at
        return (1, 1) if isinstance(marks, Elsewhere) else marks

    @property
    def place(self) -> Place:
        """Where the value starts, file included."""
        return Place(self.file, *point(self.at))

    def saying(self, value: object) -> Written:
        """Another value, made of this one: it stands where this one stands."""
        return Written(value, self.file, self.at, self.key)

    def get(self, key: str) -> Written | None:
        """What stands under a key: ``None`` where there is no such key or this is no mapping."""
        if not isinstance(self.value, Mapping) or key not in self.value:
            return None
        nowhere: tuple[Mark, Marks] = (self.at, self.at)
        mark, marks = self.marks.fields.get(key, nowhere) if isinstance(self.marks, MapMarks) else nowhere
        return _of(self.value[key], self.file, marks, mark)

    def dig(self, *path: str) -> Written | None:
        """What stands at the end of a path of keys."""
        found: Written | None = self
        for key in path:
            found = found.get(key) if found is not None else None
        return found

    def entries(self) -> Iterator[tuple[str, Written]]:
        """The keys of a mapping and what stands under them. Nothing where this is no mapping."""
        if isinstance(self.value, Mapping):
            for key in self.value:
                entry = self.get(key)
                if entry is not None:
                    yield str(key), entry

    def items(self) -> Iterator[Written]:
        """The items of a list. Nothing where this is no list."""
        if isinstance(self.value, list):
            marks = self.marks.items if isinstance(self.marks, ListMarks) else []
            for number, value in enumerate(self.value):
                yield _of(value, self.file, marks[number] if number < len(marks) else self.at, None)

    def within(self, parts: Sequence[str | int]) -> Written:
        """What stands at the end of a path of keys and positions, all of which exist."""
        found = self
        for part in parts:
            if isinstance(part, str):
                found = found.get(part) or found
            elif isinstance(found.value, list):
                marks = found.marks.items if isinstance(found.marks, ListMarks) else []
                found = _of(found.value[part], found.file, marks[part] if part < len(marks) else found.at, None)
        return found


def whole(document: Document) -> Written:
    """A document's value."""
    return _of(document.value, document.file, document.marks, None)


def plain_text(value: object) -> str | None:
    """The text of a scalar: numbers and truth values as YAML writes them. ``None`` for anything else.

    >>> plain_text(5432), plain_text(True), plain_text(None)
    ('5432', 'true', None)
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None


def listed(items: Sequence[Written], at: Written) -> Written:
    """A list of values that may come from several files. It stands where ``at`` stands."""
    marks = [item.marks if item.file == at.file else Elsewhere(item.file, item.marks) for item in items]
    return Written([item.value for item in items], at.file, ListMarks(at.at, marks), at.key)


def mapped(fields: Mapping[str, Written], at: Written) -> Written:
    """A mapping of values that may come from several files. It stands where ``at`` stands.

    A key that was written in another file is placed where the mapping is: a mark cannot say which file it is.
    """
    value, marks = _mapping(fields, at)
    return Written(value, at.file, marks, at.key)


def draft(
    kind: Written,
    name: Written,
    fields: Mapping[str, Written],
    head: Written,
    form: str,
    *,
    adds: bool = False,
) -> Draft:
    """The draft of a resource whose head (what it is called by readers) stands where ``head`` stands."""
    value, marks = _mapping({"kind": kind, "name": name, **fields}, head)
    return Draft(str(kind.value), str(name.value), value, marks, head.file, form, adds)


def slug(text: str) -> str:
    """A name made of free text: lower case, ASCII, one dash for what a name cannot hold. Never empty.

    >>> slug("Bestellungen (Köln)"), slug("Straße 7 / B"), slug("日本")
    ('bestellungen-koln', 'strasse-7-b', 'u65e5-u672c')
    """
    return spelled_as_name(text.casefold())


def spelled_as_name(text: str) -> str:
    """The text as it is where it can be a name without segments, otherwise as near to it as a name can be.

    >>> spelled_as_name("Web_1.x"), spelled_as_name("my web!")
    ('Web_1.x', 'my-web')
    """
    if _NAME.fullmatch(text):
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    ascii_only = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only).strip("-")
    return name or "-".join(f"u{ord(sign):x}" for sign in text) or "unnamed"


def beside(file: str, target: str) -> str | None:
    """The path, relative to the root, of a file that another file names. ``None`` where it leaves the root.

    >>> beside("a/b/compose.yaml", "../common.yaml"), beside("compose.yaml", "../x"), beside("a.yaml", "/x")
    ('a/common.yaml', None, None)
    """
    if target.startswith(("/", "~")) or "\\" in target or "\0" in target:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), target))
    return None if path in (".", "..") or path.startswith("../") else path


def _mapping(fields: Mapping[str, Written], at: Written) -> tuple[dict[str, object], MapMarks]:
    marks: dict[str, tuple[Mark, Marks]] = {
        key: (field.key, field.marks if field.file == at.file else Elsewhere(field.file, field.marks))
        for key, field in fields.items()
    }
    return {key: field.value for key, field in fields.items()}, MapMarks(at.at, marks)


def _of(value: object, file: str, marks: Marks, key: Mark | None) -> Written:
    while isinstance(marks, Elsewhere):
        file, marks = marks
    if key is None:
        key = marks.at if isinstance(marks, MapMarks | ListMarks) else marks
    return Written(value, file, marks, key)
