"""Drafts become resources, or misfits that say why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from mofconf.documents import MapMarks, Mark, Marks
from mofconf.formats.draft import Draft
from mofconf.kinds import KINDS
from mofconf.kinds.asset import Asset
from mofconf.kinds.faults import Fault, fault_of, unknown_kind
from mofconf.kinds.resource import Resource
from mofconf.kinds.service import Service
from mofconf.kinds.shape import Reference, Selection, mentions


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
        return Misfit(draft, (unknown_kind(draft),))
    try:
        resource = kind.model_validate(draft.value)
    except ValidationError as error:
        faults = [fault_of(draft, kind, detail) for detail in error.errors(include_url=False)]
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
