"""A tree as text: branches hang on lines of box characters, or of ASCII where there is nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mofconf.render import Screen
from mofconf.render.ink import OF_TONE, Ink, Piece, cells, painter
from mofconf.render.layout import Pieces, usable, with_place, wrapped
from mofconf.render.visible import visible
from mofconf.report import Branch, Report

_BOX = ("├─ ", "└─ ", "│  ", "   ")
_ASCII = ("|- ", "`- ", "|  ", "   ")
_ROOMY = 20  # what a deep branch keeps, though it then runs over the edge


def render(report: Report, screen: Screen) -> str:
    """The report's trees and nothing else."""
    paint = painter(colour=screen.colour)
    lines = tree_lines(report.trees, 0, usable(screen.width), unicode=screen.unicode)
    text = "".join(paint(line) + "\n" for line in lines)
    return text if screen.unicode else text.encode("ascii", "backslashreplace").decode()


def tree_lines(trees: Sequence[Branch], margin: int, width: int | None, *, unicode: bool) -> Iterator[Pieces]:
    """The lines of the trees, which begin in column ``margin``. However deep they are, nothing recurses."""
    middle, last, bar, blank = _BOX if unicode else _ASCII
    todo = [(tree, "", "") for tree in reversed(trees)]
    while todo:
        branch, first, further = todo.pop()
        yield from _branch_lines(branch, first, further, margin, width)
        for number, child in enumerate(reversed(branch.children)):
            todo.append((child, further + (middle if number else last), further + (bar if number else blank)))


def _branch_lines(branch: Branch, first: str, further: str, margin: int, width: int | None) -> Iterator[Pieces]:
    column = margin + len(further)
    text = visible(branch.text)
    parts = [text] if width is None else wrapped(text, max(width - column, _ROOMY))
    hang = column + (2 if branch.place and cells(text) else 0)
    lines: list[Pieces] = [[Piece(column, part, OF_TONE[branch.tone])] for part in parts]
    for number, line in enumerate(with_place(lines, branch.place, hang, width)):
        guide = further if number else first
        yield [Piece(margin, guide, Ink.MUTED), *line] if guide.strip() else line
