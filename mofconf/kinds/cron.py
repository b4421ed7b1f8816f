"""Cron expressions: five fields that say in which minutes something starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from mofconf.kinds.values import shown, wrong


class Cron(NamedTuple):
    """The minutes, hours, days of the month, months and days of the week that an expression names. Sunday is 0.

    ``either``: days of the month and of the week are both restricted, and then either of them is enough.
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    either: bool = False


def read_cron(value: object) -> Cron:
    """What an expression such as ``30 2 * * mon-fri`` names, as crontab(5) has it. Raises for any other text.

    >>> read_cron("*/20 4 * * *").minutes
    (0, 20, 40)
    """
    if not isinstance(value, str):
        raise wrong(f"{shown(value)} is not a schedule: {_FOR_EXAMPLE}")
    if value == "@reboot":
        raise wrong("@reboot has no hour: write how often it runs, for example every: 1d")
    if value != value.strip(" "):
        raise wrong(f"{shown(value)} begins or ends with a blank: leave that out")
    if value.startswith("@") and value not in _SHORT:
        raise wrong(f"{shown(value)} is not a schedule: write @hourly, @daily, @weekly, @monthly or @yearly")
    parts = [part for part in _SHORT.get(value, value.lower()).split(" ") if part]
    if len(parts) != len(_FIELDS):
        fields = f"a schedule has five fields, {shown(value)} has {len(parts)}"
        raise wrong(f"{fields}: {_FOR_EXAMPLE}")
    minutes, hours, days, months, weekdays = map(_field, parts, _FIELDS)
    either = not parts[2].startswith("*") and not parts[4].startswith("*")
    if not either and not any(day <= _LONGEST[month - 1] for day in days for month in months):
        raise wrong(f"{shown(value)} names days that no month has")
    weekdays = tuple(sorted({day % 7 for day in weekdays}))
    return Cron(minutes, hours, days, months, weekdays, either)


_FOR_EXAMPLE = 'write for example "30 2 * * *", every night at half past two'

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_SHORT: Mapping[str, str] = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


class _Field(NamedTuple):
    """One of the five: what it is called, its least and greatest value, and names for values from the least on."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    _Field("day of the week", 0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)

_PART = re.compile(r"(?:(?P<all>\*)|(?P<first>[a-z0-9]+)(?:-(?P<last>[a-z0-9]+))?)(?:/(?P<step>[0-9]+))?")


def _field(text: str, field: _Field) -> tuple[int, ...]:
    """All the values that one field names: a list of values, spans, and every so many of a span."""
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise wrong(f"'{part}' is no {field.name}: {_FOR_EXAMPLE}")
        if match["step"] and not match["all"] and match["last"] is None:
            raise wrong(f"'{part}' does not say where it ends: write {match['first']}-{field.most}/{match['step']}")
        first = field.least if match["all"] else _number(match["first"], field)
        last = field.most if match["all"] else _number(match["last"] or match["first"], field)
        step = int(match["step"] or 1)
        if first > last or step < 1:
            why = "its step is 0" if not step else "it ends before it starts"
            if step and field.least == 0 and match["last"] == "sun":
                why += f", as Sunday is 0; write {match['first']}-7"
            raise wrong(f"'{part}' names no {field.name}: {why}")
        found.update(range(first, last + 1, step))
    return tuple(sorted(found))


def _number(text: str, field: _Field) -> int:
    if text in field.names:
        return field.least + field.names.index(text)
    if not text.isascii() or not text.isdecimal() or not field.least <= int(text) <= field.most:
        names = f", or {field.names[0]} to {field.names[-1]}" if field.names else ""
        raise wrong(f"'{text}' is no {field.name}: write {field.least} to {field.most}{names}")
    return int(text)
