"""Cron expressions and the longest pause between two runs, against a clock that is stepped minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from mofconf.analyses.recovery.pauses import longest_pause
from mofconf.kinds.calendar import Calendar
from mofconf.kinds.cron import read_cron
from mofconf.kinds.job import Schedule


def pause(schedule: Any, **calendar: Any) -> timedelta | None:
    kept = Calendar.model_validate({"kind": "Calendar", "name": "c", **calendar}) if calendar else None
    return longest_pause(Schedule.model_validate(schedule), kept)


WEEKDAYS = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Worked out by hand, with a calendar of paper.
PAUSES: dict[str, tuple[Any, dict[str, Any], timedelta | None]] = {
    "every night": ("30 2 * * *", {}, DAY),
    "every quarter of an hour": ("*/15 * * * *", {}, timedelta(minutes=15)),
    "every seven minutes, which no hour divides by": ("*/7 * * * *", {}, timedelta(minutes=7)),
    "the last step of an hour is shorter": ("0-40/20 * * * *", {}, timedelta(minutes=20)),
    "twice a day": ("0 6,20 * * *", {}, timedelta(hours=14)),
    "on weekdays": ("0 2 * * mon-fri", {}, timedelta(days=3)),
    "on Sundays, by either number": ("0 2 * * 7", {}, timedelta(days=7)),
    "once a month": ("0 2 1 * *", {}, timedelta(days=31)),
    "on the 31st: over a month of 30 days": ("0 2 31 * *", {}, timedelta(days=61)),
    "on the 30th: over February": ("0 2 30 * *", {}, timedelta(days=60)),
    "once a year: over a leap day": ("@yearly", {}, timedelta(days=366)),
    "on 29 February: over a year that is divided by 100": ("0 2 29 2 *", {}, timedelta(days=2921)),
    "day of the month or of the week": ("0 2 1 * mon", {}, timedelta(days=7)),
    "an asterisk with a step asks for both": ("0 2 */2 * *", {}, timedelta(days=2)),
    "in winter only": ("0 2 * nov-dec *", {}, timedelta(days=306)),
    "every so often": ({"every": "15m"}, {}, timedelta(minutes=15)),
    "hourly in office hours: from Friday 16:15 to Monday 9:15": (
        "15 * * * *",
        {"hours": WEEKDAYS},
        timedelta(hours=65),
    ),
    "a run at the end of the hours is left out": ("0 9,17 * * *", {"hours": WEEKDAYS}, timedelta(days=3)),
    "never in the hours": ("0 3 * * *", {"hours": WEEKDAYS}, None),
    "never at all": ({"every": "1h"}, {"hours": {}}, None),
    "over a long weekend": ("0 10 * * *", {"hours": WEEKDAYS, "holidays": ["2026-12-25"]}, timedelta(days=4)),
    "a holiday on a Sunday changes nothing": ("0 10 * * *", {"hours": WEEKDAYS, "holidays": ["2026-12-27"]}, 3 * DAY),
    "an exception opens a Saturday, other weekends stay": (
        "0 10 * * *",
        {"hours": WEEKDAYS, "exceptions": [{"date": "2026-12-19", "hours": ["09:00-12:00"]}]},
        3 * DAY,
    ),
    "an exception opens a holiday": (
        "0 10 * * *",
        {
            "hours": WEEKDAYS,
            "holidays": ["2026-12-25"],
            "exceptions": [{"date": "2026-12-25", "hours": ["09:00-12:00"]}],
        },
        3 * DAY,
    ),
    "every 12 hours in office hours: closed for 64, at worst six starts are left out": (
        {"every": "12h"},
        {"hours": WEEKDAYS},
        timedelta(hours=84),
    ),
    "a day that is always open leaves no pause at midnight": (
        {"every": "6h"},
        {"hours": {day: ["00:00-24:00"] for day in (*WEEKDAYS, "saturday", "sunday")}},
        timedelta(hours=6),
    ),
    "the first of the month, on weekdays only: in a leap year February has a Saturday, March a Sunday": (
        "0 10 1 * *",
        {"hours": WEEKDAYS},
        timedelta(days=91),
    ),
}


@pytest.mark.parametrize(("schedule", "calendar", "wanted"), PAUSES.values(), ids=PAUSES)
def test_the_longest_pause(schedule: Any, calendar: dict[str, Any], wanted: timedelta | None) -> None:
    assert pause(schedule, **calendar) == wanted


WRONG = {
    "": "five fields",
    "* * * *": "five fields",
    "* * * * * *": "five fields",
    "60 * * * *": "'60' is no minute: write 0 to 59",
    "* 24 * * *": "'24' is no hour",
    "* * 0 * *": "no day of the month",
    "* * * 13 *": "no month",
    "* * * * 8": "no day of the week: write 0 to 7, or sun to sat",
    "* * * mon *": "'mon' is no month",
    "5/15 * * * *": "write 5-59/15",
    "9-5 * * * *": "ends before it starts",
    "*/0 * * * *": "its step is 0",
    "1,,2 * * * *": "'' is no minute",
    "0 0 30 2 *": "no month has",
    "0 0 31 feb,apr *": "no month has",
    "@reboot": "every: 1d",
    "@never": "write @hourly, @daily",
    " 0 0 * * *": "begins or ends with a blank",
    "* * * * mon-sun": "as Sunday is 0; write mon-7",
    "\N{SUPERSCRIPT TWO} * * * *": "is no minute",
}


@pytest.mark.parametrize(("text", "words"), WRONG.items())
def test_what_is_no_schedule_is_said(text: str, words: str) -> None:
    with pytest.raises(PydanticCustomError, match=words):
        read_cron(text)


fields = st.tuples(
    st.sampled_from(["0", "*/20", "5,50", "*", "10-30/7"]),
    st.sampled_from(["0", "*", "3", "8-17", "*/5", "1,22"]),
    st.sampled_from(["*", "1", "15", "*/10", "28-31", "2,30"]),
    st.sampled_from(["*", "*", "feb", "1-6", "*/3", "12"]),
    st.sampled_from(["*", "0", "mon-fri", "6,7", "*/2"]),
).map(" ".join)


@given(fields)
@settings(max_examples=25, deadline=None)
def test_pauses_agree_with_a_clock(text: str) -> None:
    """32 years, day by day. Within a day only the first and the last run touch another day."""
    minutes, hours, days, months, weekdays = text.split()
    either = days[0] != "*" and weekdays[0] != "*"
    in_day = [(h, m) for h in range(24) for m in range(60) if says(hours, h, 0, 23) and says(minutes, m, 0, 59)]
    of_month = {day for day in range(1, 32) if says(days, day, 1, 31)}
    of_week = {day for day in range(1, 8) if says(weekdays, day, 0, 7) or (day == 7 and says(weekdays, 0, 0, 7))}
    in_months = {month for month in range(1, 13) if says(months, month, 1, 12)}
    last, longest = None, timedelta()
    day = datetime(2023, 1, 1)  # noqa: DTZ001  # a calendar's own clock has no zone
    while day.year < 2055:
        dom, dow = day.day in of_month, day.isoweekday() in of_week
        if day.month in in_months and ((dom or dow) if either else (dom and dow)):
            for hour, minute in (in_day[0], in_day[-1]):
                now = day.replace(hour=hour, minute=minute)
                longest = max(longest, now - last) if last is not None and now.date() != last.date() else longest
                last = now
        day += DAY
    within = [timedelta(hours=b[0] - a[0], minutes=b[1] - a[1]) for a, b in pairwise(in_day)]
    assert longest_pause(Schedule(cron=text)) == max([longest, *within])


def says(field: str, value: int, least: int, most: int) -> bool:
    """Whether one field of an expression names a value, read in the plainest way."""
    names = {"feb": 2, "mon": 1, "fri": 5}
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = (str(least), "", str(most)) if span == "*" else span.partition("-")
        low = names.get(first) or int(first)
        high = low if not last else names.get(last) or int(last)
        if low <= value <= high and (value - low) % int(step or 1) == 0:
            return True
    return False
