"""Which events matter only by way of one view: they can be taken together there, and seen from above as one event.

An event is at home in a view if every way up from it goes through that view (which *dominates* it). What is at home
there and nowhere below shares nothing with the rest of the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mofconf.analyses.dependability.structure import Event, Structure, View


class Homes(NamedTuple):
    """The tree of domination over the knots of a structure: each spans the numbers (``first`` to ``last``) of its own.

    What is at home in a knot with one of these numbers is so in that knot, too, for it dominates the other.
    ``events`` has for each event the number of the lowest knot in which it is at home.
    """

    knots: Mapping[View, int]
    first: list[int]
    last: list[int]
    events: Mapping[Event, int]


def homes(structure: Structure) -> Homes:
    """Where each event of a structure is at home. The last knot stands for the world, where everything is."""
    knots = {view: number for number, knot in enumerate(structure.knots) for view in knot}
    world = len(structure.knots)
    above: list[set[int]] = [set() for _ in structure.knots]
    users: dict[Event, set[int]] = {}
    for view, need in structure.needs.items():
        here = knots[view]
        for event in need.own:
            users.setdefault(event, set()).add(here)
        for condition in need.conditions:
            if condition.switch is not None:
                users.setdefault(condition.switch, set()).add(here)
            for member in condition.members:
                if knots[member] != here:
                    above[knots[member]].add(here)
    depth = [0] * (world + 1)
    parent = [world] * (world + 1)
    for knot in range(world - 1, -1, -1):  # what needs something comes after it
        parent[knot] = _common(above[knot], parent, depth, world)
        depth[knot] = depth[parent[knot]] + 1
    first, last = _numbered(parent, world)
    return Homes(knots, first, last, {event: _common(found, parent, depth, world) for event, found in users.items()})


def _common(knots: Iterable[int], parent: list[int], depth: list[int], world: int) -> int:
    """The lowest knot that dominates all of some knots."""
    common = -1
    for one in knots:
        if common < 0:
            common = one
        while common != one:
            if depth[common] >= depth[one] and common != world:
                common = parent[common]
            else:
                one = parent[one]  # noqa: PLW2901  # climbing is what the loop is for
    return world if common < 0 else common


def _numbered(parent: list[int], world: int) -> tuple[list[int], list[int]]:
    """For each knot its own number in a walk down the tree, and the highest number below it."""
    children: list[list[int]] = [[] for _ in parent]
    for knot in range(world):
        children[parent[knot]].append(knot)
    first, last = [0] * len(parent), [0] * len(parent)
    order: list[int] = []
    waiting = [world]
    while waiting:
        knot = waiting.pop()
        first[knot] = last[knot] = len(order)
        order.append(knot)
        waiting += children[knot]
    for knot in reversed(order):
        if knot != world:
            last[parent[knot]] = max(last[parent[knot]], last[knot])
    return first, last
