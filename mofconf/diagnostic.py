"""The one message type: what is wrong, where, why it matters and what to do next."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How bad a finding is. They compare: ``Severity.ERROR > Severity.NOTE``."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as users write and read it: ``note``, ``warning``, ``error``."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity that a word names; raises ``KeyError`` for any other word."""
        return cls[word.upper()]


class Place(NamedTuple):
    """A point in a file. Lines and columns count from 1, columns in code points.

    ``file`` is relative to the root that was read, with ``/`` between its parts.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Related(NamedTuple):
    """A second place that a finding talks about, and what is there."""

    place: Place
    message: str


class Diagnostic(NamedTuple):
    """One finding.

    ``rule`` is the name to look up with ``mofconf explain``; ``address`` the resource that it is about (empty where
    there is none); ``field`` the path to the value, as in ``needs[2].ref``; ``subject`` what it is about beside the
    address (the missing target, the knot), by which a plan recognises the same finding in another revision;
    ``status`` is ``new``, ``fixed`` or ``unchanged`` in a plan and empty elsewhere.
    """

    rule: str
    severity: Severity
    message: str
    place: Place | None = None
    address: str = ""
    field: str = ""
    hint: str = ""
    related: tuple[Related, ...] = ()
    subject: str = ""
    status: str = ""


def sort_key(finding: Diagnostic) -> tuple[str, int, int, str, str, str]:
    """Findings are read in the order of the files: by place, then by rule."""
    file, line, column = finding.place or ("", 0, 0)
    return (file, line, column, finding.rule, finding.address, finding.message)


def field_path(parts: tuple[str | int, ...]) -> str:
    """The path of a field as people write it.

    >>> field_path(("needs", 2, "anyOf", 0))
    'needs[2].anyOf[0]'
    """
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text
