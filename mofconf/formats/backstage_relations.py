"""Who needs and belongs to whom in a Backstage catalog: references resolved, inverse relations turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.diagnostic import Related
from mofconf.formats.backstage_entities import KINDS, Entity, Shelf, address_of, key
from mofconf.formats.draft import Problem
from mofconf.formats.written import Written, plain_text
from mofconf.spelling import listed

RUNNING = ("component", "resource")
"""The kinds that depend on one another."""


class Reference(NamedTuple):
    """An entity that another names: its kind in lower case, its address, and its name with the namespace."""

    at: Written
    kind: str
    address: str
    name: str


class Relations(NamedTuple):
    """What is said about each address, wherever it is said: the others' addresses with their places."""

    needs: dict[str, dict[str, Written]]
    providers: dict[str, dict[str, Written]]
    members: dict[str, dict[str, Written]]
    wholes: dict[str, Written]


class Index(NamedTuple):
    """The entities, and how to find them."""

    entities: Sequence[Entity]
    by_key: Mapping[tuple[str, str, str], Entity]
    addresses: frozenset[str]
    shelf: Shelf

    def named(self, entity: Entity, spec: Written | None, field: str, kinds: Sequence[str]) -> Iterator[Reference]:
        """The entities that a field names, one or a list.

        A reference without a kind means the first of ``kinds`` in which there is an entity of that name.
        """
        value = self.shelf.get(spec, field)
        if value is None or value.value is None:
            return
        for item in self.shelf.items(value) if isinstance(value.value, list) else [value]:
            reference = self.reference(entity, item, kinds)
            if reference and reference.kind in (*kinds, *_ALSO.get(field, ())):
                yield reference
            elif reference:
                named = f"{reference.kind} {reference.name}"
                message = f"{field} of {entity.address} names the {named}, and no {' or '.join(kinds)}"
                hint = f"write {kinds[0]}:{reference.name}, if there is one"
                self.shelf.say("wrong-kind-of-reference", item, message, hint, entity.address, reference.name)

    def reference(self, entity: Entity, at: Written, kinds: Sequence[str]) -> Reference | None:
        """What ``[kind:][namespace/]name`` or a mapping of the three means; a problem where it is neither."""
        if isinstance(at.value, Mapping):
            parts = [plain_text(part.value) if (part := at.get(name)) else None for name in _PARTS]
            kind, namespace, name = (part or "" for part in parts)
        else:
            before, colon, after = (plain_text(at.value) or "").strip().rpartition(":")
            space, slash, name = after.partition("/")
            kind, namespace, name = before, space if slash else "", name if slash else space
            if (colon and not before) or (slash and not space):
                name = ""
        if not name or (kind and kind.lower() not in KINDS):
            shown = f"'{text}'" if (text := plain_text(at.value)) else "what stands here"
            message = f"{shown} is not a reference to a Backstage entity"
            hint = f"write [kind:][namespace/]name, where the kind is {listed(KINDS, 'or')}"
            self.shelf.say("invalid-value", at, message, hint, entity.address)
            return None
        namespace = namespace or entity.namespace
        candidates = (kind.lower(),) if kind else kinds
        for candidate in candidates:
            found = self.by_key.get(key(candidate, namespace, name))
            if found:
                return Reference(at, found.kind, found.address, _spelled(found.namespace, found.name))
        first = candidates[0]
        return Reference(at, first, address_of(first, namespace, name), _spelled(namespace, name))


_PARTS = ("kind", "namespace", "name")

_ALSO: Mapping[str, Sequence[str]] = {
    "owner": ("user",),
    "dependsOn": ("api", "system"),
    "dependencyOf": ("api", "system"),
    "subcomponentOf": ("resource", "system"),
}
"""Kinds that a field may name beside those that it means without a kind."""


def index(entities: Sequence[Entity], shelf: Shelf) -> Index:
    """The index of some entities."""
    by_key = {entity.key: entity for entity in reversed(entities)}
    return Index(entities, by_key, frozenset(entity.address for entity in entities), shelf)


def relations(known: Index) -> Relations:
    """All relations but those of ownership and of domains, which stay with the entity that says them.

    An inverse relation is turned round, so that each stands with the one that it starts from.
    """
    made = Relations({}, {}, {}, {})
    for entity in known.entities:
        spec = known.shelf.mapping(entity.root, "spec")
        if entity.kind in RUNNING:
            _relate_running(known, entity, spec, made)
        if entity.kind in (*RUNNING, "api"):
            for system in known.named(entity, spec, "system", ("system",)):
                _turn(known, entity, system, made.needs)
        if entity.kind == "group":
            _relate_group(known, entity, spec, made)
        if entity.kind == "user":
            for group in known.named(entity, spec, "memberOf", ("group",)):
                _turn(known, entity, group, made.members)
    for entity in known.entities:
        if entity.kind == "group":
            _relate_children(known, entity, made)
    return made


def _relate_group(known: Index, entity: Entity, spec: Written | None, made: Relations) -> None:
    for parent in known.named(entity, spec, "parent", ("group",)):
        _set_whole(known, made, entity.address, parent.at.saying(parent.name))
    for member in known.named(entity, spec, "members", ("user",)):
        made.members.setdefault(entity.address, {}).setdefault(member.name, member.at)


def _relate_children(known: Index, entity: Entity, made: Relations) -> None:
    """After all parents, which win: a group knows its parent better than another group does."""
    spec = known.shelf.mapping(entity.root, "spec")
    for child in known.named(entity, spec, "children", ("group",)):
        if _is_there(known, entity, child):
            name = _spelled(entity.namespace, entity.name)
            _set_whole(known, made, child.address, child.at.saying(name))


def _relate_running(known: Index, entity: Entity, spec: Written | None, made: Relations) -> None:
    needs = made.needs.setdefault(entity.address, {})
    for target in known.named(entity, spec, "dependsOn", RUNNING):
        needs.setdefault(target.address, target.at)
    for api in known.named(entity, spec, "consumesApis", ("api",)):
        needs.setdefault(api.address, api.at)
    for target in known.named(entity, spec, "dependencyOf", RUNNING):
        _turn(known, entity, target, made.needs)
    for field in ("providesApis", "implementsApis"):
        for api in known.named(entity, spec, field, ("api",)):
            _turn(known, entity, api, made.providers)
    for whole in known.named(entity, spec, "subcomponentOf", ("component",)):
        if entity.address.startswith("Asset/") and whole.address.startswith("Asset/"):
            _set_whole(known, made, entity.address, whole.at.saying(whole.name))
        else:
            _turn(known, entity, whole, made.needs)


def _turn(known: Index, entity: Entity, other: Reference, into: dict[str, dict[str, Written]]) -> None:
    if _is_there(known, entity, other):
        # Members can only be people, so their names do; what is needed may be a service or an asset.
        said = _spelled(entity.namespace, entity.name) if entity.kind == "user" else entity.address
        into.setdefault(other.address, {}).setdefault(said, other.at)


def _is_there(known: Index, entity: Entity, other: Reference) -> bool:
    if other.address in known.addresses:
        return True
    known.shelf.say(
        "dangling-reference",
        other.at,
        f"{entity.address} names {other.address or other.name}, which is not in this Backstage source",
        "add the entity, or correct the reference",
        entity.address,
        other.address or other.name,
    )
    return False


def _set_whole(known: Index, made: Relations, part: str, whole: Written) -> None:
    present = made.wholes.setdefault(part, whole)
    if present.value != whole.value:
        known.shelf.problems.append(
            Problem(
                "contradicting-values",
                whole.place,
                f"{part} is part of {whole.value} here and of {present.value} in {present.place}",
                "let it be part of one of the two; until then the other one counts",
                part,
                "partOf",
                (Related(present.place, f"part of {present.value} here"),),
            )
        )


def _spelled(namespace: str, name: str) -> str:
    return name if namespace.lower() in ("", "default") else f"{namespace}/{name}"
