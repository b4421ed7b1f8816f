"""Reads one file from disk without following links, blocking on a pipe or filling the memory."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mofconf.documents import SourceFile
from mofconf.sources.tree import LARGEST_FILE, symbolic_link, too_large


def beginning(root: Path) -> bytes:
    """What all paths of a tree begin with on disk. Bytes, because a name need not be UTF-8."""
    return os.fsencode(root) + os.fsencode(os.sep)


def on_disk(root: Path, path: str) -> bytes:
    """Where a path of a tree lies on disk."""
    return beginning(root) + path.encode("utf-8", "surrogateescape")


def read_file(root: bytes, path: str) -> SourceFile | None:
    """The file at ``path``, with a refusal if it is no regular or readable file; None if nothing is there.

    It is looked at once it is open, so that nothing else can come into its place between the look and the reading.
    """
    place = root + path.encode("utf-8", "surrogateescape")
    try:
        handle = os.open(place, _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as failure:
        return _not_opened(place, path, failure)
    try:
        there = os.fstat(handle)
        if not stat.S_ISREG(there.st_mode):
            return not_a_file(path, there.st_mode)
        if there.st_size > LARGEST_FILE:
            return too_large(path, there.st_size)
        content = _content(handle, there.st_size)
    except OSError as failure:
        return unreadable(path, failure)
    finally:
        os.close(handle)
    return SourceFile(path, content) if len(content) <= LARGEST_FILE else too_large(path, len(content))


def _not_opened(place: bytes, path: str, failure: OSError) -> SourceFile | None:
    """Why something could not be opened: it is a link or a socket, or the system does not let us."""
    try:
        return not_a_file(path, os.lstat(place).st_mode) or unreadable(path, failure)
    except FileNotFoundError:
        return None
    except OSError:
        return unreadable(path, failure)


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


def _content(handle: int, size: int) -> bytes:
    """All of a file, at most one byte more than the limit: it may grow meanwhile, or lie about its size."""
    content = os.read(handle, size + 1)
    if len(content) == size:
        return content
    parts = [content]
    left = LARGEST_FILE + 1 - len(content)
    while left > 0 and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


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
