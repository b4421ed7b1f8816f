"""The shortest ways from something down to all that it needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import TypeAlias

from mofconf.analyses.impact import Step
from mofconf.analyses.must import carries
from mofconf.graph import Graph

Ways: TypeAlias = Mapping[str, Step | None]
"""All that something needs, the nearest first, each with the last step to it; itself comes without one."""


def ways_down(graph: Graph, start: str, *, hard: bool = False, ends: Callable[[str], bool] | None = None) -> Ways:
    """The ways from ``start`` to everything that it needs, directly or not. A need without effect leads nowhere.

    ``hard``: what is only wanted is left out. Beyond what ``ends`` is true of nobody looks.
    """
    found: dict[str, Step | None] = {start: None}
    queue = deque([start])
    while queue:
        one = queue.popleft()
        if ends is not None and one != start and ends(one):
            continue
        for gate in graph.gates.get(one, ()):
            if carries(gate, hard=hard):
                for member in gate.members:
                    if member not in found:
                        found[member] = Step(one, (member,), gate.path, gate.relation.name)
                        queue.append(member)
    return found


def way_to(ways: Ways, end: str) -> tuple[Step, ...]:
    """The steps from where the ways start to one of their ends; none where no way leads there."""
    steps: list[Step] = []
    while (step := ways.get(end)) is not None:
        steps.append(step)
        end = step.source
    return tuple(reversed(steps))
