"""``mofconf cfia``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load_scope, progress, with_unknowns
from mofconf.cli.options import REPORTS, SHEETS, Invocation, options
from mofconf.cli.whatif import WhatIf, asked_about, services, what_if

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@what_if()
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options((*REPORTS, *SHEETS))
@click.pass_context
def command(
    ctx: click.Context, /, selectors: tuple[str, ...], supposed: WhatIf, revision: str | None, **given: Any
) -> None:
    """What the failure of each single thing does to each service.

    Component failure impact analysis: a grid with a row for each thing that is needed, the riskiest first, and a
    column for each service; beside it how much of the time it works by itself. Without a selector all services.

    \b
    X       takes the service down alone: a single point of failure
    A       an alternate takes over: it matters only together with others
    blank   no effect

    \b
    Examples:
      mofconf cfia
      mofconf cfia criticality=vital -o csv:grid.csv
      mofconf cfia --down Location/dc-west
    """

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.dependability.failure_impact import grid
        from mofconf.analyses.dependability.study import Study
        from mofconf.answers.cfia import report

        workspace, scope, label = load_scope(asked, revision, None)
        wanted = supposed.question(scope)
        chosen = asked_about(scope, selectors, wanted) if selectors else services(scope, wanted)
        with progress("working out", asked):
            study = Study(workspace.catalog, workspace.graph, chosen, wanted, supposed.solver())
            found = grid(study, wanted.down)
        return with_unknowns(report(workspace, found, f"{supposed.conditions}   in {label}"), workspace, asked)

    finish(answer(ctx, given, question))
