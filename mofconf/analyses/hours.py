"""The open hours of a calendar, in minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from mofconf.kinds.calendar import Calendar

Spans: TypeAlias = Sequence[tuple[int, int]]
"""Parts of a day in minutes from midnight, in order. A moment is one that ends where it starts."""

DAY = 24 * 60


def open_hours(calendar: Calendar | None, weekday: int) -> Spans:
    """The open hours of a weekday; Sunday is 0, as in `date.toordinal() % 7`. No calendar: always."""
    if calendar is None:
        return ((0, DAY),)
    names = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
    return _read(getattr(calendar.hours, names[weekday]))


def special_days(calendar: Calendar | None) -> dict[int, Spans]:
    """The days with hours of their own, by ordinal. What is said of an exceptional day counts before a holiday."""
    if calendar is None:
        return {}
    closed: dict[int, Spans] = {day.toordinal(): () for day in calendar.holidays}
    return closed | {day.date.toordinal(): _read(day.hours) for day in calendar.exceptions}


def _read(spans: Iterable[str]) -> Spans:
    return sorted((_minute(span[:5]), _minute(span[6:])) for span in spans)


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
