"""Names of revisions, and the command that helps when one does not lead to a commit."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from conftest import GitRepository

from mofconf.sources import Repository, Unavailable
from mofconf.sources.revisions import describe


def opened(folder: Path) -> Repository:
    repository = Repository.open(folder)
    assert repository is not None
    return repository


def refusal(folder: Path, revision: str) -> tuple[str, str]:
    with opened(folder) as there, pytest.raises(Unavailable) as refused:
        there.resolve(revision)
    assert str(refused.value) == refused.value.message
    return refused.value.message, refused.value.next_step


def run(command: str, folder: Path) -> None:
    """Do what the user is told."""
    environment = GitRepository.environment()
    subprocess.run(["sh", "-c", command], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def history(repository: GitRepository) -> GitRepository:
    """Three commits on main, of which the second has tags; a branch aside; a tag of a blob."""
    repository.commit({"a.yaml": "1"}, "first")
    second = repository.commit({"a.yaml": "2"}, "second, with a word")
    repository.git("tag", "light")
    repository.git("tag", "--annotate", "--message", "x", "v1.0")
    repository.git("branch", "feature/move-db", second)
    repository.git("tag", "file", repository.git("rev-parse", "HEAD:a.yaml"))
    repository.commit({"a.yaml": "3"}, "third")
    repository.git("update-ref", "refs/remotes/origin/release", second)
    return repository


@pytest.mark.parametrize(
    ("revision", "means"),
    [
        ("main", "main"),
        ("HEAD", "main"),
        ("@", "main"),
        ("main~1", "main~1"),
        ("main^", "main~1"),
        ("HEAD~2", "main~2"),
        ("light", "main~1"),
        ("v1.0", "main~1"),
        ("v1.0^{commit}", "main~1"),
        ("v1.0^0", "main~1"),
        ("feature/move-db", "main~1"),
        ("heads/main", "main"),
        ("refs/heads/main", "main"),
        ("origin/release", "main~1"),
        ("main@{0}", "main"),
        (":/second, with", "main~1"),
        ("main^{/first}", "main~2"),
    ],
)
def test_every_way_to_name_a_commit(history: GitRepository, revision: str, means: str) -> None:
    with opened(history.folder) as there:
        assert there.resolve(revision) == history.git("rev-parse", means)


def test_a_commit_by_its_name(history: GitRepository) -> None:
    name = history.git("rev-parse", "main~1")
    with opened(history.folder) as there:
        for revision in (name, name[:10], name[:10].upper(), name.upper()):
            assert there.resolve(revision) == name
            assert there.describe(revision) == name[:8]
        assert there.describe("v1.0") == f"v1.0 ({name[:8]})"
        assert there.commit("v1.0").label == f"v1.0 ({name[:8]})"


@pytest.mark.parametrize(
    ("revision", "message", "step"),
    [
        ("mian", "there is no revision mian", "did you mean main?"),
        ("v1.O", "there is no revision v1.O", "did you mean v1.0?"),
        ("move-db", "there is no revision move-db", "did you mean feature/move-db?"),
        ("release", "there is no revision release", "did you mean origin/release?"),
        (
            "zzzzzz",
            "there is no revision zzzzzz",
            "name a branch, a tag or a commit; see them with: git branch --all",
        ),
        (
            "main~99",
            "main exists, but main~99 leads to nothing",
            "look at what is there: git log --oneline main",
        ),
        (
            "main@{u}",
            "main exists, but main@{u} leads to nothing",
            "look at what is there: git log --oneline main",
        ),
        ("main..HEAD", "main..HEAD is a range, where one revision is wanted", "name one of its two ends"),
        ("main...HEAD", "main...HEAD is a range, where one revision is wanted", "name one of its two ends"),
        ("file", "file is a file, not a commit", "name a branch, a tag or a commit"),
        ("main:a.yaml", "main:a.yaml is a file, not a commit", "name a branch, a tag or a commit"),
        ("main^{tree}", "main^{tree} is a folder, not a commit", "name a branch, a tag or a commit"),
        ("", "'' is not a revision", "name a branch, a tag or a commit"),
        ("main\n", "'main\\n' is not a revision", "name a branch, a tag or a commit"),
        ("a\0b", "'a\\x00b' is not a revision", "name a branch, a tag or a commit"),
        ("\x1b[31mred", "'\\x1b[31mred' is not a revision", "name a branch, a tag or a commit"),
        (
            "0" * 40,
            f"the commit {'0' * 40} is not in this clone",
            "check its name, or see what is damaged: git fsck",
        ),
    ],
)
def test_what_is_no_commit_is_said_with_what_helps(
    history: GitRepository, revision: str, message: str, step: str
) -> None:
    said, helps = refusal(history.folder, revision)
    assert (said, helps[: len(step)]) == (message, step)


@pytest.mark.parametrize(
    "revision",
    [
        "--upload-pack=touch canary",
        "--all",
        "--not",
        "--git-dir",
        "--path-format=absolute",
        "--help",
        "-x",
        "-h",
        "--",
        "--end-of-options",
        "^main",
        "main^@",
        "main^!",
        "main main",
        " main",
        "main --all",
        ":",
        ":a.yaml",
        "::",
        "main:",
        "main:../../etc/passwd",
        "$(touch canary)",
        "`touch canary`",
        "main;touch canary",
        "ext::sh -c touch% canary",
        "@{-1}",
        "HEAD@{99999999}",
        "\udcff",
        "*",
        "x" * 5000,
        "~",
        "^{/(}",
    ],
)
def test_a_hostile_revision_is_refused_and_runs_nothing(history: GitRepository, revision: str) -> None:
    message, step = refusal(history.folder, revision)
    assert message
    assert step
    (message + step).encode()  # may be printed anywhere
    assert not list(history.folder.rglob("*canary*"))


def test_a_name_of_two_things_is_refused(history: GitRepository) -> None:
    history.git("tag", "main", "main~2")
    message = "main names more than one thing in this repository"
    for revision in ("main", "main~1"):
        assert refusal(history.folder, revision) == (message, "write heads/main or tags/main")
    with opened(history.folder) as there:
        assert there.resolve("heads/main") == history.git("rev-parse", "refs/heads/main")
        assert there.resolve("tags/main") == history.git("rev-parse", "refs/heads/main~2")
    history.git("config", "core.warnAmbiguousRefs", "false")
    assert refusal(history.folder, "main")[0] == message


def test_a_branch_named_head_does_not_hide_head(history: GitRepository) -> None:
    history.git("update-ref", "refs/heads/HEAD", "main~2")
    with opened(history.folder) as there:
        assert there.resolve("HEAD") == history.git("rev-parse", "refs/heads/main")


def test_the_start_of_several_names(history: GitRepository) -> None:
    seen: dict[str, int] = {}
    for n in range(10_000):  # until two of them happen to start alike, which is certain long before
        content = str(n).encode()
        start = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()[:4]
        if start in seen:
            history.commit({"one.yaml": str(seen[start]), "other.yaml": content})
            break
        seen[start] = n
    assert refusal(history.folder, start) == (
        f"{start} is how several objects start",
        "write more of the commit's name",
    )


def test_merge_base(history: GitRepository) -> None:
    history.git("checkout", "--quiet", "feature/move-db")
    history.commit({"b.yaml": "b"})
    with opened(history.folder) as there:
        base = there.merge_base("main", "feature/move-db")
        assert base == history.git("rev-parse", "v1.0^0") == there.merge_base("HEAD", "main")
        assert there.merge_base("main", "main~1") == history.git("rev-parse", "main~1")
    history.git("checkout", "--quiet", "--orphan", "other")
    history.commit({"c.yaml": "c"})
    with opened(history.folder) as there, pytest.raises(Unavailable) as refused:
        there.merge_base("main", "other")
    assert refused.value.message == "main and other have no commit in common"
    assert refused.value.next_step == "compare the two as they are: main..other"


def test_a_detached_head(history: GitRepository) -> None:
    history.git("checkout", "--quiet", "--detach", "main~1")
    with opened(history.folder) as there:
        assert there.has_commits()
        assert there.describe("HEAD") == f"HEAD ({history.git('rev-parse', 'main~1')[:8]})"
        assert there.default_branch() == "main"


@pytest.fixture
def shallow(history: GitRepository, tmp_path: Path) -> Path:
    """A clone as a build server makes it: one commit of one branch."""
    history.git("checkout", "--quiet", "-b", "work")
    history.commit({"w.yaml": "w"})
    options = ("--quiet", "--depth=1", "--branch=work", "--no-tags")
    history.git("clone", *options, f"file://{history.folder}", str(tmp_path / "clone"))
    return tmp_path / "clone"


def test_a_shallow_clone_without_the_base_says_what_to_fetch(shallow: Path) -> None:
    message, step = refusal(shallow, "origin/main")
    assert message == "the branch main of origin is not in this clone"
    assert step == "fetch it: git fetch --unshallow origin main:refs/remotes/origin/main"
    run(step.removeprefix("fetch it: "), shallow)
    with opened(shallow) as there:
        assert there.merge_base("origin/main", "HEAD") == there.resolve("HEAD~1")


def test_a_shallow_clone_without_the_merge_base_says_what_to_fetch(shallow: Path) -> None:
    run("git fetch --depth=1 origin feature/move-db:refs/remotes/origin/feature/move-db", shallow)
    with opened(shallow) as there:
        with pytest.raises(Unavailable, match="is not in this clone, which is shallow") as refused:
            there.merge_base("origin/feature/move-db", "HEAD")
        assert refused.value.next_step == "fetch the history: git fetch --unshallow origin"
        run(refused.value.next_step.removeprefix("fetch the history: "), shallow)
        assert there.merge_base("origin/feature/move-db", "HEAD") == there.resolve("HEAD~2")


def test_an_ancestor_beyond_a_shallow_clone(shallow: Path) -> None:
    message, step = refusal(shallow, "HEAD~1")
    assert message == "HEAD~1 is not in this clone, which is shallow: it has only the latest commits"
    assert step == "fetch the history: git fetch --unshallow origin"


def test_a_commit_that_was_not_fetched(shallow: Path, history: GitRepository) -> None:
    name = history.git("rev-parse", "main")
    message, step = refusal(shallow, name)
    assert (message, step) == (
        f"the commit {name} is not in this clone",
        f"fetch it: git fetch origin {name}",
    )
    run(step.removeprefix("fetch it: "), shallow)
    with opened(shallow) as there:
        assert there.resolve(name) == name


@pytest.mark.parametrize(
    ("remote", "revision", "step"),
    [
        ("origin", "origin/main", "git fetch origin main:refs/remotes/origin/main"),
        ("origin", "later", "git fetch origin later:refs/remotes/origin/later"),
        ("upstream", "upstream/a/b~2", "git fetch upstream a/b:refs/remotes/upstream/a/b"),
        ("origin", "origin/$(x)", "git fetch origin '$(x):refs/remotes/origin/$(x)'"),
    ],
)
def test_a_branch_of_a_remote_that_was_not_fetched(
    repository: GitRepository, remote: str, revision: str, step: str
) -> None:
    repository.commit({"a.yaml": "1"})
    repository.git("remote", "add", remote, "https://example.invalid/x.git")
    assert refusal(repository.folder, revision)[1].endswith(f"fetch it: {step}")


DEFAULTS = [
    ({"refs/remotes/origin/HEAD": "refs/remotes/origin/develop"}, "origin/develop"),
    ({"refs/remotes/origin/HEAD": "refs/remotes/origin/not-fetched"}, "origin/main"),
    ({}, "origin/main"),
    ({"-": "refs/remotes/origin/main"}, "origin/master"),
    ({"-": "refs/remotes/origin/main refs/remotes/origin/master"}, "upstream/main"),
    ({"-": "refs/remotes/*"}, "main"),
    ({"-": "refs/remotes/* refs/heads/main"}, "master"),
    ({"-": "refs/remotes/* refs/heads/main refs/heads/master"}, "trunk"),
    ({"-": "refs/remotes/* refs/heads/main refs/heads/master refs/heads/trunk"}, "configured"),
]


@pytest.mark.parametrize(("change", "expected"), DEFAULTS, ids=[expected for _, expected in DEFAULTS])
def test_the_default_branch(repository: GitRepository, change: dict[str, str], expected: str) -> None:
    head = repository.commit({"a.yaml": "1"})
    refs = {f"refs/remotes/{r}/{b}" for r in ("origin", "upstream") for b in ("main", "master", "develop")}
    refs |= {f"refs/heads/{b}" for b in ("main", "master", "trunk", "configured", "work")}
    for remote in ("origin", "upstream"):
        repository.git("remote", "add", remote, "https://example.invalid/x.git")
    repository.git("config", "init.defaultBranch", "configured")
    repository.git("checkout", "--quiet", "-b", "work")
    for gone in change.pop("-", "").split():
        refs = {ref for ref in refs if not ref.startswith(gone.removesuffix("*"))} - {gone}
    for ref in refs:
        repository.git("update-ref", ref, head)
    if "refs/heads/main" not in refs:
        repository.git("update-ref", "-d", "refs/heads/main")
    for ref, target in change.items():
        repository.git("symbolic-ref", ref, target)
    with opened(repository.folder) as there:
        assert there.default_branch() == expected
        assert there.resolve(expected) == head


def test_the_default_branch_of_a_bare_repository_is_its_head(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "1"})
    repository.git("branch", "develop")
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    with opened(tmp_path / "bare.git") as there:
        assert there.default_branch() == "main"
        there.git.run("symbolic-ref", "HEAD", "refs/heads/develop")
        assert there.default_branch() == "develop"


def test_no_default_branch(repository: GitRepository) -> None:
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit({"a.yaml": "1"})
    with opened(repository.folder) as there:
        with pytest.raises(Unavailable, match="which branch is the default one") as refused:
            there.default_branch()
        assert refused.value.next_step == "name the revision to compare with, as in: mofconf plan BASE...HEAD"
        repository.git("remote", "add", "origin", "https://example.invalid/x.git")
        with pytest.raises(Unavailable) as refused:
            there.default_branch()
        assert "git fetch origin main:refs/remotes/origin/main" in refused.value.next_step


def test_commits_on_another_branch_than_heads(repository: GitRepository) -> None:
    repository.commit({"a.yaml": "1"})
    repository.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    with opened(repository.folder) as there:
        assert there.has_commits()
        assert there.default_branch() == "main"
        message, step = refusal(repository.folder, "HEAD")
        assert message == "the branch unborn, which is checked out, has no commits yet"
        assert step == "name another revision, such as main"


def test_labels() -> None:
    name = "3f2a1c0d" + "0" * 32
    assert describe("main", name) == "main (3f2a1c0d)"
    assert describe("3f2a", name) == "3f2a1c0d"
    assert describe("3F2A1C", name) == "3f2a1c0d"
    assert describe("3f", name) == "3f (3f2a1c0d)"
    assert describe(":/a\tb", name) == ":/a\\tb (3f2a1c0d)"
