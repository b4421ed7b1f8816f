"""``mofconf export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mofconf.cli.answering import CLEAN, FINDINGS, fails, load_scope, polite, unavailable, write
from mofconf.cli.one_file import one_file, output_to
from mofconf.cli.options import invocation
from mofconf.cli.whatif import the_one


@click.command()
@click.argument("form", type=click.Choice(["open-psa"]))
@click.argument("selector")
@click.option("--full", is_flag=True, help="The top event is that it misses something, not only that it is down.")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@one_file()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    form: str,  # noqa: ARG001  # there is only one
    selector: str,
    full: bool,  # noqa: FBT001  # click calls it, by name
    file: Path | None,
    revision: str | None,
    **given: Any,
) -> None:
    """How a resource fails, for other programs to check.

    Writes a fault tree in the XML of the Open-PSA model exchange format: the top event is that the resource is down,
    below it stands everything that it needs. Groups are gates of the kind atleast; the switch of a failover is an
    event; what needs each other in circles is unrolled to a tree that means the same. An event whose probability
    nobody states has none in the tree, and a note says so.

    \b
    Examples:
      mofconf export open-psa Service/checkout
      mofconf export open-psa Service/checkout -o checkout.xml
    """
    from mofconf.analyses.dependability.study import AS_DECLARED
    from mofconf.analyses.dependability.unrolling import TooKnottedError
    from mofconf.answers.export import open_psa
    from mofconf.rules import unknowns

    output = output_to(file, "what is written is XML anyway: write -o tree.xml")
    asked = invocation(ctx, given)
    with polite():
        workspace, scope, label = load_scope(asked, revision, None)
        address = the_one(scope, selector, AS_DECLARED, "export")
        try:
            found = open_psa(workspace, address, label, full=full)
        except TooKnottedError as error:
            raise unavailable(str(error), "export something that is not in the circle") from None
        write(found.report, output, asked)
        for note in found.notes:
            click.echo(f"mofconf: note: {note}", err=True)
        unread = unknowns(workspace, asked.today)
        for one in unread:
            where = f"{one.place}: " if one.place else ""
            click.echo(f"mofconf: {one.severity.word}: {where}{one.message}", err=True)
    sys.exit(FINDINGS if fails(unread, asked.fail_on) else CLEAN)
