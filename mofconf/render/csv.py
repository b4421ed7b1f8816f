"""The sheet of a report as comma-separated values (RFC 4180), for spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mofconf.render import Screen
from mofconf.render.visible import visible
from mofconf.report import Report


def render(report: Report, screen: Screen) -> str:
    """The headings and the rows. Nothing for a report without a sheet."""
    rows: list[Sequence[str]] = []
    if report.sheet is not None:
        rows = [report.sheet.headings, *report.sheet.rows]
    text = "".join(",".join(_quoted(_plain(cell)) for cell in row) + "\n" for row in rows)
    return text if screen.unicode else text.encode("ascii", "backslashreplace").decode()


def _quoted(cell: str) -> str:
    """A cell in quotation marks, where it needs them."""
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",;\s]', cell) else cell


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: somebody else may have written what stands in it."""
    text = visible(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
