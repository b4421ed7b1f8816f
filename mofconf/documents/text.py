"""Bytes become text, and text falls apart into documents where one of them is broken."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from mofconf.documents.complaints import ReadingError
from mofconf.documents.document import Point

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Compiled where they are needed, which is nearly never: that takes as long as to read some dozens of files.
_BREAK = r"\r\n?|\n"
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_BOUNDARY = r"(?<![^\r\n])(?:(\ufeff?---)|\.\.\.)(?![^ \t\r\n])"
_PROLOG = r"\ufeff?(?:(?:[ \t]*(?:#[^\r\n]*)?|%[^\r\n]*)(?:\r\n?|\n))*[ \t]*"
_CONFLICT = r"(?<![^\r\n])(?:<{7}|={7}|>{7}|\|{7})(?![^ \r\n])"
_CONFLICT_START = r"(?<![^\r\n])<{7}(?![^ \r\n])"
_OLD_BREAKS = re.compile("[\x85\u2028\u2029]")

DECRYPT = "keep what mofconf reads in plain text, or leave this file out of the sources"
_FETCH = "keep YAML files out of LFS (see .gitattributes), or run `git lfs pull` and read the work tree"
_OMIT = "leave this file out of the sources"
_NOT_YAML: tuple[tuple[bytes, str, str], ...] = (
    (b"$ANSIBLE_VAULT;", "this file is encrypted with Ansible Vault", DECRYPT),
    (b"\0GITCRYPT", "this file is encrypted with git-crypt", DECRYPT),
    (b"age-encryption.org/", "this file is encrypted with age", DECRYPT),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", "this file is encrypted with age", DECRYPT),
    (b"-----BEGIN PGP MESSAGE-----", "this file is encrypted with PGP", DECRYPT),
    (
        b"version https://git-lfs.github.com/spec/",
        "this is a Git LFS pointer and not the file itself",
        _FETCH,
    ),
    (b"\x1f\x8b", "this file is compressed with gzip", _OMIT),
    (b"PK\x03\x04", "this file is a zip archive", _OMIT),
    (b"\x89PNG", "this file is a picture", _OMIT),
    (b"%PDF-", "this file is a PDF", _OMIT),
)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HEAD = r"""^{}[ \t]*:[ \t]+(?:"([\w./ -]+)"|'([\w./ -]+)'|([A-Za-z0-9_][\w./-]*))[ \t]*(?:[ \t]#.*)?$"""
_KIND, _NAME = (re.compile(_HEAD.format(key), re.ASCII | re.MULTILINE) for key in ("kind", "name"))


def decoded(content: bytes) -> str:
    """The text of a file, without a byte order mark. A byte that is no UTF-8 becomes a lone surrogate."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")


def not_yaml(content: bytes) -> ReadingError | None:
    """Why a file that cannot be read (or reads as one text) is no YAML at all, where its look tells."""
    start = content.removeprefix(codecs.BOM_UTF8)[:1000]
    for look, reason, hint in _NOT_YAML:
        if start.startswith(look):
            return ReadingError((1, 1), reason, hint)
    if _HTML.match(start):
        return ReadingError((1, 1), "this is an HTML page", "download the file itself, or leave it out of the sources")
    if b"\0" in start and not content.startswith(tuple(bom for bom, _ in _BOMS)):
        if 5 * max(start[::2].count(0), start[1::2].count(0)) > 2 * len(start):
            return ReadingError((1, 1), "this looks like UTF-16 without a byte order mark", "save the file as UTF-8")
        odd = len(re.compile(_UNPRINTABLE).findall(start.decode("utf-8", "surrogateescape")))
        if odd > max(2, len(start) // 20):
            return ReadingError((1, 1), "this is a binary file", _OMIT)
    return None


def bad_character(text: str, base: int) -> ReadingError | None:
    """The first character that YAML does not allow, and bytes that are no UTF-8 (see ``decoded``)."""
    found = re.compile(_UNPRINTABLE).search(text)
    if found is None:
        return None
    at, code = position(text, found.start(), base), ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        return ReadingError(at, f"the byte 0x{code - 0xDC00:02X} here is not UTF-8", "save the file as UTF-8")
    name = "a NUL character" if code == 0 else f"the control character U+{code:04X}"
    return ReadingError(
        at,
        f"{name} stands here, which YAML does not allow",
        "remove it, or write it as an escape in double quotes",
    )


def in_conflict(text: str) -> bool:
    """Whether a merge left its markers in the text."""
    return "<<<<<<<" in text and re.compile(_CONFLICT_START).search(text) is not None


def conflict(text: str, base: int) -> ReadingError | None:
    """The first marker in a text in conflict (in any other, ``=======`` may be a line under a title)."""
    found = re.compile(_CONFLICT).search(text)
    if found is None:
        return None
    reason = f"a merge conflict is not resolved here ({found[0]})"
    hint = "resolve the conflict, and remove the markers"
    return ReadingError(position(text, found.start(), base), reason, hint)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a text, each with the number of its first line, whatever else is in them.

    A line that starts with ``---`` always starts a document and one with ``...`` always ends one, even in the
    middle of what is broken (YAML 1.2.2, rule c-forbidden). Directives and comments go with what follows.
    """
    start, line = 0, 1
    for found in re.compile(_BOUNDARY).finditer(text):
        if found[1] is not None:
            cut = found.start()
            if re.compile(_PROLOG).fullmatch(text, start, cut):
                continue
        else:
            following = re.compile(_BREAK).search(text, found.end())
            cut = following.end() if following else len(text)
            if re.compile(_PROLOG).fullmatch(text, start, found.start()):  # it ends nothing
                line += len(re.compile(_BREAK).findall(text, start, cut))
                start = cut
        if cut > start:
            piece = text[start:cut]
            yield line, piece.removeprefix("\ufeff")
            line += len(re.compile(_BREAK).findall(piece))
            start = cut
    if start < len(text):
        yield line, text[start:].removeprefix("\ufeff")


def legible(text: str) -> tuple[str, str]:
    """``kind`` and ``name`` of a broken document as far as its own lines tell, else empty."""
    found = (pattern.search(text.replace("\r", "\n")) for pattern in (_KIND, _NAME))
    kind, name = (next(filter(None, match.groups()), "") if match else "" for match in found)
    return kind, name


def position(text: str, index: int, base: int) -> Point:
    """Line and column of a character."""
    breaks = list(re.compile(_BREAK).finditer(text, 0, index))
    return (base + len(breaks), index - (breaks[-1].end() if breaks else 0) + 1)


def stand_ins(text: str) -> dict[int, int]:
    """By which unused characters to replace those that YAML 1.1 takes for line breaks and YAML 1.2 does not.

    The parser knows YAML 1.1 only. Empty where there is nothing to replace.
    """
    if text.isascii() or not _OLD_BREAKS.search(text):
        return {}
    unused = (code for code in range(0xE000, 0xF900) if chr(code) not in text)
    return dict(zip((0x85, 0x2028, 0x2029), unused, strict=False))
