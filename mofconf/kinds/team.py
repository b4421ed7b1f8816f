"""The kind Team."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.relation import BELONGS_TO, COSMETIC, DEPUTISED_BY, LED_BY, OWNERSHIP, STAFFED_BY, Link
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.values import Maybe, Name, Text


class Role(Value):
    """A part that a team plays in the Team Model."""

    cluster: Literal["release", "infrastructure", "support", "operations", "partner", "security", "service"]
    """The role cluster. `service` came with version 3 of the framework."""
    function: Text = ""
    """The functional role within the cluster, for example `change-management`."""
    lead: Annotated[Maybe[Name], Link("Person", relation=LED_BY)] = None
    """The person who answers for it."""
    deputies: Annotated[tuple[Name, ...], Link("Person", relation=DEPUTISED_BY)] = ()
    """Those who stand in for the lead, in this order."""


class Team(Resource):
    """People who answer for something together."""

    kind: Annotated[Literal["Team"], COSMETIC]
    members: Annotated[tuple[Name, ...], OWNERSHIP, Link("Person", relation=STAFFED_BY)] = ()
    """Who belongs to it."""
    part_of: Annotated[Maybe[Name], OWNERSHIP, Link("Team", relation=BELONGS_TO)] = None
    """The larger team that it belongs to."""
    roles: Annotated[tuple[Role, ...], OWNERSHIP] = ()
    """The role clusters that it fills."""
    contact: Annotated[Text, COSMETIC] = ""
    """Where to reach it: a channel, an address."""
    on_call: Annotated[Text, COSMETIC] = ""
    """Where to reach it at night: a rota, a number, a page."""
