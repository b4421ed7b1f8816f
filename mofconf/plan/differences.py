"""What differs between two workspaces: resource by resource, field by field, by value and not by text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mofconf.analyses.placement import location_of
from mofconf.catalog import Catalog, changed_names
from mofconf.diagnostic import Place
from mofconf.documents import Elsewhere, ListMarks, MapMarks, Marks
from mofconf.graph import Graph
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import LOCATED_IN, PART_OF, RUNS_ON, ChangeClass
from mofconf.kinds.shape import change_class
from mofconf.plan.facts import Leaf, facts
from mofconf.plan.renames import Offer, declared, offered
from mofconf.workspace import Workspace


class FieldChange(NamedTuple):
    """One value that differs. ``before`` and ``after`` are ``None`` where there was or is none.

    Of a list they hold only what went and what came. ``cause`` is the resource whose change made a derived value
    differ; ``place`` is where the value stands, in the head where it is still there.
    """

    path: str
    change_class: ChangeClass
    before: Leaf
    after: Leaf
    place: Place
    cause: str = ""


class Change(NamedTuple):
    """What happens to one resource: ``action`` is add, remove, change, rename or unknown.

    ``address`` is its address in the head (in the base where it is removed), ``former`` the one in the base where
    that differs. An unknown one stands in a document that one side cannot read.
    """

    address: str
    action: str
    fields: tuple[FieldChange, ...] = ()
    former: str = ""
    place: Place | None = None
    reason: str = ""


class Differences(NamedTuple):
    """All that differs. ``renamed`` maps addresses of the base to those of the head; ``moved`` counts documents that
    only stand in another file now. ``unread`` are files that one of the sides cannot read and the other can."""

    changes: tuple[Change, ...]
    renamed: Mapping[str, str]
    offers: tuple[Offer, ...]
    moved: int
    unread: tuple[str, ...] = ()

    def of(self, action: str) -> tuple[Change, ...]:
        """The changes of one sort."""
        return tuple(change for change in self.changes if change.action == action)

    def states(self, head: Catalog) -> Mapping[str, str]:
        """How every resource differs, in the words of the selector ``state:``."""
        words = {"add": "added", "remove": "removed", "change": "changed", "rename": "renamed", "unknown": "unknown"}
        return {
            **dict.fromkeys(head.entries, "unchanged"),
            **{change.address: words[change.action] for change in self.changes},
        }


def differences(base: Workspace, head: Workspace) -> Differences:
    """What the head has that the base has not, and the other way round."""
    renamed = declared(base.catalog, head.catalog)
    pair = _Pair(base, head, renamed)
    old, new = base.catalog.entries, head.catalog.entries
    changes: list[Change] = []
    moved = 0
    for address, entry in old.items():
        now = renamed.get(address, address)
        unknown = _unknown(entry, now, pair)
        if unknown is not None:
            changes.append(unknown)
        elif now in new:
            change = _compared(pair, entry, new[now])
            if change is not None:
                changes.append(change)
            elif entry.draft.file != new[now].draft.file and not entry.instance_of:
                moved += 1
        else:
            changes.append(Change(address, "remove", place=entry.draft.place("name")))
    known = {renamed.get(address, address) for address in old}
    for address, entry in new.items():
        if address not in known:
            changes.append(_added(pair, address, entry))
    changes.sort(key=lambda change: change.address)
    unread = tuple(sorted(pair.unreadable ^ pair.was_unreadable))
    return Differences(tuple(changes), renamed, _offers(base, head, changes, renamed), moved, unread)


def _added(pair: _Pair, address: str, entry: Entry) -> Change:
    known = address not in pair.base.catalog.unknown and not _is_lost_project(entry, pair.head, pair.base)
    if known and not (pair.was_unreadable and pair.was_unreadable & _files(entry)):
        return Change(address, "add", place=entry.draft.place("name"))
    return Change(address, "unknown", place=entry.draft.place("name"), reason="the base cannot be read here")


class _Pair:
    """The two sides, and what is worked out once for all comparisons."""

    def __init__(self, base: Workspace, head: Workspace, renamed: Mapping[str, str]) -> None:
        self.base, self.head, self.renamed = base, head, renamed
        self.unreadable = {one.file for one in head.catalog.unreadables} - {head.settings.file}
        self.was_unreadable = {one.file for one in base.catalog.unreadables} - {base.settings.file}
        self.changed_names = changed_names(base.catalog, head.catalog, renamed)
        self.moved = _moved(base.graph, head.graph)

    def means_the_same(self, before: Entry, after: Entry) -> bool:
        """Whether the very same document still refers to the very same resources."""
        return before is after and self.changed_names.isdisjoint([text for _, text, _ in before.mentions])


def _moved(base: Graph, head: Graph) -> set[str]:
    """What may stand elsewhere than it did, in the head: what has another carrier now, and all that it carries."""
    moved: set[str] = set()
    queue = [
        address
        for address in base.gates.keys() | head.gates.keys()
        if base.gates.get(address) is not head.gates.get(address)
        and _carriers(base, address) != _carriers(head, address)
    ]
    while queue:
        address = queue.pop()
        if address not in moved:
            moved.add(address)
            queue += [edge.source for edge in head.into.get(address, ()) if edge.relation in _CARRYING]
    return moved


def _carriers(graph: Graph, address: str) -> list[str]:
    """What something stands in or on, directly."""
    return [gate.members[0] for gate in graph.gates.get(address, ()) if gate.relation in _CARRYING]


_CARRYING = (RUNS_ON, PART_OF, LOCATED_IN)


def _unknown(entry: Entry, now: str, pair: _Pair) -> Change | None:
    """What the base had in a document that the head cannot read is unknown, not gone."""
    if _is_lost_project(entry, pair.base, pair.head):
        reason = "the project file cannot be relied on"
        return Change(now, "unknown", place=entry.draft.place("name"), reason=reason)
    if now in pair.head.catalog.unknown:
        reason = "its document cannot be read, or does not fit"
        return Change(now, "unknown", place=entry.draft.place("name"), reason=reason)
    lost = pair.unreadable & _files(entry) if pair.unreadable else set()
    # A document that was read from the same file is known, though another one in it is broken.
    if lost and now in pair.head.catalog.entries:
        lost -= _files(pair.head.catalog.entries[now])
    if lost:
        reason = f"{min(lost)} cannot be read in full"
        return Change(now, "unknown", place=entry.draft.place("name"), reason=reason)
    return None


def _is_lost_project(entry: Entry, here: Workspace, there: Workspace) -> bool:
    """Whether this is one side's project, and the other side has one that cannot be read."""
    return entry is here.settings.entry and there.settings.entry is None and bool(there.settings.broken)


def _files(entry: Entry) -> set[str]:
    """The files that a resource comes from: several where one completes another."""
    found = {entry.draft.file}
    waiting: list[Marks] = [entry.draft.marks]
    while waiting:
        marks = waiting.pop()
        if isinstance(marks, Elsewhere):
            found.add(marks.file)
            waiting.append(marks.marks)
        elif isinstance(marks, MapMarks):
            waiting += [inner for _, inner in marks.fields.values()]
        elif isinstance(marks, ListMarks):
            waiting += marks.items
    return found


def _compared(pair: _Pair, before: Entry, after: Entry) -> Change | None:
    former = before.address if before.address != after.address else ""
    base, head, renamed = pair.base, pair.head, pair.renamed
    fields = [] if pair.means_the_same(before, after) else list(_field_changes(base, head, before, after, renamed))
    if former or after.address in pair.moved:
        fields += _derived(base, head, before, after, renamed, {change.path for change in fields})
    if former:
        return Change(after.address, "rename", tuple(fields), former, after.draft.place("name"))
    return Change(after.address, "change", tuple(fields), place=fields[0].place) if fields else None


def _field_changes(
    base: Workspace, head: Workspace, before: Entry, after: Entry, renamed: Mapping[str, str]
) -> Iterator[FieldChange]:
    old = facts(base.catalog, before, renamed, head.catalog)
    new = {path: _renamed(leaf, renamed) for path, leaf in facts(head.catalog, after, {}, base.catalog).items()}
    kind = after.address.partition("/")[0]
    for path in sorted(old.keys() | new.keys()):
        was, now = old.get(path), new.get(path)
        if was == now:
            continue
        if isinstance(was, tuple) and isinstance(now, tuple):
            was, now = _beyond(was, now), _beyond(now, was)
        field = path.partition(".")[0]
        entry = after if path in new else before
        where = entry.draft.place(*_written(entry.draft.value, path))
        yield FieldChange(path, change_class(kind, field), was, now, where)


def _beyond(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    """What there is more of here than there, once for each time."""
    return tuple((Counter(these) - Counter(those)).elements())


def _renamed(leaf: Leaf, renamed: Mapping[str, str]) -> Leaf:
    """A value of the head in which a name may have been looked up in the base, under its address of then."""
    if isinstance(leaf, tuple):
        return tuple(sorted(renamed.get(item, item) for item in leaf))
    return renamed.get(leaf, leaf) if isinstance(leaf, str) else leaf


def _written(value: object, path: str) -> tuple[str, ...]:
    """A dotted path as keys of the document; keys may hold dots themselves."""
    found: list[str] = []
    rest = path
    while rest and isinstance(value, Mapping):
        key = next(
            (key for key in sorted(value, key=len, reverse=True) if rest == key or rest.startswith(f"{key}.")),
            None,
        )
        if key is None:
            break
        found.append(key)
        value, rest = value[key], rest[len(key) + 1 :]
    return tuple(found)


def _derived(
    base: Workspace,
    head: Workspace,
    before: Entry,
    after: Entry,
    renamed: Mapping[str, str],
    stated: Iterable[str],
) -> Iterator[FieldChange]:
    """A location that differs although the resource itself says the same as before: what carries it has moved."""
    if not after.address.startswith("Asset/") or {"location", "runsOn", "partOf"} & set(stated):
        return
    was, now = location_of(base.graph, before.address), location_of(head.graph, after.address)
    old = renamed.get(was.target, was.target) if was is not None else None
    new = now.target if now is not None else None
    if old == new:
        return
    cause = _moved_carrier(base, head, after.address, {new: old for old, new in renamed.items()})
    place = (
        head.catalog.entries[cause].draft.place("location") if cause in head.catalog.entries else after.draft.place()
    )
    yield FieldChange("location", ChangeClass.AVAILABILITY, old, new, place, cause)


def _moved_carrier(base: Workspace, head: Workspace, address: str, formerly: Mapping[str, str]) -> str:
    """The nearest carrier of an asset whose own place or carrier is another than before."""
    seen: set[str] = set()
    while address and address not in seen:
        seen.add(address)
        now = {edge.relation: edge.target for edge in head.graph.out.get(address, ()) if edge.relation in _CARRYING}
        old = formerly.get(address, address)
        was = {edge.relation: edge.target for edge in base.graph.out.get(old, ()) if edge.relation in _CARRYING}
        if {relation: formerly.get(target, target) for relation, target in now.items()} != was:
            return address
        address = now.get(RUNS_ON) or now.get(PART_OF) or ""
    return ""


def _offers(
    base: Workspace, head: Workspace, changes: Iterable[Change], renamed: Mapping[str, str]
) -> tuple[Offer, ...]:
    changes = list(changes)
    removed = [change.address for change in changes if change.action == "remove"]
    added = [change.address for change in changes if change.action == "add"]
    return tuple(offered(base.catalog, head.catalog, removed, added, renamed))
