"""``mofconf importance``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load_scope, progress, unavailable, with_unknowns
from mofconf.cli.options import Invocation, options
from mofconf.cli.whatif import WhatIf, the_one, what_if

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selector", metavar="SELECTOR")
@what_if()
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options()
@click.pass_context
def command(ctx: click.Context, /, selector: str, supposed: WhatIf, revision: str | None, **given: Any) -> None:
    """How much each failure matters to one resource.

    \b
    criticality   the share of the downtime in which it has failed and is
                  decisive
    Birnbaum      how fast the downtime follows that of this one
    FV            Fussell-Vesely: the share of the downtime in which it is part
                  of a cut set that has failed
    RAW           how many times the downtime, were it always down
    RRW           how many times less downtime, did it never fail

    Where figures are not known exactly, all measures are given with these at their best, and at their worst.

    \b
    Examples:
      mofconf importance Service/checkout
      mofconf importance Service/checkout --down Location/dc-west -o json
    """

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.dependability.anatomy import Anatomy
        from mofconf.analyses.dependability.diagrams import BudgetError
        from mofconf.answers.importance import report, weights_of

        workspace, scope, label = load_scope(asked, revision, None)
        wanted = supposed.question(scope)
        address = the_one(scope, selector, wanted, "importance")
        with progress("working out", asked):
            try:
                anatomy = Anatomy(workspace.catalog, workspace.graph, address, wanted, supposed.nodes)
                found = weights_of(anatomy) if anatomy.within_budget else None
            except BudgetError:
                found = None
        if found is None:
            raise unavailable(
                f"the function of {address} exceeds the budget of {supposed.nodes:,} nodes, and bounds of it "
                "bound no importance",
                "raise it with --budget, or ask about something that it needs",
            )
        answered = report(workspace, anatomy, found, f"{supposed.conditions}   in {label}")
        return with_unknowns(answered, workspace, asked)

    finish(answer(ctx, given, question))
