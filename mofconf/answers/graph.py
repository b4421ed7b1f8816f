"""What ``graph`` says: resources and how they hang together, as a tree and as a picture."""

from __future__ import annotations

from collections.abc import Collection

from mofconf.analyses.impact import effect_of
from mofconf.answers.words import counted
from mofconf.graph import Edge, Graph, State
from mofconf.report import Branch, Json, Line, Node, Picture, Report, Tone, Verdict
from mofconf.workspace import Workspace


def report(
    workspace: Workspace, chosen: Collection[str], label: str, *, asked: Collection[str] = (), every: bool = False
) -> Report:
    """The selected part of the graph; with ``every`` all relations, otherwise only those that carry outages.

    ``asked`` are the resources that it is about: where a picture has no room for all, it keeps these.
    """
    graph = workspace.graph
    nodes = sorted(chosen)
    inside = set(nodes)
    edges = [
        edge
        for address in nodes
        for edge in graph.out.get(address, ())
        if edge.target in inside and (every or edge.relation.outage)
    ]
    lines = tuple(Line(e.source, e.target, _label(graph, e), soft=_soft(graph, e)) for e in edges)
    picture = Picture(tuple(_node(workspace, address, asked) for address in nodes), tuple(dict.fromkeys(lines)))
    return Report(
        "graph",
        f"{counted(len(nodes), 'resource')}, {counted(len(edges), 'relation')} in {label}",
        None if nodes else Verdict("empty", "nothing matches", Tone.WARN),
        trees=_trees(graph, nodes, edges),
        picture=picture,
        data={
            "nodes": [{"address": one.id, "label": one.label, "kind": one.group} for one in picture.nodes],
            "edges": [_edge_data(graph, edge) for edge in edges],
        },
    )


def _label(graph: Graph, edge: Edge) -> str:
    effect = effect_of(graph, edge)
    words = {"stops": "", "degrades": "degrades", "none": "no outage"}[effect]
    return words if edge.relation.name == "needs" else edge.relation.name


def _soft(graph: Graph, edge: Edge) -> bool:
    return not edge.relation.outage or effect_of(graph, edge) != "stops"


def _edge_data(graph: Graph, edge: Edge) -> dict[str, Json]:
    effect = effect_of(graph, edge) if edge.relation.outage else "none"
    return {"source": edge.source, "target": edge.target, "relation": edge.relation.name, "effect": effect}


_TONES = {State.RETIRED: Tone.MUTED, State.UNKNOWN: Tone.WARN, State.MISSING: Tone.BAD, State.PRESENT: Tone.PLAIN}


def _node(workspace: Workspace, address: str, asked: Collection[str]) -> Node:
    kind, _, name = address.partition("/")
    entry = workspace.catalog.entries.get(address)
    label = (entry.resource.title if entry is not None else "") or name
    tone = _TONES[workspace.graph.nodes.get(address, State.MISSING)]
    return Node(address, label, kind, Tone.STRONG if address in asked and tone is Tone.PLAIN else tone)


def _trees(graph: Graph, nodes: list[str], edges: list[Edge]) -> tuple[Branch, ...]:
    """A tree from each resource that nothing else here needs. What was drawn before is only named."""
    below: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.target not in [other.target for other in below.get(edge.source, [])]:
            below.setdefault(edge.source, []).append(edge)
    needed = {edge.target for edge in edges}
    roots = [address for address in nodes if address not in needed]
    drawn: set[str] = set()
    trees = [_branch(graph, root, "", below, drawn) for root in roots]
    # What is left hangs in circles: begin somewhere.
    trees += [_branch(graph, address, "", below, drawn) for address in nodes if address not in drawn]
    return tuple(trees)


def _branch(graph: Graph, address: str, label: str, below: dict[str, list[Edge]], drawn: set[str]) -> Branch:
    tone = _TONES[graph.nodes.get(address, State.MISSING)]
    text = f"{address}  ({label})" if label else address
    if address in drawn:
        return Branch(text + (" ..." if below.get(address) else ""), tone=Tone.MUTED)
    drawn.add(address)
    children = tuple(_branch(graph, edge.target, _label(graph, edge), below, drawn) for edge in below.get(address, []))
    return Branch(text, children, tone)
