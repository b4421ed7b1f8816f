"""The options that every command has."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., Any])

REPORTS = ("text", "json", "markdown", "github")
"""The formats of every report."""

PICTURES = ("tree", "mermaid", "dot", "graphml")
"""The formats of a report with a graph."""


SHEETS = ("csv",)
"""The formats of a report with a table for spreadsheets."""


class Output(NamedTuple):
    """Where an answer goes, and how it looks. No file: to standard output."""

    format: str
    file: Path | None = None


class Invocation(NamedTuple):
    """What every command is asked with."""

    directory: Path
    named: bool  # whether the user named the directory
    project: Path | None
    outputs: tuple[Output, ...]
    fail_on: str
    colour: bool
    today: date


_SUFFIXES = {"text": "txt", "markdown": "md", "github": "log", "tree": "txt", "mermaid": "mmd"}
"""How files of a format usually end, where that is not the format's name."""


class OutputType(click.ParamType[Output]):
    """``FORMAT`` or ``FORMAT:FILE``. The file ``-`` is standard output."""

    name = "format[:file]"

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.formats = formats

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """Split at the first colon, and check the format."""
        if isinstance(value, Output):
            return value
        name, colon, file = str(value).partition(":")
        if name not in self.formats:
            self.fail(f"there is no format {name!r} here: it is one of {', '.join(self.formats)}", param, ctx)
        if colon and not file:
            self.fail(f"there is no file behind {name}: name one, or leave the colon out to print it", param, ctx)
        return Output(name, Path(file) if file not in ("", "-") else None)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The formats that begin like this."""
        return [CompletionItem(name) for name in self.formats if name.startswith(incomplete)]


class DayType(click.ParamType[date]):
    """A date such as 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or what is wrong with it."""
        if isinstance(value, date):
            return value
        # Python reads further forms, and which ones depends on its version.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            self.fail(f"{value!r} is not a date here: write it as YYYY-MM-DD, for example 2026-11-22", param, ctx)
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"there is no day {value} in the calendar", param, ctx)


def common(command: Command) -> Command:
    """The options of every command; the same stand before the command's name and behind it."""
    return options(REPORTS + PICTURES + SHEETS)(command)


def options(formats: tuple[str, ...] = REPORTS) -> Callable[[Command], Command]:
    """The options of every command, for one that offers these formats."""

    def add(command: Command) -> Command:
        for option in reversed(_options(formats)):
            command = option(command)
        return command

    return add


def _options(formats: tuple[str, ...]) -> list[Callable[[Any], Any]]:
    shown = f"How the answer looks, and where it goes; several are fine. One of {', '.join(formats)}."
    return [
        *project_options(),
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            type=OutputType(formats),
            help=shown if formats[1:] else f"The answer is {formats[0]} here, and printed.",
        ),
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "note", "never"]),
            help="The least severity that makes the exit code 1.  [default: error]",
        ),
        click.option("--no-color", is_flag=True, help="No colours, whatever the terminal can do."),
        click.option("--at", type=DayType(), metavar="DATE", help="The day to judge by.  [default: today]"),
    ]


def project_options(
    here: str = "Work here: a work tree, a folder, or a bare repository.",
    instead: str = "Take this project file instead of the repository's own.",
) -> list[Callable[[Any], Any]]:
    """The options that say where the project is, with what they are called in the help."""
    # click would ask only whether one may read it, and call it wrong usage if not: the world said no.
    anywhere = click.Path(path_type=Path, readable=False)
    return [
        click.option("-C", "directory", type=anywhere, metavar="DIR", help=here),
        click.option("--project", type=anywhere, metavar="FILE", help=instead),
    ]


def printed_only(asked: Invocation) -> None:
    """Refuse a file for the answer of a command that writes files of its own: it might be taken for one of these."""
    file = next((output.file for output in asked.outputs if output.file is not None), None)
    if file is not None:
        raise click.UsageError(f"the answer is only printed here: leave -o out, or send it on with > {file}")


def invocation(ctx: click.Context, own: Mapping[str, Any]) -> Invocation:
    """The options before the command's name and behind it; the latter win."""
    given = {
        **(ctx.find_root().obj or {}),
        **{key: value for key, value in own.items() if value not in (None, (), False)},
    }
    outputs = tuple(given.get("outputs") or (Output("text"),))
    _apart(outputs)
    return Invocation(
        given.get("directory") or Path(),
        given.get("directory") is not None,
        given.get("project"),
        outputs,
        given.get("fail_on") or "error",
        not given.get("no_color", False),
        given.get("at") or date.today(),  # noqa: DTZ011  # the user's own day is meant; --at is the argument for it
    )


def _apart(outputs: Sequence[Output]) -> None:
    """Refuse two answers in one place: together they would be neither."""
    first: dict[str, Output] = {}
    for output in outputs:
        place = os.path.realpath(output.file) if output.file is not None else ""
        other = first.setdefault(place, output)
        if other is not output:
            name = f"{output.format}:report.{_SUFFIXES.get(output.format, output.format)}"
            where = f"written to {output.file}" if output.file is not None else "printed"
            step = f"give one of them a file of its own, for example -o {name}"
            raise click.UsageError(f"{other.format} and {output.format} would both be {where}: {step}")
