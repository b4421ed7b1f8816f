"""One state of all files, be it a folder or a commit, and the reasons for which a file is not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from mofconf.documents import SourceFile

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes. A larger file is refused before it is read."""


class Unavailable(Exception):  # noqa: N818 - it is no error of the program: the world said no
    """Something outside (git, a disk) cannot give what is needed, so nothing can be computed.

    ``message`` says what is wrong, ``next_step`` the exact command or action that helps.
    """

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class Tree(Protocol):
    """One state of all files: a folder, a work tree, a commit.

    Paths are relative to the root, with ``/`` between their parts; bytes of a name that are not UTF-8 stand
    in it as lone surrogates (``surrogateescape``). The methods raise ``Unavailable`` if all is out of reach.
    """

    @property
    def label(self) -> str:
        """What people call it: ``work tree``, ``main (3f2a1c0d)``, ``folder ./a``."""

    def paths(self) -> Sequence[str]:
        """All files, sorted, with symbolic links and folders that may not be opened: reading says why."""

    def read(self, paths: Iterable[str]) -> Mapping[str, SourceFile]:
        """The files at those paths. What does not exist is absent; what is not read has a refusal, a hint."""


class Empty(NamedTuple):
    """A tree without files: the past of a repository that has no commits yet."""

    label: str = "nothing, there are no commits yet"

    def paths(self) -> Sequence[str]:
        """No files."""
        return ()

    def read(self, paths: Iterable[str]) -> Mapping[str, SourceFile]:  # noqa: ARG002 - a Tree is asked for paths
        """No files."""
        return {}


def symbolic_link(path: str) -> SourceFile:
    """A link is not followed, wherever it leads: its target may lie outside, or be gone in a revision."""
    hint = "put the file itself in its place, or leave the link out of the sources"
    return SourceFile(path, b"", "is a symbolic link, which mofconf does not follow", hint)


def too_large(path: str, size: int) -> SourceFile:
    """A file of more than ``LARGEST_FILE`` bytes."""
    limit, mega = LARGEST_FILE // 1024**2, size / 1024**2
    hint = "split it into smaller files, or leave it out of the sources"
    return SourceFile(path, b"", f"is too large: {mega:.1f} MiB, and the limit is {limit} MiB", hint)


def misnamed(path: str) -> SourceFile | None:
    """The refusal of a name that git itself would not check out, as ``../x``; only a forged tree has one."""
    closer = path[:1] in "./" or "/." in path or "//" in path or path[-1:] == "/"  # nearly no name needs it
    if not (closer and _ODD_PART.search(f"/{path}/")):
        return None
    hint = "rename it in the repository; git refuses such names as well"
    return SourceFile(path, b"", "has a name that leads out of its folder or into git's own files", hint)


def shown(text: str) -> str:
    """Text that came from outside, safe to print: what is no printable character is written as an escape.

    >>> shown("main\\n")
    'main\\\\n'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


_ODD_PART = re.compile(r"/(?:\.{0,2}|\.git)/", re.IGNORECASE)
