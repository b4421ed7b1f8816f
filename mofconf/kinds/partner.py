"""The kind Partner."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.relation import COSMETIC, OWNED_BY, OWNERSHIP, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Maybe, Name, Text


class Partner(Resource):
    """An external party that something depends on: a supplier, an outsourcer, a host."""

    kind: Annotated[Literal["Partner"], COSMETIC]
    manager: Annotated[Maybe[Name], OWNERSHIP, Link("Person", relation=OWNED_BY)] = None
    """The partner account manager: the person inside who keeps the relationship."""
    contacts: Annotated[tuple[Text, ...], COSMETIC] = ()
    """Whom to call at the partner's."""
    partnership: Annotated[
        Literal["supplier", "maintenance", "outsourcing", "hosting", "environment-support", "trading-partner"],
        COSMETIC,
    ] = "supplier"
    """What kind of partnership it is."""
