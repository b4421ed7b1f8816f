"""Any YAML becomes drafts by the rules that a project writes for it: JSONPath says where each value is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.documents import Document, SourceFile
from mofconf.formats.draft import Draft, Problem, Shaped
from mofconf.formats.fields import FREE_MAPS, LIST_FIELDS, ONE_FIELDS, as_meant
from mofconf.formats.jsonpath import Paths, compiled, unmatched
from mofconf.formats.source import FieldRule, ResourceRule, Source
from mofconf.formats.written import Written, draft, listed, mapped, plain_text, slug, whole


def shape(documents: Sequence[Document], source: Source, found: Mapping[str, SourceFile | None]) -> Shaped:
    """Drafts of all entries that the resource rules of a source match.

    What is missing or null is left out. A path that matches nothing in any document is a problem at its rule,
    an entry without a usable name is one at the entry. A path with several matches makes a list, save in a
    field that takes one value, where it is a problem. It never wants further files.
    """
    del found
    if not documents:
        return Shaped()
    roots = [whole(document) for document in documents]
    paths, problems = compiled(source.resources)
    drafts: list[Draft] = []
    for rule in source.resources:
        entries = [entry for root in roots for entry in matches(rule.each, root, paths)]
        reader = Reader(paths, [])
        for entry in entries:
            drafts += reader.drafts(rule, entry)
        nowhere = unmatched(rule, [root.value for root in roots], [entry.at.value for entry in entries], paths)
        # Where nothing has a name because the path to it is wrong, it is enough to say so once.
        wrong = {problem.subject for problem in nowhere} & {*rule.name.paths, *rule.kind.paths}
        problems += [problem for problem in reader.problems if not (wrong and problem.rule == "missing-field")]
        problems += nowhere
    return Shaped(tuple(drafts), tuple(problems))


class Entry(NamedTuple):
    """A match, and the key under which it stands (``None`` in a list and at the root)."""

    at: Written
    key: Written | None


class Reader(NamedTuple):
    """The paths to read entries with, and the problems met on the way."""

    paths: Paths
    problems: list[Problem]

    def drafts(self, rule: ResourceRule, entry: Entry) -> Iterator[Draft]:
        """The drafts of one entry: one, or with ``adds`` one for each name that the entry lists."""
        kind = self.single("kind", rule.kind, entry)
        names = self.names(rule, entry)
        if kind is None or not names:
            return
        fields: dict[str, Written] = {}
        for target, field in rule.fields.items():
            value = self.field(target, field, entry)
            if value is not None:
                _put(fields, target, value)
        for name, original in names:
            titled = {"title": original} if original and "title" not in rule.fields and not rule.adds else {}
            head = entry.key if rule.name.key and entry.key else entry.at
            yield draft(kind, name, titled | fields, head, "mapping", adds=rule.adds)

    def single(self, target: str, rule: FieldRule, entry: Entry) -> Written | None:
        """The kind or the name of an entry, which have to be text; a problem at the entry where it is not."""
        values = self.values(target, rule, entry)
        if len({str(value.value) for value in values}) > 1:
            self.say_several(target, values)
        elif not values:
            self.problems.append(
                Problem(
                    "missing-field",
                    entry.at.place,
                    f"this entry has no {target}",
                    f"the mapping looks for it at {' or '.join(rule.paths) or 'the key of the entry'}",
                    subject=target,
                )
            )
        elif not isinstance(values[0].value, str) or not values[0].value.strip():
            self.problems.append(
                Problem(
                    "invalid-value",
                    values[0].place,
                    f"the {target} of this entry is {_sort_of(values[0].value)}",
                    f"a {target} has to be text",
                    subject=target,
                )
            )
        else:
            return values[0]
        return None

    def names(self, rule: ResourceRule, entry: Entry) -> list[tuple[Written, Written | None]]:
        """The names of an entry, each with the free text that it was made of where the two differ."""
        if rule.adds:
            named = [value for value in self.values("name", rule.name, entry) if isinstance(value.value, str)]
            lists = any(not self.paths[path].singular for path in rule.name.paths if path in self.paths)
            if named or lists:  # a list of names may well be empty
                return [(name, None) for name in named]
        name = self.single("name", rule.name, entry)
        if name is None:
            return []
        original = self.values("name", rule.name._replace(slug=False, as_=""), entry)[0] if rule.name.slug else name
        return [(name, original if original.value != name.value and not rule.name.as_ else None)]

    def field(self, target: str, rule: FieldRule, entry: Entry) -> Written | None:
        """The value of a field, or nothing where nothing (or only null) was found."""
        name = "labels" if target.partition(".")[0] in FREE_MAPS else target.rpartition(".")[2]
        values = self.values(name, rule, entry)
        if not values:
            return None
        if name in LIST_FIELDS:
            if isinstance(values[0].value, Mapping) and "select" in values[0].value:
                return values[0]
            return listed([item for value in values for item in _spread(value)], values[0])
        several = rule.items or not all(self.paths[path].singular for path in rule.paths if path in self.paths)
        if not several:
            return values[0]
        if name not in ONE_FIELDS and "." not in target:
            return listed([item for value in values for item in _spread(value)], values[0])
        if len({str(value.value) for value in values}) > 1:
            self.say_several(target, values)
            return None
        return values[0]

    def values(self, name: str, rule: FieldRule, entry: Entry) -> list[Written]:
        """What a rule finds for an entry, translated, without nulls; its constant where it finds nothing."""
        for matches in self.sources(rule, entry):
            if rule.items:
                made = [self.item(rule, Entry(item, key)) for at, key in matches for item in _spread(at)]
            else:
                made = [_translated(name, rule, at) for at, _ in matches]
            values = [value for value in made if value is not None]
            if values:
                return values
        if rule.value is None:
            return []
        place = rule.place or entry.at.place
        constant = Written(rule.value, place.file, place[1:], place[1:])
        return [value for value in (as_meant(name, constant),) if value is not None]

    def sources(self, rule: FieldRule, entry: Entry) -> Iterator[list[Entry]]:
        """What the rule says to look at, one after the other until something is found."""
        if rule.key:
            yield [Entry(entry.key, None)] if entry.key else []
        for path in rule.paths:
            yield list(matches(path, entry.at, self.paths))

    def item(self, rule: FieldRule, entry: Entry) -> Written | None:
        """The mapping that a match becomes; nothing where nothing but constants would stand in it."""
        fields: dict[str, Written] = {}
        real = False
        for target, field in rule.items.items():
            value = self.field(target, field._replace(value=None), entry)
            real = real or value is not None
            if value is None and field.value is not None:
                value = self.field(target, field, entry)
            if value is not None:
                _put(fields, target, value)
        if not real or ("ref" in rule.items and "ref" not in fields):
            return None
        return mapped(fields, entry.at)

    def say_several(self, target: str, values: Sequence[Written]) -> None:
        """Keep the problem that a field which takes one value would get several."""
        shown = ", ".join(str(value.value)[:40] for value in values[:4])
        self.problems.append(
            Problem(
                "invalid-value",
                values[1].place,
                f"{target} takes one value, and the mapping finds {len(values)}: {shown}",
                "make the path match one of them, or map them to a list such as teams",
                subject=target,
            )
        )


def matches(path: str, root: Written, paths: Paths) -> Iterator[Entry]:
    """What a path matches below a value. A path that was not understood matches nothing."""
    for steps in paths[path].find(root.value) if path in paths else ():
        at = root.within(steps)
        named = bool(steps) and isinstance(steps[-1], str)
        yield Entry(at, Written(steps[-1], at.file, at.key, at.key) if named else None)


def _translated(name: str, rule: FieldRule, found: Written) -> Written | None:
    if isinstance(found.value, list):
        items = (_translated(name, rule, item) for item in found.items())
        return listed([item for item in items if item is not None], found)
    text = plain_text(found.value)
    if text is not None and text in rule.alias:
        found = found.saying(rule.alias[text])
        text = plain_text(found.value)
    if text is not None and rule.slug:
        text = slug(text) if text.strip() else ""
        found = found.saying(text)
    if text is not None and rule.as_:
        found = found.saying(rule.as_.replace("{}", text, 1))
    return as_meant(name, found)


def _spread(found: Written) -> Iterator[Written]:
    if isinstance(found.value, list):
        yield from (item for item in found.items() if item.value is not None)
    else:
        yield found


def _put(fields: dict[str, Written], target: str, value: Written) -> None:
    """Set a field, or with a dotted target a field within a field; what stands in a mapping already stays."""
    first, _, rest = target.partition(".")
    present = fields.get(first)
    inner = dict(present.entries()) if present else {}
    if not rest:
        both = present is not None and isinstance(value.value, Mapping)
        fields[first] = mapped(inner | dict(value.entries()), value) if both else value
    elif first in FREE_MAPS:
        fields[first] = mapped({**inner, rest: value}, present or value)
    else:
        _put(inner, rest, value)
        fields[first] = mapped(inner, present or value)


def _sort_of(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list) else "empty" if value == "" else f"'{value}'"
