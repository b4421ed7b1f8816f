"""Plain folders: what is listed, what is refused, and that nothing blocks or leads out."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest
from conftest import GitRepository

from mofconf.sources import LARGEST_FILE, Folder, Unavailable, WorkTree, changed_paths, disk, open_folder
from mofconf.sources.tree import misnamed, shown

ODD_NAMES = [
    "with space.yaml",
    "quo\"te's.yaml",
    "new\nline.yaml",
    "tab\t.yaml",
    "-rf.yaml",
    "--option=x",
    "*.yaml",
    ":(top)x.yaml",
    "!bang",
    "#hash",
    "back\\slash.yaml",
    "caf\u00e9.yaml",
    "cafe\u0301.yaml",
    "not-utf8-\udcff.yaml",
    "a..b.yaml",
    "...",
    "UPPER.yaml",
    "upper.yaml",
    "folder with space/-x/\udcfe.yaml",
]


def fill(folder: Path, names: list[str]) -> None:
    for name in names:
        place = disk.on_disk(folder, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - a Path holds no bytes
        with open(place, "wb") as file:  # noqa: PTH123 - a Path holds no bytes
            file.write(name.encode("utf-8", "surrogateescape"))


def contents(files: dict[str, object] | object) -> dict[str, bytes]:
    return {path: file.content for path, file in files.items()}  # type: ignore[attr-defined]  # a mapping of files


def test_odd_names_are_listed_and_read(tmp_path: Path) -> None:
    fill(tmp_path, ODD_NAMES)
    tree = Folder(tmp_path)
    assert tree.paths() == tuple(sorted(ODD_NAMES))
    assert contents(tree.read(ODD_NAMES)) == {n: n.encode("utf-8", "surrogateescape") for n in ODD_NAMES}


def test_folders_of_programs_are_skipped(tmp_path: Path) -> None:
    fill(
        tmp_path,
        [f"{name}/x.yaml" for name in (".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__")],
    )
    fill(tmp_path, [".github/x.yaml", "a/node_modules/x.yaml", "a/.env", "node_modules.yaml"])
    assert Folder(tmp_path).paths() == (".github/x.yaml", "a/.env", "node_modules.yaml")


def test_what_is_no_file_is_refused_and_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    fill(root, ["real/file.yaml"])
    fill(tmp_path, ["outside/secret.yaml"])
    os.mkfifo(root / "pipe.yaml")
    monkeypatch.chdir(root)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as there:
        there.bind("socket.yaml")
    links = {
        "loop.yaml": "loop.yaml",
        "self": ".",
        "up": "..",
        "outside": "../outside",
        "gone.yaml": "nowhere",
        "inside.yaml": "real/file.yaml",
        "device.yaml": "/dev/zero",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    tree = Folder(root)
    assert tree.paths() == tuple(sorted(["real/file.yaml", "pipe.yaml", "socket.yaml", *links]))
    read = tree.read(tree.paths())
    refusals = {path: file.refusal for path, file in read.items() if file.refusal}
    assert refusals == {
        "pipe.yaml": "is a named pipe, not a file",
        "socket.yaml": "is a socket, not a file",
        **dict.fromkeys(links, "is a symbolic link, which mofconf does not follow"),
    }
    assert all(file.hint and not file.content for file in read.values() if file.refusal)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_refused(tmp_path: Path) -> None:
    try:
        os.mknod(tmp_path / "zero.yaml", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("not even root makes devices here")
    assert Folder(tmp_path).read(["zero.yaml"])["zero.yaml"].refusal == "is a device, not a file"


def test_only_what_was_listed_is_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    fill(root, ["a.yaml", ".git/config"])
    fill(tmp_path, ["secret.yaml"])
    asked = [
        "a.yaml",
        "../secret.yaml",
        str(tmp_path / "secret.yaml"),
        "./a.yaml",
        ".git/config",
        "",
        ".",
        "absent",
    ]
    assert set(Folder(root).read(asked)) == {"a.yaml"}


def test_a_file_that_vanishes_or_turns_into_a_folder_or_a_pipe(tmp_path: Path) -> None:
    fill(tmp_path, ["a.yaml", "b.yaml", "c/d.yaml", "e.yaml"])
    tree = Folder(tmp_path)
    assert len(tree.paths()) == 4
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "b.yaml").mkdir()
    (tmp_path / "c/d.yaml").unlink()
    (tmp_path / "c").rmdir()
    (tmp_path / "c").write_text("now a file")
    (tmp_path / "e.yaml").unlink()
    os.mkfifo(tmp_path / "e.yaml")
    read = tree.read(tree.paths())
    assert {path: file.refusal for path, file in read.items()} == {
        "b.yaml": "is a folder, not a file",
        "e.yaml": "is a named pipe, not a file",
    }


def test_a_file_above_the_limit_is_refused_without_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (
        ("large.yaml", LARGEST_FILE + 1),
        ("vast.yaml", 1 << 40),
        ("limit.yaml", LARGEST_FILE),
    ):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    tree = Folder(tmp_path)
    assert len(tree.read(["limit.yaml"])["limit.yaml"].content) == LARGEST_FILE

    def never(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(disk, "_content", never)
    read = tree.read(["large.yaml", "vast.yaml"])
    assert {path: file.refusal for path, file in read.items()} == {
        "large.yaml": "is too large: 16.0 MiB, and the limit is 16 MiB",
        "vast.yaml": "is too large: 1048576.0 MiB, and the limit is 16 MiB",
    }


def test_a_file_that_lies_about_its_size_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "grows.yaml").open("wb") as file:
        file.truncate(LARGEST_FILE * 3)
    shrunk = os.stat_result((stat.S_IFREG | 0o600, 0, 0, 1, 0, 0, 10, 0, 0, 0))
    monkeypatch.setattr(os, "lstat", lambda _: shrunk)
    file_ = disk.read_file(disk.beginning(tmp_path), "grows.yaml")
    assert file_ is not None
    assert file_.refusal.startswith("is too large")
    assert not file_.content


def test_what_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, whom no mode of a file stops: so the system call itself says no.
    fill(tmp_path, ["a.yaml", "secret.yaml", "closed/b.yaml"])
    real_open, real_scan = os.open, os.scandir

    def denied_open(path: bytes, flags: int) -> int:
        if path.endswith(b"secret.yaml"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, flags)

    def denied_scan(path: bytes) -> object:
        if path.endswith(b"closed"):
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(os, "open", denied_open)
    monkeypatch.setattr(os, "scandir", denied_scan)
    tree = Folder(tmp_path)
    assert tree.paths() == ("a.yaml", "closed/", "secret.yaml")
    read = tree.read(tree.paths())
    assert {path: file.refusal for path, file in read.items()} == {
        "a.yaml": "",
        "closed/": "cannot be read: permission denied",
        "secret.yaml": "cannot be read: permission denied",
    }


@pytest.mark.parametrize(
    ("make", "message", "step"),
    [
        (lambda _: None, "x does not exist", "name a folder that exists"),
        (lambda place: place.write_text("x"), "x is a file, not a folder", "name a folder that exists"),
        (lambda place: place.mkdir(), "x has no files", "mofconf init"),
        (lambda place: fill(place, ["node_modules/a.yaml"]), "x has no files", "mofconf init"),
    ],
    ids=["missing", "file", "empty", "only skipped"],
)
def test_a_folder_that_gives_nothing(tmp_path: Path, make: object, message: str, step: str) -> None:
    make(tmp_path / "x")  # type: ignore[operator]  # a lambda of the table
    with pytest.raises(Unavailable) as refused:
        open_folder(tmp_path / "x")
    assert refused.value.message.endswith(message)
    assert step in refused.value.next_step


def test_open_folder_knows_git_by_itself(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({".gitignore": "out/\n", "a/x.yaml": "x", "b/y.yaml": "y"})
    fill(repository.folder, ["out/z.yaml", "a/untracked.yaml"])
    fill(tmp_path / "plain", ["p.yaml"])
    cases = {
        repository.folder: (
            WorkTree,
            "work tree",
            (".gitignore", "a/untracked.yaml", "a/x.yaml", "b/y.yaml"),
        ),
        repository.folder / "a": (
            WorkTree,
            f"folder {repository.folder / 'a'}",
            ("untracked.yaml", "x.yaml"),
        ),
        repository.folder / "out": (Folder, f"folder {repository.folder / 'out'}", ("z.yaml",)),
        tmp_path / "plain": (Folder, f"folder {tmp_path / 'plain'}", ("p.yaml",)),
    }
    for folder, (kind, label, paths) in cases.items():
        tree = open_folder(folder)
        assert (type(tree), tree.label, tree.paths()) == (kind, label, paths)
        assert set(tree.read(paths)) == set(paths)


def test_open_folder_of_a_bare_repository_asks_for_a_revision(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit({"a.yaml": "a"})
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    with pytest.raises(Unavailable, match="bare repository") as refused:
        open_folder(tmp_path / "bare.git")
    assert refused.value.next_step == "name a folder with files; of a bare repository only revisions can be read"


def test_changed_paths_of_two_folders(tmp_path: Path) -> None:
    fill(tmp_path / "a", ["same.yaml", "gone.yaml", "other.yaml"])
    fill(tmp_path / "b", ["same.yaml", "new.yaml", "other.yaml"])
    (tmp_path / "b/other.yaml").write_text("changed")
    before, after = Folder(tmp_path / "a"), Folder(tmp_path / "b")
    assert changed_paths(before, after) == ("gone.yaml", "new.yaml", "other.yaml")
    assert changed_paths(before, after, ["same.yaml", "new.yaml", "elsewhere"]) == ("new.yaml",)


@pytest.mark.parametrize(
    ("path", "odd"),
    [
        ("a/b.yaml", False),
        ("..a/b..", False),
        ("a/.gitignore", False),
        (".github/x", False),
        ("...", False),
        ("../x", True),
        ("a/../../x", True),
        ("/etc/passwd", True),
        ("a//b", True),
        ("./a", True),
        ("a/.", True),
        (".git/config", True),
        ("a/.GIT/hooks/x", True),
    ],
)
def test_names_that_lead_elsewhere_are_refused(path: str, *, odd: bool) -> None:
    assert (misnamed(path) is not None) == odd


def test_shown_is_safe_to_print() -> None:
    assert shown("a\x1b[31m\n\udcff é") == "a\\x1b[31m\\n\\udcff é"
