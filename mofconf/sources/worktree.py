"""The files of a git work tree: what git tracks or would track, with the content that is on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mofconf.documents import SourceFile
from mofconf.sources.commit import LINK, SUBMODULE, from_blob
from mofconf.sources.disk import beginning, read_file
from mofconf.sources.objects import Objects
from mofconf.sources.plumbing import Plumbing
from mofconf.sources.tree import misnamed, symbolic_link


class Entry(NamedTuple):
    """How a file is had: from disk, or from the index where a sparse checkout left it out of the disk."""

    mode: str = ""
    blob: str = ""
    on_disk: bool = True


_ON_DISK = {mode: Entry(mode) for mode in ("100644", "100755")}
"""Nearly all files, and of those nothing else is asked: the content on disk is what counts."""


@dataclass(frozen=True)
class WorkTree:
    """Tracked and untracked-but-not-ignored files below ``git.folder``. What was deleted there is absent."""

    git: Plumbing
    objects: Objects
    label: str = "work tree"

    def paths(self) -> Sequence[str]:
        """All files. Listed once: later changes are not seen."""
        return tuple(self._entries)

    def read(self, paths: Iterable[str]) -> Mapping[str, SourceFile]:
        """The files as they are on disk now."""
        wanted = {path: self._entries[path] for path in paths if path in self._entries}
        elsewhere = {path: entry for path, entry in wanted.items() if not entry.on_disk}
        contents = self.objects.contents({e.blob: path for path, e in elsewhere.items() if e.mode != LINK})
        files = (
            self._read(path, entry) if entry.on_disk else from_blob(path, entry.mode, contents.get(entry.blob, b""))
            for path, entry in wanted.items()
        )
        return {file.path: file for file in files if file is not None}

    def _read(self, path: str, entry: Entry) -> SourceFile | None:
        refused = misnamed(path) or (symbolic_link(path) if entry.mode == LINK and self._links_are_files else None)
        file = refused or read_file(self._root, path)
        if file is None or file.refusal:
            return file
        content = self.objects.same(file.content)
        return file if content is file.content else file._replace(content=content)

    @cached_property
    def _root(self) -> bytes:
        return beginning(self.git.folder)

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        listing = self.git.ask("ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard")
        found: dict[str, Entry] = {}
        folders = _Folders(self.git.folder)
        for line in listing.split("\0"):
            if line.startswith("? "):
                if not line.endswith("/"):  # that would be another repository inside this one
                    found[line[2:]] = Entry()
            elif line:
                head, _, path = line.partition("\t")
                mode = head[2:8]
                if mode != SUBMODULE and path not in found:
                    if misnamed(path) or folders.has_file(path):
                        found[path] = _ON_DISK.get(mode) or Entry(mode)
                    elif line[0] == "S":  # not wanted on disk: a sparse checkout
                        found[path] = Entry(mode, head.split(" ")[2], on_disk=False)
        return dict(sorted(found.items()))

    @cached_property
    def _links_are_files(self) -> bool:
        """Whether git checks links out as small files that hold the name of their target."""
        return self.git.run("config", "--type=bool", "core.symlinks").output.strip() == "false"


class _Folders:
    """What the folders below a root hold: each is listed once, and not entered by way of a symbolic link."""

    def __init__(self, root: Path) -> None:
        self._root = beginning(root)
        self._listed: dict[str, dict[bytes, bool] | None] = {}

    def has_file(self, path: str) -> bool:
        """Whether something that is no folder is at this path, without a link on the way to it."""
        folder, _, name = path.rpartition("/")
        listing = self._listing(folder)
        # What may not be listed counts as there: reading it will say why not.
        return listing is None or listing.get(name.encode("utf-8", "surrogateescape")) is False

    def _listing(self, folder: str) -> dict[bytes, bool] | None:
        """The names in a folder, each with whether it is a folder; None for one that may not be listed."""
        if folder not in self._listed:
            above, _, name = folder.rpartition("/")
            around = self._listing(above) if folder else {b"": True}
            if around is not None and not around.get(name.encode("utf-8", "surrogateescape")):
                self._listed[folder] = {}
            else:
                self._listed[folder] = _list(self._root + folder.encode("utf-8", "surrogateescape"))
        return self._listed[folder]


def _list(folder: bytes) -> dict[bytes, bool] | None:
    try:
        with os.scandir(folder) as found:
            return {one.name: one.is_dir(follow_symlinks=False) for one in found}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError:
        return None
