"""Parts of a page that is Markdown and reads well as it stands: paragraphs, lists, blocks of YAML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

WIDTH = 80
"""How long a line may be, so that a terminal of the usual width breaks none in the middle of a word."""

_CODE = re.compile(r"`[^`]*`")
_KEPT = "\N{NO-BREAK SPACE}"  # no line is broken there


def page(*parts: str) -> str:
    """The parts that are not empty, with a blank line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"


def paragraph(text: str, margin: str = "") -> str:
    """Text in lines that are not too long to read. Paragraphs in it stay apart."""
    return "\n\n".join(_flowed(part, margin, margin) for part in text.split("\n\n") if part)


def bullets(items: Iterable[str], margin: str = "") -> str:
    """A list. An item with several lines keeps them."""
    return "\n".join(
        "\n".join(
            _flowed(line, margin + ("  " if index else "- "), margin + "  ")
            for index, line in enumerate(item.split("\n"))
        )
        for item in items
    )


def block(text: str) -> str:
    """YAML, set off by its margin."""
    return textwrap.indent(text.rstrip("\n"), "    ")


def _flowed(text: str, first: str, margin: str) -> str:
    whole = _CODE.sub(lambda code: code[0].replace(" ", _KEPT), text)
    return textwrap.fill(
        whole,
        WIDTH,
        initial_indent=first,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace(_KEPT, " ")
