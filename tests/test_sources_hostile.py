"""Nothing of a repository is executed, nothing redirects us, and what git refuses is said with what helps.

Each trap leaves a canary: a file that would appear if the program named in the trap ran. Tests show that plain git
does run some of them, so that a trap that cannot snap does not pass for safety.
"""

from __future__ import annotations

import ast
import hashlib
import os
import struct
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import GitRepository

from mofconf.sources import Folder, Repository, Unavailable, open_folder
from mofconf.sources.plumbing import refusal


def opened(folder: Path) -> Repository:
    repository = Repository.open(folder)
    assert repository is not None
    return repository


def use_everything(folder: Path) -> None:
    """Whatever the commands ask of a repository."""
    with opened(folder) as there:
        there.has_commits()
        there.describe("HEAD")
        there.merge_base(there.default_branch(), "HEAD")
        trees = [there.commit("HEAD~1"), there.commit("HEAD"), *([] if there.bare else [there.worktree()])]
        for tree in trees:
            assert len(tree.read(tree.paths())) == len(tree.paths()) > 0
        with pytest.raises(Unavailable):
            there.resolve("HEAD~99")
    if not there.bare:
        open_folder(folder).read(["a.yaml"])


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def trap(tmp_path: Path, canary: Path) -> str:
    """A program that leaves the canary."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\necho ran >> '{canary}'\n")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def victim(repository: GitRepository) -> GitRepository:
    attributes = "* filter=trap diff=trap merge=trap ident text working-tree-encoding=UTF-16\n"
    repository.commit({"a.yaml": "1\n", "b.yaml": "1\n"})
    repository.commit({"a.yaml": "2\n"})
    repository.write("a.yaml", "3\n")
    repository.write(".gitattributes", attributes)
    return repository


HOOKS = [
    *(
        "applypatch-msg",
        "commit-msg",
        "fsmonitor-watchman",
        "p4-changelist",
        "post-applypatch",
        "post-checkout",
    ),
    *("post-commit", "post-index-change", "post-merge", "post-receive", "post-rewrite", "post-update"),
    *(
        "pre-applypatch",
        "pre-auto-gc",
        "pre-commit",
        "pre-merge-commit",
        "pre-push",
        "pre-rebase",
        "pre-receive",
    ),
    *(
        "prepare-commit-msg",
        "proc-receive",
        "push-to-checkout",
        "reference-transaction",
        "sendemail-validate",
    ),
    *("update", "query-fsmonitor"),
]

GIT_COMMANDS = ("ls-tree", "ls-files", "rev-parse", "cat-file", "merge-base", "for-each-ref", "config", "remote")

SETTINGS = {
    "fsmonitor": ["core.fsmonitor=TRAP", "core.fsmonitorHookVersion=2"],
    "fsmonitor, version 1": ["core.fsmonitor=TRAP", "core.fsmonitorHookVersion=1"],
    "attributes": [
        *("filter.trap.clean=TRAP", "filter.trap.smudge=TRAP", "filter.trap.required=true"),
        *("diff.trap.textconv=TRAP", "diff.trap.command=TRAP", "diff.external=TRAP", "merge.trap.driver=TRAP"),
    ],
    "a filter that stays": ["filter.trap.process=TRAP"],
    "commands": [f"{kind}.{c}={how}" for c in GIT_COMMANDS for kind, how in (("pager", "TRAP"), ("alias", "!TRAP"))],
    "the network": [
        *("core.sshCommand=TRAP", "core.gitProxy=TRAP", "remote.origin.vcs=TRAP", "remote.origin.uploadpack=TRAP"),
        *("credential.helper=!TRAP", "core.askPass=TRAP", "uploadpack.packObjectsHook=TRAP"),
    ],
    "others": [
        *("core.pager=TRAP", "core.editor=TRAP", "sequence.editor=TRAP", "gpg.program=TRAP", "log.showSignature=true"),
        *("core.alternateRefsCommand=TRAP", "browser.trap.cmd=TRAP", "help.autocorrect=immediate"),
    ],
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_no_setting_of_a_repository_runs_a_program(
    victim: GitRepository, settings: list[str], trap: str, canary: Path
) -> None:
    for setting in settings:
        name, _, text = setting.partition("=")
        victim.git("config", name, text.replace("TRAP", trap))
    canary.unlink(missing_ok=True)
    use_everything(victim.folder)
    assert not canary.exists()


@pytest.mark.parametrize(
    ("settings", "command"),
    [
        (["core.fsmonitor=TRAP"], ["ls-files", "--others"]),
        (["filter.trap.clean=TRAP"], ["diff", "--quiet"]),
        (["diff.trap.textconv=TRAP"], ["diff"]),
        (["core.hooksPath=HOOKS"], ["commit", "--allow-empty", "-m", "x"]),
        (["alias.list=!TRAP"], ["list"]),
    ],
)
def test_the_traps_snap(
    victim: GitRepository, settings: list[str], command: list[str], trap: str, canary: Path, tmp_path: Path
) -> None:
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks/pre-commit").symlink_to(trap)
    for setting in settings:
        name, _, text = setting.partition("=")
        victim.git("config", name, text.replace("TRAP", trap).replace("HOOKS", str(tmp_path / "hooks")))
    subprocess.run(["git", *command], cwd=victim.folder, env=victim.environment(), capture_output=True, check=False)
    assert canary.exists()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_no_hook_runs(victim: GitRepository, trap: str, canary: Path, tmp_path: Path, *, elsewhere: bool) -> None:
    hooks = tmp_path / "hooks" if elsewhere else victim.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in HOOKS:
        (hooks / hook).symlink_to(trap)
    if elsewhere:
        victim.git("config", "core.hooksPath", str(hooks))
    canary.unlink(missing_ok=True)
    use_everything(victim.folder)
    assert not canary.exists()


def test_an_included_file_of_settings_runs_nothing(
    victim: GitRepository, trap: str, canary: Path, tmp_path: Path
) -> None:
    included = tmp_path / "included"
    included.write_text(f'[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n[filter "trap"]\n\tclean = {trap}\n')
    victim.git("config", "include.path", str(included))
    victim.git("config", "includeIf.gitdir:/.path", str(included))
    use_everything(victim.folder)
    assert not canary.exists()


@pytest.mark.parametrize("way", ["ext", "ssh", "file", "helper"])
def test_a_missing_object_is_never_fetched(
    victim: GitRepository, way: str, trap: str, canary: Path, tmp_path: Path
) -> None:
    """A partial clone fetches what is missing by itself, over a transport that the repository chooses."""
    urls = {"ext": f"ext::{trap}", "ssh": "ssh://x.invalid/x", "file": str(tmp_path), "helper": "x::y"}
    victim.git("config", "core.repositoryFormatVersion", "1")
    settings = {
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": urls[way],
        "remote.origin.uploadpack": trap,
        "core.sshCommand": trap,
        "protocol.allow": "always",
        **{f"protocol.{name}.allow": "always" for name in urls},
    }
    for name, text in settings.items():
        victim.git("config", name, text)
    blob = victim.git("rev-parse", "HEAD:a.yaml")
    (victim.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with opened(victim.folder) as there:
        tree = there.commit("HEAD")
        with pytest.raises(Unavailable, match="partial clone") as refused:
            tree.read(tree.paths())
    assert "fetch --refetch" in refused.value.next_step
    assert not canary.exists()
    if way != "helper":  # whose program would have to be on the PATH
        environment = {k: v for k, v in victim.environment().items() if k != "GIT_NO_LAZY_FETCH"}
        subprocess.run(
            ["git", "cat-file", "-p", blob],
            cwd=victim.folder,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert canary.exists()


def test_a_bare_repository_inside_a_work_tree_runs_nothing(victim: GitRepository, trap: str, canary: Path) -> None:
    """The files of a repository can be committed, settings included, and wait for who opens that folder."""
    victim.git("clone", "--quiet", "--bare", ".", "trojan")
    with (victim.folder / "trojan/config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\tworktree = {victim.folder}\n")
    canary.unlink(missing_ok=True)
    use_everything(victim.folder)
    for folder in ("trojan", "trojan/refs"):
        with pytest.raises(Unavailable):
            open_folder(victim.folder / folder)
    assert not canary.exists()


ENVIRONMENT = {
    "places": {
        "GIT_DIR": "OTHER/.git",
        "GIT_COMMON_DIR": "OTHER/.git",
        "GIT_WORK_TREE": "OTHER",
        "GIT_NAMESPACE": "x",
        "GIT_INDEX_FILE": "OTHER/.git/index",
        "GIT_OBJECT_DIRECTORY": "OTHER/.git/objects",
        "GIT_PREFIX": "x/",
    },
    "the index": {"GIT_INDEX_FILE": "OTHER/.git/index"},
    "the objects": {"GIT_OBJECT_DIRECTORY": "OTHER/.git/objects"},
    "the work tree": {"GIT_WORK_TREE": "OTHER"},
    "the repository": {"GIT_DIR": "OTHER/.git"},
    "a repository that is none": {"GIT_DIR": "nowhere", "GIT_COMMON_DIR": "nowhere"},
    "history": {"GIT_SHALLOW_FILE": "OTHER/x", "GIT_GRAFT_FILE": "OTHER/x", "GIT_REPLACE_REF_BASE": "refs/heads/"},
    "ways to work": {
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_ICASE_PATHSPECS": "1",
        "GIT_NOGLOB_PATHSPECS": "1",
        "GIT_GLOB_PATHSPECS": "1",
        "GIT_CONFIG_PARAMETERS": "'core.bare'='true'",
        "GIT_CONFIG": "OTHER/x",
        "GIT_INTERNAL_SUPER_PREFIX": "x/",
        "GIT_IMPLICIT_WORK_TREE": "0",
        "GIT_QUARANTINE_PATH": "OTHER",
        "GIT_ATTR_SOURCE": "nothing",
    },
    "programs": dict.fromkeys(("GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_ASKPASS"), "TRAP"),
    "traces": dict.fromkeys(("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE_SETUP", "GIT_TRACE2_EVENT"), "CANARY"),
}


@pytest.mark.parametrize("variables", ENVIRONMENT.values(), ids=ENVIRONMENT)
def test_the_callers_environment_does_not_lead_elsewhere(
    victim: GitRepository,
    tmp_path: Path,
    trap: str,
    canary: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
) -> None:
    other = GitRepository(tmp_path / "other")
    other.commit({"other.yaml": "other"})
    for name, text in variables.items():
        place = text.replace("OTHER", str(other.folder)).replace("TRAP", trap).replace("CANARY", str(canary))
        monkeypatch.setenv(name, place)
    with opened(victim.folder) as there:
        assert there.top == victim.folder
        assert there.worktree().paths() == (".gitattributes", "a.yaml", "b.yaml")
        assert there.worktree().read(["a.yaml"])["a.yaml"].content == b"3\n"
        assert there.commit("HEAD").read(["a.yaml"])["a.yaml"].content == b"2\n"
    assert not canary.exists()
    assert variables.keys() <= os.environ.keys()  # the caller keeps them


def forge_index(place: Path, paths: list[str], blob: str) -> None:
    """An index with names that no git command would put there."""
    body = struct.pack(">4sII", b"DIRC", 2, len(paths))
    for path in sorted(paths):
        entry = struct.pack(">10I20sH", 0, 0, 0, 0, 0, 0, 0o100644, 0, 0, 0, bytes.fromhex(blob), len(path))
        entry += path.encode()
        body += entry + b"\0" * (8 - len(entry) % 8)
    place.write_bytes(body + hashlib.sha1(body, usedforsecurity=False).digest())


def test_a_forged_index_does_not_lead_out_of_the_work_tree(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a", "down/b.yaml": "b"})
    (tmp_path / "secret.yaml").write_text("secret")
    odd = ["../secret.yaml", str(tmp_path / "secret.yaml"), "down/../../secret.yaml", ".git/config"]
    forge_index(repository.folder / ".git/index", [*odd, "a.yaml"], repository.git("rev-parse", "HEAD:a.yaml"))
    with opened(repository.folder) as there:
        tree = there.worktree()
        assert set(odd) < set(tree.paths())
        read = tree.read(tree.paths())
        assert {path for path, file in read.items() if file.refusal} == set(odd)
        assert {path: file.content for path, file in read.items() if not file.refusal} == {
            "a.yaml": b"a",
            "down/b.yaml": b"b",
        }


@pytest.mark.parametrize("place", ["..", "../..", "/", "elsewhere", "../elsewhere", "/nonexistent"])
def test_a_work_tree_that_lies_elsewhere_is_not_read(repository: GitRepository, tmp_path: Path, place: str) -> None:
    repository.commit({"a.yaml": "a"})
    (tmp_path / "secret.yaml").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    repository.git("config", "core.worktree", place if place in {"..", "/"} else f"../{place}")
    if place == "..":  # where it lies anyway, as git writes it for a submodule
        assert open_folder(repository.folder).paths() == ("a.yaml",)
        return
    with pytest.raises(Unavailable) as refused:
        open_folder(repository.folder)
    assert "core.worktree" in refused.value.message
    subprocess.run(
        ["sh", "-c", refused.value.next_step.partition("run: ")[2]], env=repository.environment(), check=True
    )
    assert open_folder(repository.folder).paths() == ("a.yaml",)


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda git: (git / "HEAD").write_text("nonsense"), "does not take it for a repository"),
        (lambda git: (git / "config").write_text("[nonsense"), "is wrong"),
        (lambda git: (git / "config").write_text("[core]\n\trepositoryFormatVersion = 99\n"), "99"),
        (lambda git: (git / "index").write_bytes(b"nonsense"), "index"),
        (lambda git: (git / "refs/heads/main").write_text("nonsense"), "HEAD"),
        (
            lambda git: (git.rename(git.with_name("x")), git.write_text("gitdir: nowhere")),
            "where there is no repository",
        ),
        (lambda git: (git.rename(git.with_name("x")), git.write_text("nonsense")), "gitdir: FOLDER"),
        (lambda git: (git.rename(git.with_name("x")), git.write_text("gitdir: .git")), "git"),
        (lambda git: (git.rename(git.with_name("x")), git.symlink_to(".git")), "git"),
    ],
)
def test_a_broken_repository_is_said(victim: GitRepository, break_it: object, message: str) -> None:
    break_it(victim.folder / ".git")  # type: ignore[operator]  # a lambda of the table
    with pytest.raises(Unavailable, match=message) as refused:
        use_everything(victim.folder)
    assert refused.value.next_step


@pytest.mark.parametrize("make", [lambda p: p.mkdir(), lambda p: (p / "info").mkdir(parents=True)])
def test_an_empty_git_folder_makes_no_repository(tmp_path: Path, make: object) -> None:
    make(tmp_path / ".git")  # type: ignore[operator]  # a lambda of the table
    (tmp_path / "a.yaml").write_text("a")
    assert Repository.open(tmp_path) is None
    assert open_folder(tmp_path) == Folder(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder to another user")
def test_a_repository_of_another_user(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SUDO_UID", "GIT_CONFIG_COUNT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    repository.commit({"a.yaml": "a"})
    for place in (repository.folder, repository.folder / ".git"):
        os.chown(place, 65534, 65534)
    with pytest.raises(Unavailable) as refused:
        open_folder(repository.folder)
    assert refused.value.message == (
        f"the repository {repository.folder} belongs to another user, so git refuses to read it"
    )
    command = refused.value.next_step.removeprefix("if you trust it, run: ")
    assert command == f"git config --global --add safe.directory {repository.folder}"
    with monkeypatch.context() as only_here:
        for name, text in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}.items():
            only_here.setenv(f"GIT_CONFIG_{name}", text)  # how one says it in a container
        assert open_folder(repository.folder).paths() == ("a.yaml",)
    subprocess.run(["sh", "-c", command], check=True)
    assert open_folder(repository.folder).paths() == ("a.yaml",)


@pytest.mark.parametrize(
    ("complaint", "message", "step"),
    [
        (
            "fatal: detected dubious ownership in repository at '/srv/it's \x1b[31m'\nTo add an exception for this",
            "the repository /srv/it's \\x1b[31m belongs to another user, so git refuses to read it",
            "if you trust it, run: git config --global --add safe.directory '/srv/it'\"'\"'s \\x1b[31m'",
        ),
        (
            "fatal: unsafe repository ('/srv/x' is owned by someone else)\nTo add an exception",
            "the repository /srv/x belongs to another user, so git refuses to read it",
            "if you trust it, run: git config --global --add safe.directory /srv/x",
        ),
        (
            "fatal: cannot use bare repository '/srv/x' (safe.bareRepository is 'explicit')",
            "your setting safe.bareRepository keeps git from reading the bare repository /work",
            "if you trust it, run: git config --global safe.bareRepository all",
        ),
        (
            "warning: lazy fetching disabled; some objects may not be available\nfatal: not a tree object",
            "a part of the history was never fetched: the repository is a partial clone",
            "fetch everything: git -C /work fetch --refetch --no-filter",
        ),
        (
            "warning: x\nerror: bad thing\x07\nfatal: worse thing",
            "git cannot read the repository in /work: worse thing",
            "mend what this reports: git -C /work fsck --full",
        ),
        (
            "",
            "git cannot read the repository in /work: it failed",
            "mend what this reports: git -C /work fsck --full",
        ),
    ],
)
def test_what_git_complains_about(complaint: str, message: str, step: str) -> None:
    refused = refusal(complaint, "/work")
    assert (refused.message, refused.next_step) == (message, step)


def in_a_new_python(program: str, root: Path, **environment: str) -> str:
    """What a program prints in a process of its own, where git was not looked for yet."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(program)],
        env={**GitRepository.environment(), "PYTHONPATH": str(root), **environment},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


REFUSED = """
    import sys
    from pathlib import Path
    from mofconf.sources import Unavailable, open_folder
    try:
        print(open_folder(Path({folder!r})).paths())
    except Unavailable as refused:
        print(refused.message, refused.next_step, sep="; ")
    """


def test_git_is_absent(repository: GitRepository, root: Path, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a"})
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/a.yaml").write_text("a")
    said = in_a_new_python(REFUSED.format(folder=str(repository.folder)), root, PATH=str(tmp_path))
    assert said == "git was not found; install git (https://git-scm.com) and put it on the PATH"
    # A folder without git needs none.
    assert in_a_new_python(REFUSED.format(folder=str(tmp_path / "plain")), root, PATH=str(tmp_path)) == "('a.yaml',)"


def test_git_vanishes(repository: GitRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a"})
    with opened(repository.folder) as there:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(Unavailable, match="git was not found"):
            there.resolve("HEAD")


def test_the_folder_vanishes(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a"})
    with opened(repository.folder) as there:
        repository.folder.rename(tmp_path / "away")
        with pytest.raises(Unavailable, match="no longer there"):
            there.resolve("HEAD")


@pytest.mark.parametrize(
    ("version", "works"),
    [
        ("git version 2.29.9", False),
        ("git version 1.8.3.1", False),
        ("git version 2.30.0", True),
        ("git version 2.39.5 (Apple Git-154)", True),
        ("git version 2.47.1.windows.2", True),
        ("git version 3.0.0-rc1", True),
    ],
)
def test_git_is_too_old(repository: GitRepository, root: Path, tmp_path: Path, version: str, *, works: bool) -> None:
    repository.commit({"a.yaml": "a"})
    real = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, check=True, text=True).stdout.strip()
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin/git"
    fake.write_text(f'#!/bin/sh\ncase "$*" in *version) echo "{version}" ;; *) exec {real} "$@" ;; esac\n')
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    said = in_a_new_python(REFUSED.format(folder=str(repository.folder)), root, PATH=path)
    if works:
        assert said == "('a.yaml',)"
    else:
        number = version.split()[2]
        assert said.startswith(f"git {'.'.join(number.split('.')[:2])} is too old: mofconf needs git 2.30 or newer")


def test_there_is_one_door_and_it_opens_late(root: Path) -> None:
    program = "import sys, mofconf.sources; print('git' in sys.modules)"
    assert in_a_new_python(program, root) == "False"
    importers = set()
    for file in (root / "mofconf").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            if any(name.split(".")[0] in {"git", "gitdb"} for name in names):
                importers.add(file.relative_to(root / "mofconf").as_posix())
    assert importers == {"sources/plumbing.py"}
