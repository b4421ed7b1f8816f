"""What may stand before a value: a tag and an anchor (the node properties of YAML 1.2.2, section 6.9)."""

from __future__ import annotations

import re
from typing import Any

from mofconf.diagnostic import Place
from mofconf.documents.document import Flaw, Point, Tagged
from mofconf.documents.scalars import fits, plain

CORE = "tag:yaml.org,2002:"
_COLLECTIONS = {"map": dict, "seq": list}
_EXPECTED = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
    "str": "a text",
    "map": "a mapping",
    "seq": "a list",
}
_PROPERTY = re.compile(r"(?:&[^\s,\[\]{}]+|!<[^>]*>|![^\s,\[\]{}]*)(?:\s|(?<=\s)#[^\r\n]*)*")
_BREAK = re.compile(r"\r\n?|\n")


def written_at(source: str, event: Any, base: int) -> Point:
    """Where a value with properties starts, behind them. The parser's mark is that of the first property."""
    start, end = event.start_mark, event.end_mark
    if getattr(event, "value", None) == "" and not event.style:
        return (end.line + base, end.column + 1)
    index, line, column = start.index, start.line, start.column
    for _ in range((event.tag is not None) + (event.anchor is not None)):
        if found := _PROPERTY.match(source, index):
            breaks = list(_BREAK.finditer(source, index, found.end()))
            line += len(breaks)
            column = found.end() - breaks[-1].end() if breaks else column + found.end() - index
            index = found.end()
    return (line + base, column + 1)


def scalar(event: Any, accepted: frozenset[str], place: Place) -> tuple[Any, tuple[Flaw, ...]]:
    """The value of a scalar that may have a tag, and what is wrong with the tag (it is ignored then)."""
    text, tag = event.value, event.tag
    untagged = text if event.style or tag == "!" else plain(text)
    if tag is None or tag == "!":
        return untagged, ()
    short, shown = _names(tag)
    if shown in accepted:
        return Tagged(shown, untagged), ()
    if short not in _EXPECTED:
        return untagged, (_unknown(shown, place),)
    found = fits(short, text)
    return (untagged, (_unfit(shown, short, place),)) if found is None else (found[0], ())


def collection(tag: str, value: Any, accepted: frozenset[str], place: Place) -> tuple[Any, tuple[Flaw, ...]]:
    """The same for a list or mapping that is still to be filled."""
    short, shown = _names(tag)
    if shown in accepted:
        return Tagged(shown, value), ()
    if tag == "!" or type(value) is _COLLECTIONS.get(short):
        return value, ()
    return value, (_unfit(shown, short, place) if short in _EXPECTED else _unknown(shown, place),)


def _names(tag: str) -> tuple[str, str]:
    """The short name of a core tag (empty for any other), and the tag as people write it."""
    return (tag[len(CORE) :], f"!!{tag[len(CORE) :]}") if tag.startswith(CORE) else ("", tag)


def _unknown(shown: str, place: Place) -> Flaw:
    message = f"the tag {shown} means nothing here, and the value is read without it"
    return Flaw("unknown-tag", place, message, "remove the tag, and write the value in plain YAML")


def _unfit(shown: str, short: str, place: Place) -> Flaw:
    message = f"the tag {shown} asks for {_EXPECTED[short]}, and this is none; it is read without the tag"
    return Flaw("invalid-value", place, message, "change the value, or remove the tag")
