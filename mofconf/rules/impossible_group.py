"""The rule impossible-group."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.kinds.asset import Asset
from mofconf.kinds.faults import Path
from mofconf.kinds.need import NEEDED, Need, Up
from mofconf.kinds.reading import Entry
from mofconf.kinds.service import Service
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def impossible_group(evidence: Evidence) -> Iterator[Finding]:
    """A group can never be satisfied, or is no group.

    Asking for three of two members can never be met; a group with one member, none, or one that stands in it
    twice gives no redundancy although it looks like it.

    Bad:
        kind: Service
        name: checkout
        needs:
          - atLeast: 3  # ! impossible-group
            of: [node-1, node-2]
        ---
        kind: Asset
        name: node-1
        ---
        kind: Asset
        name: node-2

    Good:
        kind: Service
        name: checkout
        needs:
          - atLeast: 1
            of: [node-1, node-2]
        ---
        kind: Asset
        name: node-1
        ---
        kind: Asset
        name: node-2
    """
    needing: Iterator[tuple[str, Entry, Asset | Service]] = evidence.of_kind(Asset, Service)
    for address, entry, resource in needing:
        for index, need in enumerate(resource.needs):
            if need.ref is not None and need.at_least is None:
                continue
            for path, message, hint in _wrong_with(evidence, need, index):
                if not is_inherited(evidence.catalog, address, path):
                    yield _finding(evidence, address, path, message, hint)
        if resource.up is not None:
            for path, message, hint in _wrong_with_up(resource.up, len(entry.instances)):
                yield _finding(evidence, address, path, message, hint)


def _finding(evidence: Evidence, address: str, path: Path, message: str, hint: str) -> Finding:
    return Finding(message, evidence.place(address, *path), address, path, hint, subject=message)


_Wrong = tuple[Path, str, str]
"""Where, what, and what to do."""

_INSTANCES = "give it instances, or leave {} out"


def _wrong_with(evidence: Evidence, need: Need, index: int) -> Iterator[_Wrong]:
    field = "anyOf" if need.any_of or "any_of" in need.model_fields_set else "of"
    if need.ref is not None:
        if need.at_least is not None:
            yield from _wrong_with_share(evidence, need.ref, need.at_least, index)
        return
    targets = [_target(evidence, name) for name in need.group]
    twice = sorted({target for target in targets if target and targets.count(target) > 1})
    if not need.group:
        yield (
            ("needs", index, field),
            f"{field} is empty: nothing can satisfy it",
            "name its members, or take the need out",
        )
    elif len(need.group) == 1:
        yield (
            ("needs", index, field),
            f"a group with one member is no group: write {need.group[0]} instead",
            "or name the members that are missing",
        )
    elif twice:
        again = targets.index(twice[0], targets.index(twice[0]) + 1)
        message = f"{twice[0]} stands in this group twice, and fails only once"
        yield ("needs", index, field, again), message, "name it once"
    if need.at_least is not None and need.of and not 1 <= need.at_least <= len(need.of):
        yield (
            ("needs", index, "atLeast"),
            f"atLeast is {need.at_least}, and the group has {_counted(len(need.of), 'member')}",
            _within(1, len(need.of), "members"),
        )


def _wrong_with_share(evidence: Evidence, name: str, at_least: int, index: int) -> Iterator[_Wrong]:
    target = _target(evidence, name)
    whole = evidence.catalog.entries.get(target)
    if whole is None:
        return
    if not whole.instances:
        yield (
            ("needs", index, "atLeast"),
            f"atLeast counts instances, and {target} has none",
            _INSTANCES.format("atLeast"),
        )
    elif not 1 <= at_least <= len(whole.instances):
        yield (
            ("needs", index, "atLeast"),
            f"atLeast is {at_least}, and {target} has {_counted(len(whole.instances), 'instance')}",
            _within(1, len(whole.instances), "instances"),
        )


def _target(evidence: Evidence, name: str) -> str:
    """What a name in a need means; nothing where it is ambiguous."""
    _, target, _ = evidence.catalog.meanings[name, NEEDED]
    return target


def _wrong_with_up(up: Up, count: int) -> Iterator[_Wrong]:
    if not count:
        yield ("up",), "up says how many instances are enough, and there are none", _INSTANCES.format("up")
        return
    at_least = count if up.at_least is None else up.at_least
    if not 1 <= at_least <= count:
        there = "there is 1 instance" if count == 1 else f"there are {count} instances"
        yield ("up", "atLeast"), f"atLeast is {at_least}, and {there}", _within(1, count, "instances")
    elif up.full_at is not None and not at_least <= up.full_at <= count:
        yield (
            ("up", "fullAt"),
            f"fullAt is {up.full_at}; it has to lie between atLeast ({at_least}) and {count}",
            _within(at_least, count, "instances"),
        )


def _within(least: int, most: int, nouns: str) -> str:
    number = f"a number from {least} to {most}" if least < most else str(most)
    return f"write {number}, or name the {nouns} that are missing"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
