"""What commands share that write one file in a form of its own, and not a report in many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mofconf.cli.options import REPORTS, Output, project_options


def one_file(*project: str) -> Callable[[Any], Any]:
    """The options of such a command: the file, and where the project is, with other words for that in the help."""

    def add(command: Any) -> Any:
        for option in reversed([_FILE, *project_options(*project)]):
            command = option(command)
        return command

    return add


def output_to(file: Path | None, what: str) -> Output:
    """Where the text goes. ``what`` it is, and a name for it, are said where somebody asks for a format instead."""
    if file is not None and str(file).partition(":")[0] in REPORTS:
        raise click.UsageError(f"here -o names a file, and {what}")
    return Output("text", file if file != Path("-") else None)


_FILE = click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Write it to this file instead of standard output.",
)
