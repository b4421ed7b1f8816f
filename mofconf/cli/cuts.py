"""``mofconf cuts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load_scope, progress, unavailable, with_unknowns
from mofconf.cli.options import Invocation, options
from mofconf.cli.whatif import Number, WhatIf, the_one, what_if

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selector", metavar="SELECTOR")
@click.option(
    "--order",
    type=Number(1, 1_000),
    default=2,
    show_default=True,
    help="List those of up to so many failures. All are counted.",
)
@what_if()
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options()
@click.pass_context
def command(
    ctx: click.Context, /, selector: str, order: int, supposed: WhatIf, revision: str | None, **given: Any
) -> None:
    """The smallest sets of failures that take something down.

    Those of one failure are the single points of failure. Each comes with the probability that all of it has failed
    at once. A switch that does not switch (failover) is a failure, too.

    \b
    Examples:
      mofconf cuts Service/checkout
      mofconf cuts Service/checkout --order 3 -o json
      mofconf cuts Service/checkout --down Location/dc-west
    """

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.dependability.anatomy import Anatomy
        from mofconf.analyses.dependability.diagrams import BudgetError
        from mofconf.answers.cuts import cut_sets, report

        workspace, scope, label = load_scope(asked, revision, None)
        wanted = supposed.question(scope)
        address = the_one(scope, selector, wanted, "cuts")
        with progress("working out", asked):
            try:
                anatomy = Anatomy(workspace.catalog, workspace.graph, address, wanted, supposed.nodes)
                found = cut_sets(anatomy, order) if anatomy.within_budget else None
            except BudgetError:
                found = None
        if found is None:
            raise unavailable(
                f"the function of {address} exceeds the budget of {supposed.nodes:,} nodes: its cut sets are not known",
                "raise it with --budget, or see `mofconf cfia` for the single points of failure",
            )
        answered = report(workspace, anatomy, found, order, f"{supposed.conditions}   in {label}")
        return with_unknowns(answered, workspace, asked)

    finish(answer(ctx, given, question))
