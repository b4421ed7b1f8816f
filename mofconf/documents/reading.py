"""A file becomes its documents; what cannot be read becomes a fact with its place, and the rest is read."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Place
from mofconf.documents.complaints import ReadingError, TooManyNodesError
from mofconf.documents.document import Document, Limits, MapMarks, SourceFile, Unreadable, point
from mofconf.documents.events import build
from mofconf.documents.text import (
    DECRYPT,
    bad_character,
    conflict,
    decoded,
    in_conflict,
    legible,
    not_yaml,
    pieces,
)

DEFAULT = Limits()

MOST_BROKEN = 1000
"""Broken documents in one file. Nobody reads more messages than that, and a hostile file holds millions."""


def read(source: SourceFile, limits: Limits = DEFAULT) -> tuple[Document | Unreadable, ...]:
    """The documents of a file in their order, and in the place of each one that is broken an ``Unreadable``.

    Types are those of YAML 1.2's core schema, and keys are always text. Empty documents give nothing. Never
    raises for what a file holds.

    >>> [document] = read(SourceFile("a.yaml", b"kind: Service\\nname: no\\n"))
    >>> document.value
    {'kind': 'Service', 'name': 'no'}
    """
    path, content, refusal, hint = source
    if refusal:
        return (Unreadable(path, Place(path), f"this {refusal}", hint),)
    if len(content) > limits.file_bytes:
        reason = f"the file has {len(content):,} bytes, and the limit is {limits.file_bytes:,}"
        return (Unreadable(path, Place(path), reason, "split it, or leave it out of the sources"),)
    try:
        text = content.decode()
        documents = build(path, text[1:] if text[:1] == "\ufeff" else text, limits)
    except TooManyNodesError as error:
        return (Unreadable(path, Place(path, *error.at), error.reason, error.hint),)
    except (ReadingError, UnicodeDecodeError):
        return tuple(_piecewise(path, content, limits))
    if "<" in text and in_conflict(text):
        return tuple(_piecewise(path, content, limits))
    for document in documents:
        kind = type(document.value)
        if (kind is dict and "sops" in document.value) or (kind is str and not_yaml(content)):  # type: ignore[operator]  # a dict
            return tuple(_piecewise(path, content, limits))
    return tuple(documents)


def _piecewise(path: str, content: bytes, limits: Limits) -> Iterator[Document | Unreadable]:
    """The same for a file of which something is broken: each document by itself."""
    if whole := not_yaml(content):
        yield Unreadable(path, Place(path, *whole.at), whole.reason, whole.hint)
        return
    text = decoded(content)
    conflicting = in_conflict(text)
    broken = 0
    for line, piece in pieces(text):
        try:
            yield from _piece(path, piece, line, limits, conflicting=conflicting)
        except ReadingError as error:
            broken += 1
            if broken > MOST_BROKEN:
                reason = f"more than {MOST_BROKEN:,} documents of this file are broken, and the rest is not read"
                yield Unreadable(path, Place(path, line), reason, "mend those before it first")
                return
            yield Unreadable(path, Place(path, *error.at), error.reason, error.hint, *legible(piece))


def _piece(path: str, piece: str, line: int, limits: Limits, *, conflicting: bool) -> list[Document]:
    """The document of a piece of a file, if there is one in it."""
    if wrong := bad_character(piece, line) or (conflict(piece, line) if conflicting else None):
        raise wrong
    documents = build(path, piece, limits, line)
    for document in documents:
        value = document.value
        seal = value.get("sops") if isinstance(value, dict) else None
        if isinstance(seal, dict) and seal.keys() & {"mac", "lastmodified"}:
            at = document.marks.at if isinstance(document.marks, MapMarks) else (line, 1)
            raise ReadingError(point(at), "this document is encrypted with SOPS", DECRYPT)
    return documents
