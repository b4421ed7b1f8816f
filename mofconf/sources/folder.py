"""Plain files below a folder, and the choice between them and a git work tree."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mofconf.documents import SourceFile
from mofconf.sources.disk import beginning, on_disk, read_file, unreadable
from mofconf.sources.repository import Repository
from mofconf.sources.tree import Tree, Unavailable, shown

SKIPPED = frozenset(
    {
        *(".git", ".hg", ".svn", ".bzr", ".jj", "CVS"),
        *("node_modules", ".venv", "__pycache__", ".tox", ".nox", ".terraform", ".direnv"),
        *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"),
    }
)
"""Folders of programs, which nobody means when they name the folder around them."""


def open_folder(directory: Path) -> Tree:
    """The files below a folder: those of git where it lies in a work tree, all of them elsewhere.

    ``Unavailable`` when the folder is missing or has no files.
    """
    with_git = Repository.open(directory)
    if with_git is None:
        return plain_folder(directory)
    with with_git:
        return files_now(with_git, directory)


def files_now(repository: Repository, directory: Path) -> Tree:
    """The files as they are, below a folder that lies in a repository."""
    if repository.top is None:
        message = f"{shown(str(directory))} is a bare repository, which has no work tree"
        raise Unavailable(message, "name a folder with files; of a bare repository only revisions can be read")
    tree = repository.worktree(label="" if not repository.prefix else f"folder {shown(str(directory))}")
    return tree if tree.paths() else plain_folder(directory)


def plain_folder(directory: Path) -> Folder:
    """All files below a folder."""
    # A folder that git ignores holds what somebody generated, and who names it means just that.
    folder = Folder(directory)
    if not folder.paths():
        message = f"the folder {shown(str(directory))} has no files"
        raise Unavailable(message, "name a folder that has files, or write a first one: mofconf init")
    return folder


@dataclass(frozen=True)
class Folder:
    """All files below a folder that no version control knows, except in ``SKIPPED`` folders."""

    directory: Path

    @property
    def label(self) -> str:
        """``folder ./a``, as the user wrote it."""
        return f"folder {shown(str(self.directory))}"

    def paths(self) -> Sequence[str]:
        """All files, links, and folders that may not be opened. Listed once: later changes are not seen."""
        return tuple(self._found)

    def read(self, paths: Iterable[str]) -> Mapping[str, SourceFile]:
        """The files as they are on disk now."""
        files = {
            path: self._found[path] or read_file(beginning(self.directory), path)
            for path in paths
            if path in self._found
        }
        return {path: file for path, file in files.items() if file is not None}

    @cached_property
    def _found(self) -> dict[str, SourceFile | None]:
        return dict(sorted(_walk(self.directory)))


def _walk(root: Path) -> Iterator[tuple[str, SourceFile | None]]:
    """Every file below a folder, and each folder that may not be opened, as ``path/``, with its refusal."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(on_disk(root, folder)) as entries:
                for entry in entries:
                    name = entry.name.decode("utf-8", "surrogateescape")
                    path = f"{folder}/{name}" if folder else name
                    if not entry.is_dir(follow_symlinks=False):
                        yield path, None
                    elif name not in SKIPPED:
                        folders.append(path)
        except FileNotFoundError:
            continue  # it vanished while we walked
        except OSError as failure:
            if not folder:
                message = f"the folder {shown(str(root))} cannot be opened: {(failure.strerror or '').lower()}"
                raise Unavailable(message, "give yourself the right to open it") from failure
            yield f"{folder}/", unreadable(folder, failure)
