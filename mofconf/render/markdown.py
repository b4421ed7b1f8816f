"""The report as a comment on a pull request: the verdict, and all else folded below, within a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from mofconf.diagnostic import Diagnostic
from mofconf.render import Screen
from mofconf.render.findings import counted, label, shown, tally, where
from mofconf.render.folding import Fold, fitted, size
from mofconf.render.ink import painter
from mofconf.render.markup import code, prose, table_code, table_prose
from mofconf.render.mermaid import flowchart
from mofconf.render.tree import tree_lines
from mofconf.render.visible import visible, visible_lines
from mofconf.report import Cell, Report, Row, Section, Tone

BUDGET = 60_000  # bytes; a comment on GitHub takes 65,536 characters
SMALLEST = 500  # with less there is nothing to say
_LONGEST_NAME = 40
_SYMBOLS = {Tone.GOOD: "✅ ", Tone.WARN: "⚠️ ", Tone.BAD: "❌ "}


def render(report: Report, screen: Screen, *, budget: int = BUDGET) -> str:
    """Markdown of at most ``budget`` bytes (500 at least), as GitHub and GitLab show it.

    Its first line is hidden and names the command, so that a program finds the comment and replaces it.
    """
    budget = max(budget, SMALLEST)
    head = _head(report, screen, budget // 2)
    return head + fitted(tuple(_folds(report, screen)), budget - size(head))


def _head(report: Report, screen: Screen, budget: int) -> str:
    """The verdict and what it is about, cut where they are too long for a part of the budget."""
    longest = 1000
    while True:
        short = partial(_short, longest=longest, unicode=screen.unicode)
        title = prose(short(f"mofconf {report.command}"))
        if report.title:
            title += " " + code(visible(short(report.title)))
        note = f", {prose(short(report.note))}" if report.note else ""
        lines = [f"<!-- mofconf:{re.sub('[^a-z]', '', report.command)[:_LONGEST_NAME] or 'report'} -->"]
        if report.verdict:
            symbol = _SYMBOLS.get(report.verdict.tone, "") if screen.unicode else ""
            lines += [f"### {symbol}{prose(short(report.verdict.sentence))}", "", title + note, ""]
        else:
            lines += [f"### {title}{note}", ""]
        text = "\n".join(lines) + "\n"
        if size(text) <= budget or longest == 1:
            return text
        longest = max(1, longest // 2)


def _short(text: str, longest: int, *, unicode: bool) -> str:
    return text if len(text) <= longest else text[: longest - 1] + ("…" if unicode else "...")


def _folds(report: Report, screen: Screen) -> Iterator[Fold]:
    for number, section in enumerate(report.sections):
        # The first one says what matters most: nobody should have to unfold it.
        yield _section(section)._replace(open=number == 0)
    if report.trees:
        paint = painter(colour=False)
        lines = tree_lines(report.trees, 0, None, unicode=screen.unicode)
        yield _fenced("Tree", [paint(line) for line in lines])
    if report.text:
        yield _fenced("Text", visible_lines(report.text).rstrip("\n").split("\n"))
    if report.picture:
        numbers = f"{counted(len(report.picture.nodes), 'node')}, {counted(len(report.picture.lines), 'edge')}"
        yield Fold("Graph", numbers, "```mermaid\n", (flowchart(report.picture, unicode=screen.unicode),), "```\n")
    if report.findings is not None:
        yield _findings(report)


def _section(section: Section) -> Fold:
    marked = any(row.mark for row in section.rows)
    placed = any(row.place for row in section.rows)
    width = max([len(section.columns), *(len(row.cells) for row in section.rows)])
    headings = [table_prose(column) for column in section.columns]
    headings = [*[""] * marked, *headings, *[""] * (width - len(headings)), *[""] * placed]
    rows = tuple(_table_row(_row(row, width, marked=marked, placed=placed)) for row in section.rows)
    number = len(rows) if section.total is None else section.total
    note = (f"{number:,}" if rows else "none") + (f", {section.note}" if section.note else "")
    total = None if number == len(rows) else number
    return Fold(section.title, note, _table_head(headings), rows, total=total)


def _row(row: Row, width: int, *, marked: bool, placed: bool) -> Iterator[str]:
    if marked:
        yield table_code(visible(row.mark))
    texts = [_cell(cell) for cell in row.cells]
    if row.because:
        texts[-1:] = ["<br>because ".join([*texts[-1:], " ".join(table_prose(one) for one in row.because)])]
    yield from texts
    yield from [""] * (width - len(texts))
    if placed:
        yield table_code(visible(str(row.place))) if row.place else ""


def _cell(cell: Cell) -> str:
    text = table_prose(cell.text)
    return f"<b>{text}</b>" if text and cell.tone in (Tone.BAD, Tone.WARN) else text


def _findings(report: Report) -> Fold:
    rows = tuple(_table_row(_finding(one)) for one in shown(report, worst_first=True))
    note = tally(report.findings or ())
    return Fold("Findings", note, _table_head(["", "rule", "where", "what"]), rows)


def _finding(finding: Diagnostic) -> Iterator[str]:
    yield label(finding)
    yield table_code(visible(finding.rule))
    yield table_code(where(finding))
    message = [table_prose(finding.message)]
    message += [f"see {table_code(visible(str(one.place)))} {table_prose(one.message)}" for one in finding.related]
    if finding.hint:
        message.append(f"help: {table_prose(finding.hint)}")
    yield "<br>".join(message)


def _table_head(headings: Sequence[str]) -> str:
    return _table_row(headings) + _table_row(["---"] * len(headings))


def _table_row(texts: Sequence[str] | Iterator[str]) -> str:
    return "|" + "|".join(f" {text} " if text else " " for text in texts) + "|\n"


def _fenced(title: str, lines: Sequence[str]) -> Fold:
    """Lines as they stand, within a fence that is longer than any in them."""
    longest = max(map(len, re.findall("`+", "\n".join(lines))), default=0)
    fence = "`" * max(3, longest + 1)
    return Fold(
        title,
        counted(len(lines), "line"),
        f"{fence}text\n",
        tuple(f"{line}\n" for line in lines),
        f"{fence}\n",
    )
