"""What the types of the kinds say about their fields: which of them refer, and how far a change of one travels.

Worked out once from the marks in the types, so that a reference is declared in one place only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mofconf.kinds import KINDS
from mofconf.kinds.relation import ChangeClass, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.subject import Select


class Reference(NamedTuple):
    """One name that a resource mentions: where, the text as written, and what the field means by it."""

    path: tuple[str | int, ...]
    text: str
    link: Link


class Selection(NamedTuple):
    """One ``{select: ...}`` in a resource."""

    path: tuple[str | int, ...]
    selector: str
    link: Link


class _Referring(NamedTuple):
    attribute: str
    field: str
    link: Link | None  # None: look inside, the value is a mapping with references of its own


def mentions(resource: Resource) -> tuple[tuple[Reference, ...], tuple[Selection, ...]]:
    """Everything that a resource refers to by name, and by selectors, in the order of its fields."""
    named: list[Reference] = []
    selected: list[Selection] = []
    _gather(resource, (), named, selected)
    return tuple(named), tuple(selected)


def change_class(kind: str, field: str) -> ChangeClass:
    """How far a change of a top-level field travels."""
    return CHANGE_CLASSES[kind][field]


def _gather(value: BaseModel, above: tuple[str | int, ...], named: list[Reference], selected: list[Selection]) -> None:
    values = value.__dict__  # quicker than getattr, and this is asked for every field of every resource
    make = tuple.__new__  # what a NamedTuple does, without the function around it
    for attribute, field, link in _REFERRING[type(value)]:
        held = values[attribute]
        if not held:
            continue
        if type(held) is str:
            named.append(make(Reference, ((*above, field), held, link)))
        elif type(held) is tuple:
            for index, item in enumerate(held):
                if type(item) is str:
                    named.append(make(Reference, ((*above, field, index), item, link)))
                elif link is None:
                    _gather(item, (*above, field, index), named, selected)
                else:
                    selected.append(Selection((*above, field, index), item.select, link))
        else:
            _gather(held, (*above, field), named, selected)


def _change_class(field: FieldInfo) -> ChangeClass:
    return next(mark for mark in field.metadata if isinstance(mark, ChangeClass))


def models_within(annotation: Any) -> Iterator[tuple[type[BaseModel], bool]]:
    """The models that a type holds, each with whether it holds many of them."""
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, False
    elif origin is Annotated:
        yield from models_within(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for option in get_args(annotation):
            yield from models_within(option)
    elif origin is tuple:
        for model, _ in models_within(get_args(annotation)[0]):
            yield model, True


def fields_by_name(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model by the names that users write."""
    return {info.alias or attribute: info for attribute, info in model.model_fields.items()}


def model_within(field: FieldInfo) -> type[BaseModel] | None:
    """The model that a field holds, one of it or many; ``None`` where it holds no fields of ours."""
    return next((inner for inner, _ in models_within(field.annotation)), None)


def _referring(model: type[BaseModel]) -> tuple[_Referring, ...]:
    found = []
    for attribute, field in model.model_fields.items():
        alias = field.alias or attribute
        link = next((mark for mark in field.metadata if isinstance(mark, Link)), None)
        if link is not None:
            found.append(_Referring(attribute, alias, link))
            continue
        if any(inner is not Select and _referring(inner) for inner, _ in models_within(field.annotation)):
            found.append(_Referring(attribute, alias, None))
    return tuple(found)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner, _ in models_within(field.annotation):
            if inner is not model:
                yield from _models(inner)


_REFERRING: Mapping[type[BaseModel], tuple[_Referring, ...]] = {
    model: _referring(model) for kind in KINDS.values() if kind.__name__ != "Project" for model in _models(kind)
} | {KINDS["Project"]: ()}

CHANGE_CLASSES: Mapping[str, Mapping[str, ChangeClass]] = {
    name: {field.alias or attribute: _change_class(field) for attribute, field in kind.model_fields.items()}
    for name, kind in KINDS.items()
}
