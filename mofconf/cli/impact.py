"""``mofconf impact``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, choose, finish, load_scope, with_unknowns
from mofconf.cli.options import Invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selectors", nargs=-1, required=True, metavar="SELECTOR...")
@click.option(
    "--mode",
    type=click.Choice(["outage", "change", "removal"]),
    default="outage",
    show_default=True,
    help="What happens to them: they fail, they change, or they go.",
)
@click.option("--down", multiple=True, metavar="SELECTOR", help="Given that this is down already; several are fine.")
@click.option(
    "--for", "lasting", metavar="DURATION", help="How long the outage lasts, for example 2h.  [default: without end]"
)
@click.option("--why", metavar="NAME", help="Only what happens to this resource, and why.")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@click.option("--base", metavar="REV", help="Compare with this revision, for the selector state:changed and its like.")
@options()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    selectors: tuple[str, ...],
    mode: str,
    down: tuple[str, ...],
    lasting: str | None,
    why: str | None,
    revision: str | None,
    base: str | None,
    **given: Any,
) -> None:
    """What is hit when something fails, changes or goes.

    \b
    down      was working, and is not any more
    degraded  works, but something that it wants is missing
    at risk   works, but one more failure takes it down
    exposed   depends on what changes (--mode change)

    \b
    Examples:
      mofconf impact Asset/orders-db
      mofconf impact Location/dc-east --why Service/checkout
      mofconf impact kind=Asset,labels.tier=cache --for 20m
      mofconf impact Asset/db-1 --down Location/dc-west
      mofconf impact Service/billing --mode removal
    """
    length = _duration(lasting)

    def question(asked: Invocation) -> Report:
        from mofconf.analyses.impact import Mode, impact, with_instances
        from mofconf.answers.impact import report

        workspace, scope, label = load_scope(asked, revision, base)
        hit = with_instances(workspace.graph, choose(scope, *selectors))
        failed = with_instances(workspace.graph, choose(scope, *down)) if down else frozenset()
        for one in down:
            if not choose(scope, one):
                raise click.UsageError(f"nothing matches {one}: mofconf list shows what there is")
        if not hit:
            raise click.UsageError(f"nothing matches {' '.join(selectors)}: mofconf list shows what there is")
        found = impact(workspace.graph, hit, Mode(mode), failed, length)
        conditions = (f", with {' and '.join(down)} down" if down else "") + (f", for {lasting}" if lasting else "")
        meant = sorted(choose(scope, why)) if why else [""]
        if len(meant) != 1:
            count = len(meant) or "nothing"
            raise click.UsageError(f"--why wants one resource, and {why} matches {count}: try mofconf list '{why}'")
        return with_unknowns(report(workspace, found, f"{conditions}   in {label}", meant[0]), workspace, asked)

    finish(answer(ctx, given, question))


def _duration(text: str | None) -> timedelta | None:
    if text is None:
        return None
    from mofconf.kinds.values import read_duration

    try:
        return read_duration(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--for") from None
