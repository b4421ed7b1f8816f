"""What the YAML parser complains about, in plain words and with the place where one has to look."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from mofconf.documents.document import Point


class ReadingError(Exception):
    """A document that cannot be read: where, why, and what to do. It never leaves this room."""

    def __init__(self, at: Point, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.at, self.reason, self.hint = at, reason, hint


class TooManyNodesError(ReadingError):
    """A file that is refused as a whole, for reading the documents one by one would cost even more."""


def explain(error: Any, source: str, base: int) -> ReadingError:
    """A parser's error as a place, a reason and a next step. ``base`` is the number of the first line."""
    mark, outer = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    parts = [re.sub(r"\s+", " ", getattr(error, part, None) or "") for part in ("context", "problem")]
    complaint = ", ".join(filter(None, parts))
    if mark is None:
        return ReadingError((base, 1), f"this is not YAML: {complaint or error.reason}", _QUOTES)
    at = (mark.line + base, mark.column + 1)
    reason, hint, place = _meaning(complaint, source, mark.index)
    if place == "end":
        written = source[: mark.index].rstrip()
        lines = re.split(r"\r\n?|\n", written)
        return ReadingError((len(lines) - 1 + base, len(lines[-1]) + 1), reason, hint)
    if place == "here" or outer is None:
        return ReadingError(at, reason, hint)
    start = (outer.line + base, outer.column + 1)
    noticed = f" (noticed in line {at[0]})" if place == "from" and at[0] != start[0] else ""
    return ReadingError(start, reason + noticed, hint)


class _Known(NamedTuple):
    """A complaint by a regular expression, what it means, and where to look.

    ``here`` is where the parser noticed it, ``start`` where what it was reading begins, ``from`` names both;
    ``end`` is behind the last thing that was written.
    """

    complaint: str
    reason: str
    hint: str
    place: Literal["here", "start", "from", "end"] = "here"


_QUOTES = "put quotes around the text"
_COLON = "write `key: value` with a space after the colon, and put quotes around text that holds a colon"
_INDENT = "give all lines that belong together the same indentation, in spaces"
_ESCAPE = "double the backslash, or use single quotes, where a backslash is an ordinary character"
_SURROGATE = "write the character itself, or \\U and its eight digits"
_CLOSE = "close it, or look for a missing comma or quote between here and there"
_ITEM = "start every item with `- ` in the same column, and indent with spaces"
_LINE = "start it in a new line below the key"
_TAG = "put quotes around the text, or remove the tag"

_TAB = _Known("tab character", "a tab stands here where YAML wants spaces", "indent with spaces")
_ENDED = _Known("", "more text follows after a value that has ended", "put quotes around all of it, or none")
_OPEN = _Known("", "the document ends inside a list or mapping that opens with [ or {", "close it", "end")
_OUTSIDE = "block (collection|sequence|mapping), .*expected (key|'-'|<block end>)|expected '?<document start>"

_KNOWN = (
    _TAB,
    _Known("quoted scalar, .*(stream|document)", "this quote is never closed", "close it", "start"),
    _Known("invalid Unicode character", "this escape is half of a character", _SURROGATE),
    _Known("quoted scalar, .*(escape|hex)", "this is no escape that YAML knows", _ESCAPE),
    _Known("flow sequence, .*expected ','", "the [ here is not closed, or a comma is missing", _CLOSE, "from"),
    _Known("flow mapping, .*expected ','", "the { here is not closed, or a comma is missing", _CLOSE, "from"),
    _Known("expected ':'", "this is neither a key with a value nor part of the line before", _COLON, "start"),
    _Known("values are not allowed", "a colon stands where no key can be", f"{_COLON}; {_INDENT}"),
    _Known("block mapping, ", "this does not fit into the mapping around it", _INDENT),
    _Known("block (collection|sequence), ", "this does not fit into the list around it", _ITEM),
    _Known("expected '?<document start>", "more text follows after the end of the document", _INDENT),
    _Known("sequence entries are not allowed", "a list cannot start here", _LINE),
    _Known("mapping keys are not allowed", "a key cannot start here", _INDENT),
    _Known("scanning an alias", "a text that starts with * reads as an alias", _QUOTES, "start"),
    _Known("scanning an anchor", "a text that starts with & reads as an anchor", _QUOTES, "start"),
    _Known("node content", "a value is missing before this", "write the value, or put quotes around the text"),
    _Known("undefined tag handle", "this tag has a prefix that is declared nowhere", _TAG),
    _Known("(scanning|parsing) a (%?TAG|tag)", "a text that starts with ! reads as a tag", _TAG, "start"),
    _Known("block scalar, .*comment", "only a comment may follow after | or > in the line", _QUOTES, "start"),
    _Known("block scalar, .*indentation", "the indentation after | or > is a digit from 1 to 9", _QUOTES, "start"),
    _Known("incompatible|directive", "a line with % reads as a directive, and this one is not known", _QUOTES),
)


def _meaning(complaint: str, source: str, index: int) -> tuple[str, str, str]:
    """Reason, hint and place of a complaint about what stands at an index."""
    before = source[max(source.rfind("\n", 0, index), source.rfind("\r", 0, index)) + 1 : index]
    here = source[index : index + 3]
    if "cannot start any token" in complaint and here[:1] > " ":
        return f"a value cannot start with {here[:1]}", _QUOTES, "here"
    if "cannot start any token" in complaint:
        return _TAB[1:]
    if before.strip(" \t.") and re.search(_OUTSIDE, complaint):
        return _ENDED[1:]
    if "node content" in complaint and here.strip() in ("", "---", "..."):
        return _OPEN[1:]
    known = next((known for known in _KNOWN if re.search(known.complaint, complaint)), None)
    return known[1:] if known else (f"this is not YAML: {complaint}", "", "here")
