"""The longest time from one run of a job to the next, by its schedule and its calendar.

Exact in the calendar's own clock: that a night in autumn has an hour more is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from mofconf.analyses.hours import DAY, Spans, open_hours, special_days
from mofconf.kinds.calendar import Calendar
from mofconf.kinds.cron import Cron, read_cron
from mofconf.kinds.job import Schedule


def longest_pause(schedule: Schedule, calendar: Calendar | None = None) -> timedelta | None:
    """The longest time between the starts of two runs that follow each other; ``None`` where it never runs.

    ``calendar`` is the one that the schedule names, where that is not always.
    """
    if schedule.cron is not None:
        cron = read_cron(schedule.cron)
        starts = [hour * 60 + minute for hour in cron.hours for minute in cron.minutes]
        return _longest(cron, calendar, lambda spans: _moments(starts, spans))
    every = schedule.every or timedelta()
    if calendar is None:
        return every
    closed = _longest(None, calendar, lambda spans: spans)
    if not closed:
        return None if closed is None else every
    # At worst the first start that is left out falls on the end of the hours: nobody says when it began to count.
    return (-(-closed // every) + 1) * every


def _moments(starts: Iterable[int], spans: Spans) -> Spans:
    return [(start, start) for start in starts if any(first <= start < last for first, last in spans)]


def _longest(cron: Cron | None, calendar: Calendar | None, of_day: Callable[[Spans], Spans]) -> timedelta | None:
    """The longest time between what a day has and what comes next, on whatever day that is."""
    usual = [_edges(of_day(open_hours(calendar, weekday))) for weekday in range(7)]
    special = {day: _edges(of_day(hours)) for day, hours in special_days(calendar).items()}
    longest = -1
    for days in _stretches(cron, special):
        end = None
        for day in days:
            found = special[day] if day in special else usual[day % 7]
            if found is not None:
                start, last, inside = found
                longest = max(longest, inside, -1 if end is None else day * DAY + start - end)
                end = day * DAY + last
    return None if longest < 0 else timedelta(minutes=longest)


def _edges(spans: Spans) -> tuple[int, int, int] | None:
    """When the first begins and the last ends, and the longest time between two of them; nothing of an empty day."""
    if not spans:
        return None
    return spans[0][0], spans[-1][1], max((after[0] - before[1] for before, after in pairwise(spans)), default=-1)


def _stretches(cron: Cron | None, special: Iterable[int]) -> Iterator[Iterator[int]]:
    """Runs of days, by their ordinals, in which whatever can happen does. ``day % 7`` is the weekday, Sunday 0."""
    if cron is not None and (len(cron.days) < 31 or len(cron.months) < 12):
        # After 400 years dates and weekdays come round again; forty more see what crosses that border.
        yield (day for year in range(2000, 2440) for day in _dates(cron, year))
        return
    days = range(7) if cron is None else cron.weekdays
    ordinary = date(2400, 1, 1).toordinal()
    spans = [(ordinary, ordinary + 15)]
    if special:
        spans.append((min(special) - 15, max(special) + 15))
    for first, last in spans:
        yield (day for day in range(first, last) if day % 7 in days)


def _dates(cron: Cron, year: int) -> Iterator[int]:
    for month in cron.months:
        first = date(year, month, 1).toordinal()
        length = (date(year + month // 12, month % 12 + 1, 1).toordinal()) - first
        for day in range(1, length + 1) if cron.either else cron.days:
            weekday = (first + day - 1) % 7 in cron.weekdays
            if (day in cron.days or weekday) if cron.either else (weekday and day <= length):
                yield first + day - 1
