"""``mofconf demo``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import CLEAN, answer, unavailable, write
from mofconf.cli.options import Invocation, Output, invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, readable=False), metavar="[DIR]")
@options()
@click.pass_context
def command(ctx: click.Context, /, folder: Path | None, **given: Any) -> None:
    """Plan a change of an invented company's catalogue, in a fresh repository.

    The repository is made in DIR, or in a temporary folder. Look around in it afterwards: it is an ordinary one.
    """
    home = folder or Path(tempfile.mkdtemp(prefix="mofconf-demo-"))
    repository = home / "brambletide"

    def question(asked: Invocation) -> Report:
        from mofconf.answers.plan import report
        from mofconf.plan import plan
        from mofconf.sources.comparing import compare_revisions
        from mofconf.sources.story import play_demo

        if folder is not None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            state = "not empty" if folder.is_dir() else "a file"
            raise unavailable(f"{folder} is {state}", "name a folder that does not exist yet")
        try:
            base, proposal = play_demo(repository)
        except OSError as error:
            message = f"{home} cannot be written to: {(error.strerror or '').lower()}"
            raise unavailable(message, "name a folder of your own") from None
        sides = compare_revisions(repository, f"{base}...{proposal}", None, named=True)
        return report(plan(sides.base, sides.head, asked.today), sides.title, sides.files, sides.notes, sides.ends)

    made = answer(ctx, given, question, lambda *_: CLEAN)
    asked = invocation(ctx, given)
    for name, style in (("plan.md", "markdown"), ("plan.json", "json")):
        write(made, Output(style, home / name), asked)
    click.echo(
        f"\nThe repository is {repository}\nThe report is   {home / 'plan.md'} and {home / 'plan.json'}\n"
        f"Ask further:    {_program()} -C {repository} impact Location/dc-east --why Service/checkout",
        err=True,
    )


def _program() -> str:
    """How the user called us, so that the next command can be copied."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "mofconf" and not called.is_absolute() else "mofconf"
