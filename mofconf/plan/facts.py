"""What a resource says, as flat values that can be compared: by path, with references resolved and order forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from mofconf.catalog import Catalog, Found, Resolved
from mofconf.kinds.need import Need
from mofconf.kinds.reading import Entry
from mofconf.kinds.resource import Value
from mofconf.kinds.subject import Select
from mofconf.kinds.values import show_duration, show_percentage

Leaf: TypeAlias = "bool | int | float | str | tuple[str, ...] | None"
Names: TypeAlias = Mapping[tuple[str | int, ...], str]

_HEAD = frozenset({"kind", "name", "api_version", "formerly"})


def facts(catalog: Catalog, entry: Entry, renamed: Mapping[str, str], other: Catalog) -> dict[str, Leaf]:
    """Every value of a resource by its dotted path.

    Names are replaced by the addresses that they mean, and those by what they are called now (``renamed``), so that
    a bare name, a full address and a former name of one resource are the same. A name that means nothing here, or too
    much, is taken for what it means in the ``other`` catalog: it is the same name, whatever became of its target.
    """
    names = {one.path: _meant(one, other) for one in catalog.references[entry.address]}
    current = {path: renamed.get(target, target) for path, target in names.items()}
    flat: dict[str, Leaf] = {}
    for attribute, info in type(entry.resource).model_fields.items():
        if attribute not in _HEAD:
            field = info.alias or attribute
            value = getattr(entry.resource, attribute)
            if attribute == "instances":
                value = tuple(value)
            flat.update(_flat(field, value, (field,), current))
    return flat


def _meant(one: Resolved, other: Catalog) -> str:
    if one.found in (Found.MISSING, Found.AMBIGUOUS, Found.WRONG_KIND):
        found, target, _ = other.resolve(one.text, one.link)
        if found in (Found.YES, Found.FORMER):
            return target
    return one.target or one.text


def _flat(path: str, value: object, at: tuple[str | int, ...], names: Names) -> Iterator[tuple[str, Leaf]]:
    if isinstance(value, Value):
        for attribute, info in type(value).model_fields.items():
            field = info.alias or attribute
            yield from _flat(f"{path}.{field}", getattr(value, attribute), (*at, field), names)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}", inner, (*at, key), names)
    elif isinstance(value, (tuple, list)):
        items = [_text(item, (*at, index), names) for index, item in enumerate(value)]
        if items:
            yield path, tuple(sorted(items))
    elif value is not None and value != "":
        yield path, names.get(at) or _scalar(value)


def _text(value: object, at: tuple[str | int, ...], names: Names) -> str:
    """One item of a list, in the words in which people see it."""
    if isinstance(value, Need):
        return _need(value, at, names)
    if isinstance(value, Select):
        return f"{{select: {value.select}}}"
    if isinstance(value, Value):
        inner = [f"{path.removeprefix('.')}: {_joined(leaf)}" for path, leaf in _flat("", value, at, names)]
        return ", ".join(inner)
    return names.get(at) or str(_scalar(value))


def _need(need: Need, at: tuple[str | int, ...], names: Names) -> str:
    if need.ref is not None:
        text = names.get((*at, "ref"), need.ref)
        if need.at_least is not None:
            text = f"{need.at_least} of {text}"
    else:
        field = "anyOf" if need.any_of else "of"
        members = [names.get((*at, field, index), name) for index, name in enumerate(need.group)]
        # With a failover the first member is the active one; otherwise the order says nothing.
        members = members if need.failover is not None else sorted(members)
        text = f"{need.at_least or 'any'} of {{{', '.join(members)}}}"
    marks = [
        f"failover {show_percentage(need.failover)}" if need.failover is not None else "",
        f"tolerates {show_duration(need.tolerates)}" if need.tolerates is not None else "",
        f"effect {need.effect}" if need.effect != "stops" else "",
    ]
    said = ", ".join(mark for mark in marks if mark)
    return f"{text} ({said})" if said else text


def _joined(leaf: Leaf) -> str:
    return ", ".join(leaf) if isinstance(leaf, tuple) else str(leaf)


_SHOWN: Mapping[type, Callable[..., str]] = {
    Decimal: show_percentage,
    timedelta: show_duration,
    date: date.isoformat,
}


def _scalar(value: object) -> Leaf:
    show = _SHOWN.get(type(value))
    if show is not None:
        return show(value)
    return value if isinstance(value, (bool, int, float, str)) else str(value)
