"""Why a draft does not fit its kind, in words that help: what pydantic found, told of the YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mofconf.formats.draft import Draft
from mofconf.kinds import KINDS
from mofconf.kinds.resource import Resource
from mofconf.kinds.shape import fields_by_name, model_within
from mofconf.kinds.values import no_name, no_text, shown
from mofconf.spelling import did_you_mean, likely, listed

Path: TypeAlias = tuple[str | int, ...]


class Fault(NamedTuple):
    """Why a draft does not fit its kind. ``rule`` names the rule that reports it; ``at_key``: the key is to blame."""

    rule: str
    path: Path
    message: str
    hint: str = ""
    at_key: bool = False


def fault_of(draft: Draft, kind: type[Resource], error: Any) -> Fault:
    """What pydantic found, in our own words. ``error`` is one of its `ErrorDetails`."""
    path, written = _visible(draft.value, error["loc"])
    name, value, context = error["type"], error["input"], error.get("ctx", {})
    field = str(path[-1]) if path else ""
    if name == "missing":
        missing = error["loc"][-1]
        return Fault("missing-field", path[:-1] if written else path, f"{missing} is missing", f"write {missing}:")
    if name == "extra_forbidden":
        known = _fields_around(kind, path)
        where = draft.kind if len(path) == 1 else _last_word(path[:-1])
        hint = did_you_mean(field, known) or f"{where} has {listed(known)}"
        return Fault("unknown-field", path, f"{where} has no field {field}", hint, at_key=True)
    if value is None:
        hint = "write a value, " + ("it cannot be left out" if _is_required(kind, path) else "or leave the line out")
        return Fault("invalid-value", path, f"{_last_word(path)} is empty", hint, at_key=True)
    message = _WORDS[name](value, context) if name in _WORDS else error["msg"]
    hint = _choice(draft, path, value, _options(context)) if name == "literal_error" and isinstance(value, str) else ""
    return Fault("invalid-value", path, f"{_last_word(path)}: {message}", hint)


def unknown_kind(draft: Draft) -> Fault:
    """Why a draft has no kind that we know."""
    written = draft.value.get("kind")
    if "kind" not in draft.value:
        return Fault("missing-field", (), "kind is missing: it says what this document describes", _kinds())
    if written is None:
        return Fault("unknown-kind", ("kind",), "kind is empty", _kinds(), at_key=True)
    if not isinstance(written, str):
        return Fault("unknown-kind", ("kind",), f"{shown(written)} is not a kind", _kinds())
    return Fault("unknown-kind", ("kind",), f"{written} is not a kind", did_you_mean(written, KINDS) or _kinds())


def _kinds() -> str:
    return f"the kinds are {listed(KINDS)}"


def _choice(draft: Draft, path: Path, value: str, options: Sequence[str]) -> str:
    """What to write in place of a value that is not one of several. What is mapped is better translated."""
    near = did_you_mean(value, options)
    if draft.format != "mapping" or draft.place(*path).file != draft.file:
        return near
    plain = _PLAIN.fullmatch(value) and value.casefold() not in ("true", "false", "null")
    key = value if plain else json.dumps(value, ensure_ascii=False)
    best = next(iter(likely(value, options)), options[0])
    translate = f"mapping's alias can translate it to one of these, for example `alias: {{{key}: {best}}}`"
    return f"{near + ' The' if near else 'the'} {translate}"


_PLAIN = re.compile(r"[A-Za-z](?:[\w ./-]*[\w./-])?")  # what YAML reads as text where it stands as a key


def _last_word(path: Path) -> str:
    """The name of the value that is wrong: its key, with the index where it stands in a list."""
    if path and isinstance(path[-1], int):
        words = [part for part in path if isinstance(part, str)]
        return f"{words[-1] if words else 'item'}[{path[-1]}]"
    return str(path[-1]) if path else "this document"


def _options(context: Mapping[str, Any]) -> list[str]:
    return [option.strip("' ") for option in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]


_WORDS: Mapping[str, Any] = {
    "value": lambda _, context: context["message"],
    "literal_error": lambda value, context: (
        f"{shown(value)} is not one of {listed(_options(context), 'or')}"
        if len(_options(context)) > 1
        else f"{shown(value)} should be {_options(context)[0].lower()}"
    ),
    "string_type": lambda value, _: no_text(value),
    "string_pattern_mismatch": lambda value, _: no_name(value),
    "tuple_type": lambda value, _: f"{shown(value)} is not a list, write each item behind a dash",
    "dict_type": lambda value, _: f"{shown(value)} is not a mapping, write key: value",
    "mapping_type": lambda value, _: f"{shown(value)} is not a mapping, write key: value",
    "model_type": lambda value, _: f"{shown(value)} is not a mapping, write key: value",
    "model_attributes_type": lambda value, _: f"{shown(value)} is not a mapping, write key: value",
    "int_type": lambda value, _: f"{shown(value)} is not a whole number",
    "float_type": lambda value, _: f"{shown(value)} is not a number",
    "finite_number": lambda value, _: f"{shown(value)} is not a number to reckon with",
    "bool_type": lambda value, _: f"{shown(value)} is neither true nor false",
    "bool_parsing": lambda value, _: f"{shown(value)} is neither true nor false",
    "greater_than_equal": lambda value, context: f"{shown(value)} is less than {context['ge']:g}",
}


def _visible(value: object, location: Iterable[str | int]) -> tuple[Path, bool]:
    """The part of pydantic's location that was really written, and whether that is all of it.

    Pydantic adds steps that no document has: the key of a mapping as such, a short form's long form.
    """
    path: list[str | int] = []
    for part in location:
        if part == "[key]":
            break
        inside = _inside(value, part)
        if inside is None:
            return tuple(path), False
        (value,) = inside
        path.append(part)
    return tuple(path), True


def _inside(value: object, part: str | int) -> tuple[object] | None:
    """What stands under one step of a path; ``None`` where there is no such step."""
    if isinstance(value, Mapping) and part in value:
        return (value[part],)
    if isinstance(value, (list, tuple)) and isinstance(part, int) and part < len(value):
        return (value[part],)
    return None


def _fields_around(kind: type[Resource], path: Path) -> list[str]:
    """The fields that the mapping around the last step of the path may have."""
    return sorted(name for name in _fields(kind, path[:-1]) if name not in ("kind", "apiVersion"))


def _is_required(kind: type[Resource], path: Path) -> bool:
    """Whether the field at the end of a path is one that nobody may leave out."""
    field = _fields(kind, path[:-1]).get(str(path[-1])) if path else None
    return field is not None and field.is_required()


def _fields(kind: type[Resource], path: Path) -> Mapping[str, FieldInfo]:
    """The fields of the mapping at a path, by the names that users write. None where it has no fields of ours."""
    model: type[BaseModel] | None = kind
    for part in path:
        if isinstance(part, str):
            field = fields_by_name(model).get(part) if model else None
            model = model_within(field) if field else None
    return fields_by_name(model) if model else {}
