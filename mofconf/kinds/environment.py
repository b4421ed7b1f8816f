"""The kind Environment."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.relation import COSMETIC, PROMOTES_TO, SCHEDULE, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.values import Maybe, Name


class Environment(Resource):
    """A stage that a release passes on its way to production."""

    kind: Annotated[Literal["Environment"], COSMETIC]
    stage: Annotated[
        Literal[
            "system-test",
            "staging",
            "prerelease",
            "user-acceptance",
            "production-certification",
            "production",
        ],
        SCHEDULE,
    ]
    """Which step on the way to production it is."""
    promotes_to: Annotated[Maybe[Name], SCHEDULE, Link("Environment", relation=PROMOTES_TO)] = None
    """The environment that comes next."""
