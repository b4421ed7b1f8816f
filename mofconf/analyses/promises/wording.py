"""How the downtime that a promise leaves is spoken: as minutes a period."""

from __future__ import annotations

from mofconf.analyses.dependability.wording import digits
from mofconf.analyses.promises.results import Figure


def minutes(figures: Figure) -> str:
    """The downtime to expect in a period, and what is allowed: ``58.8 minutes down a month, 43.2 are allowed``.

    Empty where one of them is not known.
    """
    downtime = figures.downtime()
    if downtime is None or figures.allowed is None or figures.reached == (0, 1):
        return ""
    least, most = map(digits, downtime)
    if least == most:
        spent = least
    elif figures.reached.low == 0:
        spent = f"at least {least}"
    else:
        spent = f"at most {most}" if figures.reached.high == 1 else f"{least} to {most}"
    return f"{spent} minutes down a {figures.period}, {digits(figures.allowed, 4)} are allowed"
