"""The kind Service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from mofconf.kinds.availability import Availability
from mofconf.kinds.calendar import HOURS
from mofconf.kinds.need import Need, Up
from mofconf.kinds.relation import (
    AVAILABILITY,
    CONTRACT,
    COSMETIC,
    OWNED_BY,
    OWNERSHIP,
    SCHEDULE,
    STAFFED_BY,
    STANDS_IN,
    SUPPLIED_BY,
    USED_BY,
    Link,
)
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.values import Duration, Maybe, Name

_FILLS = Link("Team", relation=OWNED_BY)


class Clusters(Value):
    """The team that fills a role cluster for this service, where it is not the usual one."""

    release: Annotated[Maybe[Name], _FILLS] = None
    """Who keeps its releases, changes and configuration under control."""
    infrastructure: Annotated[Maybe[Name], _FILLS] = None
    """Who plans its platforms, capacity and standards."""
    support: Annotated[Maybe[Name], _FILLS] = None
    """Who helps its users and restores it after incidents."""
    operations: Annotated[Maybe[Name], _FILLS] = None
    """Who runs it from day to day."""
    partner: Annotated[Maybe[Name], _FILLS] = None
    """Who deals with the suppliers behind it."""
    security: Annotated[Maybe[Name], _FILLS] = None
    """Who protects it and plans for emergencies."""
    service: Annotated[Maybe[Name], _FILLS] = None
    """Who agrees on its service levels and leads all who work on it."""


class Service(Resource):
    """What is delivered to somebody: to customers (business) or to other services (technical)."""

    kind: Annotated[Literal["Service"], COSMETIC]
    type: Annotated[Literal["business", "technical"], CONTRACT] = "technical"
    """Business: delivered to customers. Technical: delivered to other services."""
    lifecycle: Annotated[Literal["pipeline", "live", "retiring", "retired"], AVAILABILITY] = "live"
    """A retired service counts as not there."""
    criticality: Annotated[Literal["vital", "high", "medium", "low"], CONTRACT] = "medium"
    """How much the business depends on it."""
    owner: Annotated[Maybe[Name], OWNERSHIP, Link("Team", relation=OWNED_BY)] = None
    """The one team that answers for it."""
    teams: Annotated[tuple[Name, ...], OWNERSHIP, Link("Team", relation=STAFFED_BY)] = ()
    """Who else works on it."""
    clusters: Annotated[Maybe[Clusters], OWNERSHIP] = None
    """Teams that fill a role cluster for this service in particular."""
    needs: Annotated[tuple[Need, ...], AVAILABILITY] = ()
    """What it needs to work. A service is placed by what it needs."""
    availability: Annotated[Maybe[Availability], AVAILABILITY] = None
    """Its own failures only: what it needs is not counted."""
    supplier: Annotated[Maybe[Name], CONTRACT, Link("Partner", relation=SUPPLIED_BY)] = None
    """The partner that delivers it."""
    customers: Annotated[tuple[Name, ...], CONTRACT, Link("Customer", relation=USED_BY)] = ()
    """Who uses it."""
    environment: Annotated[Maybe[Name], SCHEDULE, Link("Environment", relation=STANDS_IN)] = None
    """The environment that it stands in."""
    hours: Annotated[Maybe[Name], CONTRACT, HOURS] = None
    """When it is to be available. Default: always."""
    users: Annotated[Maybe[StrictInt], CONTRACT, Field(ge=0)] = None
    """How many people use it."""
    recovery_time: Annotated[Maybe[Duration], AVAILABILITY] = None
    """How long it takes to restore once everything that it needs is there."""
    data_loss_tolerance: Annotated[Maybe[Duration], CONTRACT] = None
    """How much of the latest data may be lost."""
    instances: Annotated[Mapping[Name, Mapping[str, Any] | None], AVAILABILITY] = Field(default_factory=dict)
    """Many of the same: a name for each, and the fields in which it differs."""
    up: Annotated[Maybe[Up], AVAILABILITY] = None
    """How many instances are enough."""
