"""The kind Location."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.availability import Availability
from mofconf.kinds.relation import AVAILABILITY, COSMETIC, PART_OF, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Duration, Maybe, Name


class Location(Resource):
    """A place whose failure takes everything in it down: a failure domain."""

    kind: Annotated[Literal["Location"], COSMETIC]
    type: Annotated[Literal["region", "site", "zone", "building", "room", "rack"], COSMETIC] = "site"
    """How large it is."""
    part_of: Annotated[Maybe[Name], AVAILABILITY, Link("Location", relation=PART_OF)] = None
    """The larger place that it lies in."""
    availability: Annotated[Maybe[Availability], AVAILABILITY] = None
    """Its own failures only: power, cooling, fire; not those of the larger place."""
    recovery_time: Annotated[Maybe[Duration], AVAILABILITY] = None
    """How long it takes to open again once everything that it needs is there. Default: its mean time to repair."""
