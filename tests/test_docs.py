"""The guides in ``docs/`` are true to the letter: their YAML is loaded, and their commands print what they show.

A guide tells stories. What a comment in it says to this test:

``<!-- story: NAME -->``        from here on everything happens in a fresh git repository;
                                ``<!-- story: NAME finds RULE -->`` where its files have findings of this rule
``<!-- finds: RULE ... -->``    the YAML below is wrong on purpose: it has findings of just these rules
``<!-- schema: NAME -->``       the YAML below belongs to another tool, and fits that tool's JSON Schema
``<!-- not checked: WHY -->``   the block below is left alone

In a story a block that begins with ``# file: PATH`` is that file, and is committed. A ``diff`` block turns what is
committed into the work tree. A ``console`` block is typed in, and prints what it shows; a line ``...`` stands for any
lines. ``pytest --bless`` writes what the commands print, save where there is such a line.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run
from conftest import GitRepository
from estates import TODAY, estate
from guides import BLOCK, DOCS, Block, Story, Teller, stories

from mofconf.rules import judge

GUIDES = sorted(page.name for page in DOCS.glob("*.md"))

# Examples name what they do not declare, and leave out what they are not about.
TOLERATED = {"ownerless-service", "customerless-business-service"}

ALL = [story for page in GUIDES for story in stories(page)]
TOLD = [story for story in ALL if story.name]
ALONE = [
    block
    for story in ALL
    for block in story.blocks
    if block.style == "yaml" and block.mark in ("", "finds") and not (story.name and block.path)
]
FOREIGN = [block for story in ALL for block in story.blocks if block.mark == "schema"]


def named(one: Story | Block) -> str:
    """A short name for a test: the page, and the story or the first line."""
    return f"{one.page}: {one.name if isinstance(one, Story) else one.text.partition(chr(10))[0]}"


@pytest.mark.parametrize("block", ALONE, ids=named)
def test_yaml_that_stands_alone_fits(block: Block) -> None:
    text = block.text
    if not block.path and re.search(r"(?m)^kind: Project$", text):
        text = f"# file: mofconf.yaml\n{text}"
    found = {one.rule for one in judge(estate(text), TODAY)}
    wanted = set(block.said.split()) if block.mark else set()
    usual = TOLERATED | {"dangling-reference", "unmatched-mapping"}
    assert wanted <= found <= wanted | usual


@pytest.mark.parametrize("story", TOLD, ids=named)
def test_a_story_goes_as_it_is_told(
    story: Story,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    bless: bool,
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, GitRepository.environment()[name])
    teller = Teller(GitRepository(tmp_path / story.name).folder)
    monkeypatch.chdir(teller.folder)
    for block in story.blocks:
        if block.mark in ("schema", "not checked") or (block.style == "yaml" and not block.path):
            continue
        if block.style == "console":
            teller.converse(block, bless=bless)
        elif block.style == "diff":
            teller.change(block.text)
        elif block.path:
            teller.write(block.path, block.text)
        else:
            assert block.style in ("text", "sh", "json"), f"a block of the style {block.style} says nothing here"
    if bless:
        teller.bless(story)
    teller.settle()
    if any(block.path and not block.mark for block in story.blocks):
        found = run("--at", str(TODAY), "validate", "--promises", "--revision", "HEAD", "-o", "json").data["findings"]
        assert story.finds <= {one["rule"] for one in found} <= story.finds | TOLERATED


@pytest.mark.parametrize("block", FOREIGN, ids=named)
def test_yaml_of_other_tools_fits_their_schema(block: Block, tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema")
    file = tmp_path / "it.yaml"
    file.write_text(block.text, encoding="utf-8")
    asked = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", block.said, str(file)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", GUIDES)
def test_links_lead_somewhere(page: str) -> None:
    text = re.sub(r"(?ms)^```.*?^```$", "", (DOCS / page).read_text(encoding="utf-8"))
    lost = [link for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text) if not leads(DOCS / page, link)]
    assert lost == []


def leads(page: Path, link: str) -> bool:
    """Whether a file is there, and the heading that a link names in it."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    if not anchor:
        return target.exists()
    headings = re.findall(r"(?m)^#+ (.+)$", target.read_text(encoding="utf-8")) if target.exists() else []
    return anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", GUIDES)
def test_json_is_json_and_every_block_says_what_it_is(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^```", text)) == 2 * len(BLOCK.findall(text))
    for block in BLOCK.finditer(text):
        if block["style"] == "json" and block["mark"] != "not checked":
            json.loads(block["text"])


def test_the_index_leads_to_every_guide() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [page for page in GUIDES if page != "index.md" and f"]({page}" not in index] == []
