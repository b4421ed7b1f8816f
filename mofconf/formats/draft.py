"""What a document says of one resource, in mofconf's own fields, before anybody judges whether it fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mofconf.diagnostic import Place, Related
from mofconf.documents import MapMarks, locate


class Draft(NamedTuple):
    """A resource as it was written: ``value`` is what a kind will read, ``kind`` and ``name`` included.

    ``marks`` runs parallel to ``value`` and remembers where each key and value stands, each in its own file.
    ``format`` is ``native`` for mofconf's own YAML. ``adds`` marks a draft that only adds fields to a resource
    which another source makes. ``assumed`` are the fields that a default of the project filled in.
    """

    kind: str
    name: str
    value: Mapping[str, object]
    marks: MapMarks
    file: str
    format: str = "native"
    adds: bool = False
    assumed: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """``Kind/name``, the one name that the resource goes by in the whole catalog."""
        return f"{self.kind}/{self.name}"

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where a value stands (or the nearest thing around it that was written); of its key with ``key=True``."""
        return locate(self.file, self.marks, path, key=key)


class Problem(NamedTuple):
    """Something that a format could not make sense of. ``rule`` names the rule that turns it into a finding.

    ``path`` is the field of the resource at ``address`` that it is about, where there is one.
    """

    rule: str
    place: Place
    message: str
    hint: str = ""
    address: str = ""
    subject: str = ""
    related: tuple[Related, ...] = ()
    path: tuple[str | int, ...] = ()


class Shaped(NamedTuple):
    """What a format makes of the documents of one source.

    ``wanted`` are further files that it would like to see (a ``.env``, the target of an ``extends``), relative to
    the root. The caller fetches them from the same revision and asks again.
    """

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    wanted: frozenset[str] = frozenset()
