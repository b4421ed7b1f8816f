"""Text from somebody's files inside Markdown: it reads as it was written and never becomes markup.

A word that could mean something to Markdown or to the forge (a mention, a reference, a link, a commit, an
address of ours) becomes a code span, in which nothing does. What is left are words of letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from mofconf.render.visible import visible

_LETTERS = "[0-9A-Za-z\x80-\U0010ffff]+"
_CALM = re.compile(rf"(?:[+-]?{_LETTERS}(?:[.,'-]{_LETTERS})*)?%?|[-+=<>&/]{{1,2}}")
_LINKED = re.compile(r"www\..*|[0-9a-f]{7,}|[a-z]+-[0-9]+", re.IGNORECASE)  # a site, a commit, an issue


def prose(text: str) -> str:
    """A sentence for a paragraph or a heading of Markdown.

    >>> prose("@ana wants Service/billing, see #12.")
    '`@ana` wants `Service/billing`, see `#12`.'
    """
    return _prose(text, code)


def table_prose(text: str) -> str:
    """A sentence for a cell of a table."""
    return _prose(text, table_code)


def html(text: str) -> str:
    """A sentence for HTML, in which Markdown is not read."""
    return _prose(text, lambda word: f"<code>{escape(word)}</code>")


def code(text: str) -> str:
    """A code span. The text is one line."""
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in (text[0], text[-1]) or (text[0] == text[-1] == " " and text.strip()) else ""
    return fence + pad + text + pad + fence


def table_code(text: str) -> str:
    """A code span in a cell of a table, where a bar needs a backslash.

    Readers of Markdown disagree about a backslash before such a bar, so the span is parted between the two.
    """
    spans = (code(part).replace("|", r"\|") for part in re.split(r"(?<=\\)(?=\|)", text))
    return "&#8203;".join(spans)


def _prose(text: str, coded: Callable[[str], str]) -> str:
    said = _QUOTED.split(visible(text))
    return "".join(
        coded(part) if number % 2 else " ".join(_word(word, coded) for word in part.split(" "))
        for number, part in enumerate(said)
    )


# A command that a sentence quotes is one thing, whatever spaces are in it. Only punctuation may touch it: code spans
# beside each other would be read as another one.
_QUOTED = re.compile(r"(?:(?<![^ ])|(?<= \()|(?<=^\())(`[^`]+`)(?=[.,;:!?)]*(?: |$))")


def _word(word: str, coded: Callable[[str], str]) -> str:
    """Punctuation around a word stays outside of its code span, except what closes a bracket in it."""
    rest = word.lstrip("(\"'")
    middle = rest.rstrip(".,;:!?)\"'")
    if "(" in middle and rest[len(middle) :].startswith(")"):
        middle += ")"
    before, after = word[: len(word) - len(rest)], rest[len(middle) :]
    calm = _CALM.fullmatch(middle) and not _LINKED.fullmatch(middle)
    return before + (escape(middle, quote=False) if calm else coded(middle)) + after
