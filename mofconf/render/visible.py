"""Text from somebody's files becomes safe to show: nothing in it that a terminal obeys or an eye misses."""

from __future__ import annotations

import re

# Control characters, halves of pairs, line separators, what turns the direction of writing, and what has no
# width. The two joiners stay: Persian, Hindi and emoji are written with them.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# What a log of GitHub, Azure or TeamCity obeys: a line that begins with ::, and ##[, ##vso[ or ##teamcity[
# anywhere.
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(#)(?=\w*\[)", re.MULTILINE)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str) -> str:
    r"""The text on one line, with every hidden character written out.

    >>> print(visible("a\nb\x1b[31m"))
    a\nb\x1b[31m
    """
    return text if text.isprintable() else _HIDDEN.sub(_written_out, text)


def visible_lines(text: str) -> str:
    """The same for text of several lines: line ends and tabs stay."""
    return _HIDDEN.sub(lambda found: found[0] if found[0] in "\n\t" else _written_out(found), text)


def inert(text: str) -> str:
    r"""The text with nothing in it that the log of a CI system takes for a command.

    >>> print(inert("::add-mask::e\n##[error]"))
    \x3a:add-mask::e
    \x23#[error]
    """
    return _COMMAND.sub(lambda found: r"\x23#" if found[2] else rf"{found[1]}\x3a", text)


def _written_out(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
