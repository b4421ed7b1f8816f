"""``mofconf graph``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import answer, choose, finish, load_scope, with_unknowns
from mofconf.cli.options import PICTURES, Invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("--all", "every", is_flag=True, help="All relations, not only those along which an outage flows.")
@click.option("-r", "--revision", metavar="REV", help="In this revision instead of the files as they are.")
@click.option("--base", metavar="REV", help="Compare with this revision, for the selector state:changed and its like.")
@options((*PICTURES, "text", "json"))
@click.pass_context
def command(
    ctx: click.Context,
    /,
    selectors: tuple[str, ...],
    every: bool,  # noqa: FBT001  # click calls it, by name
    revision: str | None,
    base: str | None,
    **given: Any,
) -> None:
    """Resources and how they hang together, as a tree or a picture.

    A single resource is shown with what it needs. Selectors as in `mofconf list`.

    \b
    Examples:
      mofconf graph Service/checkout
      mofconf graph +Service/checkout -o mermaid
      mofconf graph kind=Service -o dot:services.dot
    """

    def question(asked: Invocation) -> Report:
        from mofconf.answers.graph import report

        workspace, scope, label = load_scope(asked, revision, base)
        wanted = [f"+{one}" if _is_bare(one) else one for one in selectors]
        chosen = choose(scope, *wanted) if selectors else _connected(workspace.graph.nodes, every=every)
        bare = [one for one in selectors if _is_bare(one)]
        about = choose(scope, *bare) if bare else frozenset()
        return with_unknowns(report(workspace, chosen, label, asked=about, every=every), workspace, asked)

    finish(answer(ctx, given, question))


def _is_bare(selector: str) -> bool:
    return not any(mark in selector for mark in "+=:,*?( ")


def _connected(nodes: Any, *, every: bool) -> frozenset[str]:
    """Everything; without ``every`` only the kinds along which outages flow."""
    return frozenset(one for one in nodes if every or one.startswith(("Service/", "Asset/", "Location/")))
