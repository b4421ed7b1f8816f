"""Compose files become services that need each other, in the ways that the Compose specification knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.documents import Document, SourceFile
from mofconf.formats.compose_files import load
from mofconf.formats.compose_labels import labels_of
from mofconf.formats.compose_layers import Layer, stack, text_of, untagged
from mofconf.formats.draft import Draft, Problem, Shaped
from mofconf.formats.source import Source
from mofconf.formats.written import Written, draft, listed, mapped, spelled_as_name

_HARD, _DEGRADES, _NONE, _RESET = "", "degrades", "none", "reset"
_NAMESPACES = ("network_mode", "pid", "ipc")


def shape(documents: Sequence[Document], source: Source, found: Mapping[str, SourceFile | None]) -> Shaped:
    """One draft of kind Service for each service in the union of the files.

    A service needs another through ``depends_on``, ``links``, ``volumes_from`` and a shared ``network_mode``,
    ``pid`` or ``ipc``, its own or those of what it ``extends``. ``service_completed_successfully`` is a start
    order (effect ``none``), ``required: false`` degrades, everything else stops.
    With ``source.profiles`` only the services of these profiles, and those of none, count.
    """
    model = load(documents, source, found)
    problems = model.problems
    everything = [Service(name, layers, problems) for name, layers in model.services.items()]
    services = {service.name: service for service in everything if _switched_on(service, source.profiles)}
    drafts = tuple(service.draft(model.heads[name], services) for name, service in services.items())
    return Shaped(drafts, tuple(dict.fromkeys(problems)), frozenset(model.wanted))


class Target(NamedTuple):
    """A service that is needed: its name where it is written, what its outage does, where that is said."""

    name: Written
    effect: str
    said: Written
    optional: bool = False


class Service(NamedTuple):
    """A service with all that is said of it, and the problems met on the way."""

    name: str
    layers: Sequence[Layer]
    problems: list[Problem]

    def draft(self, head: Written, services: Mapping[str, object]) -> Draft:
        """The draft of the service. An optional need of what is not there is left out, as in Compose."""
        needs: dict[str, Target] = {}
        first: Written | None = None
        for around, target in self.targets():
            wanted = str(target.name.value)
            if target.optional and wanted not in services:
                continue
            first = first or around
            present = needs.get(wanted)
            if present is None or _strength(target.effect) > _strength(present.effect):
                needs[wanted] = target
        labels = labels_of(self.layers, self.problems)
        fields: dict[str, Written] = {}
        if labels:
            fields["labels"] = mapped(labels, next(iter(labels.values()))._replace(key=head.key))
        if first:
            fields["needs"] = listed([_need(target) for target in needs.values()], first)
        kind, name = head.saying("Service"), head.saying(spelled_as_name(self.name))
        return draft(kind, name, fields, head, "compose")

    def targets(self) -> Iterator[tuple[Written, Target]]:
        """Every need with the field that says it, in the order of the fields and the files."""
        dependencies: dict[str, tuple[Written, Target]] = {}
        for around, layer in stack(self.layers, "depends_on"):
            for target in self.dependencies(around, layer):
                if target.effect == _RESET:
                    dependencies.pop(str(target.name.value), None)
                else:
                    dependencies[str(target.name.value)] = (around, target)
        yield from dependencies.values()
        for field in ("links", "volumes_from"):
            for around, layer in stack(self.layers, field):
                for item, text in self.texts(around, layer, field):
                    if not (field == "volumes_from" and text.startswith("container:")):
                        yield around, Target(item.saying(text.partition(":")[0]), _HARD, item)
        for field in _NAMESPACES:
            for around, layer in stack(self.layers, field)[-1:]:
                mode = text_of(around, layer, self.problems) or ""
                if mode.startswith("service:"):
                    yield around, Target(around.saying(mode.removeprefix("service:")), _HARD, around)
                elif around.value is not None and not isinstance(around.value, str):
                    self.say(around, f"{field} of {self.name} has to be text")

    def dependencies(self, around: Written, layer: Layer) -> Iterator[Target]:
        """What ``depends_on`` says in one file, as a list of names or as a mapping with conditions."""
        if not isinstance(around.value, Mapping):
            for item, text in self.texts(around, layer, "depends_on"):
                yield Target(item.saying(text), _HARD, item)
            return
        for key, tagged in around.entries():
            tag, entry = untagged(tagged)
            name = Written(key, entry.file, entry.key, entry.key)
            condition, required = entry.get("condition"), entry.get("required")
            if tag == "!reset":
                yield Target(name, _RESET, entry)
            elif not key.strip() or not (entry.value is None or isinstance(entry.value, Mapping)):
                self.say(entry, f"depends_on of {self.name}: '{key}' has to be a service with a mapping below it")
            elif condition and text_of(condition, layer, self.problems) == "service_completed_successfully":
                yield Target(name, _NONE, condition, _is_false(required))
            elif required and _is_false(required):
                yield Target(name, _DEGRADES, required, optional=True)
            else:
                yield Target(name, _HARD, entry)

    def texts(self, around: Written, layer: Layer, field: str) -> Iterator[tuple[Written, str]]:
        """The items of a list of texts; a problem for whatever is none."""
        if around.value is not None and not isinstance(around.value, list):
            self.say(around, f"{field} of {self.name} has to be a list")
        for item in around.items():
            text = text_of(item, layer, self.problems)
            if text and text.strip():
                yield item, text.strip()
            elif text is not None or not isinstance(item.value, str):
                self.say(item, f"an item of {field} of {self.name} is empty")

    def profiles(self) -> set[str]:
        """The profiles that the service belongs to; none means that it always counts."""
        found: set[str] = set()
        for around, layer in stack(self.layers, "profiles"):
            found |= {text for _, text in self.texts(around, layer, "profiles")}
        return found

    def say(self, at: Written, message: str) -> None:
        """Keep a problem."""
        address = f"Service/{spelled_as_name(self.name)}"
        self.problems.append(Problem("invalid-value", at.place, message, "see the Compose specification", address))


def _switched_on(service: Service, profiles: Sequence[str] | None) -> bool:
    if profiles is None or "*" in profiles:
        return True
    own = service.profiles()
    return not own or bool(own & set(profiles))


def _is_false(required: Written | None) -> bool:
    return required is not None and required.value in (False, "false")


def _strength(effect: str) -> int:
    return (_NONE, _DEGRADES, _HARD).index(effect)


def _need(target: Target) -> Written:
    ref = target.name.saying(f"Service/{spelled_as_name(str(target.name.value))}")
    if not target.effect:
        return ref
    return mapped({"ref": ref, "effect": target.said.saying(target.effect)}, ref)
