"""``mofconf recovery``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load_scope, with_unknowns
from mofconf.cli.options import Invocation, options
from mofconf.cli.whatif import WhatIf, asked_about, failing, what_if

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selectors", nargs=-1, required=True, metavar="SELECTOR...")
@click.option(
    "--down",
    multiple=True,
    metavar="SELECTOR",
    help="What has failed; several are fine.  [default: all that is needed is to be restored]",
)
@what_if("without", "set")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    selectors: tuple[str, ...],
    down: tuple[str, ...],
    supposed: WhatIf,
    revision: str | None,
    **given: Any,
) -> None:
    """How long until something is back, in which order, and how much data is lost.

    Something is back when all that it needs is, and then its own recovery time is over. What has failed takes its
    mean time to repair instead. Of a group the members count that are back first.

    \b
    Examples:
      mofconf recovery Service/web-shop
      mofconf recovery checkout --down Location/dc-east --down Location/dc-west
      mofconf recovery kind=Service,criticality=vital
      mofconf recovery shop --set 'Asset/db.availability={percent: 99%, mttr: 8h}'
    """

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.recovery.recovering import Recoveries
        from mofconf.answers.recovery import report
        from mofconf.graph import without_nodes

        workspace, scope, label = load_scope(asked, revision, None)
        wanted = supposed.question(scope)
        chosen = asked_about(scope, selectors, wanted)
        failed = failing(scope, down) if down else None
        graph = without_nodes(workspace.graph, wanted.without)
        recoveries = Recoveries(workspace.catalog, graph, chosen, failed, wanted.stated)
        found = [recoveries.of(one) for one in chosen]
        conditions = f"{supposed._replace(down=down).conditions}   in {label}"
        return with_unknowns(report(workspace, found, down, conditions), workspace, asked)

    finish(answer(ctx, given, question))
