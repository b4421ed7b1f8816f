"""A catalog becomes a graph: who refers to whom and how, and under what condition each resource works."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mofconf.catalog import Catalog, Found, Resolved
from mofconf.kinds.need import Need, Up
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import NEEDS, Relation

if TYPE_CHECKING:
    import networkx as nx


class State(Enum):
    """How much is known of a node."""

    PRESENT = "present"
    RETIRED = "retired"  # declared, but no longer there
    UNKNOWN = "unknown"  # its document cannot be read or does not fit
    MISSING = "missing"  # somebody refers to it, nobody declares it


class Edge(NamedTuple):
    """One reference: ``source`` ⟨relation⟩ ``target``, written at ``path`` in the source."""

    source: str
    target: str
    relation: Relation
    path: tuple[str | int, ...]


class Gate(NamedTuple):
    """One condition for working: at least ``at_least`` of ``members`` work; below ``full_at`` it is degraded.

    A hard need of one thing is a gate with one member. With ``effect`` ``degrades`` or ``none`` it is no condition
    for being up. ``path`` is where it is written.
    """

    members: tuple[str, ...]
    at_least: int = 1
    full_at: int = 1
    effect: str = "stops"
    tolerates: timedelta | None = None
    failover: Decimal | None = None
    relation: Relation = NEEDS
    path: tuple[str | int, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it was written as a group: only there does a missing member count as down."""
        return len(self.members) != 1 or self.at_least != 1


class Graph(NamedTuple):
    """Nodes by address, edges both ways, and for each node that needs something its gates.

    ``wholes`` are the resources with instances: they have no failures of their own.
    """

    nodes: Mapping[str, State]
    out: Mapping[str, tuple[Edge, ...]]
    into: Mapping[str, tuple[Edge, ...]]
    gates: Mapping[str, tuple[Gate, ...]]
    wholes: frozenset[str]

    def edges(self) -> Iterator[Edge]:
        """All edges, by source and in the order of its fields."""
        for address in self.out:
            yield from self.out[address]


def build(catalog: Catalog, about: Iterable[Edge] = ()) -> Graph:
    """The graph of a catalog. ``about`` are edges that selectors make, which need a graph to be evaluated."""
    nodes = {address: _state(entry) for address, entry in catalog.entries.items()}
    nodes.update(dict.fromkeys(catalog.unknown, State.UNKNOWN))
    out: dict[str, list[Edge]] = defaultdict(list)
    into: dict[str, list[Edge]] = defaultdict(list)
    gates: dict[str, tuple[Gate, ...]] = {}
    for address, entry in catalog.entries.items():
        edges = [_edge(address, one) for one in catalog.references[address] if one.target and _leads(one)]
        found = _gates(entry, edges, catalog)
        if entry.instances:
            edges = [edge for edge in edges if not edge.relation.outage]
            edges += [Edge(address, instance, NEEDS, ("instances",)) for instance in entry.instances]
        if found:
            gates[address] = found
        out[address] = edges
    for edge in about:
        out[edge.source].append(edge)
    for address in sorted(out):
        for edge in out[address]:
            into[edge.target].append(edge)
            if edge.target not in nodes:
                nodes[edge.target] = State.MISSING
    return Graph(
        {address: nodes[address] for address in sorted(nodes)},
        {address: tuple(out[address]) for address in sorted(out) if out[address]},
        {address: tuple(into[address]) for address in sorted(into)},
        gates,
        frozenset(address for address, entry in catalog.entries.items() if entry.instances),
    )


def knots(graph: Graph) -> list[tuple[str, ...]]:
    """Sets of nodes that all hang on each other and of which none can start first, as all wait for each other.

    They are the strongly connected components among what cannot start cold: a group with a member outside can.
    """
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
    waiting_for: dict[str, list[str]] = defaultdict(list)
    for address, member in _hard_needs(graph):
        waiting_for[member].append(address)
    started: set[str] = set()
    queue = deque(address for address, state in graph.nodes.items() if state is not State.RETIRED)
    while queue:
        address = queue.popleft()
        if address in started or graph.nodes[address] is State.RETIRED:
            continue
        if all(_starts(graph, gate, started) for gate in graph.gates.get(address, ())):
            started.add(address)
            queue.extend(waiting_for[address])
    return started


def _starts(graph: Graph, gate: Gate, started: Collection[str]) -> bool:
    there = (one in started and not (gate.is_group and graph.nodes[one] is State.MISSING) for one in gate.members)
    return gate.effect != "stops" or sum(there) >= gate.at_least


def _components(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    import networkx as nx

    return sorted(tuple(sorted(part)) for part in nx.strongly_connected_components(_digraph(edges)) if len(part) > 1)


def _digraph(edges: Iterable[tuple[str, str]]) -> nx.DiGraph[str]:
    import networkx as nx

    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_edges_from(edges)
    return made


def _leads(one: Resolved) -> bool:
    return one.found in (Found.YES, Found.FORMER, Found.MISSING)


def _edge(address: str, one: Resolved) -> Edge:
    return Edge(address, one.target, one.link.relation, one.path)


def _state(entry: Entry) -> State:
    resource = entry.resource
    gone = getattr(resource, "lifecycle", "") == "retired" or getattr(resource, "status", "") in (
        "withdrawn",
        "disposed",
    )
    return State.RETIRED if gone else State.PRESENT


def _gates(entry: Entry, edges: list[Edge], catalog: Catalog) -> tuple[Gate, ...]:
    if entry.instances:
        return (_up(entry.instances, getattr(entry.resource, "up", None)),)
    needs: tuple[Need, ...] = getattr(entry.resource, "needs", ())
    by_need: dict[int, list[str]] = defaultdict(list)
    gates = []
    for edge in edges:
        if edge.path[0] == "needs" and isinstance(edge.path[1], int):
            by_need[edge.path[1]].append(edge.target)
        elif edge.relation.outage:
            gates.append(Gate((edge.target,), relation=edge.relation, path=edge.path))
    for index, members in by_need.items():
        gates.append(_gate(needs[index], index, tuple(members), catalog))
    return tuple(gates)


def _gate(need: Need, index: int, members: tuple[str, ...], catalog: Catalog) -> Gate:
    at_least, full_at = (need.at_least or 1), (need.at_least or 1)
    if need.ref is not None and need.at_least is not None:
        whole = catalog.entries.get(members[0])
        if whole is None:
            at_least = full_at = 1  # nobody knows how many there are: it is taken as any other need of one thing
        else:
            members = whole.instances or members
    elif need.ref is None and len(members) < len(need.group):
        # An ambiguous member leads nowhere. The group keeps its size; what is said of it is a finding.
        at_least = min(at_least, len(members))
        full_at = at_least
    return Gate(members, at_least, full_at, need.effect, need.tolerates, need.failover, NEEDS, ("needs", index))


def _up(instances: tuple[str, ...], up: Up | None) -> Gate:
    count = len(instances)
    at_least = count if up is None or up.at_least is None else up.at_least
    full_at = count if up is None or up.full_at is None else up.full_at
    failover = None if up is None else up.failover
    return Gate(instances, at_least, full_at, failover=failover, path=("instances",))
