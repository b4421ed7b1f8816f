"""How figures of dependability are spoken: shares as percentages with enough digits, and what lies between bounds."""

from __future__ import annotations

from math import floor, isclose, log10

from mofconf.analyses.dependability.figures import Chance

_SMALLEST = 15
"""A percentage has no more decimals than that."""


def percent(share: float, beside: float | None = None, *, enough: bool = False) -> str:
    """A share of one as a percentage: three digits of it or of what is missing to all, whichever is less.

    There are two decimals at least, and more where it would look like what stands ``beside`` it. What has to be
    ``enough`` for something is never rounded down.

    >>> percent(0.99948041), percent(0.999999123), percent(0.12345), percent(0.0000123456), percent(0.0)
    ('99.948%', '99.9999123%', '12.35%', '0.00123%', '0%')
    >>> percent(0.9989999, 0.999), percent(0.999, 0.999), percent(0.99982123, enough=True)
    ('99.89999%', '99.9%', '99.9822%')
    """
    less = min(share, 1 - share) * 100
    least = 2 if less <= 0 else min(_SMALLEST if share < 0.5 else _SMALLEST - 2, max(2, 2 - floor(log10(less))))
    text = ""
    for digits in range(least, _SMALLEST + 1):
        text = f"{share * 100:.{digits}f}"
        if enough and float(text) / 100 < share and not isclose(float(text) / 100, share, rel_tol=1e-12):
            text = f"{float(text) + 10**-digits:.{digits}f}"
        if beside is None or share == beside or float(text) != float(f"{beside * 100:.{digits}f}"):
            break
    text = text.rstrip("0").rstrip(".")
    return f"{text}%" if text != "0" or share <= 0 else f"less than {10**-_SMALLEST:.{_SMALLEST}f}%"


def between(chance: Chance, beside: float | None = None) -> str:
    """A figure as its value, or as what it lies between.

    >>> between(Chance(0.99, 0.99)), between(Chance(0.0, 1.0)), between(Chance(0.0, 0.99)), between(Chance(0.9, 0.99))
    ('99%', 'unknown', 'at most 99%', '90% to 99%')
    """
    least, most = (percent(one, beside) for one in chance)
    if least == most:
        return least
    if chance.low == 0:
        return "unknown" if chance.high == 1 else most if most.startswith("less") else f"at most {most}"
    return f"at least {least}" if chance.high == 1 else f"{least} to {most}"


def works(chance: Chance) -> str:
    """How much of the time something works, without saying what.

    >>> works(Chance(0.999, 0.999)), works(Chance(0.0, 1.0))
    ('works 99.9% of the time', 'how much of the time it works is not known')
    """
    return "how much of the time it works is not known" if chance == (0, 1) else f"works {between(chance)} of the time"


def digits(value: float, count: int = 3) -> str:
    """A number with so many digits, and all of those before the point.

    >>> digits(48.4123), digits(5256.0), digits(0.0000432), digits(129.6, 4), digits(0)
    ('48.4', '5,256', '0.0000432', '129.6', '0')
    """
    places = 0 if value <= 0 else max(0, count - 1 - floor(log10(value)))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
