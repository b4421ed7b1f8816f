"""The files of a commit, read without a checkout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mofconf.documents import SourceFile
from mofconf.sources.objects import Objects, Oversized
from mofconf.sources.plumbing import Plumbing
from mofconf.sources.tree import misnamed, symbolic_link, too_large

LINK, SUBMODULE = "120000", "160000"
"""How git writes these modes, in trees and in the index."""


@dataclass(frozen=True)
class Commit:
    """One commit's files below a folder of the repository (``prefix``, empty for all)."""

    git: Plumbing
    objects: Objects
    name: str
    prefix: str
    label: str

    def paths(self) -> Sequence[str]:
        """All files and links; submodules are other repositories and stay out."""
        return tuple(self.entries)

    def read(self, paths: Iterable[str]) -> Mapping[str, SourceFile]:
        """The files as the commit has them, byte for byte: nothing converts line ends or expands keywords."""
        wanted = {path: self.entries[path] for path in paths if path in self.entries}
        contents = self.objects.contents({blob: path for path, (mode, blob) in wanted.items() if mode != LINK})
        return {path: from_blob(path, mode, contents.get(blob, b"")) for path, (mode, blob) in wanted.items()}

    @cached_property
    def entries(self) -> dict[str, tuple[str, str]]:
        """Mode and object name of each file, sorted by path."""
        folder = self.name
        if self.prefix:
            listing = self.git.ask("ls-tree", "-z", "--full-tree", self.name, "--", self.prefix)
            head, _, path = listing.rstrip("\0").partition("\t")
            if path != self.prefix or " tree " not in head:
                return {}  # this commit has no such folder yet, or no longer
            folder = head.rpartition(" ")[2]
        found = {}
        for line in self.git.ask("ls-tree", "-r", "-z", "--full-tree", folder).split("\0"):
            head, _, path = line.partition("\t")
            mode, _, rest = head.partition(" ")
            if path and mode != SUBMODULE:
                found[path] = (mode, rest[5:])
        return dict(sorted(found.items()))


def from_blob(path: str, mode: str, content: bytes | Oversized) -> SourceFile:
    """The file at ``path`` with the content that git has for it."""
    refused = misnamed(path) or (symbolic_link(path) if mode == LINK else None)
    if isinstance(content, Oversized):
        return refused or too_large(path, content.size)
    return refused or SourceFile(path, content)
