"""The check `availability`: what is computed of a promised service against the target, and what that leaves of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.promises.results import Outcome


def allowed(target: Decimal, agreed: timedelta) -> float:
    """The downtime in minutes that a target leaves of an agreed service time (section 5.3 of the framework's facts).

    >>> allowed(Decimal("0.999"), timedelta(days=30)), allowed(Decimal("0.9995"), timedelta(hours=220))
    (43.2, 6.6)
    """
    return float((1 - target) * (agreed // timedelta(milliseconds=1)) / 60_000)


def judged(reached: Chance, target: float) -> Outcome:
    """What bounds of a figure say of a target. A figure that is the target but for rounding meets it."""
    if reached.low >= target - ROUNDING:
        return Outcome.HOLDS
    return Outcome.BROKEN if reached.high < target - ROUNDING else Outcome.UNDECIDED


ROUNDING = 1e-12
"""What a product of many floating point numbers may be off by."""
