"""JSON Schema becomes the one that is written: what only its maker needs goes, the rest gets an order."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

REFERENCE = "#/definitions/"
"""What every reference to a definition begins with."""


def tidy(schema: Any) -> Any:
    """What pydantic wrote, without what only it needs: titles made of names, defaults that say nothing."""
    if isinstance(schema, list):
        return [tidy(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: tidy(field) for name, field in one.items()} if key == "properties" else tidy(one)
        for key, one in schema.items()
        if key != "title" and not (key == "default" and one in (None, [], {}, "", False))
    }


def described(schema: Schema, words: str) -> Schema:
    """The schema with a description. Draft-07 has no ear for what stands beside a reference, so that moves inside."""
    inside = {"allOf": [{"$ref": schema["$ref"]}]} if "$ref" in schema else {}
    return {key: value for key, value in schema.items() if key != "$ref"} | inside | {"description": words}


def used(schema: Any, definitions: Schema) -> list[str]:
    """The names of the definitions that a schema leads to, in alphabetical order."""
    found: set[str] = set()
    ahead = [schema]
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).removeprefix(REFERENCE)
            if name in definitions and name not in found:
                found.add(name)
                ahead.append(definitions[name])
            ahead.extend(one.values())
        elif isinstance(one, list):
            ahead.extend(one)
    return sorted(found)


def ordered(schema: Schema) -> Schema:
    """The keywords in the order in which people read them. What users name (fields, definitions) stays as it is."""
    result: Schema = _ordered(schema)
    return result


def _ordered(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_ordered(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    rank = {key: index for index, key in enumerate(_ORDER)}
    return {
        key: schema[key]
        if key in _AS_IT_IS
        else {name: _ordered(one) for name, one in schema[key].items()}
        if key in _NAMED
        else _ordered(schema[key])
        for key in sorted(schema, key=lambda key: (rank.get(key, len(rank)), key))
    }


_ORDER = (
    "$schema",
    "title",
    "description",
    "$ref",
    "type",
    "const",
    "enum",
    "pattern",
    "default",
    "examples",
    "required",
    "properties",
    "if",
    "then",
    "else",
)
_NAMED = ("properties", "definitions", "dependencies")
_AS_IT_IS = ("defaultSnippets",)  # an editor writes them in this order
