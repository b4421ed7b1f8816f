"""The kind DataSet."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from mofconf.kinds.relation import CONTRACT, COSMETIC, OWNED_BY, OWNERSHIP, SECURITY, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Duration, Name

Rating: TypeAlias = Literal["low", "medium", "high"]


class DataSet(Resource):
    """Data that somebody answers for, and how much it matters that it stays secret, right and at hand."""

    kind: Annotated[Literal["DataSet"], COSMETIC]
    confidentiality: Annotated[Rating, SECURITY] = "medium"
    integrity: Annotated[Rating, SECURITY] = "medium"
    availability: Annotated[Rating, SECURITY] = "medium"
    owner: Annotated[Name | None, OWNERSHIP, Link("Team", relation=OWNED_BY)] = None
    """The one team that answers for it."""
    retention: Annotated[Duration | None, CONTRACT] = None
    """How long it is kept."""
