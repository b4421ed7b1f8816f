"""``mofconf init``."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click

from mofconf.cli.answering import polite, unavailable
from mofconf.cli.options import invocation, options, printed_only


@click.command()
@click.option("--editor", is_flag=True, help="Also write settings that give VS Code and JetBrains completion.")
@options(("text",))
@click.pass_context
def command(ctx: click.Context, /, editor: bool, **given: Any) -> None:  # noqa: FBT001  # click calls it, by name
    """Start here: write a project file, and a first resource where there is nothing yet.

    Compose files and Backstage catalogues that lie in the folder are read in place. Of other YAML it is said that
    nothing reads it yet. No file is ever overwritten.
    """
    asked = invocation(ctx, given)
    printed_only(asked)
    with polite():
        from mofconf.answers.starting import FIRST_SERVICE, FIRST_TEAM, new_project
        from mofconf.answers.survey import is_yaml, survey
        from mofconf.answers.words import counted, some
        from mofconf.documents import SourceFile
        from mofconf.kinds.settings import PROJECT_FILES, read_settings
        from mofconf.render.visible import visible
        from mofconf.sources import Folder, Repository, open_folder
        from mofconf.sources.loading import find_root, settings_of, unread
        from mofconf.sources.tree import Empty

        root = find_root(asked.directory, named=asked.named, has_project=False)
        repository = Repository.open(root)
        if repository is not None and repository.bare:
            message = f"{root} is a bare repository: it has no work tree to write files to"
            raise unavailable(message, f"run `mofconf init` in a clone of it: git clone {shlex.quote(str(root))}")
        tree = open_folder(root) if Folder(root).paths() else Empty()
        paths = tree.paths()
        found = survey({path: file.content for path, file in tree.read(filter(is_yaml, paths)).items()})
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", root.resolve().name).strip("-") or "project"
        there = next((path for path in PROJECT_FILES if path in paths), "")
        files = {} if there else {"mofconf.yaml": new_project(name, found)}
        native = any(path.startswith("catalog/") or path.endswith((".mofconf.yaml", ".mofconf.yml")) for path in paths)
        if not native and not any(found.values()):
            files["catalog/service/example.yaml"] = FIRST_SERVICE.format(
                name="example", title="An example", team="example-team"
            )
            files["catalog/team/example-team.yaml"] = FIRST_TEAM.format(team="example-team", title="A team of ours")
        if editor:
            files.update(_editor_files())
        written = [path for path, text in files.items() if _write(root / path, text)]
        settings = (
            settings_of(tree) if there else read_settings(SourceFile("mofconf.yaml", files["mofconf.yaml"].encode()))
        )
        # Who cannot read the project file does not know what its sources are.
        left = [path for path in unread(tree, settings) if is_yaml(path)] if not settings.broken else []
    for path in written:
        click.echo(f"wrote {path}")
    for style, patterns in found.items() if not there else ():
        if patterns:
            click.echo(f"reads {', '.join(patterns)} as {style}")
    if left:
        many = counted(len(left), "YAML file")
        click.echo(f"no source reads {many}: {visible(some(left))}")
        step = "where it describes services or teams, map it in mofconf.yaml, see `mofconf explain Project.sources`"
        click.echo(f"  help: {step}")
    click.echo("next: mofconf validate" if written else "nothing to write, everything is there; next: mofconf validate")


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
            f"{file} cannot be written: {(error.strerror or '').lower()}", "name a folder that you may write to"
        ) from None
    return True
