"""Foreign documents become native ones: the formats, one file each, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from mofconf.documents import Document, SourceFile
from mofconf.formats.draft import Shaped
from mofconf.formats.source import Source

Format: TypeAlias = Callable[[Sequence[Document], Source, Mapping[str, SourceFile | None]], Shaped]


def format_named(name: str) -> Format:
    """The format of that name; they are imported when a project asks for them."""
    from mofconf.formats import backstage, compose, mapping, native

    formats: Mapping[str, Format] = {
        "native": native.shape,
        "mapping": mapping.shape,
        "compose": compose.shape,
        "backstage": backstage.shape,
    }
    return formats[name]


TAGS: Mapping[str, frozenset[str]] = {"compose": frozenset({"!reset", "!override"})}
"""YAML tags that a format understands itself."""
