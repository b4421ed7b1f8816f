"""``mofconf show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, choose, finish, load, with_unknowns
from mofconf.cli.options import Invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("name", metavar="NAME")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options()
@click.pass_context
def command(ctx: click.Context, /, name: str, revision: str | None, **given: Any) -> None:
    """One resource: what it says, what it refers to, and who refers to it.

    \b
    Examples:
      mofconf show Service/checkout
      mofconf show checkout -o json
    """

    def question(asked: Invocation) -> Report:
        from mofconf.answers.listing import show_report
        from mofconf.selectors import Scope

        workspace, label = load(asked, revision)
        chosen = sorted(choose(Scope(workspace.catalog, workspace.graph), name))
        if len(chosen) != 1:
            raise click.UsageError(
                f"show wants one resource, and {name} matches {len(chosen)}; try mofconf list '{name}'"
            )
        return with_unknowns(show_report(workspace, chosen[0], label), workspace, asked)

    finish(answer(ctx, given, question))
