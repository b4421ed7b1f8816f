"""Why something cannot be restored, in words."""

from __future__ import annotations

from collections.abc import Sequence

from mofconf.graph import Graph, State
from mofconf.spelling import listed


def stuck(graph: Graph, knot: Sequence[str]) -> str:
    """What keeps some things from coming back: one that is gone, or several that need each other."""
    first = knot[0]
    if len(knot) > 1:
        return f"{several(knot)} wait for each other"
    if graph.nodes.get(first) is State.RETIRED:
        return f"{first} is gone for good"
    itself = any(first in gate.members for gate in graph.gates.get(first, ()))
    return f"{first} needs itself" if itself else f"{first} needs more than there is"


def way_out(knots: Sequence[Sequence[str]]) -> str:
    """What would help."""
    steps = []
    if any(len(knot) > 1 for knot in knots):
        steps.append("let one of them start without the others")
    if any(len(knot) == 1 for knot in knots):
        steps.append("replace what is gone" if steps else "replace what is gone, or do without it")
    return ", and ".join(steps)


def several(addresses: Sequence[str]) -> str:
    """The first few of them."""
    left = len(addresses) - _MOST
    return listed([*addresses[:_MOST], f"{left} more"] if left > 1 else addresses)


_MOST = 4
