"""The fields that a project's mappings fill, held against the kinds: a field that no entry can have is said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from mofconf.kinds import KINDS
from mofconf.kinds.faults import Fault, Path
from mofconf.kinds.project import FieldMapping, ResourceMapping
from mofconf.kinds.shape import fields_by_name, model_within
from mofconf.spelling import did_you_mean, listed


def known_fields(rule: ResourceMapping, path: Path) -> tuple[ResourceMapping, tuple[Fault, ...]]:
    """The rule with those fields only that the kind has, and what is to be said of the others.

    ``path`` is where the rule stands in the project. Where the kind differs from entry to entry, a
    field is known if any kind has it.
    """
    models = _kinds(rule.kind)
    if not models:  # a kind that there is not is said of its entries
        return rule, ()
    faults: list[Fault] = []
    around = _Around(models, models[0].__name__ if len(models) == 1 else "", (*path, "fields"))
    fields = _known(around, rule.fields, faults)
    return rule.model_copy(update={"fields": fields}), tuple(faults)


class _Around(NamedTuple):
    """What fields stand in: the models that it may be, what people call it, and where it stands in the project."""

    models: Sequence[type[BaseModel]]
    called: str
    path: Path


def _kinds(rule: FieldMapping) -> Sequence[type[BaseModel]]:
    if rule.path or rule.key:
        return list(KINDS.values())
    return [KINDS[rule.value]] if isinstance(rule.value, str) and rule.value in KINDS else []


def _known(around: _Around, fields: Mapping[str, FieldMapping], faults: list[Fault]) -> Mapping[str, FieldMapping]:
    found = {}
    for target, field in fields.items():
        path = (*around.path, target)
        models, called = around.models, around.called
        for part in target.split("."):
            inside = [info for model in models if (info := fields_by_name(model).get(part))]
            if not inside:
                faults.append(_unknown(_Around(models, called, path), part))
                break
            models, called = [inner for info in inside if (inner := model_within(info))], part
            if not models:  # the rest is a key of one's own, as of a label, or said of the entries
                found[target] = field
                break
        else:
            items = _known(_Around(models, called, (*path, "items")), field.items, faults)
            if len(items) == len(field.items):
                found[target] = field
            elif items:
                found[target] = field.model_copy(update={"items": items})
    return found


def _unknown(around: _Around, part: str) -> Fault:
    names = sorted({name for model in around.models for name in fields_by_name(model)} - _HEAD)
    listing = f"{around.called} has {listed(names)}" if around.called else "`mofconf explain` lists the kinds"
    message = f"{around.called} has no field {part}" if around.called else f"no kind has a field {part}"
    return Fault("unknown-field", around.path, message, did_you_mean(part, names) or listing, at_key=True)


_HEAD = {"kind", "name", "apiVersion"}
