"""Reads fault trees from the XML of the Open-PSA model exchange format, as other fault tree tools write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mofconf.analyses.dependability.fault_tree import FaultTree, Formula, Term, circle_in, names_in
from mofconf.analyses.dependability.xml_elements import Element, Problem, UnreadableError, elements


class Reading(NamedTuple):
    """A fault tree, or why there is none: what is only half understood would give a wrong figure."""

    tree: FaultTree | None
    problems: tuple[Problem, ...]


def read(text: str | bytes, top: str = "") -> Reading:
    """The fault tree of a model. ``top`` is its top gate; without it, the gate that no other one names."""
    try:
        model = _Model(elements(text))
        tree = model.tree(top)
    except UnreadableError as error:
        return Reading(None, (error.problem,))
    return Reading(None if model.problems else tree, tuple(model.problems))


_CONTAINERS = ("define-fault-tree", "define-component", "model-data")
_DEFINITIONS = ("define-gate", "define-basic-event", "define-house-event")
_ASIDE = ("label", "attributes")
_NAMES = {"gate": "define-gate", "basic-event": "define-basic-event", "house-event": "define-house-event"}
_HELP = "leave it out, or write it with and, or, not and atleast, and probabilities as constants"


class _Definition(NamedTuple):
    name: str  # as it is known to all: with its containers before it where it is private
    containers: tuple[str, ...]
    element: Element


class _Model:
    """What a model defines. What is wrong is kept in ``problems``, and does not stop the reading."""

    def __init__(self, root: Element) -> None:
        self.problems: list[Problem] = []
        self._definitions: dict[str, _Definition] = {}
        self._known_as: dict[str, str] = {}  # every way to name a thing, with its name
        if root.tag != "opsa-mef":
            self._wrong(root, f"the document is a <{root.tag}>, not an <opsa-mef>", "give an Open-PSA model")
            return
        self._collect(root, (), private=False)

    def tree(self, top: str) -> FaultTree:
        """The fault tree, as far as it can be read."""
        gates = {one.name: self._gate(one) for one in self._all("define-gate")}
        events = {one.name: self._probability(one.element) for one in self._all("define-basic-event")}
        houses = {one.name: self._house(one.element) for one in self._all("define-house-event")}
        named = {name for gate in gates.values() for name in names_in(gate)}
        tree = FaultTree(top, gates, events, houses)
        if self.problems:
            return tree
        if circle := circle_in(tree):
            first = self._definitions[circle[0]].element
            path = " -> ".join((*circle, circle[0]))
            self._wrong(first, f"gates stand below themselves: {path}", "take one of these steps out")
        elif top:
            if top not in gates:
                self._wrong(None, f"there is no gate {top}", "name one that the model defines")
        else:
            tops = [name for name in gates if name not in named]
            if len(tops) != 1:
                found = f"{len(tops)} gates that no other one names: {', '.join(tops)}" if tops else "no gate"
                self._wrong(None, f"it is not clear which gate is the top: there are {found}", "name the top gate")
            tree = tree._replace(top=(tops or [""])[0])
        return tree

    def _wrong(self, element: Element | None, message: str, next_step: str) -> None:
        self.problems.append(Problem(element.line if element else 1, message, next_step))

    def _strange(self, element: Element, where: str) -> None:
        self._wrong(element, f"<{element.tag}> is not understood in <{where}>", _HELP)

    def _all(self, tag: str) -> Iterator[_Definition]:
        return (one for one in self._definitions.values() if one.element.tag == tag)

    def _collect(self, container: Element, path: tuple[str, ...], *, private: bool) -> None:
        for one in container.inner:
            hidden = {"private": True, "public": False}.get(one.attributes.get("role", ""), private)
            if one.tag == "model-data":
                self._collect(one, path, private=hidden)
            elif one.tag in _CONTAINERS:
                self._collect(one, (*path, self._name(one)), private=hidden)
            elif one.tag in _DEFINITIONS:
                self._define(one, path, private=hidden)
            elif one.tag == "include":
                self._wrong(one, "nothing is read from other files", "put what it includes in its place")
            elif one.tag not in _ASIDE:
                self._strange(one, container.tag)

    def _define(self, element: Element, path: tuple[str, ...], *, private: bool) -> None:
        whole = ".".join((*path, self._name(element)))
        name = whole if private and path else self._name(element)
        if name in self._definitions:
            first = self._definitions[name].element.line
            self._wrong(element, f"{name} is defined twice, first in line {first}", "give one of them another name")
            return
        self._definitions[name] = _Definition(name, path, element)
        self._known_as |= {name: name, whole: name}

    def _name(self, element: Element) -> str:
        name = element.attributes.get("name", "").strip()
        if not name:
            self._wrong(element, f"<{element.tag}> has no name", 'write name="..."')
        return name

    def _gate(self, one: _Definition) -> Term:
        inner = [part for part in one.element.inner if part.tag not in _ASIDE]
        if len(inner) != 1:
            message = f"gate {one.name} has {len(inner)} formulas in place of one"
            self._wrong(one.element, message, "put them into <and> or <or>")
        return self._term(inner[0], one.containers) if inner else False

    def _term(self, element: Element, path: tuple[str, ...]) -> Term:
        tag = element.tag
        if tag in ("event", *_NAMES):
            return self._reference(element, path)
        if tag == "constant":
            return self._boolean(element)
        if tag not in _FORMULAS:
            self._strange(element, "define-gate")
            return False
        least, most, make = _FORMULAS[tag]
        terms = tuple(self._term(part, path) for part in element.inner)
        if not least <= len(terms) <= most:
            wanted = str(least) if least == most else f"at least {least}"
            self._wrong(element, f"<{tag}> has {len(terms)} formulas in it and wants {wanted}", "add or remove some")
            return False
        if tag != "atleast":
            return make(terms)
        count = element.attributes.get("min", "")
        if not (count.isascii() and count.isdigit() and len(count) < 10 and int(count) <= len(terms)):
            message = f"<atleast> wants min={count!r} of {len(terms)} formulas"
            self._wrong(element, message, f"write a whole number from 0 to {len(terms)}")
            return False
        return Formula("atleast", terms, int(count))

    def _reference(self, element: Element, path: tuple[str, ...]) -> str:
        """What a name means: the nearest thing of that name, from the gate's own container outwards."""
        if not (name := self._name(element)):
            return ""
        nearer = (".".join((*path[:depth], name)) for depth in range(len(path), -1, -1))
        found = next((self._known_as[one] for one in nearer if one in self._known_as), "")
        if not found:
            self._wrong(element, f"{name} is nowhere defined", "define it, or mend the name")
        kind = _NAMES.get(element.attributes.get("type", "") if element.tag == "event" else element.tag)
        if found and kind and kind != self._definitions[found].element.tag:
            self._wrong(
                element, f"{name} is no {element.attributes.get('type', element.tag)}", "mend the name or the type"
            )
        return found

    def _house(self, element: Element) -> bool:
        inner = [part for part in element.inner if part.tag not in _ASIDE]
        if [part.tag for part in inner] not in ([], ["constant"]):
            self._strange(inner[0], element.tag)
            return False
        return bool(inner) and self._boolean(inner[0])  # off, where nothing is said

    def _boolean(self, element: Element) -> bool:
        value = element.attributes.get("value", "").strip()
        if value not in ("true", "false"):
            self._wrong(element, f"value={value!r} is neither true nor false", "write one of them")
        return value == "true"

    def _probability(self, element: Element) -> float | None:
        inner = [part for part in element.inner if part.tag not in _ASIDE]
        if not inner:
            return None
        if len(inner) > 1 or inner[0].tag not in ("float", "int", "bool"):
            self._strange(inner[-1], element.tag)
            return None
        if inner[0].tag == "bool":
            return float(self._boolean(inner[0]))
        text = inner[0].attributes.get("value", "").strip()
        try:
            value = float(text) if "_" not in text else -1.0
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            self._wrong(inner[0], f"value={text!r} is no probability", "write a number from 0 to 1")
        return value


def _as(kind: str) -> Callable[[tuple[Term, ...]], Formula]:
    return lambda terms: Formula(kind, terms)


def _not(kind: str) -> Callable[[tuple[Term, ...]], Formula]:
    return lambda terms: Formula("not", (Formula(kind, terms),))


_ANY = 1 << 30
_FORMULAS: Mapping[str, tuple[int, int, Callable[[tuple[Term, ...]], Formula]]] = {
    "and": (1, _ANY, _as("and")),
    "or": (1, _ANY, _as("or")),
    "atleast": (1, _ANY, _as("atleast")),
    "not": (1, 1, _as("not")),
    "xor": (2, 2, _as("xor")),
    "nand": (1, _ANY, _not("and")),
    "nor": (1, _ANY, _not("or")),
    "imply": (2, 2, lambda terms: Formula("or", (Formula("not", terms[:1]), terms[1]))),
    "iff": (2, 2, _not("xor")),
}
"""Formulas: how many others may stand in them, at least and at most, and what they mean."""
