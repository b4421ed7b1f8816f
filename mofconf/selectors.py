"""A question becomes a set of resources: ``+Service/checkout``, ``kind=Asset,labels.tier=data``."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from mofconf.catalog import Catalog
from mofconf.graph import Graph, State
from mofconf.kinds import KINDS
from mofconf.kinds.relation import LOCATED_IN, PART_OF, RUNS_ON
from mofconf.spelling import as_called, did_you_mean, listed


class SelectorError(ValueError):
    """A selector that makes no sense; its text says why and what to write instead."""


class Scope(NamedTuple):
    """What selectors are evaluated on. ``states`` says of each address how it differs between two revisions.

    ``about`` are the beginnings of addresses that are asked about: of several with one name one of these is meant.
    """

    catalog: Catalog
    graph: Graph
    states: Mapping[str, str] | None = None
    about: tuple[str, ...] = ()


def select(scope: Scope, *selectors: str) -> frozenset[str]:
    """The addresses that any of the selectors matches. Each may hold several, separated by spaces.

    A comma intersects: ``kind=Asset,labels.tier=data``. ``+x`` adds what x needs, ``x+`` what needs x, with a number
    for how many steps. ``somepath(A, B)`` is what lies on a shortest way from A to B. In quotation marks
    none of these signs means anything: ``labels.site="Hall 1, north"``. Raises `SelectorError`.
    """
    found: set[str] = set()
    for selector in selectors:
        for term in _terms(selector):
            found |= _intersection(scope, term)
    return frozenset(found)


_SOMEPATH = re.compile(r"^somepath\(([^,()]+),([^,()]+)\)$")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_TERM = re.compile(rf"(?:[^\s()'\"]|{_QUOTED.pattern}|\([^()]*\))+")
_PART = re.compile(rf"(?:[^,('\"]|{_QUOTED.pattern}|\([^)]*\))+")
_FIELD = re.compile(rf"(?:[^='\"]|{_QUOTED.pattern})*")
_STEPS = re.compile(r"^(?:(\d*)(\+))?(.*?)(?:(\+)(\d*))?$")
_STATES = ("added", "changed", "removed", "renamed", "unchanged", "unknown")


def _terms(selector: str) -> list[str]:
    """The parts of a union. A space inside brackets or quotation marks does not separate."""
    terms = _TERM.findall(selector)
    left = _TERM.sub("", selector).strip()
    if '"' in left or "'" in left:
        raise SelectorError(f'{selector} has a quotation mark without its other half: write title="two words"')
    if left:
        raise SelectorError(f"'{selector}' has a bracket without its other half: write somepath(A, B)")
    if not terms:
        raise SelectorError("an empty selector selects nothing: write an address, a name, or kind=Service")
    return terms


def _intersection(scope: Scope, term: str) -> set[str]:
    parts = _PART.findall(term)
    seen = _QUOTED.sub("_", term)
    if not parts or seen.startswith(",") or seen.endswith(",") or ",," in seen:
        raise SelectorError(f"'{term}' has nothing on one side of a comma: write A,B for what both match")
    sets = [_with_steps(scope, part) for part in parts]
    return set.intersection(*sets)


def _with_steps(scope: Scope, part: str) -> set[str]:
    path = _SOMEPATH.match(part)
    if path:
        return _some_path(scope, _one(scope, path[1].strip()), _one(scope, path[2].strip()))
    match = _STEPS.match(part)
    depth_down, down, bare, up, depth_up = match.groups() if match else ("", None, part, None, "")
    if not bare:
        raise SelectorError(f"'{part}' has steps but nothing to start from: write for example +Service/checkout")
    start = _bare(scope, bare)
    found = set(start)
    if down:
        found |= _walk(
            start,
            lambda node: [e.target for e in scope.graph.out.get(node, ()) if e.relation.outage],
            depth_down,
        )
    if up:
        found |= _walk(
            start,
            lambda node: [e.source for e in scope.graph.into.get(node, ()) if e.relation.outage],
            depth_up,
        )
    return found


def _walk(start: Iterable[str], step: Callable[[str], Iterable[str]], depth: str) -> set[str]:
    limit = int(depth[:9]) if depth else None  # no graph is deeper than that
    found = set(start)
    queue = deque((node, 0) for node in sorted(found))
    while queue:
        node, steps = queue.popleft()
        if limit is not None and steps == limit:
            continue
        for other in step(node):
            if other not in found:
                found.add(other)
                queue.append((other, steps + 1))
    return found


def _bare(scope: Scope, text: str) -> set[str]:
    field, value = _halves(text)
    for prefix in ("label:", "labels."):
        if field.startswith(prefix):
            return _by_label(scope, field.removeprefix(prefix), value)
    whole = _unquoted(text)
    if whole.startswith("location:"):
        return _at_location(scope, whole.removeprefix("location:"))
    if whole.startswith("state:"):
        return _by_state(scope, whole.removeprefix("state:"))
    if value is not None:
        return _by_field(scope, field, value)
    return set(_named(scope, whole))


def _halves(text: str) -> tuple[str, str | None]:
    """What stands before the first ``=`` that is not quoted, and what behind it: ``None`` where there is none."""
    match = _FIELD.match(text)
    end = match.end() if match else 0
    return _unquoted(text[:end]), _unquoted(text[end + 1 :]) if text[end:] else None


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda quoted: quoted[0][1:-1], text)


def _named(scope: Scope, text: str) -> list[str]:
    """The addresses that a name, an address, or a pattern with ``*`` stands for. Kinds in any case."""
    addresses = scope.graph.nodes
    head, slash, rest = text.partition("/")
    kind = next((kind for kind in KINDS if slash and kind.casefold() == head.casefold()), "")
    wanted = f"{kind}/{rest}" if kind else text
    if "*" in text or "?" in text:
        pattern = wanted if kind or text.startswith("*/") else f"*/{text}"
        return [address for address in _declared(scope) if fnmatchcase(address, pattern)]
    if kind:
        if wanted in addresses:
            return [wanted]
        former = scope.catalog.names.former.get(wanted, ())
        if former:
            return list(former)
    else:
        named = [address for address in scope.catalog.names.called(text) if address in addresses]
        named = named or sorted({new for kind in KINDS for new in scope.catalog.names.former.get(f"{kind}/{text}", ())})
        if len(named) > 1:
            # The project often bears the name of its main service, and hardly anybody asks about the project.
            named = [address for address in named if not address.startswith("Project/")]
        if len(named) > 1 and scope.about:
            # An SLA often bears the name of its service.
            fitting = [address for address in named if address.startswith(scope.about)]
            named = fitting if len(fitting) == 1 else named
        if len(named) > 1:
            raise SelectorError(f"'{text}' is ambiguous: it could be {listed(named, 'or')}")
        if named:
            return named
    near = did_you_mean(wanted, addresses if kind else _spellings(scope, addresses if slash else ()))
    raise SelectorError(f"there is no {wanted}: {near or 'mofconf list shows what there is'}")


def _spellings(scope: Scope, addresses: Iterable[str]) -> Iterable[str]:
    return (*as_called(sorted(scope.catalog.names.addresses)), *addresses)


def _declared(scope: Scope) -> list[str]:
    """Every address that somebody declares. What is only referred to is meant where it is named, and nowhere else."""
    return [address for address, state in scope.graph.nodes.items() if state is not State.MISSING]


def _one(scope: Scope, text: str) -> str:
    found = _named(scope, text)
    if len(found) != 1:
        raise SelectorError(f"somepath wants one resource at each end, and '{text}' matches {len(found)}")
    return found[0]


def _by_field(scope: Scope, field: str, value: str) -> set[str]:
    if field == "labels":
        raise SelectorError("labels have keys: write labels.KEY=VALUE")
    if field == "kind":
        kind = next((kind for kind in KINDS if kind.casefold() == value.casefold()), None)
        if kind is None:
            near = did_you_mean(value, KINDS)
            raise SelectorError(
                f"there is no kind {value}" + (f": {near}" if near else f" (there are {listed(KINDS)})")
            )
        return {address for address in _declared(scope) if address.startswith(f"{kind}/")}
    known = {info.alias or name for kind in KINDS.values() for name, info in kind.model_fields.items()}
    if field not in known:
        near = did_you_mean(field, known)
        raise SelectorError(f"no kind has a field {field}" + (f": {near}" if near else ""))
    return {
        address
        for address, entry in scope.catalog.entries.items()
        if any(fnmatchcase(text, value) for text in _texts(scope, address, entry.resource, field))
    }


def _texts(scope: Scope, address: str, resource: object, field: str) -> list[str]:
    """What a field says, as texts to compare with: references by name and by address."""
    mentioned = [one for one in scope.catalog.references.get(address, ()) if one.path[0] == field]
    if mentioned:
        texts = [text for one in mentioned for text in (one.text, one.target, one.target.partition("/")[2])]
        return [text for text in texts if text]
    kind = type(resource)
    for name, info in getattr(kind, "model_fields", {}).items():
        if field in (info.alias, name):
            value = getattr(resource, name)
            values = value if isinstance(value, tuple) else (value,)
            return [str(item) for item in values if item not in (None, "")]
    return []


def _by_label(scope: Scope, label: str, value: str | None) -> set[str]:
    """What has the label, with this value if one is given. A key may hold dots and slashes, so all of it is the key."""
    if not label:
        raise SelectorError("which label? Write labels.KEY=VALUE, or labels.KEY for any value")
    return {
        address
        for address, entry in scope.catalog.entries.items()
        if label in entry.resource.labels and (value is None or fnmatchcase(entry.resource.labels[label], value))
    }


def _at_location(scope: Scope, text: str) -> set[str]:
    """The location, the places within it, and all that stands in any of them."""
    locations = _named(scope, text if text.casefold().startswith("location/") else f"Location/{text}")
    places = (LOCATED_IN, PART_OF, RUNS_ON)
    return _walk(
        locations,
        lambda node: [e.source for e in scope.graph.into.get(node, ()) if e.relation in places],
        "",
    )


def _by_state(scope: Scope, text: str) -> set[str]:
    if scope.states is None:
        raise SelectorError("state: compares two revisions, and here there is one: say which other one with --base")
    if text not in _STATES:
        raise SelectorError(f"there is no state {text}: it is {listed(_STATES, 'or')}")
    if text == "changed":
        return {address for address, state in scope.states.items() if state != "unchanged"}
    return {address for address, state in scope.states.items() if state == text}


def _some_path(scope: Scope, start: str, end: str) -> set[str]:
    came_from: dict[str, str] = {start: ""}
    queue = deque([start])
    while queue and end not in came_from:
        node = queue.popleft()
        for edge in scope.graph.out.get(node, ()):
            if edge.target not in came_from:
                came_from[edge.target] = node
                queue.append(edge.target)
    path: set[str] = set()
    at = end if end in came_from else ""
    while at:
        path.add(at)
        at = came_from[at]
    return path
