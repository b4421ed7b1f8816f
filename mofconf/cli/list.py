"""``mofconf list``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, choose, finish, load_scope, with_unknowns
from mofconf.cli.options import Invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@click.option("--base", metavar="REV", help="Compare with this revision, for the selector state:changed and its like.")
@options()
@click.pass_context
def command(
    ctx: click.Context, /, selectors: tuple[str, ...], revision: str | None, base: str | None, **given: Any
) -> None:
    """Resources that a selector matches; without one, all.

    \b
    Service/checkout  checkout     an address, a name
    Service/pay*                   a pattern
    kind=Asset  owner=payments     a field and its value
    labels.tier=data  labels.tier  a label and its value, a label
    'title="The shop"'             with quotation marks where there are spaces
                                   or commas
    location:dc-east               all that stands there
    state:changed                  what differs from --base (or state:added,
                                   removed, renamed, unknown)
    +x  x+  2+x+1                  with what it needs, with what needs it, so
                                   many steps
    A,B                            what both match
    somepath(A, B)                 what lies on a shortest way
    """

    def question(asked: Invocation) -> Report:
        from mofconf.answers.listing import list_report

        workspace, scope, label = load_scope(asked, revision, base)
        chosen = choose(scope, *selectors) if selectors else frozenset(workspace.catalog.entries)
        return with_unknowns(list_report(workspace, chosen, label, scope.states), workspace, asked)

    finish(answer(ctx, given, question))
