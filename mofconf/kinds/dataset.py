"""The kind DataSet."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from mofconf.kinds.relation import CONTRACT, COSMETIC, OWNED_BY, OWNERSHIP, SECURITY, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Duration, Maybe, Name

Rating: TypeAlias = Literal["low", "medium", "high"]


class DataSet(Resource):
    """Data that somebody answers for, and how much it matters that it stays secret, right and at hand."""

    kind: Annotated[Literal["DataSet"], COSMETIC]
    confidentiality: Annotated[Rating, SECURITY] = "medium"
    """How much it matters that nobody sees it who should not."""
    integrity: Annotated[Rating, SECURITY] = "medium"
    """How much it matters that it is right and complete."""
    availability: Annotated[Rating, SECURITY] = "medium"
    """How much it matters that it is at hand."""
    owner: Annotated[Maybe[Name], OWNERSHIP, Link("Team", relation=OWNED_BY)] = None
    """The one team that answers for it."""
    retention: Annotated[Maybe[Duration], CONTRACT] = None
    """How long it is kept."""
