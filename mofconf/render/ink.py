"""The colours of a terminal: what each tone looks like, and how wide a text is. The door to rich."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from mofconf.diagnostic import Diagnostic, Severity
from mofconf.report import Tone


class Ink(Enum):
    """What a piece of a line is written in: a tone of the report, or a part that every report has."""

    PLAIN = ""
    STRONG = "bold"
    GOOD = "green"
    WARN = "yellow"
    BAD = "red"
    MUTED = "dim"
    VERDICT_GOOD = "bold green"
    VERDICT_WARN = "bold yellow"
    VERDICT_BAD = "bold red"
    HELP = "cyan"


class Piece(NamedTuple):
    """A text of a line and the column at which it starts. A whole one is never wrapped."""

    column: int
    text: str
    ink: Ink = Ink.PLAIN
    whole: bool = False


Painter = Callable[[Sequence[Piece]], str]

OF_TONE: Mapping[Tone, Ink] = {tone: Ink[tone.name] for tone in Tone}
OF_VERDICT: Mapping[Tone, Ink] = {
    **dict.fromkeys(Tone, Ink.STRONG),
    Tone.GOOD: Ink.VERDICT_GOOD,
    Tone.WARN: Ink.VERDICT_WARN,
    Tone.BAD: Ink.VERDICT_BAD,
}
OF_MARK: Mapping[str, Ink] = {"+": Ink.GOOD, "-": Ink.BAD, "~": Ink.WARN, ">": Ink.HELP}
_OF_SEVERITY = {Severity.ERROR: Ink.BAD, Severity.WARNING: Ink.WARN, Severity.NOTE: Ink.HELP}


def of_finding(finding: Diagnostic) -> Ink:
    """The ink of the word that says how bad a finding is."""
    if finding.status == "fixed":
        return Ink.GOOD
    return Ink.MUTED if finding.status == "unchanged" else _OF_SEVERITY[finding.severity]


def painter(*, colour: bool) -> Painter:
    """What turns the pieces of a line into its text: with escape sequences, or with spaces alone.

    Only the sixteen colours that belong to the reader's own theme are used.
    """
    if not colour:
        return lambda pieces: _joined(pieces, {})
    from rich.color import ColorSystem
    from rich.style import Style

    around = {}
    for ink in Ink:
        before, _, after = Style.parse(ink.value).render("\0", color_system=ColorSystem.STANDARD).partition("\0")
        around[ink] = (before, after)
    return lambda pieces: _joined(pieces, around)


def _joined(pieces: Sequence[Piece], around: Mapping[Ink, tuple[str, str]]) -> str:
    text, at = "", 0
    for piece in pieces:
        before, after = around.get(piece.ink, ("", ""))
        text += " " * (piece.column - at) + before + piece.text + after
        at = piece.column + cells(piece.text)
    return text


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: an ideogram takes two, an accent none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
