"""Reads the guides in ``docs/`` as stories, and plays them. What their comments mean stands in ``test_docs.py``."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from commands import run
from conftest import ROOT, GitRepository
from estates import TODAY
from test_readme import agrees, shell

DOCS = ROOT / "docs"

BLOCK = re.compile(
    r"(?:<!-- (?P<mark>finds|schema|not checked): (?P<said>[^\n]*?) -->\n+)?"
    r"^```(?P<style>\w+)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
STORY = re.compile(r"<!-- story: (?P<name>[\w-]+)(?: finds (?P<finds>[\w -]+?))? -->")


class Block(NamedTuple):
    """One fenced block, and what the comment above it says."""

    page: str
    style: str
    text: str
    mark: str
    said: str

    @property
    def path(self) -> str:
        """The file that it is, in a story; empty where it is none."""
        found = re.match(r"# file: (\S+)\n", self.text)
        return found[1] if found else ""


class Story(NamedTuple):
    """The blocks that belong to one repository, in their order. Those before the first story have no name."""

    page: str
    name: str
    finds: frozenset[str]
    blocks: tuple[Block, ...]


def stories(page: str) -> Iterator[Story]:
    """The stories of a guide. One that is taken up again further down is one story."""
    text = (DOCS / page).read_text(encoding="utf-8")
    starts = [(0, "", "")] + [(one.start(), one["name"], one["finds"] or "") for one in STORY.finditer(text)]
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    told: dict[str, Story] = {}
    for (start, name, finds), end in zip(starts, ends, strict=True):
        blocks = tuple(
            Block(page, one["style"], one["text"], one["mark"] or "", one["said"] or "")
            for one in BLOCK.finditer(text, start, end)
        )
        before = told.get(name, Story(page, name, frozenset(), ()))
        told[name] = Story(page, name, before.finds | frozenset(finds.split()), before.blocks + blocks)
    yield from told.values()


class Teller:
    """Plays a story: what is committed, what is changed since, and how the last command left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0
        self.fresh = False
        self.said: list[tuple[str, str]] = []

    def git(self, *arguments: str) -> None:
        """Run git with nobody's settings."""
        subprocess.run(["git", *arguments], cwd=self.folder, env=GitRepository.environment(), check=True)

    def write(self, path: str, text: str) -> None:
        """Write a file that is committed before anything is asked."""
        if not self.fresh:
            self.back()
        self.fresh = True
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def settle(self) -> None:
        """Commit what was written."""
        if self.fresh:
            self.git("add", "--all")
            self.git("commit", "--quiet", "--message", "as it was")
        self.fresh = False

    def back(self) -> None:
        """The work tree as it was committed."""
        if any(self.folder.glob(".git/refs/heads/*")):
            self.git("reset", "--quiet", "--hard")
        self.git("clean", "--quiet", "-d", "--force")

    def change(self, diff: str) -> None:
        """Turn what is committed into the work tree."""
        self.settle()
        self.back()
        for hunk in re.split(r"(?m)^@@.*\n", diff):
            old, new = (
                "".join(f"{line[1:]}\n" for line in hunk.splitlines() if line[:1] in signs) for signs in (" -", " +")
            )
            if not old:
                path = re.match(r"# file: (\S+)\n", new)
                assert path is not None, f"nothing says which file this is:\n{new}"
                (self.folder / path[1]).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path[1]).write_text(new, encoding="utf-8")
                continue
            files = [file for file in self.folder.rglob("*.y*ml") if old in file.read_text(encoding="utf-8")]
            assert len(files) == 1, f"this stands in {len(files)} files:\n{old}"
            text = files[0].read_text(encoding="utf-8").replace(old, new)
            if text:
                files[0].write_text(text, encoding="utf-8")
            else:
                files[0].unlink()

    def converse(self, block: Block, *, bless: bool) -> None:
        """Type the commands of a block one after the other."""
        self.settle()
        said = ""
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
            printed = "".join(f"{line.rstrip()}\n" for line in self.typed(command).strip("\n").splitlines())
            if bless and "...\n" not in shown:
                said += f"$ {command}\n{printed}"
                continue
            said += f"$ {command}\n{shown}"
            assert agrees(printed or "\n", shown or "\n"), f"$ {command}\n{printed}"
        self.said.append((block.text, said))

    def bless(self, story: Story) -> None:
        """Write what the commands printed into the guide."""
        page = DOCS / story.page
        text = page.read_text(encoding="utf-8")
        at = text.index(f"<!-- story: {story.name}")
        for shown, printed in self.said:
            at = text.index(f"```console\n{shown}", at)
            text = text[:at] + text[at:].replace(shown, printed, 1)
            at += len(printed)
        page.write_text(text, encoding="utf-8")

    def typed(self, command: str) -> str:
        """What a command prints: one of ours is run in this process, any other one in a shell."""
        if command == "echo $?":
            return str(self.code)
        if re.match(r"mofconf [^|>;&]*$", command):
            said = run("--at", str(TODAY), *shlex.split(command)[1:])
            self.code = said.code
            return said.out + said.err
        return shell(command, self.folder)
