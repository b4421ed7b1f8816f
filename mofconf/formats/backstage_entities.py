"""Documents become the entities of a Backstage catalog, together with what their Locations bring in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.diagnostic import Related
from mofconf.documents import Document, SourceFile, Unreadable, read
from mofconf.formats.draft import Problem
from mofconf.formats.written import Written, beside, plain_text, whole
from mofconf.spelling import did_you_mean

KINDS: Mapping[str, tuple[str, str]] = {
    "component": ("Service", ""),
    "api": ("Service", "api/"),
    "resource": ("Asset", ""),
    "system": ("Service", "system/"),
    "domain": ("", ""),
    "group": ("Team", ""),
    "user": ("Person", ""),
}
"""The kinds of entities that are read: the kind that they become, and what is put before their name."""

IGNORED = frozenset(["template"])
"""Kinds that say nothing about what runs."""

_VERSION = re.compile(r"^([a-z0-9-]+\.)*backstage\.io/")
_PLACEHOLDERS = frozenset(["$text", "$json", "$yaml"])
_NESTING = 8
_AWAY = "mofconf never uses the network: bring the file into the repository"
_LEFT_OUT = "it is left out: describe in a document of mofconf's own what matters of it"


class Entity(NamedTuple):
    """An entity with its kind in lower case, and the kind and name of the resource that it becomes."""

    kind: str
    namespace: str
    name: str
    root: Written
    address: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What Backstage tells entities apart by."""
        return key(self.kind, self.namespace, self.name)


class Shelf(NamedTuple):
    """The files at hand, and what was met on the way: problems, and files that are wanted."""

    found: Mapping[str, SourceFile | None]
    problems: list[Problem]
    wanted: set[str]

    def entities(self, documents: Sequence[Document]) -> list[Entity]:
        """The entities of the documents and of the files that Locations name; identical ones only once."""
        entities: list[Entity] = []
        first: dict[tuple[str, str, str], list[Entity]] = {}
        known = {document.file for document in documents}
        queue = list(documents)
        for document in queue:
            root = whole(document)
            if root.value is None:
                continue
            kind = self.kind(root)
            if kind == "location":
                queue += self.located(root, known)
            elif kind in KINDS:
                entity = self.entity(kind, root)
                if entity is None:
                    continue
                same = first.setdefault(entity.key, [])
                twin = next((other for other in same if other.root.value == root.value), None)
                if twin:
                    self.say_repeated(entity, twin)
                else:
                    same.append(entity)
                    entities.append(entity)
        return entities

    def kind(self, root: Written) -> str:
        """The kind of an entity in lower case; empty, and a problem, where it is none that is read."""
        version, kind = root.get("apiVersion"), root.get("kind")
        if not version or not isinstance(version.value, str) or not _VERSION.match(version.value):
            message = "this document is not a Backstage entity: apiVersion does not begin with backstage.io/"
            self.say("unreadable-document", version or root, message, "take the file out of this source")
            return ""
        if not kind or not isinstance(kind.value, str):
            self.say("missing-field", kind or root, "this Backstage entity has no kind", "write kind: Component")
            return ""
        found = kind.value.lower()
        if found not in KINDS and found != "location" and found not in IGNORED:
            hint = did_you_mean(kind.value, [*map(str.title, KINDS), "API", "Location"]) or _LEFT_OUT
            self.say("unknown-kind", kind, f"mofconf reads no Backstage entities of the kind {kind.value}", hint)
        return found

    def entity(self, kind: str, root: Written) -> Entity | None:
        """The entity of a document, or a problem where it has no name."""
        metadata = self.mapping(root, "metadata")
        name = self.get(metadata, "name")
        text = plain_text(name.value) if name else None
        if not text:
            self.say("missing-field", name or metadata or root, f"this {kind} has no name", "write metadata.name")
            return None
        namespace = plain_text(space.value) if (space := self.get(metadata, "namespace")) else None
        if space and space.value is not None and namespace is None:
            self.say("invalid-value", space, "a namespace has to be text", "until then it is taken for default")
        sort = self.get(self.mapping(root, "spec"), "type")
        library = plain_text(sort.value) if sort else None
        address = address_of(kind, namespace or "", text, library=(library or "").lower() == "library")
        return Entity(kind, namespace or "", text, root, address)

    def located(self, root: Written, known: set[str]) -> Iterator[Document]:
        """The documents of the files in the repository that a Location names."""
        optional = (presence := root.dig("spec", "presence")) is not None and presence.value == "optional"
        single, many = root.dig("spec", "target"), root.dig("spec", "targets")
        away: list[str] = []
        if many is not None and many.value is not None and not isinstance(many.value, list):
            self.say("invalid-value", many, "targets has to be a list", "write - before each target")
        for target in [*([single] if single else []), *(many.items() if many else ())]:
            path = self.target(target, away)
            if path is None or path in known:
                continue
            file = self.fetch(path, target, optional=optional)
            if file is not None:
                known.add(path)
                yield from self.documents(file)
        if away:
            shown = ", ".join(away[:3]) + (f" and {len(away) - 3} more" if len(away) > 3 else "")
            message = f"this Location names what is not in the repository, which was not read: {shown}"
            self.say("unfollowed-reference", single or many or root, message, _AWAY)

    def target(self, target: Written, away: list[str]) -> str | None:
        """The path of a Location's target. One that is somewhere else is added to ``away``."""
        text = plain_text(target.value)
        if not text:
            self.say("invalid-value", target, "a target has to be a path", "write for example ./catalog-info.yaml")
            return None
        if "://" in text:
            away.append(text)
            return None
        if any(sign in text for sign in "*?["):
            message = f"{text} is a pattern, and a Location cannot list the repository"
            self.say("unfollowed-reference", target, message, "add the pattern to files of this source")
            return None
        return self.path(text, target)

    def get(self, written: Written | None, name: str) -> Written | None:
        """What stands under a key, with ``$text``, ``$json`` and ``$yaml`` replaced by what they name."""
        entry = written.get(name) if written else None
        return self.filled(entry) if entry else None

    def mapping(self, written: Written | None, name: str) -> Written | None:
        """A mapping that stands under a key; a problem where something else does."""
        entry = self.get(written, name)
        if entry is None or entry.value is None or isinstance(entry.value, Mapping):
            return entry
        self.say("invalid-value", entry, f"{name} has to be a mapping", "see the descriptor format of Backstage")
        return None

    def items(self, written: Written | None, name: str = "") -> list[Written]:
        """The items of a list, filled in the same way; a problem where it is none and has a ``name``."""
        if name and written and written.value is not None and not isinstance(written.value, list):
            self.say("invalid-value", written, f"{name} has to be a list", "see the descriptor format of Backstage")
        filled = [self.filled(item) for item in written.items()] if written else []
        return [item for item in filled if item is not None]

    def filled(self, written: Written) -> Written | None:
        """A value, or what its placeholder names; nothing where that could not be read."""
        for _ in range(_NESTING):
            if not isinstance(written.value, Mapping) or len(written.value) != 1:
                return written
            sign, target = next(written.entries())
            if sign not in _PLACEHOLDERS:
                return written
            text = plain_text(target.value)
            if text is None or "://" in text:
                message = f"{sign} names what is not in the repository, and was not read"
                self.say("unfollowed-reference", target, message, _AWAY)
                return None
            path = self.path(text, target)
            file = self.fetch(path, target) if path else None
            if file is None:
                return None
            if sign == "$text":
                return Written(file.content.decode("utf-8", "replace"), file.path, (1, 1), (1, 1))
            documents = list(self.documents(file))
            if not documents:
                return None
            written = whole(documents[0])
        self.say("invalid-value", written, "placeholders name one another without end", "write the value itself")
        return None

    def path(self, text: str, at: Written) -> str | None:
        """The path of a file named in another; nothing, and a problem, where it leaves the repository."""
        path = beside(at.file, text)
        if path is None:
            message = f"{text} lies outside of the repository and was not read"
            self.say("unfollowed-reference", at, message, "write a path relative to this file")
        return path

    def fetch(self, path: str, at: Written, *, optional: bool = False) -> SourceFile | None:
        """A file, or nothing where it has not come yet or does not exist."""
        if path not in self.found:
            self.wanted.add(path)
            return None
        file = self.found[path]
        if file is None and not optional:
            self.say("dangling-reference", at, f"the file {path} does not exist", "correct the path")
        if file is not None and file.refusal:
            self.say("unreadable-document", at, f"{path} {file.refusal}", file.hint)
            return None
        return file

    def documents(self, file: SourceFile) -> Iterator[Document]:
        """The documents of a file; a problem for each that cannot be read."""
        for document in read(file):
            if isinstance(document, Unreadable):
                self.problems.append(Problem("unreadable-document", document.place, document.reason, document.hint))
            else:
                yield document

    def say_repeated(self, entity: Entity, twin: Entity) -> None:
        """Keep the problem that an entity stands twice, word for word."""
        self.problems.append(
            Problem(
                "repeated-address",
                entity.root.place,
                f"{entity.address or entity.name} stands here again, word for word",
                "remove one of the two",
                entity.address,
                related=(Related(twin.root.place, "it stands here first"),),
            )
        )

    def say(self, rule: str, at: Written, message: str, hint: str = "", address: str = "", subject: str = "") -> None:
        """Keep a problem."""
        self.problems.append(Problem(rule, at.place, message, hint, address, subject))


def key(kind: str, namespace: str, name: str) -> tuple[str, str, str]:
    """What Backstage tells entities apart by: case makes no difference, and no namespace is ``default``."""
    return kind, (namespace or "default").lower(), name.lower()


def address_of(kind: str, namespace: str, name: str, *, library: bool = False) -> str:
    """The address of the resource that an entity becomes; empty for a Domain, which becomes a label.

    >>> address_of("api", "", "orders"), address_of("component", "Default", "web")
    ('Service/api/orders', 'Service/web')
    >>> address_of("group", "eu", "ops"), address_of("system", "eu", "shop")
    ('Team/eu/ops', 'Service/eu/system/shop')
    """
    becomes, before = KINDS[kind]
    if kind == "component" and library:
        becomes = "Asset"
    space = "" if namespace.lower() in ("", "default") else f"{namespace}/"
    return f"{becomes}/{space}{before}{name}" if becomes else ""
