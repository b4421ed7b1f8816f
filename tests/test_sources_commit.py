"""Commits, read without a checkout: every kind of content, and what happens when an object is not there."""

from __future__ import annotations

import gc
import os
import subprocess
import zlib
from pathlib import Path

import pytest
from conftest import GitRepository

from mofconf.sources import LARGEST_FILE, Commit, Repository, Unavailable, changed_paths
from mofconf.sources.objects import Objects
from mofconf.sources.plumbing import Plumbing


def opened(folder: Path) -> Repository:
    repository = Repository.open(folder)
    assert repository is not None
    return repository


def read_all(tree: Commit) -> dict[str, bytes | str]:
    return {path: file.refusal or file.content for path, file in tree.read(tree.paths()).items()}


def plant(repository: GitRepository, kind: str, content: bytes) -> str:
    """Write an object that git's own commands might refuse to make."""
    done = subprocess.run(
        ["git", "hash-object", "-w", "--literally", "-t", kind, "--stdin"],
        cwd=repository.folder,
        env=repository.environment(),
        input=content,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def plant_tree(repository: GitRepository, *entries: tuple[str, str, str]) -> str:
    """A commit of a tree with exactly these entries: mode, name, object."""
    body = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(blob) for mode, name, blob in entries)
    return repository.git("commit-tree", "-m", "planted", plant(repository, "tree", body))


def loose(repository: GitRepository, name: str) -> Path:
    return repository.folder / ".git" / "objects" / name[:2] / name[2:]


def test_each_revision_has_its_own_files(repository: GitRepository) -> None:
    first = repository.commit({"a.yaml": "1", "b/c.yaml": "x", "binary.yaml": b"\x00\xff\r\n", "empty.yaml": ""})
    second = repository.commit({"a.yaml": "2", "b/c.yaml": None, "d.yaml": "new"})
    repository.write("a.yaml", "never committed")
    with opened(repository.folder) as there:
        before, after = there.commit(first), there.commit("main")
        shared = {"binary.yaml": b"\x00\xff\r\n", "empty.yaml": b""}
        assert read_all(before) == shared | {"a.yaml": b"1", "b/c.yaml": b"x"}
        assert read_all(after) == shared | {"a.yaml": b"2", "d.yaml": b"new"}
        assert (before.label, after.label) == (first[:8], f"main ({second[:8]})")
        assert changed_paths(before, after) == ("a.yaml", "b/c.yaml", "d.yaml")
        assert before.read(["absent", "b", "../a.yaml", "./a.yaml", ""]) == {}
        assert there.commit(first, "b").paths() == ("c.yaml",)
        assert there.commit("main", "b").paths() == ()
        assert there.commit("main", "a.yaml").paths() == ()


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_what_two_revisions_share_is_fetched_once(tmp_path: Path, form: str, *, packed: bool, bare: bool) -> None:
    repository = GitRepository(tmp_path / "first")
    if form == "sha256":
        subprocess.run(["rm", "-rf", repository.folder / ".git"], check=True)
        repository.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    # More than what fits into a pipe, in both directions at once.
    repository.commit({f"{n % 7}/{n}.yaml": f"file {n}\n" * 300 for n in range(1200)})
    repository.commit({"1/1.yaml": "edited", "copy.yaml": "file 0\n" * 300})
    folder = repository.folder
    if packed:
        repository.git("gc", "--quiet")
    if bare:
        folder = tmp_path / "bare.git"
        repository.git("clone", "--quiet", "--bare", ".", str(folder))
    with opened(folder) as there:
        assert len(there.resolve("main")) == {"sha1": 40, "sha256": 64}[form]
        before, after = there.commit("main~1"), there.commit("main")
        old, new = before.read(before.paths()), after.read(after.paths())
        assert all(old[p].content == f"file {p[2:-5]}\n".encode() * 300 for p in before.paths())
        assert [p for p in before.paths() if old[p].content is not new[p].content] == ["1/1.yaml"]
        assert new["copy.yaml"].content is old["0/0.yaml"].content


def test_git_runs_once_and_ends_with_the_repository(repository: GitRepository) -> None:
    repository.commit({f"{n}.yaml": str(n) for n in range(3)})
    with opened(repository.folder) as there:
        commit = there.commit("HEAD")
        commit.read(["0.yaml"])
        process = there.objects._process
        assert process is not None
        commit.read(["1.yaml", "2.yaml"])
        assert there.objects._process is process
        assert process.poll() is None
    assert process.poll() is not None
    assert commit.read(["0.yaml"])["0.yaml"].content == b"0"  # known already: git is not started for it
    assert there.objects._process is None
    there.close()


def test_a_repository_that_nobody_closed_leaves_no_process(repository: GitRepository) -> None:
    repository.commit({"a.yaml": "a"})
    there = opened(repository.folder)
    there.commit("HEAD").read(["a.yaml"])
    process = there.objects._process
    assert process is not None
    del there
    gc.collect()
    assert process.poll() is not None  # and pytest would fail on a ResourceWarning


def test_a_file_above_the_limit_is_refused(repository: GitRepository) -> None:
    # Thin ones around it, to see that the conversation with git goes on behind it.
    sizes = {
        "a.yaml": 1,
        "b-large.yaml": LARGEST_FILE + 1,
        "c.yaml": 2,
        "d-limit.yaml": LARGEST_FILE,
        "e.yaml": 3,
    }
    repository.commit({path: b" " * size for path, size in sizes.items()})
    with opened(repository.folder) as there:
        read = there.commit("HEAD").read(sizes)
        assert {path: len(file.content) for path, file in read.items()} == sizes | {"b-large.yaml": 0}
        assert {path: file.refusal for path, file in read.items() if file.refusal} == {
            "b-large.yaml": "is too large: 16.0 MiB, and the limit is 16 MiB"
        }
        assert there.commit("HEAD").read(["b-large.yaml"]) == {"b-large.yaml": read["b-large.yaml"]}


def test_a_forged_tree(repository: GitRepository) -> None:
    blob = plant(repository, "blob", b"content")
    commit = plant_tree(
        repository,
        ("100644", "..", blob),
        ("100644", ".git", blob),
        ("100644", "../up.yaml", blob),
        ("100644", "/etc/passwd", blob),
        ("120000", "link.yaml", blob),
        ("100755", "run.yaml", blob),
        ("100664", "old-mode.yaml", blob),
        ("160000", "sub", blob),
    )
    with opened(repository.folder) as there:
        odd = "has a name that leads out of its folder or into git's own files"
        assert read_all(there.commit(commit)) == {
            "..": odd,
            ".git": odd,
            "../up.yaml": odd,
            "/etc/passwd": odd,
            "link.yaml": "is a symbolic link, which mofconf does not follow",
            "old-mode.yaml": b"content",
            "run.yaml": b"content",
        }


def test_a_file_that_is_no_blob(repository: GitRepository) -> None:
    blob = plant(repository, "blob", b"content")
    tree = plant(repository, "tree", b"100644 x\0" + bytes.fromhex(blob))
    commit = plant_tree(repository, ("100644", "a.yaml", tree), ("100644", "b.yaml", blob))
    with opened(repository.folder) as there:
        with pytest.raises(Unavailable, match=r"a\.yaml .* is damaged"):
            there.commit(commit).read(["a.yaml", "b.yaml"])
        assert there.commit(commit).read(["b.yaml"])["b.yaml"].content == b"content"


def test_a_missing_blob_is_named_with_its_file(repository: GitRepository) -> None:
    repository.commit({"a.yaml": "a", "b.yaml": "b", "c.yaml": "c"})
    name = repository.git("rev-parse", "HEAD:b.yaml")
    loose(repository, name).unlink()
    with opened(repository.folder) as there:
        tree = there.commit("HEAD")
        assert tree.paths() == ("a.yaml", "b.yaml", "c.yaml")
        with pytest.raises(Unavailable) as refused:
            tree.read(tree.paths())
        assert refused.value.message == f"the content of b.yaml (object {name}) is missing in the repository"
        assert f"git -C {repository.folder} fsck --full" in refused.value.next_step
        assert tree.read(["a.yaml", "c.yaml"])["c.yaml"].content == b"c"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no zlib",
        zlib.compress(b"blob 5\0abc"),
        zlib.compress(b"blob 9999\0x")[:-3],
        zlib.compress(b"nonsense"),
    ],
    ids=["empty", "no zlib", "shorter than said", "cut off", "no header"],
)
def test_a_damaged_blob(repository: GitRepository, damage: bytes) -> None:
    repository.commit({"a.yaml": "a", "b.yaml": "b", "c.yaml": "c"})
    place = loose(repository, repository.git("rev-parse", "HEAD:b.yaml"))
    place.chmod(0o644)
    place.write_bytes(damage)
    with opened(repository.folder) as there:
        tree = there.commit("HEAD")
        with pytest.raises(Unavailable, match=r"the content of b\.yaml .* is (missing|damaged)") as refused:
            tree.read(tree.paths())
        assert "fsck" in refused.value.next_step
        assert tree.read(["a.yaml", "c.yaml"])["c.yaml"].content == b"c"


def test_a_missing_tree(repository: GitRepository) -> None:
    repository.commit({"a/b/x.yaml": "x"})
    loose(repository, repository.git("rev-parse", "HEAD:a/b")).unlink()
    with opened(repository.folder) as there, pytest.raises(Unavailable, match="git cannot read") as refused:
        there.commit("HEAD").paths()
    assert "fsck" in refused.value.next_step


def test_a_partial_clone_says_how_to_fetch_the_rest(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a"})
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    options = ("--quiet", "--no-checkout", "--filter=blob:none")
    repository.git("clone", *options, f"file://{repository.folder}", str(clone))
    with opened(clone) as there:
        tree = there.commit("HEAD")
        assert tree.paths() == ("a.yaml",)
        with pytest.raises(Unavailable, match="partial clone") as refused:
            tree.read(["a.yaml"])
        command = refused.value.next_step.removeprefix("fetch everything: ")
        subprocess.run(command, shell=True, check=True, env=repository.environment(), capture_output=True)  # noqa: S602 - the very command that users are told
    with opened(clone) as there:
        assert read_all(there.commit("HEAD")) == {"a.yaml": b"a"}


def test_replaced_and_grafted_history_is_not_believed(repository: GitRepository) -> None:
    first = repository.commit({"a.yaml": "true"})
    second = repository.commit({"a.yaml": "later"})
    repository.git("checkout", "--quiet", "--orphan", "forged")
    forged = repository.commit({"a.yaml": "forged"})
    repository.git("replace", second, forged)
    repository.git("replace", "-f", repository.git("rev-parse", f"{first}:a.yaml"), plant(repository, "blob", b"lie"))
    (repository.folder / ".git/info").mkdir(exist_ok=True)
    (repository.folder / ".git/info/grafts").write_text(f"{second}\n{forged} {first}\n")
    with opened(repository.folder) as there:
        assert read_all(there.commit(first)) == {"a.yaml": b"true"}
        assert read_all(there.commit(second)) == {"a.yaml": b"later"}
        assert there.merge_base(first, second) == first
        with pytest.raises(Unavailable, match="no commit in common"):
            there.merge_base(first, forged)


def test_names_are_fetched_in_portions_that_no_pipe_blocks(repository: GitRepository) -> None:
    # Content is far larger than a pipe's buffer, and nobody reads while the names are written.
    names = [plant(repository, "blob", f"{n}\n".encode() * 20_000) for n in range(5)] * 100
    with Objects(Plumbing.at(repository.folder)) as objects:
        assert len(objects.contents(dict.fromkeys(names, "x"))) == 5


def test_a_tree_may_be_deep(repository: GitRepository) -> None:
    tree = plant(repository, "tree", b"100644 x\0" + bytes.fromhex(plant(repository, "blob", b"x")))
    for _ in range(1000):
        tree = _wrap(repository, tree)
    commit = repository.git("commit-tree", "-m", "deep", tree)
    with opened(repository.folder) as there:
        assert read_all(there.commit(commit)) == {"d/" * 1000 + "x": b"x"}


def _wrap(repository: GitRepository, tree: str) -> str:
    """A tree with one folder; written by hand, since a thousand processes take their time."""
    import hashlib

    body = b"40000 d\0" + bytes.fromhex(tree)
    content = f"tree {len(body)}\0".encode() + body
    name = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    place = loose(repository, name)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(zlib.compress(content))
    return name


def test_the_folder_of_a_repository_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "new\nline $(touch canary) -x '" / os.fsdecode(b"\xff")
    repository = GitRepository(folder)
    repository.commit({"sub/a.yaml": "a"})
    with opened(folder / "sub") as there:
        assert (there.top, there.prefix) == (folder, "sub")
        assert read_all(there.commit("HEAD")) == {"a.yaml": b"a"}
        loose(repository, repository.git("rev-parse", "HEAD:sub/a.yaml")).unlink()
    with opened(folder / "sub") as there, pytest.raises(Unavailable) as refused:
        there.commit("HEAD").read(["a.yaml"])
    refused.value.next_step.encode()
    assert "\n" not in refused.value.next_step
