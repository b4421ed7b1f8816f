"""The README is true to the letter: its commands are run, and what they print is what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from commands import run
from conftest import GitRepository
from estates import TODAY, estate

from mofconf.answers.plan import report
from mofconf.plan import plan
from mofconf.render import FORMATS, Screen
from mofconf.rules import judge
from mofconf.sources.comparing import compare_revisions

BLOCK = re.compile(r"<!-- test: (?P<name>[\w-]+) -->\n```(?P<style>\w*)\n(?P<text>.*?)```\n", re.DOTALL)


def blocks(root: Path, name: str) -> list[str]:
    """The blocks of the README with this mark."""
    text = (root / "README.md").read_text(encoding="utf-8")
    return [match["text"] for match in BLOCK.finditer(text) if match["name"] == name]


def rendered_demo(folder: Path) -> str:
    """The demo's plan on a terminal of 100 columns without colours, up to the findings."""
    run("demo", folder, "--at", str(TODAY), code=0)
    sides = compare_revisions(folder / "brambletide", "main...autumn-tidying", None, named=True)
    made = report(plan(sides.base, sides.head, TODAY), sides.title, sides.files, sides.notes)
    text = FORMATS["text"](made, Screen(100, colour=False))
    head, _, _ = text.partition("\n  Findings")
    return "\n".join(line.rstrip() for line in head.rstrip().splitlines()) + "\n"


def test_the_demo_prints_what_the_readme_shows(root: Path, tmp_path: Path, *, bless: bool) -> None:
    printed = rendered_demo(tmp_path / "demo")
    if bless:
        file = root / "README.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            re.sub(r"(<!-- test: demo -->\n```\n).*?(```\n)", lambda m: m[1] + printed + m[2], text, flags=re.DOTALL),
            encoding="utf-8",
        )
    assert blocks(root, "demo") == [printed]


def shell(command: str, folder: Path) -> str:
    """What a command prints, with this very mofconf on the path and nobody's settings."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**GitRepository.environment(), "PATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr


def agrees(printed: str, shown: str) -> bool:
    """Whether what was printed is what is shown; a line ``...`` stands for any lines."""
    pattern = re.sub(r"([*?\[])", r"[\1]", shown)
    pattern = re.sub(r"(?m)^\.\.\.\n", "*", pattern)
    return fnmatchcase(printed.rstrip() + "\n", pattern)


def converse(text: str, folder: Path) -> None:
    """Type the commands of a block one after the other."""
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
        printed = "".join(f"{line.rstrip()}\n" for line in shell(command, folder).splitlines())
        assert agrees(printed, shown or "\n"), f"$ {command}\n{printed}"


def test_five_minutes_with_compose_files(root: Path, repository: GitRepository) -> None:
    (first,), (second,) = blocks(root, "compose"), blocks(root, "compose-plan")
    file = re.search(r"\$ cat compose.yaml\n(.*?)\$ ", first, re.DOTALL)
    assert file is not None
    repository.write("compose.yaml", file[1])
    converse(first, repository.folder)
    converse(second, repository.folder)


def test_five_minutes_from_nothing(root: Path, tmp_path: Path) -> None:
    (text,) = blocks(root, "nothing")
    converse(text, tmp_path)


@pytest.mark.parametrize("number", range(3))
def test_the_yaml_of_the_readme_fits(root: Path, number: int) -> None:
    text = blocks(root, "yaml")[number]
    path = "mofconf.yaml" if "kind: Project" in text else "catalog/a.yaml"
    found = judge(estate(f"# file: {path}\n{text}"), TODAY)
    assert {one.rule for one in found} <= {"ownerless-service", "unmatched-mapping"}


def test_every_command_stands_in_the_readme_and_every_link_leads_somewhere(root: Path) -> None:
    from mofconf.cli import COMMANDS

    text = (root / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## The commands") :]
    assert [name for name in COMMANDS if not re.search(rf"`(mofconf )?{name}\b", table)] == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (root / link).exists()] == []
