"""How figures of dependability are spoken: shares as percentages with enough digits, and the downtime they mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from math import floor, log10

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.structure import NEVER, Event
from mofconf.diagnostic import field_path
from mofconf.kinds.values import show_duration
from mofconf.spelling import listed

MONTH, YEAR = 30 * 1440.0, 365 * 1440.0
"""Minutes of a month of 30 days, and of a year of 365."""


def percent(share: float) -> str:
    """A share of one as a percentage: three digits of what is missing to all, however little that is.

    >>> percent(0.99948041), percent(0.5), percent(0.999999123), percent(1.0), percent(0.0)
    ('99.948%', '50%', '99.9999123%', '100%', '0%')
    """
    missing = (1 - share) * 100
    digits = 2 if missing <= 0 else min(13, max(2, 2 - floor(log10(missing))))
    text = f"{share * 100:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.')}%"


def small(share: float) -> str:
    """A share that is often next to nothing: three digits of it.

    >>> small(0.25), small(0.000123456), small(1e-9), small(0.0)
    ('25%', '0.0123%', '0.0000001%', '0%')
    """
    if share <= 0:
        return "0%"
    digits = max(0, 2 - floor(log10(share * 100)))
    text = f"{share * 100:.{min(digits, 15)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if text != "0" else "less than 0.000000000000001%"


def between(chance: Chance) -> str:
    """A figure as its value, or as what it lies between.

    >>> between(Chance(0.99, 0.99)), between(Chance(0.0, 1.0)), between(Chance(0.0, 0.99)), between(Chance(0.9, 0.99))
    ('99%', 'unknown', 'at most 99%', '90% to 99%')
    """
    low, high = chance
    if percent(low) == percent(high):
        return percent(low)
    if low == 0:
        return "unknown" if high == 1 else f"at most {percent(high)}"
    return f"at least {percent(low)}" if high == 1 else f"{percent(low)} to {percent(high)}"


def downtime(chance: Chance, minutes: float) -> str:
    """How long something is down in a time of so many minutes, in the mean.

    >>> downtime(Chance(0.999, 0.999), MONTH), downtime(Chance(0.99, 0.999), YEAR), downtime(Chance(0.0, 1.0), YEAR)
    ('43.2 min', '8.76 h to 87.6 h', 'unknown')
    """
    least, most = (1 - chance.high) * minutes, (1 - chance.low) * minutes
    if _time(least) == _time(most):
        return _time(least)
    if chance.low == 0:
        return "unknown" if chance.high == 1 else f"at least {_time(least)}"
    return f"at most {_time(most)}" if chance.high == 1 else f"{_time(least)} to {_time(most)}"


def _time(minutes: float) -> str:
    if minutes <= 0:
        return "none"
    if minutes < _SHORT:
        return f"{_digits(minutes * 60)} s"
    return f"{_digits(minutes)} min" if minutes < _LONG else f"{_digits(minutes / 60)} h"


_SHORT, _LONG = 1.0, 300.0


def _digits(value: float) -> str:
    """Three digits, and all of those before the point."""
    places = max(0, 2 - floor(log10(value)))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spoken(events: Iterable[Event]) -> list[str]:
    """What goes wrong, in words: an outage of one thing and how long it lasts is one failure.

    >>> spoken([Event("own", "Asset/a"), Event("switch", "Service/s", path=("needs", 0))])
    ['outage of Asset/a', 'failed failover of Service/s (needs[0])']
    """
    longest: dict[str, timedelta] = {}
    switches = []
    for event in sorted(events):
        if event.kind == "switch":
            switches.append(f"failed failover of {event.address} ({field_path(event.path)})")
        else:
            longest[event.address] = max(longest.get(event.address, NEVER), event.until)
    outages = [
        f"outage of {address}" + (f" longer than {show_duration(limit)}" if limit else "")
        for address, limit in longest.items()
    ]
    return [*outages, *switches]


def one_of(words: Iterable[str]) -> str:
    """Failures that come together."""
    return listed([*words], "and")
