"""Where in a document a JSONPath (RFC 9535) leads, and what to say of one that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mofconf.diagnostic import Place
from mofconf.formats.draft import Problem
from mofconf.formats.source import FieldRule, ResourceRule
from mofconf.spelling import did_you_mean

if TYPE_CHECKING:
    from jsonpath import JSONPath, JSONPathEnvironment

Steps: TypeAlias = "tuple[str | int, ...]"
"""The keys and positions that lead to a match."""


class Path(NamedTuple):
    """A path that was understood. A ``singular`` one (RFC 9535, section 2.3.5) has one match at the most."""

    query: JSONPath
    singular: bool

    def find(self, value: object) -> list[Steps]:
        """What leads to each match in a value, in the order of the document."""
        from jsonpath import JSONPathError

        if not isinstance(value, Mapping | list):
            return [()] if self.query.empty() else []
        try:
            return [match.parts for match in self.query.finditer(value)]
        except (JSONPathError, RecursionError):
            # A filter that cannot be evaluated here matches nothing; if that is so everywhere, it is said.
            return []


Paths: TypeAlias = "Mapping[str, Path]"
"""The paths of a source, each compiled once. One that is not here was not understood."""


def compiled(rules: Iterable[ResourceRule]) -> tuple[Paths, list[Problem]]:
    """All paths of the rules, and a problem for each place at which a path cannot be understood."""
    from jsonpath import JSONPathEnvironment, JSONPathError

    environment = JSONPathEnvironment(strict=True)
    for function in ("match", "search"):  # a regular expression can be written so that it never comes to an end
        environment.function_extensions.pop(function, None)
    paths: dict[str, Path] = {}
    refused: dict[str, str] = {}
    problems = []
    for text, place in (use for rule in rules for use in _uses(rule)):
        if text not in paths and text not in refused:
            try:
                paths[text] = _path(environment, text)
            except (JSONPathError, RecursionError, TypeError, ValueError) as wrong:
                refused[text] = (str(wrong).splitlines() or ["it is too deep"])[0]
        if text in refused:
            problems.append(
                Problem(
                    "invalid-value",
                    place,
                    f"{text} is not a JSONPath: {refused[text]}",
                    'write it as in RFC 9535, for example "$.services[*].name"',
                    subject=text,
                )
            )
    return paths, problems


def unmatched(rule: ResourceRule, roots: Sequence[object], entries: Sequence[object], paths: Paths) -> list[Problem]:
    """A problem for each path of the rule without a match: ``each`` in a root, the others in an entry."""
    if not entries:
        return _nowhere(rule.each, rule.place, roots, paths)
    problems = []
    for field in (rule.kind, rule.name, *rule.fields.values()):
        problems += _unmatched_field(field, entries, paths)
    return problems


def _unmatched_field(rule: FieldRule, values: Sequence[object], paths: Paths) -> list[Problem]:
    problems = []
    reached: list[object] = []
    for text in rule.paths:
        path = paths.get(text)
        if path is None:
            continue
        if not any(path.find(value) for value in values):
            problems += _nowhere(text, rule.place, values, paths)
        elif rule.items:
            reached += [_at(value, steps) for value in values for steps in path.find(value)]
    inner = [item for value in reached for item in (value if isinstance(value, list) else [value]) if item is not None]
    for field in rule.items.values() if inner else ():
        problems += _unmatched_field(field, inner, paths)
    return problems


def _nowhere(text: str, place: Place | None, values: Sequence[object], paths: Paths) -> list[Problem]:
    if text not in paths:
        return []
    return [
        Problem(
            "unmatched-mapping",
            place or Place(""),
            f"{text} matches nothing in any file of this source",
            _hint(paths[text], values),
            subject=text,
        )
    ]


def _hint(path: Path, values: Sequence[object]) -> str:
    """The key on the way that does not exist, and what exists instead."""
    from jsonpath import JSONPathEnvironment

    environment = JSONPathEnvironment(strict=True)
    for function in ("match", "search"):  # a regular expression can be written so that it never comes to an end
        environment.function_extensions.pop(function, None)
    reached: list[object] = list(values)
    for segment in path.query.segments:
        step = _path(environment, f"${segment}")
        onward = [_at(value, steps) for value in reached for steps in step.find(value)]
        if not onward:
            names = [name for part in segment.selectors if isinstance(name := getattr(part, "name", None), str)]
            keys = sorted({str(key) for value in reached if isinstance(value, Mapping) for key in value})
            return _instead(names[0] if names else "", keys, empty={} in reached)
        reached = onward
    return ""


def _path(environment: JSONPathEnvironment, text: str) -> Path:
    from jsonpath import CompoundJSONPath

    query = environment.compile(text)
    if isinstance(query, CompoundJSONPath):  # not in RFC 9535, and not accepted by a strict environment
        message = "it joins several paths"
        raise TypeError(message)
    return Path(query, query.singular_query())


def _instead(name: str, keys: list[str], *, empty: bool) -> str:
    if not keys:
        there = "only an empty mapping" if empty else "no mapping"
        return f"there is {there} at the place where the path looks for a key" if name else ""
    shown = ", ".join(keys[:8]) + (f" and {len(keys) - 8} more" if len(keys) > 8 else "")
    there = f"the only key there is {shown}" if len(keys) == 1 else f"the keys there are {shown}"
    return (name and did_you_mean(name, keys)) or there


def _at(value: object, steps: Steps) -> object:
    for step in steps:
        value = value[step]  # type: ignore[index]  # the steps come from a walk over this very value
    return value


def _uses(rule: ResourceRule) -> Iterator[tuple[str, Place]]:
    yield rule.each, rule.place or Place("")
    for field in (rule.kind, rule.name, *rule.fields.values()):
        yield from _uses_of_field(field)


def _uses_of_field(rule: FieldRule) -> Iterator[tuple[str, Place]]:
    for text in rule.paths:
        yield text, rule.place or Place("")
    for field in rule.items.values():
        yield from _uses_of_field(field)
