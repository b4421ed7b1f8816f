"""``mofconf explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from mofconf.cli.answering import answer
from mofconf.cli.options import Invocation, options

if TYPE_CHECKING:  # these rooms are heavy, and `--help` has no use for them
    from mofconf.report import Report


def _names_like(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click calls it so
    from mofconf.answers.explain import names

    return [CompletionItem(name) for name in names() if name.casefold().startswith(incomplete.casefold())]


@click.command()
@click.argument("name", nargs=-1, shell_complete=_names_like)
@options()
@click.pass_context
def command(ctx: click.Context, /, name: tuple[str, ...], **given: Any) -> None:
    """What a rule, a kind or a field means.

    Without a name: the list of all rules, kinds and relations.

    \b
    Examples:
      mofconf explain dangling-reference
      mofconf explain Service
      mofconf explain Service.needs
      mofconf explain owner
      mofconf explain runs on
    """
    asked = " ".join(name)

    def question(_: Invocation) -> Report:
        from mofconf.answers.explain import names, report
        from mofconf.spelling import did_you_mean

        found = report(asked)
        if found is None:
            hint = did_you_mean(asked, names()) or "`mofconf explain` lists what there is"
            raise click.UsageError(f"there is nothing called {asked} here: {hint}")
        return found

    answer(ctx, given, question)
