"""``mofconf init``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from mofconf.cli.answering import polite, unavailable
from mofconf.cli.options import invocation, options


@click.command()
@click.option("--editor", is_flag=True, help="Also write settings that give VS Code and JetBrains completion.")
@options(("text",))
@click.pass_context
def command(ctx: click.Context, /, editor: bool, **given: Any) -> None:  # noqa: FBT001  # click calls it, by name
    """Start here: write a project file, and a first resource where there is nothing yet.

    Compose files and Backstage catalogues that lie in the folder are read in place. No file is ever overwritten.
    """
    asked = invocation(ctx, given)
    with polite():
        from mofconf.answers.starting import FIRST_SERVICE, FIRST_TEAM, new_project
        from mofconf.sources import Folder, Repository, open_folder
        from mofconf.sources.loading import find_root

        root = find_root(asked.directory, named=asked.named, has_project=False)
        with_files = Repository.open(root) is not None or bool(Folder(root).paths())
        paths = open_folder(root).paths() if with_files and Folder(root).paths() else ()
        found = _foreign(paths)
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", root.resolve().name).strip("-") or "project"
        files = (
            {}
            if any(path in ("mofconf.yaml", "mofconf.yml") for path in paths)
            else {"mofconf.yaml": new_project(name, found)}
        )
        native = any(path.startswith("catalog/") or path.endswith((".mofconf.yaml", ".mofconf.yml")) for path in paths)
        if not native and not any(found.values()):
            files["catalog/service/example.yaml"] = FIRST_SERVICE.format(
                name="example", title="An example", team="example-team"
            )
            files["catalog/team/example-team.yaml"] = FIRST_TEAM.format(team="example-team", title="A team of ours")
        if editor:
            files.update(_editor_files())
        written = [path for path, text in files.items() if _write(root / path, text)]
    for path in written:
        click.echo(f"wrote {path}")
    for style, patterns in found.items():
        if patterns:
            click.echo(f"reads {', '.join(patterns)} as {style}")
    click.echo("next: mofconf validate" if written else "nothing to write, everything is there; next: mofconf validate")


def _foreign(paths: Any) -> dict[str, list[str]]:
    """Patterns for the Compose files and the Backstage catalogues among the paths."""
    found: dict[str, list[str]] = {"compose": [], "backstage": []}
    for path in paths:
        name = path.rpartition("/")[2]
        if re.fullmatch(r"(docker-)?compose([.-][\w.-]+)?\.ya?ml", name):
            found["compose"].append(path)
        elif re.fullmatch(r"catalog-info\.ya?ml", name):
            found["backstage"].append(path)
    found["compose"].sort(key=lambda path: (re.fullmatch(r"(.*/)?(docker-)?compose\.ya?ml", path) is None, path))
    return {style: _patterns(chosen) for style, chosen in found.items()}


def _patterns(paths: list[str]) -> list[str]:
    """A few paths as they are; many as one pattern for each name."""
    if len(paths) <= 4:  # as many as one likes to read
        return paths
    return sorted({f"**/{path.rpartition('/')[2]}" for path in paths})


def _editor_files() -> dict[str, str]:
    import json

    from mofconf.schemas import schema_of_all

    patterns = ["catalog/**/*.yaml", "policies/**/*.yaml", "mofconf.yaml", "*.mofconf.yaml"]
    schema = ".mofconf/mofconf.schema.json"
    jetbrains = "".join(
        f'<Item><option name="pattern" value="true" /><option name="path" value="{one}" /></Item>' for one in patterns
    )
    return {
        schema: json.dumps(schema_of_all(), indent=2) + "\n",
        ".vscode/settings.json": json.dumps({"yaml.schemas": {f"./{schema}": patterns}}, indent=2) + "\n",
        ".vscode/extensions.json": json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n",
        ".idea/jsonSchemas.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<project version="4">
  <component name="JsonSchemaMappingsProjectConfiguration">
    <state><map><entry key="mofconf"><value><SchemaInfo>
      <option name="name" value="mofconf" /><option name="relativePathToSchema" value="{schema}" />
      <option name="patterns"><list>{jetbrains}</list></option>
    </SchemaInfo></value></entry></map></state>
  </component>
</project>
""",
    }


def _write(file: Path, text: str) -> bool:
    """Write a file that is not there yet; whether it was written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise unavailable(
            f"{file} cannot be written: {error.strerror}", "name a folder that you may write to"
        ) from None
    return True
