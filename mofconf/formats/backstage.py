"""Backstage entities become services, assets, teams and people that need and own each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mofconf.documents import Document, SourceFile
from mofconf.formats.backstage_entities import Entity, Shelf
from mofconf.formats.backstage_relations import Index, Relations, index, relations
from mofconf.formats.draft import Draft, Shaped
from mofconf.formats.source import Source
from mofconf.formats.written import Written, draft, listed, mapped, plain_text

LIFECYCLES: Mapping[str, str] = {"experimental": "pipeline", "production": "live", "deprecated": "retiring"}
"""Backstage's lifecycles and mofconf's. Any other is kept as the label ``lifecycle``."""

HARDWARE = frozenset(["appliance", "device", "hardware", "host", "machine", "server"])
NETWORK = frozenset(["balancer", "cdn", "dns", "firewall", "loadbalancer", "network", "router", "switch", "vpn"])
"""Words in the type of a Resource that tell its category; without one of them it is software."""


def shape(documents: Sequence[Document], source: Source, found: Mapping[str, SourceFile | None]) -> Shaped:
    """A draft for each entity.

    Components, APIs and Systems are services (a library is an asset), Resources assets, Groups teams, Users
    people, Domains a label of their systems. Templates are left out. An API needs any of its providers, a
    System all of its parts, a whole its subcomponents. A reference takes the spelling of the entity that it
    means, and keeps its own where there is none. The network is never used.
    """
    shelf = Shelf(found, [], set())
    entities = shelf.entities(documents)
    known = index(entities, shelf)
    related = relations(known)
    maker = Maker(known, related, frozenset(source.annotations))
    drafts = tuple(maker.draft(entity) for entity in entities if entity.address)
    return Shaped(drafts, tuple(dict.fromkeys(shelf.problems)), frozenset(shelf.wanted))


class Maker(NamedTuple):
    """All that the drafts are made from."""

    known: Index
    relations: Relations
    annotations: frozenset[str]

    def draft(self, entity: Entity) -> Draft:
        """The draft of one entity."""
        shelf, root = self.known.shelf, entity.root
        metadata, spec = shelf.mapping(root, "metadata"), shelf.mapping(root, "spec")
        profile = shelf.mapping(spec, "profile")
        fields: dict[str, Written] = {}
        labels: dict[str, Written] = {}
        self.put(fields, "title", shelf.get(metadata, "title") or shelf.get(profile, "displayName"))
        self.put(fields, "description", shelf.get(metadata, "description"))
        becomes, _, name = entity.address.partition("/")
        if becomes in ("Service", "Asset"):
            self.put(labels, "type", shelf.get(spec, "type"))
            self.put_lifecycle(fields, labels, becomes, shelf.get(spec, "lifecycle"))
            self.put_owner(fields, labels, entity, spec)
        if becomes == "Asset":
            fields["category"] = (shelf.get(spec, "type") or root).saying(_category(entity, labels.get("type")))
        if becomes in ("Asset", "Team") and entity.address in self.relations.wholes:
            fields["partOf"] = self.relations.wholes[entity.address]
        if becomes == "Team":
            self.put(fields, "contact", shelf.get(profile, "email"))
            self.put_list(fields, "members", spec, self.relations.members.get(entity.address, {}))
        if becomes == "Person":
            self.put(fields, "email", shelf.get(profile, "email"))
        if entity.kind == "system":
            for domain in self.known.named(entity, spec, "domain", ("domain",)):
                labels["domain"] = domain.at.saying(domain.name)
        self.put_needs(fields, entity, spec)
        self.put_metadata(fields, labels, entity, metadata)
        kind = root.get("kind") or root
        named = shelf.get(metadata, "name") or root
        return draft(kind.saying(becomes), named.saying(name), fields, root, "backstage")

    def put(self, fields: dict[str, Written], name: str, value: Written | None) -> None:
        """Set a field that is text; a problem where it is something else."""
        if value is None or value.value is None:
            return
        text = plain_text(value.value)
        if text is None:
            message = f"{name} has to be text"
            self.known.shelf.say("invalid-value", value, message, "see the descriptor format of Backstage")
        elif text:
            fields[name] = value.saying(text)

    def put_lifecycle(
        self, fields: dict[str, Written], labels: dict[str, Written], becomes: str, value: Written | None
    ) -> None:
        """A lifecycle that mofconf knows is one; any other, and that of an asset, is a label."""
        self.put(labels, "lifecycle", value)
        known = LIFECYCLES.get(str(labels["lifecycle"].value).lower()) if "lifecycle" in labels else None
        if known and becomes == "Service":
            fields["lifecycle"] = labels.pop("lifecycle").saying(known)

    def put_owner(
        self, fields: dict[str, Written], labels: dict[str, Written], entity: Entity, spec: Written | None
    ) -> None:
        """The team that owns it. A person cannot own it here, so that stays a label, and is said."""
        for owner in self.known.named(entity, spec, "owner", ("group",)):
            if owner.kind == "group":
                fields["owner"] = owner.at.saying(owner.name)
            else:
                labels["owner"] = owner.at.saying(owner.address or owner.name)
                message = f"{entity.address} is owned by {owner.address or owner.name}, which is not a team"
                hint = "name a Group as the owner; until then it is kept as the label owner"
                self.known.shelf.say("wrong-kind-of-reference", owner.at, message, hint, entity.address, owner.address)

    def put_needs(self, fields: dict[str, Written], entity: Entity, spec: Written | None) -> None:
        """What it needs; of an API, any of those that provide it."""
        providers = self.relations.providers.get(entity.address, {})
        needs = self.relations.needs.get(entity.address, {})
        if len(providers) > 1:
            choice = listed([at.saying(address) for address, at in providers.items()], entity.root)
            others = [at.saying(address) for address, at in needs.items()]
            fields["needs"] = listed([mapped({"anyOf": choice}, entity.root), *others], entity.root)
        else:
            self.put_list(fields, "needs", spec, {**needs, **providers})

    def put_list(
        self, fields: dict[str, Written], name: str, spec: Written | None, values: Mapping[str, Written]
    ) -> None:
        """A list of names or addresses, each at its own place."""
        if values:
            around = (self.known.shelf.get(spec, _FIELDS[name]) if spec else None) or spec
            items = [at.saying(value) for value, at in values.items()]
            fields[name] = listed(items, around if around and around.file == items[0].file else items[0])

    def put_metadata(
        self, fields: dict[str, Written], labels: dict[str, Written], entity: Entity, metadata: Written | None
    ) -> None:
        """Labels (with the annotations that are asked for) and links."""
        shelf = self.known.shelf
        annotations, written = shelf.mapping(metadata, "annotations"), shelf.mapping(metadata, "labels")
        for key in sorted(self.annotations):
            self.put(labels, key, shelf.get(annotations, key))
        for key in written.value if written and isinstance(written.value, Mapping) else ():
            self.put(labels, str(key), shelf.get(written, str(key)))
        if labels:
            fields["labels"] = mapped(labels, written or entity.root)
        links = []
        for link in shelf.items(shelf.get(metadata, "links"), "links"):
            url, title = shelf.get(link, "url"), shelf.get(link, "title")
            pair: dict[str, Written] = {}
            self.put(pair, "url", url)
            self.put(pair, "title", title if title and title.value else url)
            if "url" in pair:
                links.append(mapped(pair, link))
            else:
                shelf.say("missing-field", link, "this link has no url", "write url:", entity.address)
        if links:
            fields["links"] = listed(links, shelf.get(metadata, "links") or entity.root)


_FIELDS = {"needs": "dependsOn", "members": "members"}


def _category(entity: Entity, sort: Written | None) -> str:
    words = set(re.split(r"[^a-z0-9]+", str(sort.value).lower())) if sort and entity.kind == "resource" else set()
    if words & HARDWARE:
        return "hardware"
    return "network" if words & NETWORK else "software"
