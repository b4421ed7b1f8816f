"""Sections and trees become lines of pieces: columns line up, long sentences wrap, nothing is cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from mofconf.diagnostic import Place
from mofconf.render.ink import OF_MARK, OF_TONE, Ink, Piece, cells
from mofconf.render.visible import visible
from mofconf.report import Cell, Row, Section, Tone

Pieces = list[Piece]

GAP = 3  # spaces between columns
MARGIN = 4  # where the rows of a section begin
WIDEST = 120  # a line longer than this is tiring on any terminal
_NARROWEST = 40
_ROOMY = 30  # a sentence is not wrapped into less than this
_BECAUSE = "because"


def usable(width: int | None) -> int | None:
    """How much of a terminal's width lines are laid out for."""
    return None if width is None else max(_NARROWEST, min(width, WIDEST))


def section_lines(section: Section, width: int | None) -> Iterator[Pieces]:
    """The rows of a section, and above them its headings where it has any."""
    if not section.rows:
        return
    stops = _stops(section, width)
    places = _place_stop(section, stops) if section.columns and width is None else 0
    for row in _headed(section):
        yield from _row_lines(row, stops[len(row.cells)], width, places)


def flowed(pieces: Iterable[Piece], hang: int, width: int | None) -> list[Pieces]:
    """Pieces on as few lines as they need. What does not fit goes on in column ``hang`` of the next line.

    A sentence stays in its own column and wraps there, where there is room. A word is never broken.
    """
    lines: list[Pieces] = [[]]
    for piece in pieces:
        last = lines[-1]
        start = max(piece.column if len(lines) == 1 else 0, end(last) + 2 if last else 0)
        size = cells(piece.text)
        if width is None or start + size <= width:
            last.append(piece._replace(column=start))
            continue
        if (last or start > hang) and (width - start < _ROOMY or piece.whole or size <= width - hang):
            start = hang
            lines += [[]] if last else []
        parts = [piece.text] if piece.whole else wrapped(piece.text, width - start)
        lines[-1].append(piece._replace(column=start, text=parts[0]))
        lines += [[piece._replace(column=start, text=part)] for part in parts[1:]]
    return lines


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most ``room`` cells, broken at spaces; a longer word gets a line for itself.

    A sign, as in ``+ Asset/db``, stays with what it is the sign of.
    """
    if cells(text) <= room:
        return [text]
    line, *words = _BREAKS.split(text)
    lines, length = [], cells(line)
    for word in words:
        size = cells(word)
        if length + 1 + size > room:
            lines.append(line)
            line, length = word, size
        else:
            line, length = f"{line} {word}", length + 1 + size
    return [*lines, line]


_BREAKS = re.compile(r"(?<! [+-])(?<!\A[+-]) ")


def with_place(lines: list[Pieces], place: Place | None, hang: int, width: int | None, stop: int = 0) -> list[Pieces]:
    """The lines with a place at the right edge of the first that has room for it, or on a line of its own.

    Where there is no edge it stands behind the first line, in the column ``stop`` if that is free.
    """
    if place is None:
        return lines
    text = visible(str(place))
    if width is None:
        lines[0].append(Piece(max(end(lines[0]) + GAP, stop), text, Ink.MUTED))
        return lines
    column = width - cells(text)
    for line in lines:
        if end(line) + GAP <= column:
            line.append(Piece(column, text, Ink.MUTED))
            return lines
    return [*lines, [Piece(hang, text, Ink.MUTED)]]


def end(line: Sequence[Piece]) -> int:
    """The column after a line's last piece."""
    return line[-1].column + cells(line[-1].text) if line else 0


def _headed(section: Section) -> Iterator[Row]:
    if section.columns:
        yield Row(tuple(Cell(column, Tone.MUTED) for column in section.columns))
    yield from section.rows


def _row_lines(row: Row, stops: Sequence[int], width: int | None, places: int) -> Iterator[Pieces]:
    hang = stops[1] if width and len(stops) > 1 and width - stops[1] >= _ROOMY else stops[0] + 2
    lines = flowed(_at_stops(row, stops), hang, width)
    if row.mark:
        mark = visible(row.mark)
        lines[0].insert(0, Piece(MARGIN, mark, OF_MARK.get(mark, Ink.PLAIN)))
    because: list[Pieces] = []
    column = stops[0] + 2 + len(_BECAUSE) + 2
    for sentence in row.because:
        because += flowed([Piece(column, visible(sentence))], column, width)
    if because:
        because[0].insert(0, Piece(stops[0] + 2, _BECAUSE, Ink.MUTED))
    yield from with_place([*lines, *because], row.place, hang, width, places)


def _at_stops(row: Row, stops: Sequence[int]) -> Iterator[Piece]:
    for stop, cell in zip(stops, row.cells, strict=False):
        if cell.text:
            yield Piece(stop, visible(cell.text), OF_TONE[cell.tone])


def _place_stop(section: Section, stops: Mapping[int, Sequence[int]]) -> int:
    """Where places line up below headings, which make the rows a table: behind the longest last cell."""
    last = [(stops[len(row.cells)][-1], cells(visible(row.cells[-1].text))) for row in section.rows if row.cells]
    return max((stop + size + GAP if size else stop for stop, size in last if size <= _LONG), default=0)


_LONG = 60  # cells; where there is no width, what is longer pushes nothing else


def _stops(section: Section, width: int | None) -> Mapping[int, Sequence[int]]:
    """The columns at which cells begin, for rows of each number of cells.

    The first column is the same for all. Beyond it rows of one shape line up with each other, and all of them
    where there are headings. The last cell of a row pushes nothing, as nothing follows it, and neither does
    one that is far longer than the others: its row alone gives up lining up.
    """
    limit = _LONG if width is None else int(width * 0.45)
    widest: dict[tuple[int, int], int] = {}
    for row in _headed(section):
        shape = 0 if section.columns else len(row.cells)
        for number, cell in enumerate(row.cells[:-1]):
            size = cells(visible(cell.text))
            key = (shape if number else 0, number)
            if widest.get(key, 0) < size <= limit:
                widest[key] = size
    first = MARGIN + (2 if any(row.mark for row in section.rows) else 0)
    stops = {}
    for length in {len(row.cells) for row in _headed(section)}:
        sizes = [
            widest.get((0 if section.columns or not number else length, number), 0) for number in range(length - 1)
        ]
        stops[length] = list(accumulate((size + GAP if size else 0 for size in sizes), initial=first))
    return stops
