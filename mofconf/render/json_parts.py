"""What the JSON Schema of the report is put together from: answers, and the texts, lists and mappings in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from mofconf.kinds.relation import ChangeClass

Schema: TypeAlias = dict[str, Any]


class Answer(NamedTuple):
    """What one command answers with: what it says of its data, their schema, and its states.

    ``states`` are the words of its verdict for programs, each with what it means. ``topic`` tells several sorts of
    answers of one command apart.
    """

    command: str
    says: str
    data: Schema
    states: Mapping[str, str] = {}
    topic: str = ""


def mapping(**properties: Schema) -> Schema:
    """A mapping that has all of these keys, and may have more."""
    return {"type": "object", "required": list(properties), "properties": properties}


def list_of(items: Schema, description: str = "") -> Schema:
    """A list, and what it is a list of."""
    return {**({"description": description} if description else {}), "type": "array", "items": items}


def text(description: str, **rest: Any) -> Schema:
    """A text that is always there."""
    return {"description": description, "type": "string", **rest}


def maybe(description: str) -> Schema:
    """A text, or null where there is nothing to say."""
    return {"description": description, "type": ["string", "null"]}


def count(description: str) -> Schema:
    """A whole number, not below zero."""
    return {"description": description, "type": "integer", "minimum": 0}


def number(description: str, **rest: Any) -> Schema:
    """A number that is always there. ``rest`` may say how small or large it is."""
    return {"description": description, "type": "number", **rest}


def maybe_number(description: str, **rest: Any) -> Schema:
    """A number, or null where there is none."""
    return {"description": description, "type": ["number", "null"], **rest}


def amount(description: str) -> Schema:
    """A number that is not below zero: a length of time, a measure."""
    return number(description, minimum=0)


def maybe_amount(description: str) -> Schema:
    """Such a number, or null where there is none."""
    return maybe_number(description, minimum=0)


def share(description: str) -> Schema:
    """A share of one."""
    return number(description, minimum=0, maximum=1)


def maybe_share(description: str) -> Schema:
    """A share of one, or null where there is none."""
    return maybe_number(description, minimum=0, maximum=1)


def counts_of(keys: Iterable[str], description: str) -> Schema:
    """How many there are of each sort: a mapping that has all of them, those of which there is none too."""
    number: Schema = {"type": "integer", "minimum": 0}
    return {"description": description, "type": "object", "required": list(keys), "additionalProperties": number}


def flag(description: str) -> Schema:
    """True or false."""
    return {"description": description, "type": "boolean"}


def names(description: str) -> Schema:
    """A list of texts: addresses, names."""
    return list_of({"type": "string"}, description)


def change_class() -> Schema:
    """How far the change of a field travels."""
    return text("How far such a change travels.", enum=[one.value for one in ChangeClass])


def place(purpose: str) -> dict[str, Schema]:
    """The three keys of a place in a file; each is null where there is none."""
    number: Schema = {"type": ["integer", "null"], "minimum": 1}
    return {
        "file": maybe(f"The file {purpose}, relative to the root that was read, with / between its parts."),
        "line": {"description": "The line, from 1.", **number},
        "column": {"description": "The column in code points, from 1.", **number},
    }
