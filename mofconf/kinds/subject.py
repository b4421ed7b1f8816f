"""What something is about: names, or a selection that is made anew in every revision."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from mofconf.kinds.resource import Value
from mofconf.kinds.values import NAME, Text, read_name, shown, wrong


class Select(Value):
    """All resources that a selector matches, in the grammar of the command line."""

    select: Text
    """For example `kind=Asset,labels.tier=data`."""


def _read_subject(value: object) -> str | Select:
    if not isinstance(value, dict):
        return read_name(value)
    if set(value) != {"select"}:
        raise wrong("write a name, or {select: ...} and nothing else")
    if not isinstance(value["select"], str):
        raise wrong(f'{shown(value["select"])} is not a selector, write text such as "kind=Asset"')
    return Select(select=value["select"])


def _wrap(value: object) -> object:
    return [value] if isinstance(value, dict) else value


_SELECT: dict[str, Any] = {
    "type": "object",
    "properties": {"select": {"type": "string", "examples": ["kind=Asset,labels.tier=data"]}},
    "required": ["select"],
    "additionalProperties": False,
}
_SUBJECT: dict[str, Any] = {"anyOf": [{"type": "string", "pattern": NAME}, _SELECT]}

Subject: TypeAlias = Annotated[str | Select, PlainValidator(_read_subject)]
Subjects: TypeAlias = Annotated[
    tuple[Subject, ...],
    BeforeValidator(_wrap),
    WithJsonSchema({"anyOf": [{"type": "array", "items": _SUBJECT}, _SELECT]}),
]
