"""How figures of promises are spoken: shares as percentages with enough digits, times as minutes a period."""

from __future__ import annotations

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.promises.results import Figure


def percent(share: float, beside: float | None = None) -> str:
    """A share of one as a percentage: three decimals, and more where it would look like what stands ``beside`` it.

    >>> percent(0.99948041), percent(0.9989999, 0.999), percent(0.999)
    ('99.948 %', '99.89999 %', '99.9 %')
    """
    for digits in range(3, 12):
        text = f"{share * 100:.{digits}f}"
        if beside is None or share == beside or float(text) != float(f"{beside * 100:.{digits}f}"):
            break
    return (text.rstrip("0").rstrip(".") if "." in text else text) + " %"


def figure(reached: Chance, target: float | None = None) -> str:
    """A computed availability in words: a value, or what lies between its bounds."""
    low, high = reached
    if percent(low, target) == percent(high, target):
        return percent(low, target)
    if low == 0 and high == 1:
        return "unknown"
    if low == 0:
        return f"at most {percent(high, target)}"
    return f"at least {percent(low, target)}" if high == 1 else f"{percent(low, target)} to {percent(high, target)}"


def minutes(figures: Figure) -> str:
    """The downtime to expect in a period, and what is allowed: ``58.8 of 43.2 minutes a month``."""
    downtime = figures.downtime()
    if downtime is None or figures.allowed is None:
        return ""
    least, most = (f"{one:.3g}" if one < 100 else f"{one:.0f}" for one in downtime)
    allowed = f"{figures.allowed:.4g}" if figures.allowed < 10_000 else f"{figures.allowed:.0f}"
    spent = least if least == most else f"at least {least}" if figures.reached.low == 0 else f"{least} to {most}"
    return f"{spent} minutes down a {figures.period}, {allowed} are allowed"
