"""``mofconf generate``: whoever works on mofconf rewrites with it the files that are made from its code."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from mofconf.cli.answering import FINDINGS


@click.command(hidden=True)
@click.option("--check", is_flag=True, help="Write nothing, and leave with 1 where a file is not current.")
@click.option(
    "-C",
    "directory",
    type=click.Path(path_type=Path, exists=True),
    default=".",
    metavar="DIR",
    help="mofconf's source.",
)
def command(check: bool, directory: Path) -> None:  # noqa: FBT001  # click calls it, by name
    """Rewrite the schemas and the reference pages of mofconf itself."""
    if not (directory / "mofconf" / "schemas" / "__init__.py").is_file():
        raise click.UsageError(f"{directory} does not hold the source of mofconf, and this is for that alone")
    stale = 0
    for name, text in generated().items():
        file = directory / name
        if file.is_file() and file.read_bytes() == text.encode():
            continue
        stale += 1
        click.echo(f"{name} is not current" if check else f"wrote {name}")
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
    if check and stale:
        click.echo("run `mofconf generate`", err=True)
        sys.exit(FINDINGS)


def generated() -> Mapping[str, str]:
    """Every file that is made from code, by its path in the repository."""
    from mofconf.answers.reference import kinds_page, relations_page, rules_page
    from mofconf.answers.schema import written
    from mofconf.cli.pages import cli_page, output_page
    from mofconf.kinds import KINDS
    from mofconf.render.json_schema import report_schema
    from mofconf.schemas import schema_of, schema_of_all

    return {
        "schemas/mofconf.schema.json": written(schema_of_all()),
        **{f"schemas/{kind.lower()}.schema.json": written(schema_of(kind)) for kind in KINDS},
        "schemas/report.schema.json": written(report_schema()),
        "docs/reference/cli.md": cli_page(),
        "docs/reference/kinds.md": kinds_page(),
        "docs/reference/output.md": output_page(),
        "docs/reference/relations.md": relations_page(),
        "docs/reference/rules.md": rules_page(),
    }
