"""A catalog becomes a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from mofconf.catalog import Catalog, Found, changed_names
from mofconf.graph.model import Edge, Gate, Graph, State
from mofconf.kinds.asset import Asset
from mofconf.kinds.job import Job
from mofconf.kinds.need import Need, Up
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import NEEDS
from mofconf.kinds.service import Service


def build(catalog: Catalog, before: tuple[Catalog, Graph] | None = None) -> Graph:
    """The graph of a catalog.

    ``before`` is another catalog and the graph that was made of it: what is the same in both is taken over from there.
    """
    nodes = {address: _state(entry) for address, entry in catalog.entries.items()}
    nodes.update(dict.fromkeys(catalog.unknown, State.UNKNOWN))
    out: dict[str, tuple[Edge, ...]] = {}
    into: dict[str, list[Edge]] = defaultdict(list)
    gates: dict[str, tuple[Gate, ...]] = {}
    changed = _changed(*before, catalog) if before is not None else catalog.entries.keys()
    for address, entry in catalog.entries.items():
        if before is None or address in changed:
            edges, conditions = _linked(entry, catalog)
        else:
            edges, conditions = before[1].out.get(address, ()), before[1].gates.get(address, ())
        if conditions:
            gates[address] = conditions
        if edges:
            out[address] = edges
        for edge in edges:
            into[edge.target].append(edge)
    nodes.update((target, State.MISSING) for target in into if target not in nodes)
    states = {address: nodes[address] for address in sorted(nodes)}
    return Graph(
        states,
        out,
        {address: tuple(edges) for address, edges in into.items()},
        gates,
        frozenset(address for address, entry in catalog.entries.items() if entry.instances),
        _consumers(gates),
        _weak(gates, states),
        tuple(address for address, state in states.items() if state is State.RETIRED),
    )


def _changed(old: Catalog, graph: Graph, catalog: Catalog) -> Collection[str]:
    """The resources whose edges and gates may be others than they were: they or something that they name changed."""
    same = {address for address, entry in catalog.entries.items() if old.entries.get(address) is entry}
    changed = (old.entries.keys() | catalog.entries.keys() | old.unknown.keys() | catalog.unknown.keys()) - same
    names = changed_names(old, catalog)
    named = changed.union(target for (text, _), (_, target, _) in old.meanings.items() if text in names)
    changed.update(edge.source for address in named for edge in graph.into.get(address, ()))
    changed.update(address for address, one in old.odd if one.text in names)
    return changed


def _linked(entry: Entry, catalog: Catalog) -> tuple[tuple[Edge, ...], tuple[Gate, ...]]:
    """The edges and the gates of one resource."""
    address, meanings = entry.address, catalog.meanings
    make, clear = tuple.__new__, Found.YES  # what a NamedTuple does, without the function around it: edges are many
    edges: list[Edge] = []
    gates: list[Gate] = []
    by_need: dict[str | int, list[str]] = {}
    for path, text, link in entry.mentions:
        found, target, _ = meanings[text, link]
        if found is not clear and found not in _LEADING:
            continue
        relation = link.relation
        edges.append(make(Edge, (address, target, relation, path)))
        if relation is NEEDS:
            if path[1] in by_need:
                by_need[path[1]].append(target)
            else:
                by_need[path[1]] = [target]
        elif relation.outage:
            gates.append(make(Gate, ((target,), 1, 1, "stops", None, None, relation, path)))
    resource = entry.resource
    manifold = resource if type(resource) is Service or type(resource) is Asset else None
    needing = manifold or (resource if type(resource) is Job else None)
    if entry.instances:
        edges = [edge for edge in edges if not edge.relation.outage]
        edges += [Edge(address, instance, NEEDS, ("instances",)) for instance in entry.instances]
        return tuple(edges), (_up(entry.instances, manifold.up if manifold is not None else None),)
    for index, need in enumerate(needing.needs if needing is not None and by_need else ()):
        if index not in by_need:
            continue
        members = tuple(by_need[index])
        if need.ref is None or need.at_least is not None:
            gates.append(_group(need, index, members, catalog))
        else:
            gates.append(make(Gate, (members, 1, 1, need.effect, need.tolerates, None, NEEDS, ("needs", index))))
    return tuple(edges), tuple(gates)


def with_edges(graph: Graph, edges: Iterable[Edge]) -> Graph:
    """A graph with further edges, of a kind that carries no outage: those that selectors make."""
    out, into = dict(graph.out), dict(graph.into)
    for edge in edges:
        out[edge.source] = (*out.get(edge.source, ()), edge)
        into[edge.target] = (*into.get(edge.target, ()), edge)
    if len(out) > len(graph.out):
        out = {address: out[address] for address in sorted(out)}
    return graph._replace(out=out, into=into)


def with_gates(graph: Graph, address: str, gates: tuple[Gate, ...]) -> Graph:
    """A graph in which one node has other gates: what if that had not changed?"""
    old = graph.gates.get(address, ())
    consumers = dict(graph.consumers)
    for member in {member for gate in (*old, *gates) for member in gate.members}:
        others = tuple(pair for pair in consumers.get(member, ()) if pair[0] != address)
        now = tuple((address, gate) for gate in gates if member in gate.members and gate.effect != "none")
        consumers[member] = others + now
    weak = tuple(pair for pair in graph.weak if pair[0] != address)
    weak += tuple((address, gate) for gate in gates if _is_weak(gate, graph.nodes))
    return graph._replace(gates={**graph.gates, address: gates}, consumers=consumers, weak=weak)


def without_nodes(graph: Graph, addresses: Collection[str]) -> Graph:
    """A graph in which nothing needs some nodes any more: groups are smaller by them, lone needs of them are gone.

    A group of which all are needed goes on needing all that are left. Edges stay as they are.
    """
    if not addresses:
        return graph
    gates = dict(graph.gates)
    for address in {consumer for one in addresses for consumer, _ in graph.consumers.get(one, ())}:
        gates[address] = tuple(left for gate in gates[address] if (left := _without(gate, addresses)) is not None)
    return graph._replace(gates=gates, consumers=_consumers(gates), weak=_weak(gates, graph.nodes))


def _without(gate: Gate, addresses: Collection[str]) -> Gate | None:
    members = tuple(member for member in gate.members if member not in addresses)
    if not members and not gate.is_group:
        return None
    count = len(gate.members)
    at_least, full_at = (len(members) if most == count else most for most in (gate.at_least, gate.full_at))
    return gate._replace(members=members, at_least=at_least, full_at=full_at)


def _consumers(gates: Mapping[str, tuple[Gate, ...]]) -> dict[str, tuple[tuple[str, Gate], ...]]:
    consumers: dict[str, list[tuple[str, Gate]]] = defaultdict(list)
    for address, found in gates.items():
        for gate in found:
            if gate.effect != "none":
                pair = (address, gate)
                for member in gate.members:
                    consumers[member].append(pair)
    return {member: tuple(pairs) for member, pairs in consumers.items()}


def _weak(gates: Mapping[str, tuple[Gate, ...]], nodes: Mapping[str, State]) -> tuple[tuple[str, Gate], ...]:
    # Nearly all gates are needs of one thing, which are never weak: the loop passes them by itself.
    return tuple(
        (address, gate)
        for address, found in gates.items()
        for gate in found
        if (gate[1] != 1 or gate[2] != 1 or len(gate[0]) != 1) and _is_weak(gate, nodes)
    )


def _is_weak(gate: Gate, nodes: Mapping[str, State]) -> bool:
    if len(gate.members) == gate.at_least == gate.full_at == 1:
        return False
    there = sum(nodes.get(member, State.MISSING) is not State.MISSING for member in gate.members)
    return there < max(gate.at_least, gate.full_at)


_LEADING = (Found.YES, Found.FORMER, Found.MISSING)


def _state(entry: Entry) -> State:
    resource = entry.resource
    # Compared, not isinstance(): kinds have no subclasses, and pydantic's answer takes ten times as long.
    if type(resource) is Service:
        return State.RETIRED if resource.lifecycle == "retired" else State.PRESENT
    gone = type(resource) is Asset and resource.status in ("withdrawn", "disposed")
    return State.RETIRED if gone else State.PRESENT


def _group(need: Need, index: int, members: tuple[str, ...], catalog: Catalog) -> Gate:
    """The gate of a need of several."""
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
