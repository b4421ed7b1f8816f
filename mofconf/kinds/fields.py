"""What the fields of a kind hold, in plain words: the facts behind explanations and reference pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from mofconf.kinds import KINDS
from mofconf.kinds.calendar import SPAN
from mofconf.kinds.job import CRON
from mofconf.kinds.relation import ChangeClass, Link
from mofconf.kinds.shape import CHANGE_CLASSES, models_within
from mofconf.kinds.values import CURRENCY, DATE, DURATION, NAME, PERCENTAGE
from mofconf.kinds.wording import description, field_words, summary, title
from mofconf.spelling import listed


class Field(NamedTuple):
    """One field. ``path`` is as users write it (``needs.effect``), ``type`` and ``default`` are words.

    Where it holds a mapping, ``value`` is what that is called, ``form`` what its docstring says, and ``inner`` are its
    fields. The ``change`` of an inner field is that of the field around it.
    """

    kind: str
    path: str
    type: str
    required: bool
    default: str
    words: str
    change: ChangeClass
    link: Link | None = None
    value: str = ""
    form: str = ""
    inner: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind in the order in which they are declared; those that all kinds share come first."""
    schema = KINDS[kind].model_json_schema()
    return tuple(_fields(kind, "", KINDS[kind], schema, schema.get("$defs", {})))


def every_field(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields and all within them."""
    for field in fields:
        yield field
        yield from every_field(field.inner)


COMMON = ("apiVersion", "kind", "name", "title", "description", "labels", "links", "formerly")
"""The fields that every kind has."""


def a(noun: str) -> str:
    """The noun with its article.

    >>> a("Asset"), a("Team")
    ('an Asset', 'a Team')
    """
    return f"{'an' if noun[0] in 'AEIOUaeiou' else 'a'} {noun}"


def _fields(kind: str, above: str, model: type[BaseModel], schema: Any, shared: Any) -> Iterator[Field]:
    words = field_words(model)
    required = schema.get("required", ())
    for attribute, info in model.model_fields.items():
        name = info.alias or attribute
        path = f"{above}.{name}" if above else name
        link = next((mark for mark in info.metadata if isinstance(mark, Link)), None)
        holds = next((inner for inner, _ in models_within(info.annotation)), None) if link is None else None
        written = schema["properties"][name]
        yield Field(
            kind,
            path,
            _type(written, shared, link),
            name in required,
            _default(written.get("default")),
            words.get(name) or (summary(holds) if holds else ""),
            CHANGE_CLASSES[kind][path.partition(".")[0]],
            link,
            title(holds) if holds else "",
            description(holds) if holds else "",
            tuple(_fields(kind, path, holds, _mapping(holds, shared), shared)) if holds else (),
        )


def _mapping(model: type[BaseModel], shared: Any) -> Any:
    """The part of a definition that has fields, where a value has a short form too."""
    whole = shared[model.__name__]
    return next(one for one in (whole, *whole.get("anyOf", ())) if "properties" in one)


def _default(value: object) -> str:
    return "" if value in (None, [], {}, "", False) else value if isinstance(value, str) else json.dumps(value)


# What a pattern means, for one and for several.
_PATTERNS: Mapping[str, tuple[str, str]] = {
    NAME: ("a name", "names"),
    PERCENTAGE: ("a percentage", "percentages"),
    DURATION: ("a length of time", "lengths of time"),
    DATE: ("a date", "dates"),
    CURRENCY: ("a currency", "currencies"),
    SPAN: ("a span of hours", "spans of hours"),
    CRON: ("a cron expression", "cron expressions"),
}
_TYPES: Mapping[str, tuple[str, str]] = {
    "string": ("text", "texts"),
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "boolean": ("true or false", "truth values"),
    "object": ("a mapping", "mappings"),
}


def _type(schema: Any, shared: Any, link: Link | None = None, *, many: bool = False) -> str:
    """A type in words. Examples say more than a grammar, so they stand behind it."""
    if link is not None and link.selects:
        return f"a list of {_names(link, many=True)}, or a selection as `{{select: kind=Asset}}`"
    if "$ref" in schema:
        return _type(shared[schema["$ref"].rpartition("/")[2]], shared, link, many=many)
    if "properties" in schema:
        return _TYPES["object"][many]
    if "anyOf" in schema:
        options = [_type(one, shared, link, many=many) for one in schema["anyOf"] if one != {"type": "null"}]
        return " or ".join(dict.fromkeys(options))
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`".replace('"', "")
    if "enum" in schema:
        return listed([f"`{one}`" for one in schema["enum"]], "or")
    if schema.get("type") == "array":
        return f"a list of {_type(schema['items'], shared, link, many=True)}"
    if schema.get("type") == "object":
        return _free_mapping(schema, shared)
    if isinstance(schema.get("type"), list):
        return "text, a number, true or false"
    if link is not None and schema.get("pattern") == NAME:
        return _names(link, many=many)
    one, several = _PATTERNS.get(schema.get("pattern", ""), _TYPES[schema["type"]])
    examples = schema.get("examples", ())
    return (several if many else one) + (f" (`{examples[0]}`)" if examples else "")


def _free_mapping(schema: Any, shared: Any) -> str:
    values = schema.get("additionalProperties")
    if isinstance(values, dict) and "not" not in values:  # what may be anything else is the value of a field
        return f"a mapping of your own keys to {_type(values, shared, many=True)}"
    return "a mapping of names to fields"


def _names(link: Link, *, many: bool) -> str:
    kinds = listed([f"{kind}s" for kind in link.kinds] if many else [a(kind) for kind in link.kinds], "or")
    builtin = "".join(f", or `{name}`" for name in link.builtin)
    return f"{'names of' if many else 'the name of'} {kinds}{builtin}"
