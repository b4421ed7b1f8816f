"""Drafts become resources, or misfits that say why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError

from mofconf.documents import MapMarks, Mark, Marks
from mofconf.formats.draft import Draft
from mofconf.kinds import KINDS
from mofconf.kinds.asset import Asset
from mofconf.kinds.resource import Resource
from mofconf.kinds.service import Service
from mofconf.kinds.shape import Reference, Selection, mentions, models_within
from mofconf.kinds.values import no_name, no_text, shown
from mofconf.spelling import did_you_mean, listed

Path: TypeAlias = tuple[str | int, ...]


class Fault(NamedTuple):
    """Why a draft does not fit its kind. ``rule`` names the rule that reports it; ``at_key``: the key is to blame."""

    rule: str
    path: Path
    message: str
    hint: str = ""
    at_key: bool = False


class Entry(NamedTuple):
    """A resource and where it was written.

    A resource with instances has their addresses in ``instances``; each instance is an entry of its own, whose
    ``instance_of`` is the address of the whole. ``mentions`` is everything that the resource refers to by name,
    ``selections`` what it refers to by a selector.
    """

    address: str
    resource: Resource
    draft: Draft
    instances: tuple[str, ...] = ()
    instance_of: str = ""
    mentions: tuple[Reference, ...] = ()
    selections: tuple[Selection, ...] = ()


class Misfit(NamedTuple):
    """A draft that does not fit its kind, and why. Its address stays taken: it is unknown, not gone."""

    draft: Draft
    faults: tuple[Fault, ...]


def fit(draft: Draft) -> tuple[Entry | Misfit, ...]:
    """The resource that a draft describes, followed by its instances where it has some."""
    whole = _fit(draft)
    if not isinstance(whole, Entry) or not (named := _instances(whole.resource)):
        return (whole,)
    shared = _shared(draft)
    instances = [_fit_instance(draft, shared, str(name)) for name in named]
    addresses = tuple(sorted(_address(one) for one in instances))
    return (
        whole._replace(instances=addresses),
        *(one._replace(instance_of=whole.address) if isinstance(one, Entry) else one for one in instances),
    )


def _instances(resource: Resource) -> Collection[str]:
    return resource.instances if isinstance(resource, (Asset, Service)) else ()


def _address(one: Entry | Misfit) -> str:
    return one.address if isinstance(one, Entry) else one.draft.address


def _fit(draft: Draft) -> Entry | Misfit:
    kind = KINDS.get(draft.kind)
    if kind is None:
        return Misfit(draft, (_unknown_kind(draft),))
    try:
        resource = kind.model_validate(draft.value)
    except ValidationError as error:
        faults = [_fault(draft, kind, detail) for detail in error.errors(include_url=False)]
        return Misfit(draft, tuple(dict.fromkeys(faults)))
    named, selected = mentions(resource)
    return Entry(draft.address, resource, draft, (), "", named, selected)


def _fit_instance(draft: Draft, shared: Draft, name: str) -> Entry | Misfit:
    own = _mapping(_mapping(draft.value["instances"]).get(name))
    instance = _instance(draft, shared, name, own)
    strange = [field for field in own if field in _NOT_ITS_OWN]
    if not strange:
        return _fit(instance)
    hint = "an instance has the fields of its kind, but no instances of its own; its name is its key"
    faults = (
        Fault("unknown-field", (field,), f"an instance has no field {field}", hint, at_key=True) for field in strange
    )
    return Misfit(instance, tuple(faults))


def _unknown_kind(draft: Draft) -> Fault:
    written = draft.value.get("kind")
    if "kind" not in draft.value:
        return Fault("missing-field", (), "kind is missing: it says what this document describes", _kinds())
    if not isinstance(written, str):
        return Fault("unknown-kind", ("kind",), f"{shown(written)} is not a kind", _kinds())
    return Fault("unknown-kind", ("kind",), f"{written} is not a kind", did_you_mean(written, KINDS) or _kinds())


def _kinds() -> str:
    return f"the kinds are {listed(KINDS)}"


def _shared(draft: Draft) -> Draft:
    """What a resource says for each of its instances."""
    value = {key: value for key, value in draft.value.items() if key not in _OF_THE_WHOLE}
    marks = {key: mark for key, mark in draft.marks.fields.items() if key not in _OF_THE_WHOLE}
    return draft._replace(value=value, marks=MapMarks(draft.marks.at, marks))


def _instance(draft: Draft, shared: Draft, name: str, own: Mapping[str, Any]) -> Draft:
    """One instance as a draft of its own: the fields of the whole, replaced by those that it states itself."""
    key, own_marks = _instance_marks(draft, name)
    full = f"{draft.name}/{name}"
    value = {**shared.value, **own, "kind": draft.kind, "name": full}
    own_fields = own_marks.fields if isinstance(own_marks, MapMarks) else {}
    fields = {**shared.marks.fields, **own_fields, "name": (key, key)}
    assumed = draft.assumed - own.keys()
    return draft._replace(name=full, value=value, marks=MapMarks(key, fields), assumed=assumed)


_OF_THE_WHOLE = frozenset({"instances", "up", "formerly", "title", "description", "name"})
_NOT_ITS_OWN = ("apiVersion", "kind", "name", "instances", "up")


def _instance_marks(draft: Draft, name: str) -> tuple[Mark, Marks]:
    _, marks = draft.marks.fields["instances"]
    if isinstance(marks, MapMarks) and name in marks.fields:
        return marks.fields[name]
    return draft.marks.at, draft.marks.at


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _fault(draft: Draft, kind: type[Resource], error: Any) -> Fault:
    """What pydantic found, in our own words."""
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
    if value is None and name != "value":
        return Fault("invalid-value", path, f"{field} is empty", "write a value, or leave the line out")
    message = _WORDS[name](value, context) if name in _WORDS else error["msg"]
    hint = did_you_mean(value, _options(context)) if name == "literal_error" and isinstance(value, str) else ""
    return Fault("invalid-value", path, f"{_last_word(path)}: {message}", hint)


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
        else f"{shown(value)} should be {_options(context)[0]}"
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
    "greater_than_equal": lambda value, context: f"{shown(value)} is less than {context['ge']}",
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
    schema: Any = kind
    for part in path[:-1]:
        if isinstance(part, str) and hasattr(schema, "model_fields"):
            schema = _field_type(schema, part)
    fields = getattr(schema, "model_fields", {})
    names = [field.alias or attribute for attribute, field in fields.items()]
    return sorted(name for name in names if name not in ("kind", "apiVersion"))


def _field_type(model: Any, field: str) -> Any:
    for attribute, info in model.model_fields.items():
        if field in (info.alias, attribute):
            return next((inner for inner, _ in models_within(info.annotation)), None)
    return None
