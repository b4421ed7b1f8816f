"""What works and what does not, given that some things have failed: the functions *up* and *full* of a resource."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from mofconf.graph import Gate, Graph, State


class Working(NamedTuple):
    """The resources that are down, and those that are up but not full.

    ``because`` names for each of them (but those that failed themselves) the gate that gave way, and ``order`` who
    went first, so that a reason can be traced back to what failed.
    """

    down: frozenset[str]
    degraded: frozenset[str]
    because: Mapping[str, Gate]
    order: Mapping[str, int]


def working(graph: Graph, failed: Iterable[str] = (), lasting: timedelta | None = None) -> Working:
    """What is down and what is degraded when ``failed`` have failed.

    Things that need each other fail only if something in the knot really fails (the greatest fixpoint): everything is
    taken to be up, and failures spread from there. ``lasting`` is how long the outage lasts; a need that tolerates
    as much is then no condition. ``None`` is an outage without end.
    """
    because: dict[str, Gate] = {}
    down = _spread(graph, _start(graph, failed), because, lasting, full=False)
    less = _spread(graph, down, because, lasting, full=True)
    order = {address: index for index, address in enumerate(less)}
    return Working(frozenset(down), frozenset(less) - frozenset(down), because, order)


def down_alone(graph: Graph, failed: Iterable[str]) -> frozenset[str]:
    """Only what is down; half the work of `working`."""
    return frozenset(_spread(graph, _start(graph, failed), {}, None, full=False))


def tolerated(gate: Gate, lasting: timedelta | None) -> bool:
    """Whether an outage of that length does no harm here. ``None`` is an outage without end."""
    return lasting is not None and gate.tolerates is not None and lasting <= gate.tolerates


def dependents(graph: Graph, addresses: Iterable[str]) -> set[str]:
    """Some resources and everything that depends on them, directly or not, redundantly or not."""
    found = set(addresses)
    queue = list(found)
    while queue:
        fresh = {consumer for consumer, _ in graph.consumers.get(queue.pop(), ())} - found
        found |= fresh
        queue += fresh
    return found


def _start(graph: Graph, failed: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys([*sorted(failed), *graph.retired])


def _spread(
    graph: Graph, starting: Mapping[str, None], because: dict[str, Gate], lasting: timedelta | None, *, full: bool
) -> dict[str, None]:
    """All that goes when ``starting`` go, in the order in which they go.

    With ``full`` it is what is not full any more, and ``starting`` is what is down.
    """
    gone: dict[str, None] = dict(starting)
    queue = deque(gone)

    def give_way(address: str, gate: Gate) -> None:
        if _gives_way(graph, gate, gone, lasting, full=full) or (full and _is_missed(graph, gate, starting, lasting)):
            gone[address] = None
            because[address] = gate
            queue.append(address)

    for address, gate in graph.weak:
        if address not in gone:
            give_way(address, gate)
    while queue:
        for consumer, gate in graph.consumers.get(queue.popleft(), ()):
            if consumer not in gone:
                give_way(consumer, gate)
    return gone


def _gives_way(graph: Graph, gate: Gate, gone: Mapping[str, None], lasting: timedelta | None, *, full: bool) -> bool:
    if gate.effect != "stops" or tolerated(gate, lasting):
        return False
    return _left(graph, gate, gone) < (max(gate.at_least, gate.full_at) if full else gate.at_least)


def _is_missed(graph: Graph, gate: Gate, down: Mapping[str, None], lasting: timedelta | None) -> bool:
    """Whether something that is wanted, but not needed, is down."""
    return gate.effect == "degrades" and not tolerated(gate, lasting) and _left(graph, gate, down) < gate.at_least


def _left(graph: Graph, gate: Gate, gone: Mapping[str, None]) -> int:
    """How many members are left. A missing one counts as down in a group; alone nobody knows."""
    if not gate.is_group:
        return 0 if gate.members[0] in gone else 1
    # In a graph with gates of another one a member may not even be known by name.
    there = (member for member in gate.members if graph.nodes.get(member, State.MISSING) is not State.MISSING)
    return sum(member not in gone for member in there)
