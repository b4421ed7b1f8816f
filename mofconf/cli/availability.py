"""``mofconf availability``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load_scope, progress, with_unknowns
from mofconf.cli.options import Invocation, options
from mofconf.cli.whatif import WhatIf, asked_about, services, what_if

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@what_if()
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options()
@click.pass_context
def command(
    ctx: click.Context, /, selectors: tuple[str, ...], supposed: WhatIf, revision: str | None, **given: Any
) -> None:
    """How much of the time things work, and what that hangs on.

    Exact: what several branches share counts once. Where something is not known the answer is an interval, and says
    what is missing. Without a selector all services, the worst first.

    \b
    available      all that it cannot do without works
    not degraded   all that it wants works, too
    hangs on       failures, by the share of the downtime in which they are
                   decisive

    \b
    Examples:
      mofconf availability
      mofconf availability Service/checkout
      mofconf availability checkout --set Asset/shop-db.availability=99.99%
      mofconf availability --down Location/dc-east
    """

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.dependability.standing import standings
        from mofconf.analyses.dependability.study import Study
        from mofconf.answers.availability import report

        workspace, scope, label = load_scope(asked, revision, None)
        wanted = supposed.question(scope)
        chosen = asked_about(scope, selectors, wanted) if selectors else services(scope, wanted)
        with progress("working out", asked):
            found = standings(Study(workspace.catalog, workspace.graph, chosen, wanted, supposed.solver()))
        return with_unknowns(report(workspace, found, f"{supposed.conditions}   in {label}"), workspace, asked)

    finish(answer(ctx, given, question))
