"""Fault trees as values: gates that say how failures combine, events that are failures, one gate that matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias


class Formula(NamedTuple):
    """A combination of terms: all (``and``), one (``or``), an odd number of them (``xor``), ``not`` the only one, or at
    least ``least`` of them (``atleast``)."""

    kind: str
    terms: tuple[Term, ...]
    least: int = 0


Term: TypeAlias = Formula | str | bool
"""A combination, the name of a gate or an event, or what always or never happens."""


class FaultTree(NamedTuple):
    """Gates, and below them events, by name. ``top`` is the gate that it is about; no name stands for two things.

    An event happens with its probability, independently of all others; ``None`` where that is not known. A house event
    happens or not. ``labels`` say in the words of people what names mean.
    """

    top: str
    gates: Mapping[str, Term]
    events: Mapping[str, float | None]
    houses: Mapping[str, bool] = MappingProxyType({})
    labels: Mapping[str, str] = MappingProxyType({})


class CircleError(ValueError):
    """Gates that stand below themselves. ``circle`` are their names; the last one leads back to the first."""

    def __init__(self, circle: Sequence[str]) -> None:
        self.circle = tuple(circle)
        super().__init__(f"gates stand below themselves: {' -> '.join((*circle, circle[0]))}")


class UndefinedError(ValueError):
    """A gate names what is nowhere defined."""


def circle_in(tree: FaultTree) -> tuple[str, ...]:
    """Gates that stand below themselves, anywhere in a tree; the last one leads back to the first. Empty: none do.

    Raises `UndefinedError`.
    """
    try:
        gates_below_top(tree._replace(top="", gates={**tree.gates, "": Formula("or", tuple(tree.gates))}))
    except CircleError as error:
        return error.circle
    return ()


def names_in(term: Term) -> Iterator[str]:
    """The names in a term, as often as it has them."""
    if isinstance(term, str):
        yield term
    elif isinstance(term, Formula):
        for one in term.terms:
            yield from names_in(one)


Key: TypeAlias = str | tuple[str, int]
"""The name of a gate or an event, or the number of a formula inside a gate."""


class PlainGate(NamedTuple):
    """A gate that has no formulas in it. One of nothing always happens (``and``) or never does (``or``)."""

    kind: str
    members: tuple[Key, ...] = ()
    least: int = 0


class Plain(NamedTuple):
    """The gates below the top, each after those that it leads to; formulas inside gates are gates of their own.

    ``turns`` tells whether any of them turns something round, so that the tree may not be coherent.
    """

    top: Key
    gates: Mapping[Key, PlainGate]
    turns: bool


def gates_below_top(tree: FaultTree) -> Plain:
    """The gates below the top of a tree. Raises `CircleError`, `UndefinedError`."""
    made: dict[Key, PlainGate] = {}
    done: dict[Key, PlainGate] = {}
    if tree.top not in tree.gates:
        raise UndefinedError(f"there is no gate {tree.top}")
    path: dict[Key, Iterator[Key]] = {}
    start: Key | None = tree.top
    while start is not None or path:
        if start is not None:
            if isinstance(start, str) and start in tree.gates:
                _take_apart(start, tree.gates[start], tree, made)
            path[start] = iter(made[start].members)
        here = next(reversed(path))
        start = None
        for member in path[here]:
            if member in path:
                names = [*path]
                raise CircleError([one for one in names[names.index(member) :] if isinstance(one, str)])
            if member not in done and (member in tree.gates or member in made):
                start = member
                break
        else:
            del path[here]
            done[here] = made[here]
    return Plain(tree.top, done, any(gate.kind in ("not", "xor") for gate in done.values()))


def _take_apart(name: str, term: Term, tree: FaultTree, made: dict[Key, PlainGate]) -> None:
    """Make the gate of a term and of all formulas in it."""
    waiting: list[tuple[Key, Term]] = [(name, term)]
    inside = 0
    while waiting:
        key, one = waiting.pop()
        if not isinstance(one, Formula):
            one = Formula("or", (one,))
        members: list[Key] = []
        for part in one.terms:
            meant = tree.houses.get(part, part) if isinstance(part, str) else part
            if isinstance(meant, str):
                if meant not in tree.gates and meant not in tree.events:
                    raise UndefinedError(f"gate {name} names {meant}, which is nowhere defined")
                members.append(meant)
                continue
            inside += 1
            members.append((name, inside))
            if isinstance(meant, Formula):
                waiting.append((members[-1], meant))
            else:
                made[members[-1]] = PlainGate("and" if meant else "or")
        made[key] = PlainGate(one.kind, tuple(members), one.least)
