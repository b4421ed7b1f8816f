"""What hangs on itself: knots of needs that cannot start cold, and things that contain each other [door: networkx]."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from mofconf.graph.model import Gate, Graph, State
from mofconf.kinds.relation import Relation

if TYPE_CHECKING:
    import networkx as nx


def knots(graph: Graph) -> list[tuple[str, ...]]:
    """Sets of nodes that all hang on each other and of which none can start first, as all wait for each other.

    They are the strongly connected components among what cannot start cold: a group with a member outside can.
    """
    if not _components(_hard_needs(graph)):
        return []
    started = _started_cold(graph)
    return _components(pair for pair in _hard_needs(graph) if started.isdisjoint(pair))


def containments(graph: Graph, relations: Collection[Relation]) -> list[tuple[str, ...]]:
    """Cycles among edges of these relations, one for each strongly connected component."""
    return _components((edge.source, edge.target) for edge in graph.edges() if edge.relation in relations)


def cycle_within(graph: Graph, knot: Collection[str]) -> list[str]:
    """A shortest cycle of hard needs through the first node of a knot, which stands at both ends."""
    import networkx as nx

    inside = set(knot)
    start = min(inside)
    within = _digraph((source, target) for source, target in _hard_needs(graph) if {source, target} <= inside)
    ways = [nx.shortest_path(within, after, start) for after in sorted(within.successors(start))]
    return [start, *min(ways, key=len)]


def _hard_needs(graph: Graph) -> Iterator[tuple[str, str]]:
    for address, gates in graph.gates.items():
        for gate in gates:
            if gate.effect == "stops":
                yield from ((address, member) for member in gate.members)


def _started_cold(graph: Graph) -> set[str]:
    """What comes up from nothing: the least fixpoint of being up, as opposed to the greatest of staying up."""
    started: set[str] = set()
    queue = deque(address for address, state in graph.nodes.items() if state is not State.RETIRED)
    while queue:
        address = queue.popleft()
        if address in started or graph.nodes[address] is State.RETIRED:
            continue
        if all(_starts(graph, gate, started) for gate in graph.gates.get(address, ())):
            started.add(address)
            queue.extend(consumer for consumer, _ in graph.consumers.get(address, ()))
    return started


def _starts(graph: Graph, gate: Gate, started: Collection[str]) -> bool:
    there = (one in started and not (gate.is_group and graph.nodes[one] is State.MISSING) for one in gate.members)
    return gate.effect != "stops" or sum(there) >= gate.at_least


def _components(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    below: dict[str, list[str]] = defaultdict(list)
    held: dict[str, int] = defaultdict(int)  # by how many edges each is held from above
    for source, target in edges:
        below[source].append(target)
        held[target] += 1
    free = [source for source in below if source not in held]
    while free:
        for target in below.pop(free.pop(), ()):
            held[target] -= 1
            if not held[target]:
                free.append(target)
    # What is left lies in circles or below them. Nearly always it is nothing, and the graph library is not imported.
    left = [(source, target) for source, targets in below.items() for target in targets]
    return _strongly_connected(left) if left else []


def _strongly_connected(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    import networkx as nx

    return sorted(tuple(sorted(part)) for part in nx.strongly_connected_components(_digraph(edges)) if len(part) > 1)


def _digraph(edges: Iterable[tuple[str, str]]) -> nx.DiGraph[str]:
    import networkx as nx

    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_edges_from(edges)
    return made
