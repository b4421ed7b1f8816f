"""The downtime that an availability means, and failures in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.structure import NEVER, Event
from mofconf.analyses.dependability.wording import digits
from mofconf.diagnostic import field_path
from mofconf.kinds.agreement import PERIODS
from mofconf.kinds.values import show_duration
from mofconf.spelling import listed

MONTH, YEAR = (PERIODS[one] / timedelta(minutes=1) for one in ("month", "year"))
"""Minutes of a month of 30 days, and of a year of 365."""


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
        return f"{digits(minutes * 60)} s"
    return f"{digits(minutes)} min" if minutes < _LONG else f"{digits(minutes / 60)} h"


_SHORT, _LONG = 1.0, 300.0


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
