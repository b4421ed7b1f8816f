"""What an answer says, before anybody decides how it looks: verdict, sections, findings, and the raw values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple, TypeAlias

from mofconf.diagnostic import Diagnostic, Place

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


class Tone(Enum):
    """How a piece of text is meant. A format decides what that looks like (a colour, a weight, nothing)."""

    PLAIN = "plain"
    STRONG = "strong"  # a name: an address, a heading
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    MUTED = "muted"  # said for completeness


class Cell(NamedTuple):
    """One piece of text in a row."""

    text: str
    tone: Tone = Tone.PLAIN


class Row(NamedTuple):
    """One line of a section: cells that line up with those of its neighbours, and what explains them.

    ``mark`` leads the line (``+``, ``-``, ``~``, ``>`` in a plan); ``place`` is where to look in the files;
    ``because`` holds whole sentences that stand below the line.
    """

    cells: tuple[Cell, ...]
    mark: str = ""
    place: Place | None = None
    because: tuple[str, ...] = ()


class Section(NamedTuple):
    """A titled table. ``columns`` are its headings, where it wants any; ``note`` is one sentence beside the title.

    ``total`` is how many things it tells of, where a row may stand for several.
    """

    title: str
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    note: str = ""
    total: int | None = None


class Branch(NamedTuple):
    """A node of a tree of text. ``place`` is where to look in the files."""

    text: str
    children: tuple[Branch, ...] = ()
    tone: Tone = Tone.PLAIN
    place: Place | None = None


class Node(NamedTuple):
    """A node of a picture. ``group`` puts nodes of one kind together; ``tone`` says how it fares."""

    id: str
    label: str
    group: str = ""
    tone: Tone = Tone.PLAIN


class Line(NamedTuple):
    """An edge of a picture, from ``source`` to ``target``. A soft one carries no outage and is drawn dashed."""

    source: str
    target: str
    label: str = ""
    soft: bool = False


class Picture(NamedTuple):
    """A graph to draw. Formats that cannot draw say how many nodes and edges there are."""

    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()


class Sheet(NamedTuple):
    """A table for a spreadsheet: its headings, and rows of as many texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


class Verdict(NamedTuple):
    """The answer in one sentence. ``state`` is a word for programs, ``tone`` says whether that is good news."""

    state: str
    sentence: str
    tone: Tone = Tone.PLAIN


class Report(NamedTuple):
    """An answer that any format can render.

    ``root`` is where the paths of places begin, as seen from the top of the repository: empty for the top itself.
    ``data`` carries the values behind the sections, unrounded and in full, so that JSON never parses text.
    ``trees``, ``picture`` and ``sheet`` are there where the question asks for them. ``text`` is the whole answer where
    it is nothing but text (an explanation, a schema). ``findings`` is ``None`` where the command does not judge.
    ``note`` stands beside the title (how much was read). ``all_findings`` shows those that a plan finds
    unchanged too, which are only counted otherwise. ``exit_code`` is what the command leaves with, where there is one.
    """

    command: str
    title: str
    verdict: Verdict | None = None
    sections: tuple[Section, ...] = ()
    findings: tuple[Diagnostic, ...] | None = None
    trees: tuple[Branch, ...] = ()
    picture: Picture | None = None
    text: str = ""
    data: Mapping[str, Json] = {}
    note: str = ""
    all_findings: bool = False
    root: str = ""
    exit_code: int | None = None
    sheet: Sheet | None = None
