"""Blobs of a repository, each fetched once, through one ``git cat-file --batch`` that stays open."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import weakref
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple, Self

from mofconf.sources.plumbing import Plumbing, quoted, unfetched
from mofconf.sources.tree import LARGEST_FILE, Unavailable, shown

_TOGETHER = 200  # names of 65 bytes: less than the smallest buffer of a pipe, so that asking never blocks
_PARTIAL = r"^(extensions\.partialclone|remote\..*\.promisor)$"


class Oversized(NamedTuple):
    """In place of the content of a blob that is larger than what is read: its size in bytes."""

    size: int


class Objects:
    """The contents of a repository's blobs. Equal contents are one and the same ``bytes`` object.

    Closing ends git's process; asking again starts another one.
    """

    def __init__(self, git: Plumbing) -> None:
        self._git = git
        self._fetched: dict[str, bytes | Oversized] = {}
        self._known: dict[bytes, bytes] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._stop: weakref.finalize[..., Objects] | None = None

    def same(self, content: bytes) -> bytes:
        """The object that stands for this content, so that what files share can be told by identity."""
        return self._known.setdefault(content, content)

    def contents(self, wanted: Mapping[str, str]) -> dict[str, bytes | Oversized]:
        """The contents of blobs by their object names.

        ``wanted`` maps each of these names to the file that it is for, which the message names if the object
        is missing or damaged (``Unavailable``).
        """
        missing = [name for name in wanted if name not in self._fetched]
        at = 0
        while at < len(missing):
            at += self._fetch(missing[at : at + _TOGETHER], wanted)
        return {name: self._fetched[name] for name in wanted}

    def close(self) -> None:
        """End git's process, if one runs."""
        if self._stop is not None:
            self._stop()
        self._process = self._stop = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fetch(self, names: list[str], files: Mapping[str, str]) -> int:
        """Fetch blobs; how many of them are done, since one that is too large ends the conversation."""
        try:
            return self._converse(self._running(), names, files)
        except BaseException:
            self.close()  # an answer half read, even by an interrupt, would be taken for the next one
            raise

    def _converse(self, process: subprocess.Popen[bytes], names: list[str], files: Mapping[str, str]) -> int:
        assert process.stdin is not None  # noqa: S101 - both are pipes, which the type cannot say
        assert process.stdout is not None  # noqa: S101 - the same
        with contextlib.suppress(BrokenPipeError):  # git has died: what it did not answer tells of which object
            process.stdin.write("".join(f"{name}\n" for name in names).encode())
            process.stdin.flush()
        for at, name in enumerate(names):
            head = process.stdout.readline().decode().split()
            if len(head) != 3 or head[:2] != [name, "blob"]:
                raise self._lost(name, files[name], missing=head[1:] in ([], ["missing"]))
            size = int(head[2])
            if size > LARGEST_FILE:
                self._fetched[name] = Oversized(size)
                self.close()  # cheaper than to drain what may be gigabytes
                return at + 1
            content = process.stdout.read(size + 1)
            if len(content) != size + 1 or not _is(name, content):
                raise self._lost(name, files[name], missing=False)
            self._fetched[name] = self.same(content[:-1])
        return len(names)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch", requests=subprocess.PIPE)
            self._stop = weakref.finalize(self, _end, self._process)
        return self._process

    def _lost(self, name: str, file: str, *, missing: bool) -> Unavailable:
        """One lost object makes the whole state unknown: what the file said cannot be guessed."""
        what = f"the content of {shown(file)} (object {name})"
        git = f"git -C {quoted(str(self._git.folder))}"
        if missing and self._git.run("config", "--get-regexp", _PARTIAL).output:
            return unfetched(what, str(self._git.folder))
        step = f"see what else is wrong: {git} fsck --full; then fetch or clone the repository again"
        return Unavailable(f"{what} is {'missing' if missing else 'damaged'} in the repository", step)


def _is(name: str, content: bytes) -> bool:
    """Whether a blob (and the line end behind it) has this name: git itself does not always look."""
    kind = hashlib.sha1 if len(name) == 40 else hashlib.sha256
    sum_ = kind(b"blob %d\0" % (len(content) - 1), usedforsecurity=False)
    sum_.update(memoryview(content)[:-1])
    return sum_.hexdigest() == name


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing that git holds is worth waiting for: it only reads."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):  # of requests that were not sent yet
                pipe.close()
    process.wait()
