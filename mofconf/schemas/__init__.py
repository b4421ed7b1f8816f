"""Kinds become JSON Schema (draft-07), in the shape that editors complete and explain best.

The schema of all kinds is a list of `if` this kind `then` that definition, each closed: an editor then offers the
fields of the kind at hand, and says "unknown kind" rather than "matches nothing". Descriptions come from docstrings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from mofconf.kinds import KINDS
from mofconf.kinds.fields import a
from mofconf.kinds.relation import Link
from mofconf.kinds.shape import models_within
from mofconf.kinds.values import NAME
from mofconf.kinds.wording import description, field_words, summary, title
from mofconf.schemas.snippets import snippet
from mofconf.schemas.tidying import REFERENCE, described, ordered, tidy, used
from mofconf.spelling import listed

Schema: TypeAlias = dict[str, Any]
Known: TypeAlias = Mapping[str, Sequence[str]]
"""The names that exist, by kind."""

NOTHING: Known = {}


def schema_of_all(known: Known = NOTHING) -> Schema:
    """One schema for a document of any kind. Names in ``known`` are suggested; others stay allowed."""
    definitions = _definitions(tuple(KINDS), known)
    return ordered(
        {
            "$schema": _DRAFT,
            "title": "A mofconf resource",
            "description": "One document of mofconf: a service, an asset, an agreement, a team and so on.",
            "type": "object",
            "required": ["kind", "name"],
            "properties": {
                "apiVersion": definitions["Service"]["properties"]["apiVersion"],
                "kind": {
                    "description": "What this document describes.",
                    "type": "string",
                    "enum": list(KINDS),
                    "markdownEnumDescriptions": [summary(model) for model in KINDS.values()],
                },
                "name": definitions["Service"]["properties"]["name"],
            },
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                    "then": {"$ref": REFERENCE + kind},
                }
                for kind in KINDS
            ],
            "defaultSnippets": [snippet(kind, definitions) for kind in KINDS],
            "definitions": definitions,
        }
    )


def schema_of(kind: str, known: Known = NOTHING) -> Schema:
    """The schema of documents of one kind."""
    definitions = _definitions((kind,), known)
    own = definitions.pop(kind)
    needed = {name: definitions[name] for name in used(own, definitions)}
    return ordered(
        {
            "$schema": _DRAFT,
            **own,
            "defaultSnippets": [snippet(kind, {**definitions, kind: own})],
            "definitions": needed,
        }
    )


_DRAFT = "http://json-schema.org/draft-07/schema#"


def _definitions(kinds: Sequence[str], known: Known) -> Schema:
    """The kinds, every value inside of kinds, and what an instance may say, by name and in alphabetical order."""
    chosen = [KINDS[kind] for kind in kinds]
    _, made = models_json_schema([(kind, "validation") for kind in chosen], ref_template=REFERENCE + "{model}")
    models = {model.__name__: model for kind in chosen for model in _models(kind)}
    found = {name: _definition(models[name], made["$defs"][name], known) for name in sorted(models)}
    for kind in kinds:
        if "instances" in found[kind]["properties"]:
            words = found[kind]["properties"]["instances"]["description"]
            found[kind]["properties"]["instances"] = {"description": words, **_instances(kind)}
            found[f"{kind}Instance"] = _instance(kind, found[kind])
    return found | _suggestions(known)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and all values inside of it that are written with fields of their own."""
    yield model
    for field in model.model_fields.values():
        if not any(isinstance(mark, Link) for mark in field.metadata):
            for inner, _ in models_within(field.annotation):
                yield from _models(inner)


def _definition(model: type[BaseModel], made: Schema, known: Known) -> Schema:
    """What pydantic says of a model, in the words of its docstrings."""
    schema: Schema = tidy(made)
    fields = _fields_of(schema)
    links = {
        field.alias or attribute: mark
        for attribute, field in model.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Link)
    }
    if links and "anyOf" in schema:  # bare text means the first field that refers: a need's `ref`
        schema["anyOf"][0] = _suggesting(schema["anyOf"][0], next(iter(links.values())), known)
    words = field_words(model)
    for name, field in fields["properties"].items():
        field.pop("description", None)  # the same words, if pydantic read them too
        said = [words.get(name, "")]
        if name in links:
            fields["properties"][name] = _suggesting(field, links[name], known)
            said.append(_refers(links[name], many="items" in field))
        if any(said):
            words_of_field = " ".join(part for part in said if part)
            fields["properties"][name] = described(fields["properties"][name], words_of_field)
    if model.__name__ in KINDS:
        fields["properties"]["kind"]["description"] = summary(model)
    schema |= {"title": title(model), "description": description(model)}
    fields |= _TIGHTER.get(model.__name__, {})
    return schema


def _fields_of(schema: Schema) -> Schema:
    """The part of a definition that describes the mapping, where a value has a short form too."""
    return next(one for one in (schema, *schema.get("anyOf", ())) if "properties" in one)


def _instances(kind: str) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": NAME},
        "additionalProperties": {"anyOf": [{"type": "null"}, {"$ref": f"{REFERENCE}{kind}Instance"}]},
    }


def _instance(kind: str, whole: Schema) -> Schema:
    """One of many: the same fields, none of them required, without those that only the whole has."""
    fields = {
        name: field
        for name, field in whole["properties"].items()
        if name not in ("apiVersion", "kind", "name", "instances", "up")
    }
    return {
        "title": f"An instance of {a(kind)}",
        "description": "The fields in which this instance differs. They replace those of the whole.",
        "type": "object",
        "properties": fields,
        "additionalProperties": False,
    }


# What models check with code of their own, and a schema can say as well.
_NOT_FOR_THIS_FORMAT = {
    "resources": ("mapping", {"required": ["resources"], "properties": {"resources": {"minItems": 1}}}),
    "profiles": ("compose", {}),
    "annotations": ("backstage", {}),
}
_TIGHTER: Mapping[str, Schema] = {
    "SourceMapping": {
        "allOf": [
            {
                "if": {"properties": {"format": {"const": format_}}, "required": ["format"]},
                "then": then,
                "else": {"properties": {field: False}},
            }
            for field, (format_, then) in _NOT_FOR_THIS_FORMAT.items()
        ]
    },
    "FieldMapping": {
        "anyOf": [
            {"required": ["path"], "properties": {"path": {"not": {"const": []}}}},
            {"required": ["key"], "properties": {"key": {"const": True}}},
            {"required": ["value"]},
        ]
    },
}


def _refers(link: Link, *, many: bool) -> str:
    """To what a field refers, in a sentence."""
    builtin = "".join(f", or is `{name}`" for name in link.builtin)
    return f"{'Each names' if many else 'Names'} {listed(map(a, link.kinds), 'or')}{builtin}."


def _suggesting(schema: Any, link: Link, known: Known) -> Any:
    """The schema of a field that offers the names that exist beside any other name."""
    if isinstance(schema, list):
        return [_suggesting(one, link, known) for one in schema]
    if not isinstance(schema, dict) or not _names(link, known):
        return schema
    if schema.get("pattern") == NAME:
        return {"anyOf": [{"$ref": REFERENCE + _suggestion(link)}, schema]}
    return {key: _suggesting(one, link, known) for key, one in schema.items()}


def _suggestion(link: Link) -> str:
    return "Known" + "Or".join(link.kinds)


def _suggestions(known: Known) -> Schema:
    """The lists of names that exist, for the fields that refer to them."""
    links = {
        _suggestion(link): link
        for kind in KINDS.values()
        for model in _models(kind)
        for field in model.model_fields.values()
        for link in field.metadata
        if isinstance(link, Link)
    }
    return {
        name: {"title": f"A known {listed(links[name].kinds, 'or')}", "enum": names}
        for name in sorted(links)
        if (names := _names(links[name], known))
    }


def _names(link: Link, known: Known) -> list[str]:
    """The names that a field can mean: bare where that is clear, with the kind where it is not."""
    count = Counter(name for kind in link.kinds for name in known.get(kind, ()))
    written = {name if count[name] == 1 else f"{kind}/{name}" for kind in link.kinds for name in known.get(kind, ())}
    return sorted(written | set(link.builtin)) if written else []
