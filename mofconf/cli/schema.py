"""``mofconf schema``."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from mofconf.cli.answering import load, polite, write
from mofconf.cli.one_file import one_file, output_to
from mofconf.cli.options import Invocation, invocation

if TYPE_CHECKING:  # these rooms are heavy, and `--help` has no use for them
    from mofconf.schemas import Known


def _kinds_like(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click calls it so
    from mofconf.kinds import KINDS

    return [CompletionItem(kind) for kind in KINDS if kind.casefold().startswith(incomplete.casefold())]


@click.command()
@click.argument("kind", required=False, default="", shell_complete=_kinds_like)
@click.option(
    "--with-refs",
    is_flag=True,
    help="Suggest the names that exist in the project. Other names stay allowed.",
)
@one_file(
    "With --with-refs: the project is here.",
    "With --with-refs: take this project file instead of the project's own.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    kind: str,
    file: Path | None,
    with_refs: bool,  # noqa: FBT001  # click calls it, by name
    **given: Any,
) -> None:
    """The JSON Schema of all kinds or of one, for editors.

    Editors check and complete YAML with it. For the YAML extension of VS Code, write it into the repository and say
    in .vscode/settings.json which files it is for.

    \b
    Examples:
      mofconf schema -o .vscode/mofconf.schema.json
      mofconf schema service
      mofconf schema --with-refs -o .vscode/mofconf.schema.json
    """
    from mofconf.answers.schema import report
    from mofconf.schemas import NOTHING, schema_of, schema_of_all

    output = output_to(file, "the schema is JSON anyway: write -o mofconf.schema.json")
    asked = invocation(ctx, given)
    chosen = _kind(kind)
    with polite():
        known = _known(asked) if with_refs else NOTHING
        schema = schema_of(chosen, known) if chosen else schema_of_all(known)
        write(report(schema, chosen), output, asked)


def _kind(written: str) -> str:
    """The kind that is meant, whatever its case."""
    from mofconf.kinds import KINDS
    from mofconf.spelling import did_you_mean, listed

    found = next((kind for kind in KINDS if kind.casefold() == written.casefold()), "")
    if written and not found:
        hint = did_you_mean(written, KINDS) or f"the kinds are {listed(KINDS)}"
        raise click.UsageError(f"{written} is not a kind: {hint}")
    return found


def _known(asked: Invocation) -> Known:
    """The names of all resources of the project, by kind."""
    workspace, _ = load(asked)
    names = defaultdict(list)
    for address in sorted(workspace.catalog.entries):
        kind, _, name = address.partition("/")
        names[kind].append(name)
    return names
