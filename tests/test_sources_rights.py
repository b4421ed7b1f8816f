"""What is said where the world is closed or broken: which thing, what to do, and exit code 3 from every command."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import run
from conftest import GitRepository

CATALOG = {"mofconf.yaml": "kind: Project\nname: p\n", "catalog/a.yaml": "kind: Team\nname: a\n"}

BROKEN = {
    "garbage": (
        lambda git: (git.rename(git.with_name("x")), git.write_text("nonsense")),
        "/.git is a file, and does not say where the repository lies",
        "write that into it, or move it away",
    ),
    "leads to nothing": (
        lambda git: (git.rename(git.with_name("x")), git.write_text("gitdir: /nowhere")),
        "leads to /nowhere, where there is no repository",
        "git worktree repair",
    ),
    "HEAD": (lambda git: (git / "HEAD").write_bytes(b"\xff\0"), "the .git in ", "move it away"),
    "settings": (
        lambda git: (git / "config").write_text("[core\n"),
        "line 1 of .git/config is wrong",
        "mend that line",
    ),
    "index": (lambda git: (git / "index").write_text("x"), "the index of the repository in ", ".git/index && git -C "),
}


@pytest.mark.parametrize(("break_it", "message", "step"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("command", [("validate",), ("plan",), ("init",)], ids=" ".join)
def test_a_broken_repository_is_named_with_what_helps(
    repository: GitRepository, command: tuple[str, ...], break_it: object, message: str, step: str
) -> None:
    repository.commit(dict(CATALOG))
    break_it(repository.folder / ".git")  # type: ignore[operator]  # a lambda of the table
    said = run("-C", repository.folder, *command, code=3)
    problem, helped = said.err.splitlines()
    assert message in problem
    assert helped.startswith("  help: ")
    assert step in helped
    assert "fsck" not in helped


def test_the_step_for_a_damaged_index_helps(repository: GitRepository) -> None:
    repository.commit(dict(CATALOG))
    (repository.folder / ".git" / "index").write_text("x")
    helped = run("-C", repository.folder, "validate", code=3).err.partition("and no file: ")[2]
    subprocess.run(["sh", "-c", helped], env=repository.environment(), check=True)
    run("-C", repository.folder, "validate", code=0)


def test_a_bare_repository_has_no_place_for_a_first_file(repository: GitRepository, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    repository.git("init", "--quiet", "--bare", str(bare))
    assert run("-C", bare, "init", code=3).err == (
        f"mofconf: could not compute: {bare} is a bare repository: it has no work tree to write files to\n"
        f"  help: run `mofconf init` in a clone of it: git clone {bare}\n"
    )
    assert "push a branch to it first" in run("-C", bare, "validate", code=3).err
    assert "add ." in run("-C", repository.folder, "plan", "HEAD", code=3).err


def without_rights(*arguments: str | Path, at: Path) -> tuple[int, str, str]:
    """What a command says for somebody whom the modes of files bind, as they do not bind root."""

    def drop() -> None:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP: it holds from the next program on

    done = subprocess.run(
        [sys.executable, "-m", "mofconf", *map(str, arguments)],
        cwd=at,
        preexec_fn=drop,  # no other thread runs here
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def house(repository: GitRepository) -> Iterator[Path]:
    """A work tree, and beside it a closed folder, whose modes are given back at the end."""
    if sys.platform != "linux":
        pytest.skip("root gives up its powers in another way here")
    repository.commit(dict(CATALOG))
    closed = repository.folder.with_name("closed")
    (closed / "catalog").mkdir(parents=True)
    closed.chmod(0)
    yield repository.folder.parent
    for folder in (closed, repository.folder / ".git"):
        folder.chmod(0o755)


CLOSED = {
    "a folder": ("-C", "closed", "validate"),
    "a folder, planned": ("-C", "closed", "plan"),
    "a folder, begun": ("-C", "closed", "init"),
    "a folder in it": ("-C", "closed/catalog", "list"),
    "one to compare": ("plan", "--from", "closed", "--to", "repository"),
    "a project file": ("-C", "repository", "--project", "closed/mofconf.yaml", "validate"),
    "a file to write": ("-C", "repository", "validate", "-o", "json:closed/x.json"),
}


@pytest.mark.parametrize("arguments", CLOSED.values(), ids=CLOSED.keys())
def test_what_may_not_be_opened_is_said_and_leaves_with_three(house: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = without_rights(*arguments, at=house)
    assert (code, out) == (3, "")
    assert err.startswith("mofconf: could not compute: ")
    assert "permission denied\n  help: " in err
    assert "closed" in err.splitlines()[0]


@pytest.mark.parametrize("command", ["validate", "plan", "init"])
def test_a_repository_that_may_not_be_opened_is_no_plain_folder(house: Path, command: str) -> None:
    git = house / "repository" / ".git"
    git.chmod(0)
    code, out, err = without_rights("-C", "repository", command, at=house)
    assert (code, out) == (3, "")
    assert f"{os.path.realpath(git)} may not be opened" in err
    assert not (house / "repository" / "catalog" / "team").exists()


def test_a_closed_folder_in_which_sources_might_lie_is_a_finding(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("root gives up its powers in another way here")
    plain = tmp_path / "plain"
    closed = [plain / "catalog" / "service", plain / "catalog" / "old", plain / "elsewhere"]
    for folder in closed:
        folder.mkdir(parents=True)
    (plain / "mofconf.yaml").write_text(
        "kind: Project\nname: shop\nsources: [{files: 'catalog/**/*.yaml', exclude: ['catalog/old/**']}]\n"
    )
    (plain / "catalog" / "team.yaml").write_text("kind: Team\nname: shop\n")
    for folder in closed:
        folder.chmod(0)
    try:
        code, out, _ = without_rights("-C", plain, "validate", at=tmp_path)
    finally:
        for folder in closed:
            folder.chmod(0o755)
    assert code == 1
    assert "catalog/service:1:1: error unreadable-document: this cannot be read: permission denied" in out
    assert "catalog/old" not in out
    assert "elsewhere" not in out


def test_a_work_tree_that_is_elsewhere_and_gone(repository: GitRepository) -> None:
    repository.commit(dict(CATALOG))
    repository.git("config", "core.worktree", "/nowhere/at/all")
    err = run("-C", repository.folder, "validate", code=3).err
    assert "core.worktree" in err
    assert "--unset core.worktree" in err
