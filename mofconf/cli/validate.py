"""``mofconf validate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load
from mofconf.cli.options import Invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.option("-r", "--revision", metavar="REV", help="Check this revision instead of the files as they are.")
@click.option(
    "--promises/--no-promises",
    default=None,
    help="Whether to judge the promises as well: figures, agreements, recovery.  [default: up to 2,000 resources]",
)
@options()
@click.pass_context
def command(ctx: click.Context, /, *, revision: str | None, promises: bool | None, **given: Any) -> None:
    """Check all resources against schemas and rules.

    \b
    Examples:
      mofconf validate
      mofconf validate --promises
      mofconf validate -o github -o json:findings.json
      mofconf validate --revision main --fail-on warning
    """

    def question(asked: Invocation) -> Report:
        from mofconf.answers.validate import report
        from mofconf.rules import ALWAYS, RULES, judge, usual

        workspace, label = load(asked, revision)
        rules = usual(workspace) if promises is None else RULES.keys() if promises else ALWAYS
        return report(workspace, judge(workspace, asked.today, rules=rules), label, promises=rules != ALWAYS)

    finish(answer(ctx, given, question))
