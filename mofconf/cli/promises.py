"""``mofconf promises``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import CLEAN, FINDINGS, answer, choose, exit_code, finish, load_scope, with_unknowns
from mofconf.cli.options import Invocation, options
from mofconf.cli.whatif import WhatIf, what_if

if TYPE_CHECKING:
    from collections.abc import Collection

    from mofconf.graph import Graph
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
    """Whether each SLA is kept, and whether what carries it fits.

    A selector may name SLAs, services or customers; without one, all SLAs.

    \b
    availability  what is computed of the service reaches the target
    recovery      it is back, and its data too, as soon as promised
    cover         every team behind it has an OLA, every supplier a contract
    hours         they all answer when the SLA says that somebody does
    response      the first of them answers soon enough
    restore       desk + team + supplier fit into the time to restore
    dates         nothing ends before the SLA, no review is overdue
    penalties     where a breach costs something, it does so of contracts, too

    What if (--down, --without, --set) is asked of all of it: what is down has failed for good as to availability, and
    is what has to be restored as to recovery.

    \b
    Examples:
      mofconf promises
      mofconf promises Customer/acme
      mofconf promises SLA/checkout -o json
      mofconf promises --set Asset/shop-db.availability=99.5%
    """

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.promises.promising import Promises
        from mofconf.answers.promises import report

        workspace, scope, label = load_scope(asked, revision, None)
        among = _about(workspace.graph, choose(scope._replace(about=("SLA/",)), *selectors)) if selectors else None
        if among is not None and not among:
            raise click.UsageError(
                f"{' '.join(selectors)} matches no SLA, nor a service or a customer that has one: "
                "mofconf list kind=SLA shows them"
            )
        wanted, solver = supposed.question(scope), supposed.solver()
        promises = Promises(workspace.catalog, workspace.graph, asked.today, among, wanted, solver)
        conditions = f"{supposed.conditions.removeprefix(', ')}   in " if supposed.conditions else ""
        answered = report(workspace, promises.all(), f"{conditions}{label}")
        known = with_unknowns(answered, workspace, asked)
        unknown, broken = known.findings or (), answered.findings or ()
        return known._replace(findings=(*unknown, *broken) if unknown != broken else broken)

    def leaving(made: Report, asked: Invocation) -> int:
        broken = made.verdict is not None and made.verdict.state == "broken" and asked.fail_on != "never"
        return exit_code(made, asked) or (FINDINGS if broken else CLEAN)

    finish(answer(ctx, given, question, leaving))


def _about(graph: Graph, chosen: Collection[str]) -> frozenset[str]:
    """The SLAs among some resources, and those about the services and customers among them."""
    from mofconf.kinds.relation import PROMISES, USED_BY

    return frozenset(
        edge.source
        for one in chosen
        for edge in graph.into.get(one, ())
        if edge.relation in (PROMISES, USED_BY) and edge.source.startswith("SLA/")
    ) | {one for one in chosen if one.startswith("SLA/")}
