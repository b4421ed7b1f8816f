"""What every kind has in common: how it is read, its name, and the fields that all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from mofconf.kinds.relation import COSMETIC
from mofconf.kinds.values import Name, Text


class Value(BaseModel):
    """A mapping inside a resource: closed (no unknown fields), immutable, in camelCase."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, defer_build=True)


class WebLink(Value):
    """A page that says more."""

    title: Text
    """What the page is called."""
    url: Text
    """Where it is."""


class Resource(Value):
    """A document of mofconf's own."""

    api_version: Annotated[Literal["mofconf/v1"], COSMETIC] = "mofconf/v1"
    """The version of the language. May be left out in the project's own sources."""
    kind: Annotated[str, COSMETIC]
    """What sort of resource it is."""
    name: Annotated[Name, COSMETIC]
    """Unique within the kind. `Kind/name` is the resource's address."""
    title: Annotated[Text, COSMETIC] = ""
    """What people call it."""
    description: Annotated[Text, COSMETIC] = ""
    """What it is, in a sentence or a few."""
    labels: Annotated[Mapping[Text, Text], COSMETIC] = Field(default_factory=dict)
    """Your own marks, to select by: `labels.tier=data`."""
    links: Annotated[tuple[WebLink, ...], COSMETIC] = ()
    """Pages that say more."""
    formerly: Annotated[tuple[Name, ...], COSMETIC] = ()
    """Names that it had before. A rename is then a rename, not a removal and an addition."""
