"""The kind Asset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from mofconf.kinds.availability import Availability
from mofconf.kinds.money import Money
from mofconf.kinds.need import Need, Up
from mofconf.kinds.relation import (
    AVAILABILITY,
    CONTRACT,
    COSMETIC,
    HOLDS,
    LOCATED_IN,
    OWNED_BY,
    OWNERSHIP,
    PART_OF,
    RUNS_ON,
    SCHEDULE,
    SECURITY,
    STANDS_IN,
    SUPPLIED_BY,
    Link,
)
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Date, Duration, Maybe, Name, Text


class Asset(Resource):
    """A configuration item: something that is run, held or paid for, and that can fail."""

    kind: Annotated[Literal["Asset"], COSMETIC]
    category: Annotated[
        Literal["hardware", "software", "network", "facility", "documentation", "credential"], COSMETIC
    ] = "software"
    """What sort of thing it is."""
    model: Annotated[Text, COSMETIC] = ""
    """What make it is: `PowerEdge R760`, `PostgreSQL`."""
    version: Annotated[Text, AVAILABILITY] = ""
    """Which version of the model it is: `16.4`, a firmware, a release."""
    serial: Annotated[Text, COSMETIC] = ""
    """What tells it from others of its model: a serial number, an inventory tag."""
    status: Annotated[
        Literal["planned", "ordered", "development", "stock", "live", "maintenance", "withdrawn", "disposed"],
        AVAILABILITY,
    ] = "live"
    """Where it is in its life. One that is withdrawn or disposed counts as not there."""
    location: Annotated[Maybe[Name], AVAILABILITY, Link("Location", relation=LOCATED_IN)] = None
    """Where it stands. What runs on or is part of another asset stands where that one stands."""
    runs_on: Annotated[Maybe[Name], AVAILABILITY, Link("Asset", relation=RUNS_ON)] = None
    """The asset that carries it: a host, a cluster, a platform."""
    part_of: Annotated[Maybe[Name], AVAILABILITY, Link("Asset", relation=PART_OF)] = None
    """The asset that it is a component of."""
    environment: Annotated[Maybe[Name], SCHEDULE, Link("Environment", relation=STANDS_IN)] = None
    """The environment that it stands in."""
    needs: Annotated[tuple[Need, ...], AVAILABILITY] = ()
    """What it needs to work."""
    availability: Annotated[Maybe[Availability], AVAILABILITY] = None
    """Its own failures only."""
    recovery_time: Annotated[Maybe[Duration], AVAILABILITY] = None
    """How long it takes to start again once everything that it needs is there. Default: its mean time to repair."""
    owner: Annotated[Maybe[Name], OWNERSHIP, Link("Team", relation=OWNED_BY)] = None
    """The one team that answers for it."""
    supplier: Annotated[Maybe[Name], CONTRACT, Link("Partner", relation=SUPPLIED_BY)] = None
    """The partner that it comes from or that runs it."""
    cost: Annotated[Maybe[Money], CONTRACT] = None
    """What it costs, once or per period."""
    bought: Annotated[Maybe[Date], COSMETIC] = None
    """The day on which it was bought."""
    warranty: Annotated[Maybe[Date], CONTRACT] = None
    """The last day of the warranty."""
    end_of_support: Annotated[Maybe[Date], CONTRACT] = None
    """The last day on which its maker supports it."""
    expires: Annotated[Maybe[Date], SECURITY] = None
    """The last day on which it works: a certificate, a licence."""
    retirement: Annotated[Maybe[Date], SCHEDULE] = None
    """The day on which it is to go."""
    verified: Annotated[Maybe[Date], COSMETIC] = None
    """The day on which somebody last saw that it is as described."""
    holds: Annotated[tuple[Name, ...], SECURITY, Link("DataSet", relation=HOLDS)] = ()
    """The data that lies on it."""
    instances: Annotated[Mapping[Name, Mapping[str, Any] | None], AVAILABILITY] = Field(default_factory=dict)
    """Many of the same: a name for each, and the fields in which it differs."""
    up: Annotated[Maybe[Up], AVAILABILITY] = None
    """How many instances are enough."""
