"""The elements of an XML text that anybody may have written: nothing in it is fetched, and nothing multiplies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

DEEPEST = 100
"""How deep elements may stand in each other. People write three or four formulas inside each other, not a hundred."""


class Problem(NamedTuple):
    """What is wrong, in which line (from 1), and what to do about it."""

    line: int
    message: str
    next_step: str


class Element(NamedTuple):
    """An element, the line that it begins in, and what stands in it."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    inner: list[Element]


class UnreadableError(Exception):
    """There is nothing to be had from a text. ``problem`` says why."""

    def __init__(self, line: int, message: str, next_step: str) -> None:
        self.problem = Problem(line, message, next_step)
        super().__init__(message)


def elements(text: str | bytes) -> Element:
    """The elements of a document.

    The standard library's expat will do. What makes XML dangerous is entities: those that multiply, and those that
    are fetched from elsewhere. Expat fetches nothing unless it is given a handler for that, and has no entities but
    the five harmless ones unless the document declares some. Such declarations are refused before they are read, so
    it does not matter how old an expat this Python has. All of the text is given at once, so that a large token is
    not looked at again and again; how deep elements stand is counted here, where nothing is nested yet.
    """
    parser = expat.ParserCreate()
    outside = Element("", {}, 0, [])
    path = [outside]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if len(path) > DEEPEST:
            raise UnreadableError(
                parser.CurrentLineNumber,
                f"elements stand more than {DEEPEST} deep in each other",
                "make gates of the inner formulas",
            )
        path[-1].inner.append(Element(tag, attributes, parser.CurrentLineNumber, []))
        path.append(path[-1].inner[-1])

    def end(tag: str) -> None:  # noqa: ARG001  # expat calls it so
        path.pop()

    def doctype(name: str, system: str | None, public: str | None, subset: int) -> None:  # noqa: ARG001  # the same
        if subset:
            raise UnreadableError(
                parser.CurrentLineNumber,
                "the document declares things of its own, such as entities: that is not read",
                "leave out what stands between [ and ] in <!DOCTYPE ...>",
            )

    def skipped(name: str, parameter: int) -> None:  # noqa: ARG001  # the same
        raise UnreadableError(parser.CurrentLineNumber, f"the entity &{name}; stands for nothing here", "write it out")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(text, True)  # noqa: FBT003  # it takes no names
    except expat.ExpatError as error:
        message = f"this is no XML: {expat.ErrorString(error.code)}"
        raise UnreadableError(error.lineno, message, "mend it there") from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise UnreadableError(1, f"this is no XML: {error}", "write it in UTF-8") from None
    return outside.inner[0]
