"""The shape of one entry of a project's ``sources``: which files, in which format, and how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mofconf.diagnostic import Place


class FieldRule(NamedTuple):
    """Where the value of one field comes from.

    ``paths`` are JSONPath queries (RFC 9535) in which ``$`` is the entry; the first that matches anything is taken.
    ``key`` takes the key under which the entry stands instead; ``value`` is a constant, used where nothing matched.
    ``alias`` translates values, ``slug`` makes a name of free text, ``as_`` puts the value into a text at its ``{}``.
    ``items`` makes a mapping of each match, with rules whose ``$`` is that match.
    ``place`` is where the rule itself was written.
    """

    paths: tuple[str, ...] = ()
    key: bool = False
    value: object = None
    alias: Mapping[str, object] = {}
    slug: bool = False
    as_: str = ""
    items: Mapping[str, FieldRule] = {}
    place: Place | None = None


class ResourceRule(NamedTuple):
    """How the entries that ``each`` matches become resources of a kind.

    The keys of ``fields`` are field names, dotted for a field within a field (``labels.tier``). With ``adds`` the
    resource is not made, only completed: another source makes it. A name with ``*`` then completes all that match.
    """

    each: str
    kind: FieldRule
    name: FieldRule
    fields: Mapping[str, FieldRule] = {}
    adds: bool = False
    place: Place | None = None


class Source(NamedTuple):
    """One entry of ``sources``. ``files`` and ``exclude`` are globs relative to the root (``**`` crosses folders).

    ``resources`` belongs to the format ``mapping``; ``profiles`` to ``compose`` (the profiles that are switched on;
    ``None`` for all); ``annotations`` to ``backstage`` (those to keep as labels).
    """

    files: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    format: str = "native"
    resources: tuple[ResourceRule, ...] = ()
    profiles: tuple[str, ...] | None = None
    annotations: tuple[str, ...] = ()
    place: Place | None = None
