"""What a scalar means in the core schema of YAML 1.2 (YAML 1.2.2, section 10.3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST_NUMBER = 500
"""In characters. A longer one stays text: Python may be set to refuse integers of more than 640 digits."""

NULLS = frozenset(("", "~", "null", "Null", "NULL"))

CONSTANTS: Mapping[str, object] = {
    **dict.fromkeys(NULLS),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
"""Every plain scalar that is a word of the schema, and its value. All others are numbers or text."""

NUMBER_STARTS = frozenset("0123456789+-.")
"""The first characters of what ``number`` has to look at."""

_NUMBER = re.compile(
    r"([-+]?[0-9]+)|([-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|0o([0-7]+)|0x([0-9a-fA-F]+)"
)


def number(text: str) -> object:
    """The value of a plain scalar that starts like a number; what is none stays text.

    >>> number("012"), number("0o14"), number("1e3"), number("1_000"), number("12:30")
    (12, 12, 1000.0, '1_000', '12:30')
    """
    found = _NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if found is None:
        return CONSTANTS.get(text, text)
    group = found.lastindex
    if group == 1:
        return int(text)
    if group == 2:
        return float(text)
    return int(text[2:], 8 if group == 3 else 16)


def plain(text: str) -> object:
    """The value of a plain scalar without a tag."""
    return number(text) if text[:1] in NUMBER_STARTS else CONSTANTS.get(text, text)


def fits(tag: str, text: str) -> tuple[object] | None:
    """The value of a scalar under a core tag, if it fits: alone in a tuple, for it may be ``None``.

    ``tag`` is the short name: ``str``, ``int``, ``float``, ``bool`` or ``null``.
    """
    value = plain(text)
    kind = type(value)
    if tag == "str":
        return (text,)
    if tag == "float" and kind is int and text[:2] not in ("0x", "0o"):
        return (float(text),)
    matches = {"int": kind is int, "float": kind is float, "bool": kind is bool, "null": value is None}
    return (value,) if matches.get(tag) else None
