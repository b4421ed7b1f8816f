"""Reads one file from disk without following links, blocking on a pipe or filling the memory."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mofconf.documents import SourceFile
from mofconf.sources.tree import LARGEST_FILE, symbolic_link, too_large


def on_disk(root: Path, path: str) -> bytes:
    """Where a path of a tree lies on disk. Bytes, because a name need not be UTF-8."""
    return os.path.join(os.fsencode(root), path.encode("utf-8", "surrogateescape"))  # noqa: PTH118 - a Path holds no bytes


def read_file(root: Path, path: str) -> SourceFile | None:
    """The file at ``path``, with a refusal if it is no regular or readable file; None if nothing is there."""
    place = on_disk(root, path)
    try:
        there = os.lstat(place)
        refused = not_a_file(path, there.st_mode)
        if refused or there.st_size > LARGEST_FILE:
            return refused or too_large(path, there.st_size)
        content = _content(place)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as failure:
        return unreadable(path, failure)
    return SourceFile(path, content) if len(content) <= LARGEST_FILE else too_large(path, len(content))


def not_a_file(path: str, mode: int) -> SourceFile | None:
    """The refusal of everything that is no regular file: a link, a named pipe, a device, a folder."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return symbolic_link(path)
    what = next((name for is_it, name in _OTHER_THINGS if is_it(mode)), "something else")
    return SourceFile(path, b"", f"is {what}, not a file", "leave it out of the sources")


def unreadable(path: str, failure: OSError) -> SourceFile:
    """The refusal of what the system does not let us read."""
    reason = (failure.strerror or str(failure)).lower()
    return SourceFile(path, b"", f"cannot be read: {reason}", "give yourself the right to read it, or move it away")


def _content(place: bytes) -> bytes:
    """All of a file, at most one byte more than the limit: it may grow meanwhile, or lie about its size."""
    handle = os.open(place, _FLAGS)
    try:
        parts = []
        left = LARGEST_FILE + 1
        while left and (part := os.read(handle, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
    finally:
        os.close(handle)
    return parts[0] if len(parts) == 1 else b"".join(parts)


# Some systems lack some of these. NONBLOCK: a pipe may have come into the file's place since we looked.
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)

_OTHER_THINGS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)
