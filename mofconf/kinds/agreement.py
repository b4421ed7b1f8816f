"""What SLAs, OLAs and contracts have in common: targets, hours, dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from mofconf.kinds.calendar import HOURS
from mofconf.kinds.relation import CONTRACT, SCHEDULE
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.values import Date, Duration, Maybe, Name, Percentage

PERIODS: Mapping[str, timedelta] = MappingProxyType(
    {
        "week": timedelta(days=7),
        "month": timedelta(days=30),
        "quarter": timedelta(days=90),
        "year": timedelta(days=365),
    }
)
"""How long the periods are over which targets are measured."""


class ResponseTime(Value):
    """How fast an answer comes, for a share of the requests."""

    percentile: Percentage
    """The share of the requests that are at least as fast."""
    within: Duration
    """The time that such a request takes at the most."""


class Targets(Value):
    """What is promised, per period."""

    availability: Maybe[Percentage] = None
    """The share of the agreed service time."""
    period: Literal["week", "month", "quarter", "year"] = "month"
    """Over what the availability is measured."""
    response_time: Maybe[ResponseTime] = None


class Recovery(Value):
    """What is promised for the worst case."""

    rto: Maybe[Duration] = None
    """Recovery time objective: how long until it works again."""
    rpo: Maybe[Duration] = None
    """Recovery point objective: how much of the latest data may be lost."""


class RestoreTimes(Value):
    """A length of time for each priority that an incident can have."""

    p1: Annotated[Maybe[Duration], Field(alias="1")] = None
    """For incidents of priority 1, the most urgent."""
    p2: Annotated[Maybe[Duration], Field(alias="2")] = None
    """For incidents of priority 2."""
    p3: Annotated[Maybe[Duration], Field(alias="3")] = None
    """For incidents of priority 3."""
    p4: Annotated[Maybe[Duration], Field(alias="4")] = None
    """For incidents of priority 4."""
    p5: Annotated[Maybe[Duration], Field(alias="5")] = None
    """For incidents of priority 5, the least urgent."""


class ReviewCadence(Value):
    """How often the agreement is looked at, and when it was last."""

    every: Duration
    """How long it is from one review to the next."""
    last: Maybe[Date] = None
    """The day of the latest review."""


class Agreement(Resource):
    """A promise about services or assets, with a beginning and an end."""

    targets: Annotated[Maybe[Targets], CONTRACT] = None
    hours: Annotated[Maybe[Name], CONTRACT, HOURS] = None
    """The agreed service time. Default: the service's own hours."""
    support_hours: Annotated[Maybe[Name], CONTRACT, HOURS] = None
    """When somebody answers. Default: the agreed service time."""
    respond: Annotated[Maybe[RestoreTimes], CONTRACT] = None
    """How long until somebody answers, by the incident's priority."""
    restore: Annotated[Maybe[RestoreTimes], CONTRACT] = None
    """How long an incident may last, by its priority."""
    recovery: Annotated[Maybe[Recovery], CONTRACT] = None
    effective: Annotated[Maybe[Date], CONTRACT] = None
    """The first day."""
    expires: Annotated[Maybe[Date], CONTRACT] = None
    """The last day."""
    review: Annotated[Maybe[ReviewCadence], SCHEDULE] = None
