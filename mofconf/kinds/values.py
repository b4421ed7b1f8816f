"""Small values that people write as text: percentages, durations, dates, money. Each says exactly what it wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import GetCoreSchemaHandler, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

PERCENTAGE = r"^(?!0+(\.0+)?%)(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%$"
DURATION = r"^(?=[0-9])([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"
DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
NAME = r"^\.*[A-Za-z0-9_-][A-Za-z0-9._-]*(/\.*[A-Za-z0-9_-][A-Za-z0-9._-]*)*$"  # no segment of dots alone
CURRENCY = r"^[A-Z]{3}$"

_UNITS = {"w": 604800.0, "d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_UNIT = re.compile(r"([0-9]+)(ms|[wdhms])")
_LONGEST, _LENGTH = 10_000 * 365 * 86_400, 100
"""Ten thousand years in seconds, so that hundreds of them can still be added up; and digits that are no number."""
_PERCENTAGE, _DURATION, _DATE = re.compile(PERCENTAGE), re.compile(DURATION), re.compile(DATE)
_NAME, _CURRENCY = re.compile(NAME), re.compile(CURRENCY)


_UNKNOWN = ("unknown", "none", "null", "n/a", "na", "tbd", "todo", "?", "-")
"""What people write where nothing is known."""


def read_percentage(value: object) -> Decimal:
    """A share of one, from text with a percent sign.

    >>> read_percentage("99.95%")
    Decimal('0.9995')
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        share = f" or {show_percentage(Decimal(str(value)))}" if isinstance(value, float) and 0 < value < 1 else ""
        raise wrong(f"{value} is ambiguous, write {value}%{share}")
    if not isinstance(value, str):
        raise wrong(f"{shown(value)} is not a percentage, write for example 99.95%")
    if _PERCENTAGE.fullmatch(value):
        return Decimal(value[:-1]) / 100
    if re.fullmatch(r"0+(\.0+)?%", value):
        raise wrong(f"{value} would mean never; write more than 0% and at most 100%")
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?%", value):
        raise wrong(f"{value} is more than 100%")
    if re.fullmatch(r"[0-9.]+ +%", value):
        raise wrong(f"write {value.replace(' ', '')}, without a space")
    step = "leave the field out" if value.lower() in _UNKNOWN else "write for example 99.95%"
    raise wrong(f"{shown(value)} is not a percentage, {step}")


def read_duration(value: object) -> timedelta:
    """A length of time, from text such as ``90m``, ``1h30m``, ``2d`` or ``800ms``. A day is 24 hours.

    >>> read_duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise wrong(f"{value} has no unit, write for example {value}m for minutes or {value}h for hours")
    if not isinstance(value, str) or not _DURATION.fullmatch(value):
        raise wrong(
            f"{shown(value)} is not a length of time, write for example 90m, 1h30m or 2d (units w, d, h, m, s, ms, "
            "in this order)"
        )
    if len(value) < _LENGTH:
        if value[:-1].isdecimal():  # nearly all have one unit, and are read in half the time
            seconds = int(value[:-1]) * _UNITS[value[-1]]
        else:
            seconds = sum(int(count) * _UNITS[unit] for count, unit in _UNIT.findall(value))
        if seconds <= _LONGEST:
            return timedelta(seconds=seconds)
    raise wrong(f"{shown(value)} is longer than can be reckoned with")


def read_date(value: object) -> date:
    """A day, from text such as ``2026-11-22``."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise wrong(f"{shown(value)} is not a date, write for example 2026-11-22")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise wrong(f"{value} is not a day of the calendar") from None


def read_name(value: object) -> str:
    """A name or an address: ASCII letters, digits, ``.``, ``_``, ``-``, in segments separated by ``/``."""
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise wrong(no_name(value) if isinstance(value, str) else no_text(value))


def no_name(value: str) -> str:
    """Why a text is no name."""
    return f"{shown(value)} is not a name: use ASCII letters, digits, '.', '_' and '-', in segments separated by '/'"


def no_text(value: object) -> str:
    """Why a value is no text. What YAML reads as a number or as true and false has to be quoted to be text."""
    quoted = isinstance(value, (bool, int, float))
    return f"{shown(value)} is not text" + (", write it in quotes as it should read" if quoted else "")


def read_currency(value: object) -> str:
    """A currency by its three letters (ISO 4217)."""
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    raise wrong(f"{shown(value)} is not a currency, write its three letters, for example EUR")


def show_duration(value: timedelta) -> str:
    """The shortest way to write a duration.

    >>> show_duration(timedelta(minutes=90))
    '1h30m'
    """
    left = value // timedelta(milliseconds=1)
    text = ""
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)):
        count, left = divmod(left, size)
        text += f"{count}{unit}" if count else ""
    return text or "0s"


def show_percentage(value: Decimal) -> str:
    """A share of one as a percentage.

    >>> show_percentage(Decimal("0.9995"))
    '99.95%'
    """
    text = f"{value * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def wrong(message: str) -> PydanticCustomError:
    """The error that a value raises inside pydantic; its message is what users read."""
    return PydanticCustomError("value", "{message}", {"message": message})


def shown(value: object) -> str:
    """A value as it looks in YAML, short enough for a sentence."""
    if value is None:
        return "an empty value"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _written(reader: Callable[[object], Any], pattern: str, *examples: str) -> tuple[PlainValidator, WithJsonSchema]:
    schema: dict[str, Any] = {"type": "string", "pattern": pattern}
    return PlainValidator(reader), WithJsonSchema(schema | ({"examples": list(examples)} if examples else {}))


_percentage = _written(read_percentage, PERCENTAGE, "99.95%")
_duration = _written(read_duration, DURATION, "90m", "1h30m", "2d")
_date = _written(read_date, DATE, "2026-11-22")
_currency = _written(read_currency, CURRENCY, "EUR")


class _NeverEmpty:
    """The mark on what may be left out: pydantic takes `X | None` as leave to write `null`, and that is not meant."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        made = handler(source)
        inner: CoreSchema = made["schema"] if made["type"] == "nullable" else made
        return inner


_Left = TypeVar("_Left")
Maybe: TypeAlias = Annotated[_Left | None, _NeverEmpty()]
"""The type of a field that may be left out: `None` where it is, but nobody may write it and leave it empty."""

# Texts and names are by far the most values, so pydantic checks them itself; faults.py has words for its errors.
Text: TypeAlias = str
Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME)]
Percentage: TypeAlias = Annotated[Decimal, *_percentage]
Duration: TypeAlias = Annotated[timedelta, *_duration]
Date: TypeAlias = Annotated[date, *_date]
Currency: TypeAlias = Annotated[str, *_currency]
