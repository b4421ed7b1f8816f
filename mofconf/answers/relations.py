"""What relations mean, in plain words, and which fields make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mofconf.kinds import KINDS
from mofconf.kinds.fields import every_field, fields_of
from mofconf.kinds.relation import RELATIONS, ChangeClass, Relation
from mofconf.spelling import listed

TRAVELS: Mapping[ChangeClass, str] = {
    ChangeClass.COSMETIC: "to nobody",
    ChangeClass.OWNERSHIP: "to those who are named",
    ChangeClass.CONTRACT: "to promises and those who hold them",
    ChangeClass.AVAILABILITY: "to everything that depends on it",
    ChangeClass.SECURITY: "to everything that depends on it",
    ChangeClass.SCHEDULE: "to what is planned",
}
"""How far a change of a field travels, by its class."""

_GONE: Mapping[str, str] = {
    "broken": "is left with a reference to nothing",
    "vacant": "is left vacant",
    "orphaned": "is left with nothing to be about",
}
_CHANGED: Mapping[str, str] = {
    "exposed": "is exposed: look at it first",
    "recomputed": "is computed anew",
    "notified": "should be told",
    "rescheduled": "may have to move",
    "": "takes no notice",
}


class Made(NamedTuple):
    """One way in which a relation comes about: a field of a kind that names other kinds."""

    relation: Relation
    kind: str
    field: str
    targets: tuple[str, ...]


def ways() -> tuple[Made, ...]:
    """Every field that refers, under its first part: `clusters`, not `clusters.release`."""
    found = {
        Made(field.link.relation, kind, field.path.partition(".")[0], field.link.kinds): None
        for kind in KINDS
        for field in every_field(fields_of(kind))
        if field.link is not None
    }
    return tuple(found)


def relation_named(name: str) -> Relation | None:
    """The relation that a name means, in either direction and with or without its verb: `owned-by`."""
    wanted = _bare(name)
    for relation in RELATIONS:
        if wanted in (_bare(relation.name), _bare(relation.inverse)):
            return relation
    return None


def effects(relation: Relation, source: str, target: str) -> tuple[str, str, str]:
    """What flows along a relation when the target fails, goes or changes, each as a sentence."""
    outage = f"the {source} can go down with it" if relation.outage else "no outage flows"
    return (
        f"When the {target} fails: {outage}.",
        f"When the {target} is removed: the {source} {_GONE[relation.removal]}.",
        f"When the {target} changes: the {source} {_CHANGED[relation.change]}.",
    )


def sentences(kind: str, every: Iterable[Made]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The relations of a kind as lines: those that its own fields make, and those that others make to it."""
    out: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    into: dict[str, list[str]] = {}
    for made in every:
        if made.kind == kind:
            out.setdefault((made.relation.name, made.targets), []).append(f"`{made.field}`")
        if kind in made.targets:
            into.setdefault(made.relation.inverse, []).append(f"{made.kind} (`{made.field}`)")
    return (
        tuple(
            f"{relation} {listed(targets, 'or')} ({', '.join(fields)})" for (relation, targets), fields in out.items()
        ),
        tuple(f"{inverse} {', '.join(those)}" for inverse, those in into.items()),
    )


def _bare(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split()).removeprefix("is ")
