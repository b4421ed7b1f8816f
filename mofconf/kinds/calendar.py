"""The kind Calendar."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import PlainValidator, WithJsonSchema

from mofconf.kinds.relation import CONTRACT, COSMETIC, KEEPS_HOURS_OF, Link
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.values import Date, Text, shown, wrong

HOURS = Link("Calendar", relation=KEEPS_HOURS_OF, builtin=("24x7",))
"""The mark on every field that names a Calendar: `24x7` needs no document."""

SPAN = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
_SPAN = re.compile(SPAN)


def _read_span(value: object) -> str:
    if not isinstance(value, str) or not _SPAN.fullmatch(value):
        raise wrong(f"{shown(value)} is not a span of hours, write for example 09:00-17:30 or 00:00-24:00")
    start, _, end = value.partition("-")
    if start >= end:
        raise wrong(f"{value} ends before it starts; write two spans for hours that cross midnight")
    return value


def _read_zone(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_+/-]+", value):
        raise wrong(f"{shown(value)} is not a time zone, write its IANA name, for example Europe/Berlin")
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise wrong(f"'{value}' is not a time zone that is known here, write for example Europe/Berlin") from None
    return value


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **schema})


Span: TypeAlias = Annotated[str, PlainValidator(_read_span), _schema(pattern=SPAN, examples=["09:00-17:30"])]
Zone: TypeAlias = Annotated[str, PlainValidator(_read_zone), _schema(examples=["UTC", "Europe/Berlin"])]


class Week(Value):
    """Hours by day of the week, in several spans where there is a break. A day that is not there is closed."""

    monday: tuple[Span, ...] = ()
    tuesday: tuple[Span, ...] = ()
    wednesday: tuple[Span, ...] = ()
    thursday: tuple[Span, ...] = ()
    friday: tuple[Span, ...] = ()
    saturday: tuple[Span, ...] = ()
    sunday: tuple[Span, ...] = ()


class ExceptionalDay(Value):
    """A day with hours of its own."""

    date: Date
    """Which day it is."""
    hours: tuple[Span, ...] = ()
    """The hours of that day. None: closed."""
    title: Text = ""
    """What is special about it."""


class Calendar(Resource):
    """Hours that agreements count in. `24x7` is built in."""

    kind: Annotated[Literal["Calendar"], COSMETIC]
    zone: Annotated[Zone, CONTRACT] = "UTC"
    """The time zone of its hours, by its IANA name."""
    hours: Annotated[Week, CONTRACT]
    holidays: Annotated[tuple[Date, ...], CONTRACT] = ()
    """Days that are closed."""
    exceptions: Annotated[tuple[ExceptionalDay, ...], CONTRACT] = ()
