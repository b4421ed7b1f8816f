"""A history to try things on: plays the commits of a story into a fresh repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mofconf.documents import Document, SourceFile, read
from mofconf.formats.globs import matching
from mofconf.sources.plumbing import Plumbing
from mofconf.sources.tree import Unavailable, shown


def play_demo(folder: Path) -> tuple[str, str]:
    """Make a repository with the reference catalogue and a proposed change; give the two branches to compare."""
    if folder.exists() and any(folder.iterdir()):
        raise Unavailable(f"{shown(str(folder))} is not empty", "name a folder that does not exist yet")
    folder.mkdir(parents=True, exist_ok=True)
    reference, change = dict(_reference()), dict(_files(resources.files("mofconf") / "reference" / "change", ""))
    story = _story(change)
    git = Plumbing.at(folder)
    git.ask("init", "--quiet", "--template=", f"--initial-branch={story['base']}")
    there: set[str] = set()
    for commit in story["commits"]:
        _turn_to(git, commit["branch"], there)
        there.add(commit["branch"])
        for path, what in commit["files"].items():
            _write(folder, path, what, reference, change)
        git.ask("add", "--all")
        name, _, address = commit["author"].rpartition(" ")
        who = ("-c", f"user.name={name}", "-c", f"user.email={address.strip('<>')}")
        git.ask(*who, "commit", "--quiet", f"--date={commit['date']}", f"--message={commit['message']}")
    _turn_to(git, story["proposal"], there)
    return story["base"], story["proposal"]


def _story(change: Mapping[str, bytes]) -> dict[str, Any]:
    (document,) = read(SourceFile("story.yaml", change["story.yaml"]))
    assert isinstance(document, Document)  # noqa: S101  # it is our own file, and a test plays it
    assert isinstance(document.value, dict)  # noqa: S101  # the same
    return document.value


def _turn_to(git: Plumbing, branch: str, there: set[str]) -> None:
    if there:
        git.ask("checkout", "--quiet", *([] if branch in there else ["-b"]), branch)


def _write(folder: Path, path: str, what: Any, reference: Mapping[str, bytes], change: Mapping[str, bytes]) -> None:
    """What becomes of a path: the text of the reference, its replacement, nothing, or a text from another path."""
    if isinstance(what, dict):
        moved = folder / what["movedFrom"]
        _put(folder / path, moved.read_bytes())
        moved.unlink()
    elif what == "reference":
        for each in matching([path], [], reference):
            _put(folder / each, reference[each])
    elif what == "deleted":
        (folder / path).unlink()
    else:
        _put(folder / path, change[path])


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _reference() -> Iterator[tuple[str, bytes]]:
    """The reference catalogue: it stands beside the package in a checkout, and in it once installed."""
    inside = resources.files("mofconf") / "reference"
    home = inside if (inside / "catalog").is_dir() else Path(__file__).parent.parent.parent
    yield "mofconf.yaml", (home / "mofconf.yaml").read_bytes()
    yield from _files(home / "catalog", "catalog/")


def _files(folder: Traversable | Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_dir():
            yield from _files(one, f"{prefix}{one.name}/")
        else:
            yield f"{prefix}{one.name}", one.read_bytes()
