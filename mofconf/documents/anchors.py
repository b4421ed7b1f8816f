"""What only some documents have: tags, anchors and their aliases, merge keys, keys that are no text."""

from __future__ import annotations

from typing import Any, NamedTuple

from mofconf.diagnostic import Place, Related
from mofconf.documents.complaints import ReadingError
from mofconf.documents.document import Flaw, Limits, ListMarks, MapMarks, Point, Tagged, point
from mofconf.documents.properties import CORE, collection, scalar, written_at

LONGEST_SHOWN = 60
"""How many characters of a key a message shows."""


class Anchor(NamedTuple):
    """What an anchor names: a value, its marks and, of a scalar, the text by which it can be a key.

    ``size`` counts the nodes of the value with all its aliases followed, ``height`` how deep it nests.
    """

    value: Any
    marks: Any
    text: str | None
    size: int
    height: int


class Anchors:
    """The anchors of one document, and the keys of its open mappings that are no ordinary keys."""

    __slots__ = ("_expanded", "_file", "_known", "_limits", "_merges", "_opened", "_sizes", "_source", "flaws", "keys")

    def __init__(self, file: str, source: str, limits: Limits) -> None:
        self._file, self._source, self._limits = file, source, limits
        self._known: dict[str, Anchor | None] = {}  # None while the value is still open
        self._opened: list[tuple[int, str, Any, Any]] = []
        self._sizes: dict[int, tuple[Any, int, int]] = {}
        self._expanded = 0
        self.flaws: list[Flaw] = []
        # Depth of the mapping, place of the key (which stands for it in the mapping), and whether it merges.
        self.keys: list[tuple[int, Point, bool]] = []
        self._merges: dict[int, int] = {}  # depth of a mapping to the index of its merge key in ``keys``

    def place(self, at: Point) -> Place:
        return Place(self._file, *at)

    def repeated(self, key: str, first: Point, at: Point) -> None:
        """Note that a key is written twice."""
        cut = "..." if len(key) > LONGEST_SHOWN else ""
        shown = key if key and key.isprintable() and not cut else f"{key[:LONGEST_SHOWN]!r}{cut}"
        message = f"the key {shown} is written twice in one mapping, and the last one counts"
        before = Related(self.place(first), f"{shown} is written here before")
        self.flaws.append(Flaw("duplicate-key", self.place(at), message, "remove one of the two", (before,)))

    def scalar(self, event: Any, first: Point, base: int) -> tuple[Point, Any]:
        """The place behind the properties, and the value, of a scalar that has some."""
        at = written_at(self._source, event, base)
        value, flaws = scalar(event, self._limits.tags, self.place(first))
        self.flaws.extend(flaws)
        if event.anchor:
            self._known[event.anchor] = Anchor(value, at, event.value, 1, 0)
        return at, value

    def collection(self, event: Any, depth: int, value: Any, marks: Any, base: int) -> tuple[Any, Any]:
        """The same for a list or mapping that starts, still empty: what to store, and its marks."""
        first = marks.at
        stored, marks = value, marks._replace(at=written_at(self._source, event, base))
        if event.tag:
            stored, flaws = collection(event.tag, value, self._limits.tags, self.place(first))
            self.flaws.extend(flaws)
        if event.anchor:
            self._known[event.anchor] = None
            self._opened.append((depth, event.anchor, stored, marks))
        return stored, marks

    def merging(self, event: Any, depth: int, at: Point) -> bool:
        """Whether a key ``<<`` is a merge key (then it is noted), and not one in quotes."""
        if event.style or event.tag not in (None, CORE + "merge"):
            return False
        before = self._merges.get(depth)
        if before is not None:
            _, first, _ = self.keys[before]
            self.repeated("<<", first, at)
            self.keys[before] = (depth, first, False)
        self._merges[depth] = len(self.keys)
        self.keys.append((depth, at, True))
        return True

    def refuse_key(self, depth: int, at: Point) -> Point:
        """A list or mapping stands where a key should: it is left out, with its value."""
        self.keys.append((depth, at, False))
        hint = "write a text as the key; a template such as {{ name }} needs quotes around it"
        message = "a list or a mapping cannot be a key here, and is left out with its value"
        self.flaws.append(Flaw("invalid-value", self.place(at), message, hint))
        return at

    def closed(self, depth: int, value: Any, fields: Any) -> None:
        """A list or mapping ends whose inside has this depth."""
        self._merges.pop(depth, None)
        while self.keys and self.keys[-1][0] == depth:
            _, key, merges = self.keys.pop()
            if merges:
                self._merge(key, value, fields)
            else:
                value.pop(key, None)
                fields.pop(key, None)
        if self._opened and self._opened[-1][0] == depth:
            _, name, stored, marks = self._opened.pop()
            size, height = _measured(value, self._sizes)
            # An anchor of the same name inside this value is the later one, and stays.
            if self._known[name] is None:
                self._known[name] = Anchor(stored, marks, None, size, height)

    def alias(self, name: str, depth: int, at: Point) -> Anchor:
        """What an alias stands for, at the alias's own place. Raises for nothing and for too much."""
        if name not in self._known:
            hint = "put quotes around a text that starts with *, or define the anchor above this line"
            raise ReadingError(at, f"the alias *{name} has no anchor &{name} before it", hint)
        anchor = self._known[name]
        if anchor is None:
            raise ReadingError(at, f"the alias *{name} stands inside the value that it names", "remove the alias")
        self._expanded += anchor.size
        if self._expanded > self._limits.expanded:
            reason = f"the aliases up to here repeat more than {self._limits.expanded:,} values, the limit"
            raise ReadingError(at, reason, "write less of it with aliases")
        if depth + anchor.height > self._limits.depth:
            raise too_deep(at, self._limits.depth)
        marks = anchor.marks
        marks = marks._replace(at=at) if isinstance(marks, (MapMarks, ListMarks)) else at
        return anchor._replace(marks=marks)

    def _merge(self, key: Any, value: dict[Any, Any], fields: dict[Any, Any]) -> None:
        """Replace a merge key by what it brings in.

        Keys that the mapping writes itself win, wherever they stand. In a list an earlier mapping wins.
        """
        source, (_, marks) = value[key], fields[key]
        several = isinstance(source, list)
        brought: dict[Any, Any] = {}
        brought_fields: dict[Any, Any] = {}
        for part, part_marks in zip(source, marks.items, strict=True) if several else ((source, marks),):
            if isinstance(part, dict):
                new = [name for name in part if name not in value and name not in brought]
                brought.update((name, part[name]) for name in new)
                brought_fields.update((name, part_marks.fields[name]) for name in new)
            else:
                at = point(part_marks.at if isinstance(part_marks, (MapMarks, ListMarks)) else part_marks)
                message = "the merge key << needs a mapping or a list of mappings, and this is none"
                hint = "write an alias of a mapping (<<: *name), or put quotes around << as an ordinary key"
                self.flaws.append(Flaw("invalid-value", self.place(at), message, hint))
        for whole, new_items in ((value, brought), (fields, brought_fields)):
            items = list(whole.items())
            whole.clear()
            for name, item in items:
                whole.update(new_items if name is key else {name: item})


def too_deep(at: Point, limit: int) -> ReadingError:
    """The refusal of a document that nests too deep."""
    return ReadingError(
        at, f"lists and mappings nest more than {limit} deep here, which is the limit", "write it flatter"
    )


def _measured(value: Any, sizes: dict[int, tuple[Any, int, int]]) -> tuple[int, int]:
    """How many nodes a list or mapping has with everything in it, and how deep it nests (one alone: 1).

    Anchored values inside it were measured before and are not walked again, so that the cost is that of what
    was written.
    """
    size, height = 0, 0
    waiting = [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        while type(part) is Tagged:
            part = part.value
        known = sizes.get(id(part))
        if known is not None:
            size, height = size + known[1], max(height, depth - 1 + known[2])
            continue
        size += 1
        if isinstance(part, (dict, list)):
            height = max(height, depth)
            inside = part.values() if isinstance(part, dict) else part
            size += len(part) if isinstance(part, dict) else 0
            waiting.extend((child, depth + 1) for child in inside)
    sizes[id(value)] = (value, size, height)  # the value is kept so that its identity stays its own
    return size, height
