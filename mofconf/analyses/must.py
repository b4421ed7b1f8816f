"""What a resource cannot do without: its single points of failure, exactly, without enumerating failures.

For a monotone condition the elements whose failure alone takes x down are x itself, those of every hard need, and for
k of n those that take down at least n-k+1 of the members (section 1 of the analyses). Sets are bit masks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import NamedTuple

from mofconf.analyses.masks import numbers_in
from mofconf.analyses.working import tolerated
from mofconf.graph import Gate, Graph, State

EVERYTHING = -1
"""The mask of a resource that is down already: whatever fails, it is down."""


class Musts(NamedTuple):
    """For every resource the mask of the elements that it cannot do without. ``order`` names the bits, ``bits`` are
    those of the addresses."""

    order: tuple[str, ...]
    masks: Mapping[str, int]
    bits: Mapping[str, int]

    def of(self, address: str) -> frozenset[str]:
        """The single points of failure of a resource, itself included; empty for one that is down anyway."""
        mask = self.masks.get(address, 0)
        return frozenset() if mask == EVERYTHING else frozenset(self.names(mask))

    def has(self, mask: int, address: str) -> bool:
        """Whether an address is in a mask."""
        return bool(mask & self.bits.get(address, 0))

    def names(self, mask: int) -> Iterator[str]:
        """The addresses in a mask."""
        return map(self.order.__getitem__, numbers_in(mask))


def musts(
    graph: Graph,
    failed: Collection[str] = (),
    lasting: timedelta | None = None,
    of: Collection[str] | None = None,
    like: Musts | None = None,
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Musts:
    """What every resource cannot do without, given that those in ``failed`` are down already.

    ``lasting`` is how long outages last: a need that tolerates as much is no condition. ``None`` is without end.
    With ``of`` only those are looked at, and what they need. To be compared with those of another graph they are to
    be ``like`` that: with the same bits, and under the names that the other graph has for them (``renamed``).
    """
    order = dependencies_first(graph, graph.nodes if of is None else of)
    bits, names = _bits(order, like, renamed)
    masks = _own(graph, bits, failed)

    def through(gate: Gate) -> int:
        if gate.effect != "stops" or (lasting is not None and tolerated(gate, lasting)):
            return 0
        members = gate.members
        return masks[members[0]] if len(members) == gate.at_least == 1 else _through(gate, masks, graph)

    _settle(graph, masks, through)
    if renamed:
        masks = {renamed.get(address, address): mask for address, mask in masks.items()}
    return Musts(names, masks, bits)


def supports(graph: Graph, of: Collection[str], like: Musts, renamed: Mapping[str, str]) -> Mapping[str, int]:
    """All that could matter to some resources, redundant or not, as masks: every member of a group counts."""
    bits, _ = _bits(dependencies_first(graph, of), like, renamed)
    return {renamed.get(address, address): mask for address, mask in gathered(graph, bits, hard=True).items()}


def gathered(graph: Graph, own: Mapping[str, int], *, hard: bool) -> Mapping[str, int]:
    """The masks of some things, each joined with those of everything that it needs, directly or not.

    ``own`` has to have all of that, and best what is needed first. ``hard``: what is only wanted is left out.
    """
    masks = dict(own)

    def through(gate: Gate) -> int:
        return reduce(or_, map(masks.__getitem__, gate.members), 0) if carries(gate, hard=hard) else 0

    _settle(graph, masks, through)
    return masks


def _settle(graph: Graph, masks: dict[str, int], through: Callable[[Gate], int]) -> None:
    """Let the masks grow through gates until nothing changes any more (a least fixpoint).

    They come with what is needed before what needs it, so one round is enough for all that is in no circle.
    """
    waiting = {address for address in masks if address in graph.gates}
    queue: deque[str] = deque()
    for address in [address for address in masks if address in waiting]:
        waiting.remove(address)
        _grow(graph, masks, address, through)
        for gate in graph.gates[address]:
            if not waiting.isdisjoint(gate.members):
                queue.append(address)  # it was looked at before what it needs
    while queue:
        address = queue.popleft()
        waiting.discard(address)
        if _grow(graph, masks, address, through):
            for consumer, _ in graph.consumers.get(address, ()):
                if consumer in masks and consumer not in waiting:
                    waiting.add(consumer)
                    queue.append(consumer)


def _grow(graph: Graph, masks: dict[str, int], address: str, through: Callable[[Gate], int]) -> bool:
    """Let one mask grow; whether it did."""
    before = after = masks[address]
    if before != EVERYTHING:
        for gate in graph.gates[address]:
            after |= through(gate)
    masks[address] = after
    return after != before


def _bits(
    order: Sequence[str], like: Musts | None, renamed: Mapping[str, str]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """A bit for each address, and the names of the bits."""
    if like is None:
        return {address: 1 << index for index, address in enumerate(order)}, tuple(order)
    index = {address: number for number, address in enumerate(like.order)}
    now = {address: renamed.get(address, address) for address in order}
    only_here = [name for name in now.values() if name not in index]
    index |= {name: len(like.order) + number for number, name in enumerate(only_here)}
    return {address: 1 << index[name] for address, name in now.items()}, (*like.order, *only_here)


def _own(graph: Graph, bits: Mapping[str, int], failed: Collection[str]) -> dict[str, int]:
    """The mask of each resource as far as itself is concerned."""
    # A resource with instances is their sum and has no failures of its own. One that nobody declares may be anything.
    masks = {address: 0 if address in graph.wholes else bit for address, bit in bits.items()}
    masks.update((address, EVERYTHING) for address in (*failed, *graph.retired) if address in masks)
    return masks


def _through(gate: Gate, masks: Mapping[str, int], graph: Graph) -> int:
    members = [EVERYTHING if graph.nodes[member] is State.MISSING else masks[member] for member in gate.members]
    return in_at_least(len(members) - gate.at_least + 1, members)


def in_at_least(count: int, masks: Collection[int]) -> int:
    """The bits that are set in at least ``count`` of the masks.

    >>> bin(in_at_least(2, [0b011, 0b110, 0b100]))
    '0b110'
    """
    if count <= 0:
        return EVERYTHING
    reached = [EVERYTHING] + [0] * count
    for mask in masks:
        for level in range(count, 0, -1):
            reached[level] |= reached[level - 1] & mask
    return reached[count]


def dependencies_first(graph: Graph, roots: Iterable[str], *, hard: bool = False) -> tuple[str, ...]:
    """These and all that they need, what is needed before what needs it, so that one round is nearly always enough.

    Only in cycles is there no such order. A need without effect leads nowhere. ``hard``: what is only wanted is left
    out too.
    """
    seen: set[str] = set()
    done: set[str] = set()
    order: list[str] = []
    gates, effects = graph.gates, ("stops",) if hard else ("stops", "degrades")
    for root in roots:
        stack = [root]
        while stack:
            address = stack[-1]
            if address not in seen:
                seen.add(address)
                stack += [
                    member
                    for gate in reversed(gates.get(address, ()))
                    if gate.effect in effects
                    for member in reversed(gate.members)
                    if member not in seen
                ]
            else:
                stack.pop()
                if address not in done:
                    done.add(address)
                    order.append(address)
    return tuple(order)


def carries(gate: Gate, *, hard: bool) -> bool:
    """Whether an outage comes through a gate at all. ``hard``: whether it stops what has the gate."""
    return gate.effect == "stops" or (not hard and gate.effect == "degrades")
