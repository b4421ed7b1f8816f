"""The kind Person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from mofconf.kinds.relation import COSMETIC, OWNERSHIP
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.values import Date, Maybe, Text


class Skill(Value):
    """Something that a person can do, and until when that is certified."""

    name: Text
    """What it is: `postgresql`, `incident-command`."""
    level: Literal["basic", "working", "expert"] = "working"
    """How well they know it."""
    expires: Maybe[Date] = None
    """The last day on which a certificate is valid."""


class Person(Resource):
    """Somebody who answers for something."""

    kind: Annotated[Literal["Person"], COSMETIC]
    email: Annotated[Text, COSMETIC] = ""
    """Where to write to."""
    handles: Annotated[Mapping[Text, Text], COSMETIC] = Field(default_factory=dict)
    """Names elsewhere: `{github: ana, git: ana@example.org}`."""
    skills: Annotated[tuple[Skill, ...], OWNERSHIP] = ()
    start: Annotated[Maybe[Date], OWNERSHIP] = None
    """The first day."""
    end: Annotated[Maybe[Date], OWNERSHIP] = None
    """The last day of somebody who leaves. Whoever still names them afterwards gets a finding."""
