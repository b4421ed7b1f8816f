"""What two revisions share is worked out once, and changes nothing of what comes out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from estates import TODAY, files_of

from mofconf import graph as graphs
from mofconf.answers.plan import report
from mofconf.documents import SourceFile
from mofconf.graph import Graph
from mofconf.kinds.settings import read_settings
from mofconf.plan import plan
from mofconf.rules import ALWAYS, judge
from mofconf.workspace import Memory, Workspace, load, memory

Files = dict[str, bytes]


def read(files: Mapping[str, bytes], known: Memory) -> Workspace:
    sources = {path: SourceFile(path, content) for path, content in files.items()}
    return load(sources, read_settings(sources["mofconf.yaml"]), known)


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Files:
    paths = [root / "mofconf.yaml", *sorted((root / "catalog").rglob("*.yaml"))]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def check(before: Files, after: Files) -> bool:
    """The plan of two sides read with one memory is that of two sides read apart. Says whether their graphs differ."""
    shared, apart = memory(), (memory(), memory())
    together = read(before, shared), read(after, shared)
    alone = read(before, apart[0]), read(after, apart[1])
    for known in shared.built:
        same(known[1], graphs.build(known[0]))
    assert judge(together[1], TODAY, rules=ALWAYS) == judge(alone[1], TODAY, rules=ALWAYS)
    one, other = (report(plan(*sides, TODAY), "a change", 1) for sides in (together, alone))
    assert one == other
    return together[0].graph != together[1].graph


def same(one: Graph, other: Graph) -> None:
    """Equal in everything, the order in which things are met included."""
    for name in Graph._fields:
        mine, fresh = getattr(one, name), getattr(other, name)
        assert mine == fresh, name
        if name in {"nodes", "out", "gates"}:
            assert list(mine) == list(fresh), name


def without_a_line(dice: random.Random, text: bytes) -> bytes:
    lines = text.split(b"\n")
    lines.pop(dice.randrange(len(lines)))
    return b"\n".join(lines)


# Each edit of one file, as somebody might make it or get it wrong.
EDITS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "rename": lambda _, text: text.replace(b"name: ", b"name: x-", 1),
    "rename with a former name": lambda _, text: text.replace(b"name: ", b"formerly: [old]\nname: y-", 1),
    "break": lambda _, text: text + b"\n  broken: [",
    "lose a line": without_a_line,
    "change the kind": lambda _, text: text.replace(b"kind: Asset", b"kind: Service", 1),
    "retire": lambda _, text: text.replace(b"kind: Service\n", b"kind: Service\nlifecycle: retired\n", 1),
    "comment": lambda _, text: b"# somebody was here\n" + text,
    "repeat": lambda _, text: text + b"\n---\n" + text,
    "empty": lambda _, __: b"",
}


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_of_the_reference_catalogue(catalogue: Files, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # a choice of cases
    paths, differing = sorted(catalogue.keys() - {"mofconf.yaml"}), 0
    for _ in range(4):
        edited = dict(catalogue)
        for path in dice.sample(paths, dice.choice([1, 1, 2, 4])):
            edit = dice.choice([None, *EDITS])
            if edit is None:
                del edited[path]
            else:
                edited[path] = EDITS[edit](dice, edited[path])
        sides = (catalogue, edited) if dice.random() < 0.5 else (edited, catalogue)
        differing += check(*sides)
    assert differing  # else nothing was tested


BASE = """\
# file: mofconf.yaml
kind: Project
name: shop
sources: [{files: "*.yaml"}]
# file: a.yaml
kind: Service
name: shop
needs: [db, {atLeast: 1, of: [web, Asset/cache]}]
# file: b.yaml
kind: Asset
name: db
# file: c.yaml
kind: Asset
name: web
---
kind: Asset
name: cache
runsOn: db
"""

# What happens to one file of BASE although nothing in the others was touched, and yet they mean something else.
AT_A_DISTANCE = {
    "the target goes": ("b.yaml", None),
    "the target is broken": ("b.yaml", "kind: Asset\nname: [db\n"),
    "the target is retired": ("b.yaml", "kind: Asset\nname: db\nstatus: disposed\n"),
    "the target is renamed": ("b.yaml", "kind: Asset\nname: store\nformerly: [db]\n"),
    "the target is another kind": ("b.yaml", "kind: Service\nname: db\n"),
    "the name becomes ambiguous": ("d.yaml", "kind: Service\nname: db\n"),
    "the name is somebody's former name": ("d.yaml", "kind: Service\nname: store\nformerly: [db]\n"),
    "the target becomes several": ("b.yaml", "kind: Asset\nname: db\ninstances: [one, two]\n"),
    "the target is there twice": ("a2.yaml", "kind: Asset\nname: db\nrunsOn: web\n"),
    "a member of a group goes": ("c.yaml", "kind: Asset\nname: web\n"),
    "a default comes": (
        "mofconf.yaml",
        """kind: Project
name: shop
sources: [{files: "*.yaml"}]
defaults: [{for: {kind: Service}, set: {needs: [Asset/web]}}]
""",
    ),
    "a source goes": ("mofconf.yaml", "kind: Project\nname: shop\nsources: [{files: '[ab].yaml'}]\n"),
}


@pytest.mark.parametrize("case", AT_A_DISTANCE)
@pytest.mark.parametrize("forwards", [True, False])
def test_what_changes_the_meaning_of_others(case: str, forwards: bool) -> None:  # noqa: FBT001  # pytest's parameters
    path, text = AT_A_DISTANCE[case]
    base = {name: content.encode() for name, content in files_of(BASE).items()}
    head = {name: content for name, content in base.items() if name != path or text is not None}
    if text is not None:
        head[path] = text.encode()
    differs = check(base, head) if forwards else check(head, base)
    assert differs or case == "a default comes"  # what a resource says itself is stronger
