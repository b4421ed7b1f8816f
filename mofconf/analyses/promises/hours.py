"""Hours as spans of real time: Calendars expanded over a year, in their own time zones, summer time included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mofconf.catalog import Catalog
from mofconf.graph import Graph
from mofconf.kinds.agreement import Agreement
from mofconf.kinds.calendar import Calendar, ExceptionalDay
from mofconf.kinds.relation import KEEPS_HOURS_OF
from mofconf.kinds.service import Service

ALWAYS = "24x7"
DAYS = 371
"""How far ahead calendars are looked at: 53 weeks, so that every week of the year and both changes of the clock are
in it."""

_MARGIN = timedelta(days=DAYS + 7)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Hours(NamedTuple):
    """Spans of time in minutes since 1970, in order and apart. ``name`` is the Calendar's address, or `24x7`."""

    name: str
    zone: str
    spans: tuple[tuple[int, int], ...]
    before: tuple[int, ...]
    """How many of its minutes lie before each span."""

    @property
    def share(self) -> float:
        """The share of all time."""
        if self.name == ALWAYS:
            return 1.0
        total = self.before[-1] + self.spans[-1][1] - self.spans[-1][0] if self.spans else 0
        return total / (DAYS * 24 * 60)

    def until(self, moment: int) -> int:
        """How many of its minutes lie before a moment."""
        index = bisect_right(self.spans, (moment, _FAR)) - 1
        if index < 0:
            return 0
        start, end = self.spans[index]
        return self.before[index] + min(moment, end) - start

    def after(self, minutes: int) -> int | None:
        """The first moment before which so many of its minutes lie; ``None`` beyond what is looked at."""
        index = bisect_right(self.before, minutes - 1) - 1
        if minutes <= 0 or index < 0:
            return self.spans[0][0] if self.spans and minutes <= 0 else None
        moment = self.spans[index][0] + minutes - self.before[index]
        return moment if moment <= self.spans[index][1] else None

    def beyond(self, minutes: int) -> int | None:
        """The last moment before which so many of its minutes lie, as far as is looked at, else ``None``."""
        index = bisect_right(self.before, minutes) - 1
        moment = self.spans[index][0] + minutes - self.before[index]
        return moment if moment <= self.spans[index][1] else None


_FAR = 1 << 60


class Clock:
    """The hours that the Calendars of a catalog mean from a day on."""

    def __init__(self, catalog: Catalog, graph: Graph, today: date) -> None:
        self._catalog, self._graph = catalog, graph
        self._first = min(max(today, date.min + _MARGIN), date.max - _MARGIN)  # time itself ends there for Python
        self._known: dict[str, Hours | None] = {}

    def named(self, calendar: str) -> Hours | None:
        """The hours of a Calendar by its address, or of `24x7`. ``None`` where it cannot be read."""
        if calendar not in self._known:
            self._known[calendar] = self._expand(calendar)
        return self._known[calendar]

    def agreed(self, address: str) -> str:
        """The Calendar of the agreed service time: the agreement's own, else the service's, else empty."""
        return self._stated(address, "hours")

    def support(self, address: str) -> str:
        """The Calendar of an agreement's support hours, by default that of its agreed service time."""
        return self._stated(address, "support_hours") or self.agreed(address)

    def has_support(self, address: str) -> bool:
        """Whether an agreement states support hours of its own."""
        return bool(self._stated(address, "support_hours"))

    def _stated(self, address: str, field: str) -> str:
        entry = self._catalog.entries.get(address)
        if entry is None or not isinstance(entry.resource, (Agreement, Service)):
            return ""
        text = getattr(entry.resource, field, None)
        if text is None:
            return ""
        written = "supportHours" if field == "support_hours" else field
        targets = (
            edge.target
            for edge in self._graph.out.get(address, ())
            if edge.relation is KEEPS_HOURS_OF and edge.path == (written,)
        )
        return next(targets, ALWAYS if text.rpartition("/")[2] == ALWAYS else text)

    def _expand(self, name: str) -> Hours | None:
        if name == ALWAYS:
            start = _minutes(datetime(self._first.year, self._first.month, self._first.day, tzinfo=UTC))
            # A day less at both ends: no time zone is further off, so a week without a closed hour contains it.
            return _hours(ALWAYS, "UTC", [(start + 24 * 60, start + (DAYS - 1) * 24 * 60)])
        entry = self._catalog.entries.get(name)
        if entry is None or not isinstance(entry.resource, Calendar):
            return None
        return _hours(name, entry.resource.zone, _spans(entry.resource, self._first))


def gap(inner: Hours, outer: Hours) -> tuple[int, int] | None:
    """The first span of one that does not lie in another; ``None`` where all of it does."""
    if outer.name in (ALWAYS, inner.name):
        return None
    for start, end in inner.spans:
        covered = outer.until(end) - outer.until(start)
        if covered < end - start:
            return _uncovered(start, end, outer)
    return None


def slowest(minutes: int, tier: Hours, clock: Hours) -> int | None:
    """The most minutes of ``clock`` that pass while so many of ``tier`` do, whenever it begins.

    ``None``: it takes longer than what is looked at.
    """
    if gap(clock, tier) is None:
        return minutes
    if not tier.spans or tier.after(minutes) is None:
        return None
    # What passes only turns where something opens or closes: when it begins, or when it is done.
    edges = {edge for hours in (tier, clock) for span in hours.spans for edge in span}
    before = (tier.until(edge) - minutes for edge in edges)
    begins = edges.union(moment for one in before if one >= 0 and (moment := tier.after(one)) is not None)
    return max(
        clock.until(done) - clock.until(one)
        for one in begins
        if (done := tier.beyond(tier.until(one) + minutes)) is not None
    )


def spoken(span: tuple[int, int], zone: str) -> str:
    """A span as people say it, in a time zone.

    >>> spoken((29_705_760, 29_705_820), "UTC")
    '2026-06-25 from 00:00 to 01:00 (UTC)'
    """
    start, end = ((_EPOCH + timedelta(minutes=one)).astimezone(ZoneInfo(zone)) for one in (span[0], span[1]))
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end.date()} {end:%H:%M}"
    return f"{start.date()} from {start:%H:%M} to {until} ({zone})"


def _uncovered(start: int, end: int, outer: Hours) -> tuple[int, int]:
    """The first part of a span that lies outside."""
    index = bisect_right(outer.spans, (start, _FAR)) - 1
    if index >= 0 and outer.spans[index][1] > start:
        start = outer.spans[index][1]
    following = outer.spans[index + 1][0] if index + 1 < len(outer.spans) else end
    return start, min(end, following)


def _hours(name: str, zone: str, spans: Iterable[tuple[int, int]]) -> Hours:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    lengths = [end - start for start, end in merged]
    return Hours(name, zone, tuple(merged), tuple(accumulate(lengths[:-1], initial=0)) if merged else ())


def _spans(calendar: Calendar, first: date) -> Iterator[tuple[int, int]]:
    zone = ZoneInfo(calendar.zone)
    exceptions: dict[date, ExceptionalDay] = {one.date: one for one in calendar.exceptions}
    holidays = frozenset(calendar.holidays)
    week: Sequence[Sequence[str]] = [getattr(calendar.hours, name) for name in _WEEK]
    for index in range(DAYS):
        day = first + timedelta(days=index)
        if day in exceptions:
            hours: Sequence[str] = exceptions[day].hours
        else:
            hours = () if day in holidays else week[day.weekday()]
        for span in hours:
            start, _, end = span.partition("-")
            yield _moment(day, start, zone), _moment(day, end, zone)


def _moment(day: date, clock: str, zone: ZoneInfo) -> int:
    hour, _, minute = clock.partition(":")
    if hour == "24":
        day, hour = day + timedelta(days=1), "0"
    return _minutes(datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=zone))


def _minutes(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(minutes=1)
