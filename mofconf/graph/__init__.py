"""A catalog becomes a graph: who refers to whom and how, and under what condition each resource works."""

from mofconf.graph.building import build, with_edges, with_gates, without_nodes
from mofconf.graph.circles import containments, cycle_within, has_circles, knots
from mofconf.graph.model import Edge, Gate, Graph, State

__all__ = [
    "Edge",
    "Gate",
    "Graph",
    "State",
    "build",
    "containments",
    "cycle_within",
    "has_circles",
    "knots",
    "with_edges",
    "with_gates",
    "without_nodes",
]
