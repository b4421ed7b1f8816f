"""The files of a git work tree: what git tracks or would track, with the content that is on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mofconf.documents import SourceFile
from mofconf.sources.commit import LINK, SUBMODULE, from_blob
from mofconf.sources.disk import on_disk, read_file
from mofconf.sources.objects import Objects
from mofconf.sources.plumbing import Plumbing
from mofconf.sources.tree import misnamed, symbolic_link


class Entry(NamedTuple):
    """How a file is had: from disk, or from the index where a sparse checkout left it out of the disk."""

    mode: str = ""
    blob: str = ""
    on_disk: bool = True


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
        files = {path: self._read(path, entry) for path, entry in wanted.items() if entry.on_disk}
        elsewhere = {path: entry for path, entry in wanted.items() if not entry.on_disk}
        contents = self.objects.contents({e.blob: path for path, e in elsewhere.items() if e.mode != LINK})
        files |= {path: from_blob(path, entry.mode, contents.get(entry.blob, b"")) for path, entry in elsewhere.items()}
        return {path: file for path in wanted if (file := files[path]) is not None}

    def _read(self, path: str, entry: Entry) -> SourceFile | None:
        refused = misnamed(path) or (symbolic_link(path) if entry.mode == LINK and self._links_are_files else None)
        file = refused or read_file(self.git.folder, path)
        if file is None or file.refusal:
            return file
        return file._replace(content=self.objects.same(file.content))

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
                tag, mode, blob, _stage = head.split(" ")
                if mode != SUBMODULE and path not in found:
                    if misnamed(path) or folders.has_file(path):
                        found[path] = Entry(mode, blob)
                    elif tag == "S":  # not wanted on disk: a sparse checkout
                        found[path] = Entry(mode, blob, on_disk=False)
        return dict(sorted(found.items()))

    @cached_property
    def _links_are_files(self) -> bool:
        """Whether git checks links out as small files that hold the name of their target."""
        return self.git.run("config", "--type=bool", "core.symlinks").output.strip() == "false"


class _Folders:
    """Which folders below a root are real: not there only by way of a symbolic link."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._real = {"": True}

    def has_file(self, path: str) -> bool:
        """Whether something that is no folder is at this path, without a link on the way to it."""
        return self._is_real(path.rpartition("/")[0]) and not stat.S_ISDIR(_mode(self._root, path, stat.S_IFDIR))

    def _is_real(self, folder: str) -> bool:
        if folder not in self._real:
            above = folder.rpartition("/")[0]
            self._real[folder] = self._is_real(above) and stat.S_ISDIR(_mode(self._root, folder, 0))
        return self._real[folder]


def _mode(root: Path, path: str, absent: int) -> int:
    """What is at a path. What may not be looked at counts as a file: reading it will say why not."""
    try:
        return os.lstat(on_disk(root, path)).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return absent
    except OSError:
        return stat.S_IFREG
