"""The kind Customer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from mofconf.kinds.relation import CONTRACT, COSMETIC, OWNED_BY, OWNERSHIP, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Maybe, Name, Text


class Customer(Resource):
    """Whoever uses services, and with whom agreements are made."""

    kind: Annotated[Literal["Customer"], COSMETIC]
    contacts: Annotated[tuple[Text, ...], COSMETIC] = ()
    """Whom to tell: names, addresses."""
    users: Annotated[Maybe[StrictInt], CONTRACT, Field(ge=0)] = None
    """How many people use what it buys."""
    relationship_owner: Annotated[Maybe[Name], OWNERSHIP, Link("Team", "Person", relation=OWNED_BY)] = None
    """The team or person who keeps the relationship."""
