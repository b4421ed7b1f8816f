"""Resources become a catalog: one address each, and every name that they mention resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple, TypeAlias

from mofconf.documents import Unreadable
from mofconf.formats.draft import Draft
from mofconf.kinds import KINDS
from mofconf.kinds.reading import Entry, Misfit
from mofconf.kinds.relation import Link
from mofconf.kinds.values import read_name


class Found(Enum):
    """What became of a name."""

    YES = "yes"
    FORMER = "former"  # by a name that the target had before
    BUILTIN = "builtin"  # always there, without a document
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    WRONG_KIND = "wrong kind"


Meaning: TypeAlias = tuple[Found, str, tuple[str, ...]]
"""What a name means: how it was found, its target, and candidates, as in `Resolved`."""


class Resolved(NamedTuple):
    """A reference and what it leads to.

    ``target`` is an address where exactly one resource is meant; for a missing one the address that it would have.
    ``candidates`` are the addresses among which an ambiguous name cannot choose, or those of the wrong kind.
    """

    path: tuple[str | int, ...]
    text: str
    link: Link
    found: Found
    target: str = ""
    candidates: tuple[str, ...] = ()


class References(Mapping[str, tuple[Resolved, ...]]):
    """What each resource refers to. Put together when somebody asks, since hardly anybody asks for all of them."""

    def __init__(self, entries: Mapping[str, Entry], meanings: Mapping[tuple[str, Link], Meaning]) -> None:
        self._entries, self._meanings = entries, meanings

    def __getitem__(self, address: str) -> tuple[Resolved, ...]:
        mentions = self._entries[address].mentions
        return tuple(Resolved(path, text, link, *self._meanings[text, link]) for path, text, link in mentions)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class Repeat(NamedTuple):
    """An address that several documents claim. The first of them counts."""

    address: str
    drafts: tuple[Draft, ...]


class Catalog(NamedTuple):
    """All resources by address, and what stands beside them.

    ``unknown`` are addresses whose document cannot be read or does not fit, with the document: they are there, but
    nobody can say what they are. ``references`` are what each resource mentions, ``meanings`` what every name in them
    means; ``odd`` are the references that do not simply lead to one other resource, each with the address that makes
    it.
    """

    entries: Mapping[str, Entry]
    misfits: tuple[Misfit, ...]
    unreadables: tuple[Unreadable, ...]
    unknown: Mapping[str, Misfit | Unreadable]
    repeats: tuple[Repeat, ...]
    meanings: Mapping[tuple[str, Link], Meaning]
    names: Names
    odd: tuple[tuple[str, Resolved], ...] = ()

    @property
    def references(self) -> Mapping[str, tuple[Resolved, ...]]:
        """What each resource refers to, in the order of its fields."""
        return References(self.entries, self.meanings)

    def resolve(self, text: str, link: Link) -> Meaning:
        """What a name means where ``link`` says which kinds are meant: how it was found, target, candidates."""
        return resolve(self.names, text, link)


class Names(NamedTuple):
    """Every address that is taken, and for each former address those that had it."""

    addresses: frozenset[str]
    former: Mapping[str, tuple[str, ...]]

    def called(self, name: str) -> tuple[str, ...]:
        """The addresses with this name, of whatever kind."""
        return tuple(sorted(address for kind in KINDS if (address := f"{kind}/{name}") in self.addresses))


def build(readings: Iterable[Entry | Misfit], unreadables: Iterable[Unreadable] = ()) -> Catalog:
    """The catalog of everything that was read."""
    claims: dict[str, list[Entry]] = defaultdict(list)
    misfits: list[Misfit] = []
    repeated = ""
    for reading in readings:
        if isinstance(reading, Entry):
            if reading.instance_of and reading.instance_of == repeated:
                continue  # of a whole that does not count, the instances do not count either
            if not reading.instance_of:
                repeated = reading.address if reading.address in claims else ""
            claims[reading.address].append(reading)
        else:
            misfits.append(reading)
    broken = tuple(sorted(unreadables, key=lambda one: one.place))
    entries = {address: claims[address][0] for address in sorted(claims)}
    unknown = _unknown(entries, misfits, broken)
    names = _names(entries, unknown)
    meanings: dict[tuple[str, Link], Meaning] = {}
    odd: list[tuple[str, Resolved]] = []
    for address, entry in entries.items():
        for path, text, link in entry.mentions:
            meaning = meanings.get((text, link))
            if meaning is None:
                meaning = meanings[text, link] = resolve(names, text, link)
            if meaning[0] is not Found.YES or meaning[1] == address:
                odd.append((address, Resolved(path, text, link, *meaning)))
    repeats = tuple(
        Repeat(address, tuple(entry.draft for entry in claims[address]))
        for address in entries
        if len(claims[address]) > 1
    )
    ordered = tuple(sorted(misfits, key=lambda misfit: misfit.draft.place()))
    return Catalog(entries, ordered, broken, unknown, repeats, meanings, names, tuple(odd))


def changed_names(before: Catalog, after: Catalog, about: Container[str] = ()) -> frozenset[str]:
    """The names in both catalogs that mean something else in the other, or one of the addresses ``about``.

    What the same document says by other names than these is the same in both.
    """
    return frozenset(
        text
        for (text, link), meaning in before.meanings.items()
        if meaning[1] in about or after.meanings.get((text, link), meaning) != meaning
    )


def resolve(names: Names, text: str, link: Link) -> Meaning:
    """As `Catalog.resolve`."""
    head, slash, name = text.partition("/")
    if text in link.builtin or (head in link.kinds and name in link.builtin):
        return Found.BUILTIN, "", ()
    if slash and head in KINDS:
        return _resolve_address(names, text, head, link)
    here = [address for kind in link.kinds if (address := f"{kind}/{text}") in names.addresses]
    if len(here) == 1:
        return Found.YES, here[0], ()
    if here:
        return Found.AMBIGUOUS, "", tuple(here)
    renamed = sorted({new for kind in link.kinds for new in names.former.get(f"{kind}/{text}", ())})
    if len(renamed) == 1:
        return Found.FORMER, renamed[0], ()
    if renamed:
        return Found.AMBIGUOUS, "", tuple(renamed)
    others = names.called(text)
    return (Found.WRONG_KIND if others else Found.MISSING), f"{link.kinds[0]}/{text}", others


def _resolve_address(names: Names, address: str, kind: str, link: Link) -> Meaning:
    if kind not in link.kinds:
        return Found.WRONG_KIND, address, (address,) if address in names.addresses else ()
    if address in names.addresses:
        return Found.YES, address, ()
    renamed = names.former.get(address, ())
    if len(renamed) == 1:
        return Found.FORMER, renamed[0], ()
    return (Found.AMBIGUOUS, "", renamed) if renamed else (Found.MISSING, address, ())


def _unknown(
    entries: Mapping[str, Entry], misfits: Iterable[Misfit], unreadables: Iterable[Unreadable]
) -> Mapping[str, Misfit | Unreadable]:
    unknown: dict[str, Misfit | Unreadable] = {}
    for misfit in misfits:
        for address in _claimed(misfit.draft):
            unknown.setdefault(address, misfit)
    for unreadable in unreadables:
        if unreadable.kind in KINDS and _is_name(unreadable.name):
            unknown.setdefault(f"{unreadable.kind}/{unreadable.name}", unreadable)
    return {address: unknown[address] for address in sorted(unknown) if address not in entries}


def _claimed(draft: Draft) -> Iterator[str]:
    """The addresses that a draft would have taken, had it fitted: its own and those of its instances."""
    if draft.kind in KINDS and _is_name(draft.name):
        yield draft.address
        instances = draft.value.get("instances")
        if isinstance(instances, Mapping):
            yield from (f"{draft.address}/{name}" for name in instances if _is_name(name))


def _is_name(text: object) -> bool:
    try:
        return bool(read_name(text))
    except ValueError:
        return False


def _names(entries: Mapping[str, Entry], unknown: Mapping[str, object]) -> Names:
    former: dict[str, list[str]] = defaultdict(list)
    for address, entry in entries.items():
        for name in entry.resource.formerly:
            kind = entry.draft.kind
            former[name if name.startswith(f"{kind}/") else f"{kind}/{name}"].append(address)
    return Names(
        frozenset((*entries, *unknown)),
        {name: tuple(sorted(addresses)) for name, addresses in former.items()},
    )
