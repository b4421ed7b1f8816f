"""A report becomes text: one file a format, and the table of all formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from mofconf.report import Report


class Screen(NamedTuple):
    """What the text is for.

    ``width`` is that of a terminal in cells; ``None`` is anything else (a pipe, a file), where nothing is
    ever wrapped. Nothing is cut on either. ``colour`` allows escape sequences, ``unicode`` anything beyond
    ASCII.
    """

    width: int | None
    colour: bool
    unicode: bool = True


Format: TypeAlias = Callable[[Report, Screen], str]


def _text(report: Report, screen: Screen) -> str:
    from mofconf.render import text

    return text.render(report, screen)


def _json(report: Report, screen: Screen) -> str:
    from mofconf.render import json_report

    return json_report.render(report, screen)


def _markdown(report: Report, screen: Screen) -> str:
    from mofconf.render import markdown

    return markdown.render(report, screen)


def _github(report: Report, screen: Screen) -> str:
    from mofconf.render import github

    return github.render(report, screen)


def _tree(report: Report, screen: Screen) -> str:
    from mofconf.render import tree

    return tree.render(report, screen)


def _mermaid(report: Report, screen: Screen) -> str:
    from mofconf.render import mermaid

    return mermaid.render(report, screen)


def _dot(report: Report, screen: Screen) -> str:
    from mofconf.render import dot

    return dot.render(report, screen)


def _graphml(report: Report, screen: Screen) -> str:
    from mofconf.render import graphml

    return graphml.render(report, screen)


def _csv(report: Report, screen: Screen) -> str:
    from mofconf.render import csv

    return csv.render(report, screen)


FORMATS: Mapping[str, Format] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "github": _github,
    "tree": _tree,
    "mermaid": _mermaid,
    "dot": _dot,
    "graphml": _graphml,
    "csv": _csv,
}

# Only a report with a picture or a tree has something for these to show.
PICTURE_FORMATS: tuple[str, ...] = ("tree", "mermaid", "dot", "graphml")

# And only one with a sheet has something for a spreadsheet.
SHEET_FORMATS: tuple[str, ...] = ("csv",)
