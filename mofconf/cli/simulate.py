"""``mofconf simulate``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, finish, load_scope, progress, unavailable, with_unknowns
from mofconf.cli.options import Invocation, options
from mofconf.cli.whatif import Number, WhatIf, the_one, what_if

FEWEST = 12
"""So many months there are at least."""

if TYPE_CHECKING:
    from mofconf.analyses.dependability.simulation import Lack
    from mofconf.report import Report


@click.command()
@click.argument("selector", metavar="SELECTOR")
@click.option(
    "--months",
    type=Number(12, 1_000_000),
    default=4000,
    show_default=True,
    help="How many months of 30 days.",
)
@click.option("--seed", type=Number(0), default=1, show_default=True, help="The same seed, the same dice.")
@click.option(
    "--period",
    type=click.Choice(["week", "month", "quarter", "year"]),
    default="month",
    show_default=True,
    help="Over what the downtime is counted. Each agreement counts over its own period.",
)
@click.option("--mttr", metavar="DURATION", help="How long a repair takes where nothing states it, for example 4h.")
@what_if("down", "without", "set")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@options()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    selector: str,
    months: int,
    seed: int,
    period: str,
    mttr: str | None,
    supposed: WhatIf,
    revision: str | None,
    **given: Any,
) -> None:
    """How downtime spreads over the months, and how often an agreement is missed.

    Everything that the resource needs fails and is repaired at random, with its own mean times. This needs numpy:
    pip install 'mofconf[simulate]'.

    \b
    Examples:
      mofconf simulate Service/web-shop
      mofconf simulate checkout --months 20000 --seed 7 --period year
      mofconf simulate checkout --mttr 4h --down Location/dc-east
    """
    repair = _repair(mttr)

    def question(asked: Invocation) -> Report:
        from importlib.util import find_spec

        from mofconf.analyses.dependability.simulation import MOST_OUTAGES, Simulator
        from mofconf.analyses.dependability.targets import targets_of
        from mofconf.answers.simulate import report

        if find_spec("numpy") is None:
            raise unavailable("a simulation needs numpy, which is not installed", "pip install 'mofconf[simulate]'")
        workspace, scope, label = load_scope(asked, revision, None)
        asking = supposed.question(scope)
        address = the_one(scope, selector, asking, "simulate")
        simulator = Simulator(workspace.catalog, workspace.graph, address, asking, repair)
        if simulator.lacks:
            raise _refused(address, simulator.lacks)
        if simulator.load(months) > MOST_OUTAGES:
            most = int(months * MOST_OUTAGES / simulator.load(months))
            raise unavailable(
                f"in {months:,} months there are some {simulator.load(months):,.0f} outages of single things, and "
                f"{MOST_OUTAGES:,} are as many as fit",
                f"ask for fewer: --months {most}" if most >= FEWEST else "repairs that take longer make fewer outages",
            )
        with progress("simulating", asked):
            found = simulator.run(months, seed, period, targets_of(workspace.catalog, workspace.graph, address))
        answered = report(workspace, found, repair, f"{supposed.conditions}   in {label}")
        return with_unknowns(answered, workspace, asked)

    finish(answer(ctx, given, question))


def _refused(address: str, lacks: Sequence[Lack]) -> Exception:
    """The refusal, with all that would have to be stated."""
    from mofconf.answers.words import some

    words = {
        "mttr": "no mttr is stated for",
        "availability": "no availability for",
        "range": "only a range for",
    }
    parts = []
    for field, said in words.items():
        those = [lack.address for lack in lacks if lack.field == field]
        if those:
            parts.append(f"{said} {some(those, _NAMED)}")
    help_ = "state availability: {percent: 99.9%, mttr: 2h}"
    if all(lack.field == "mttr" for lack in lacks):
        help_ += ", or assume one repair time for all that has none with --mttr 4h"
    else:
        help_ += " for each of them, or suppose it with --set"
    return unavailable(f"not all that {address} hangs on can be simulated: {'; '.join(parts)}", help_)


_NAMED = 10


def _repair(text: str | None) -> timedelta | None:
    if text is None:
        return None
    from mofconf.kinds.values import read_duration

    try:
        found = read_duration(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--mttr") from None
    if not found:
        raise click.BadParameter("a repair takes some time", param_hint="--mttr")
    return found
