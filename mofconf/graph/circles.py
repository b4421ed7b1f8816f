"""What hangs on itself: knots of needs that cannot start cold, and things that contain each other [door: networkx]."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from mofconf.graph.model import Gate, Graph, State
from mofconf.kinds.relation import Relation

if TYPE_CHECKING:
    import networkx as nx


def has_circles(graph: Graph) -> bool:
    """Whether any edges at all, of whatever relation, lead in a circle: where none do, nothing hangs on itself."""
    held = {address: len(edges) for address, edges in graph.into.items()}  # by how many each is still held from above
    free = [address for address in graph.out if address not in held]
    out = graph.out
    while free:
        for edge in out.get(free.pop(), ()):
            target = edge.target
            left = held[target] - 1
            if left:
                held[target] = left
            else:
                del held[target]
                free.append(target)
    return bool(held)


def knots(graph: Graph) -> list[tuple[str, ...]]:
    """Sets of nodes that all hang on each other and of which none can start first, as all wait for each other.

    They are the strongly connected components among what cannot start cold: a group with a member outside can.
    """
    needs = _hard_needs(graph)
    if not _components(needs):
        return []
    started = _started_cold(graph)
    return _components(
        {
            source: [target for target in targets if target not in started]
            for source, targets in needs.items()
            if source not in started
        }
    )


def containments(graph: Graph, relations: Collection[Relation]) -> list[tuple[str, ...]]:
    """Cycles among edges of these relations, one for each strongly connected component."""
    return _components(
        {
            source: targets
            for source, edges in graph.out.items()
            if (targets := [edge.target for edge in edges if edge.relation in relations])
        }
    )


def cycle_within(graph: Graph, knot: Collection[str]) -> list[str]:
    """A shortest cycle of hard needs through the first node of a knot, which stands at both ends."""
    import networkx as nx

    needs, inside = _hard_needs(graph), set(knot)
    start = min(inside)
    within = _digraph({source: [target for target in needs[source] if target in inside] for source in sorted(inside)})
    ways = [nx.shortest_path(within, after, start) for after in sorted(within.successors(start))]
    return [start, *min(ways, key=len)]


def _hard_needs(graph: Graph) -> dict[str, list[str]]:
    """What each node cannot do without, be it one of several."""
    return {
        address: members
        for address, gates in graph.gates.items()
        if (members := [member for gate in gates if gate.effect == "stops" for member in gate.members])
    }


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


def _components(below: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The strongly connected components with more than one node."""
    held: dict[str, int] = defaultdict(int)  # by how many each is still held from above
    for targets in below.values():
        for target in targets:
            held[target] += 1
    left = dict(below)
    free = [source for source in below if source not in held]
    while free:
        for target in left.pop(free.pop(), ()):
            held[target] -= 1
            if not held[target]:
                free.append(target)
    if not left:
        return []  # nearly always, and then the graph library need not be imported
    import networkx as nx

    parts = nx.strongly_connected_components(_digraph(left))
    return sorted(tuple(sorted(part)) for part in parts if len(part) > 1)


def _digraph(below: Mapping[str, Iterable[str]]) -> nx.DiGraph[str]:
    import networkx as nx

    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_edges_from((source, target) for source, targets in below.items() for target in targets)
    return made
