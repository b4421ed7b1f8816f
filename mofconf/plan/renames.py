"""What is called something else now: renames that are declared, and those that look like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.catalog import Catalog
from mofconf.diagnostic import Place
from mofconf.plan.facts import facts


class Offer(NamedTuple):
    """A removal and an addition that look like a rename nobody has declared."""

    removed: str
    added: str
    place: Place


NEVER_OFFERED = ("Partner", "Contract", "Person", "Customer", "Project")
"""Kinds of which two that look alike are still two."""


def declared(base: Catalog, head: Catalog) -> dict[str, str]:
    """Addresses of the base that the head declares to be former names; instances go with their whole."""
    renamed: dict[str, str] = {}
    for former, claims in head.names.former.items():
        gone = former in base.entries and former not in head.names.addresses
        if gone and len(claims) == 1 and claims[0] not in base.entries:
            renamed[former] = claims[0]
    for former, now in list(renamed.items()):
        for instance in base.entries[former].instances:
            same = f"{now}/{instance.removeprefix(former + '/')}"
            if same in head.entries and instance not in renamed:
                renamed[instance] = same
    return renamed


def offered(
    base: Catalog, head: Catalog, removed: Sequence[str], added: Sequence[str], renamed: Mapping[str, str]
) -> Iterator[Offer]:
    """Removals and additions that agree in everything but the name, each unique on its side."""
    if not removed or not added:
        return
    # References among the renamed would never agree by name: compare them as "one of those that went or came".
    gone, come = dict.fromkeys(removed, "?"), dict.fromkeys(added, "?")
    before, after = defaultdict(list), defaultdict(list)
    for address in removed:
        before[_likeness(base, address, {**renamed, **gone}, head)].append(address)
    for address in added:
        after[_likeness(head, address, come, base)].append(address)
    alike = {
        olds[0]: news[0]
        for likeness, olds in before.items()
        if len(olds) == len(news := after.get(likeness, [])) == 1 and olds[0].partition("/")[0] not in NEVER_OFFERED
    }
    for old, new in sorted(alike.items()):
        # What looked alike has to be the same once the pairs are taken for renames.
        then = _likeness(base, old, {**renamed, **alike}, head)
        if then == _likeness(head, new, {}, base):
            yield Offer(old, new, head.entries[new].draft.place("name"))


def _likeness(catalog: Catalog, address: str, renamed: Mapping[str, str], other: Catalog) -> tuple[object, ...]:
    entry = catalog.entries[address]
    name = address.partition("/")[2]
    flat = facts(catalog, entry, renamed, other)
    own = {path: leaf for path, leaf in flat.items() if not (path == "title" and leaf == name)}
    return (address.partition("/")[0], *sorted((path, repr(leaf)) for path, leaf in own.items()))
