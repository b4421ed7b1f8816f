"""Where something stands, when that is not written but follows from what carries it."""

from __future__ import annotations

from mofconf.graph import Edge, Graph
from mofconf.kinds.relation import LOCATED_IN, PART_OF, RUNS_ON


def location_of(graph: Graph, address: str) -> Edge | None:
    """The edge that says where something stands: its own, or that of what carries it."""
    seen: set[str] = set()
    while address not in seen:
        seen.add(address)
        edges = {edge.relation: edge for edge in graph.out.get(address, ())}
        if LOCATED_IN in edges:
            return edges[LOCATED_IN]
        carrier = edges.get(RUNS_ON) or edges.get(PART_OF)
        if carrier is None:
            return None
        address = carrier.target
    return None


def around(graph: Graph, location: str) -> frozenset[str]:
    """A location and all the larger ones around it."""
    seen: set[str] = set()
    queue = [location]
    while queue:
        place = queue.pop()
        if place not in seen:
            seen.add(place)
            queue += [edge.target for edge in graph.out.get(place, ()) if edge.relation is PART_OF]
    return frozenset(seen)
