"""``mofconf export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mofconf.cli.answering import CLEAN, FINDINGS, choose, fails, load_scope, polite, unavailable, write
from mofconf.cli.options import REPORTS, Output, invocation


@click.command()
@click.argument("form", type=click.Choice(["open-psa"]))
@click.argument("selector")
@click.option("--full", is_flag=True, help="The top event is that it misses something, not only that it is down.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Write it to this file instead of standard output.",
)
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@click.option(
    "-C",
    "directory",
    type=click.Path(path_type=Path, readable=False),
    metavar="DIR",
    help="Work here: a work tree, a folder, or a bare repository.",
)
@click.option(
    "--project",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Take this project file instead of the repository's own.",
)
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
    from mofconf.analyses.dependability.unrolling import TooKnottedError
    from mofconf.answers.export import open_psa
    from mofconf.rules import unknowns

    if file is not None and str(file).partition(":")[0] in REPORTS:
        raise click.UsageError("here -o names a file, and what is written is XML anyway: write -o tree.xml")
    asked = invocation(ctx, given)
    with polite():
        workspace, scope, label = load_scope(asked, revision, None)
        chosen = sorted(choose(scope, selector))
        if len(chosen) != 1:
            raise click.UsageError(f"{selector} matches {len(chosen)} resources, and a tree is about one")
        if not chosen[0].startswith(("Service/", "Asset/", "Location/")):
            raise click.UsageError(f"{chosen[0]} does not fail: name a service, an asset or a location")
        try:
            found = open_psa(workspace, chosen[0], label, full=full)
        except TooKnottedError as error:
            raise unavailable(str(error), "export something that is not in the circle") from None
        write(found.report, Output("text", file if file != Path("-") else None), asked)
        for note in found.notes:
            click.echo(f"mofconf: note: {note}", err=True)
        unread = unknowns(workspace, asked.today)
        for one in unread:
            where = f"{one.place}: " if one.place else ""
            click.echo(f"mofconf: {one.severity.word}: {where}{one.message}", err=True)
    sys.exit(FINDINGS if fails(unread, asked.fail_on) else CLEAN)
