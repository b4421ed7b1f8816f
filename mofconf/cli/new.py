"""``mofconf new``."""

from __future__ import annotations

from typing import Any

import click

from mofconf.cli.answering import load, polite, print_text, unavailable
from mofconf.cli.options import Invocation, invocation, options, printed_only


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument("name", metavar="NAME")
@click.option("--print", "only_print", is_flag=True, help="Print it instead of writing a file.")
@options(("text",))
@click.pass_context
def command(ctx: click.Context, /, kind: str, name: str, only_print: bool, **given: Any) -> None:  # noqa: FBT001  # click calls it, by name
    """Write a new resource of a kind, to catalog/KIND/NAME.yaml.

    \b
    Examples:
      mofconf new service checkout
      mofconf new asset orders-db
    """
    from mofconf.answers.starting import new_resource
    from mofconf.kinds import KINDS
    from mofconf.kinds.values import read_name
    from mofconf.sources.loading import find_root
    from mofconf.spelling import did_you_mean, listed

    real = next((one for one in KINDS if one.casefold() == kind.casefold()), None)
    if real is None or real == "Project":
        near = did_you_mean(kind, KINDS) or f"there are {listed(one for one in KINDS if one != 'Project')}"
        raise click.UsageError(
            f"there is no kind {kind} to write: {near}" if real is None else "mofconf init writes the project"
        )
    try:
        read_name(name)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    text = new_resource(real, name)
    if only_print:
        with polite():
            print_text(text)
        return
    asked = invocation(ctx, given)
    printed_only(asked)
    if any(part.startswith(".") for part in name.split("/")):
        raise click.UsageError(f"{name} cannot be the name of a file here: a part of it starts with a dot; use --print")
    with polite():
        root = find_root(asked.directory, named=asked.named, has_project=False)
        if (root / "HEAD").is_file() and (root / "objects").is_dir():
            raise unavailable(
                f"{root} is a bare repository, which has no files to write to", "name a work tree behind -C"
            )
        if any(root.iterdir()):
            known = _known(asked, f"{real}/{name}")
            if known is not None:
                raise click.UsageError(f"there is a {real}/{name} already, in {known}")
        file = root / "catalog" / real.lower() / f"{name}.yaml"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as stream:
                stream.write(text)
        except FileExistsError:
            raise click.UsageError(f"there is a file {file.relative_to(root)} already: use --print") from None
        except OSError as error:
            raise unavailable(
                f"{file} cannot be written: {(error.strerror or '').lower()}", "name a folder that you may write to"
            ) from None
    click.echo(f"wrote {file.relative_to(root)}")


def _known(asked: Invocation, address: str) -> str | None:
    """Where a resource of that address stands already."""
    from mofconf.sources import Unavailable

    try:
        workspace, _ = load(asked)
    except Unavailable:
        return None  # there is nothing to read yet
    entry = workspace.catalog.entries.get(address)
    return str(entry.draft.place("name")) if entry is not None else None
