"""The report as text that people read: laid out for a terminal, or in plain lines for a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mofconf.diagnostic import Diagnostic
from mofconf.render import Screen
from mofconf.render.findings import counted, label, plain, shown, tally, where
from mofconf.render.ink import OF_VERDICT, Ink, Piece, cells, of_finding, painter
from mofconf.render.layout import GAP, MARGIN, Pieces, end, flowed, section_lines, usable
from mofconf.render.tree import tree_lines
from mofconf.render.visible import inert, visible, visible_lines
from mofconf.report import Report, Section, Verdict

_TITLE = 2  # where titles of sections begin
_HELP = "help:"
_ROOM_FOR_HELP = 40


def render(report: Report, screen: Screen) -> str:
    """The whole report. One that is nothing but text is that text, as it stands."""
    if not (report.verdict or report.sections or report.trees or report.picture) and report.findings is None:
        text = visible_lines(report.text).rstrip("\n") + "\n" if report.text else ""
    else:
        text = _whole(report, shown(report), screen)
    return text if screen.unicode else text.encode("ascii", "backslashreplace").decode()


def render_with(report: Report, findings: Sequence[Diagnostic]) -> str:
    """The report in plain lines with these findings alone in full. The counts are those of all."""
    return _whole(report, findings, Screen(width=None, colour=False))


def _whole(report: Report, findings: Sequence[Diagnostic], screen: Screen) -> str:
    width = usable(screen.width)
    paint = painter(colour=screen.colour)
    parts = [_title(report, width)]
    if report.verdict:
        parts.append(_verdict(report.verdict, width))
    parts += [[*_heading(section, width), *section_lines(section, width)] for section in report.sections]
    if report.trees:
        parts.append(list(tree_lines(report.trees, _TITLE, width, unicode=screen.unicode)))
    if report.text:
        parts.append([[Piece(0, line)] for line in visible_lines(report.text).rstrip("\n").split("\n")])
    if report.picture and report.picture.nodes:
        size = f"{counted(len(report.picture.nodes), 'node')}, {counted(len(report.picture.lines), 'edge')}"
        parts.append(
            [
                [
                    Piece(_TITLE, size),
                    Piece(_TITLE + cells(size) + GAP, "-o mermaid, dot or graphml draws them", Ink.MUTED),
                ]
            ]
        )
    if report.findings is not None:
        parts.append(_findings(report.findings, findings, width))
    text = "\n".join("".join(paint(line) + "\n" for line in part) for part in parts)
    return inert(text) if width is None else text


def _title(report: Report, width: int | None) -> list[Pieces]:
    line = [Piece(0, visible(report.command), Ink.STRONG)]
    for text, ink, gap in ((report.title, Ink.PLAIN, 2), (report.note, Ink.MUTED, GAP)):
        if text:
            line.append(Piece(end(line) + gap, visible(text), ink))
    return flowed(line, MARGIN, width)


def _verdict(verdict: Verdict, width: int | None) -> list[Pieces]:
    word = Piece(_TITLE, "VERDICT", Ink.STRONG)
    column = end([word]) + 2
    sentence = Piece(column, visible(verdict.sentence), OF_VERDICT[verdict.tone])
    lines = flowed([sentence], column, width)
    lines[0].insert(0, word)
    return lines


def _heading(section: Section, width: int | None) -> list[Pieces]:
    line = [Piece(_TITLE, visible(section.title), Ink.STRONG)]
    note = section.note or ("" if section.rows else "none")
    if note:
        line.append(Piece(end(line) + GAP, visible(note), Ink.MUTED))
    return flowed(line, MARGIN, width)


def _findings(all_of_them: Sequence[Diagnostic], those: Sequence[Diagnostic], width: int | None) -> list[Pieces]:
    heading = _heading(Section("Findings", note=tally(all_of_them)), width)
    if not those:
        return heading
    if width is None:
        # From the first column, so that programs find path, line and column there.
        return [*heading, [], *([Piece(0, line)] for one in those for line in plain(one))]
    stops = _finding_stops(those)
    room = width - stops[-1]
    explained = any(one.hint or one.related for one in those)
    fits = all(cells(visible(one.message)) <= room for one in those)
    if fits and (room >= _ROOM_FOR_HELP or not explained):
        return [*heading, *(line for one in those for line in _as_row(one, stops, width))]
    return [*heading, *(line for one in those for line in ([], *_as_block(one, width)))]


def _finding_stops(findings: Sequence[Diagnostic]) -> list[int]:
    """Where place, severity, rule and message begin when they stand in columns."""
    stops = [MARGIN]
    for text in (where, label, lambda one: visible(one.rule)):
        stops.append(stops[-1] + max(cells(text(one)) for one in findings) + 2)
    return stops


def _as_row(finding: Diagnostic, stops: Sequence[int], width: int) -> Iterator[Pieces]:
    texts = (where(finding), label(finding), visible(finding.rule), visible(finding.message))
    inks = (Ink.MUTED, of_finding(finding), Ink.PLAIN, Ink.PLAIN)
    yield [Piece(*parts) for parts in zip(stops, texts, inks, strict=True)]
    yield from _explained(finding, stops[-1], width)


def _as_block(finding: Diagnostic, width: int) -> Iterator[Pieces]:
    line = [Piece(MARGIN, where(finding), Ink.STRONG, whole=True)]
    for text, ink in ((label(finding), of_finding(finding)), (visible(finding.rule), Ink.PLAIN)):
        line.append(Piece(end(line) + 2, text, ink))
    yield from flowed(line, MARGIN + 2, width)
    yield from flowed([Piece(MARGIN + 2, visible(finding.message))], MARGIN + 2, width)
    yield from _explained(finding, MARGIN + 2, width)


def _explained(finding: Diagnostic, column: int, width: int) -> Iterator[Pieces]:
    """The other places that a finding speaks of, and what to do about it."""
    for one in finding.related:
        place = Piece(column + 4, visible(str(one.place)), Ink.MUTED, whole=True)
        lines = flowed([place, Piece(end([place]) + 2, visible(one.message), Ink.MUTED)], column + 4, width)
        lines[0].insert(0, Piece(column, "see", Ink.MUTED))
        yield from lines
    if finding.hint:
        start = column + len(_HELP) + 1
        lines = flowed([Piece(start, visible(finding.hint))], start, width)
        lines[0].insert(0, Piece(column, _HELP, Ink.HELP))
        yield from lines
