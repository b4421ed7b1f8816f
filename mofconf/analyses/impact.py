"""What is hit when something fails, changes or goes: three different questions (section 1 of the analyses)."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import NamedTuple

from mofconf.analyses.must import Musts, musts
from mofconf.analyses.working import Working, working
from mofconf.graph import Edge, Gate, Graph, State
from mofconf.kinds.relation import CARRIED_BY, SUPPLIED_BY, USED_BY
from mofconf.spelling import listed


class Mode(Enum):
    """Which question is asked."""

    OUTAGE = "outage"  # what stops if this stops?
    CHANGE = "change"  # what should be looked at if this changes?
    REMOVAL = "removal"  # what is left hanging?


OUTCOMES = (
    "down",
    "degraded",
    "at risk",
    "broken",
    "vacant",
    "orphaned",
    "exposed",
    "recomputed",
    "rescheduled",
    "notified",
)
"""What can happen to a resource, the worst first."""


class Step(NamedTuple):
    """One step of a reason: ``source`` because of ``targets``, written at ``path`` in the source.

    Several targets are the members of a group of which too few are left.
    """

    source: str
    targets: tuple[str, ...]
    path: tuple[str | int, ...]
    relation: str


class Hit(NamedTuple):
    """What happens to one resource, and why: the way from it to what was hit.

    ``risks`` are the single failures that would now take it down and were harmless before.
    """

    address: str
    outcome: str
    why: tuple[Step, ...] = ()
    risks: tuple[str, ...] = ()


class Impact(NamedTuple):
    """All that is hit, the worst first and by address."""

    asked: tuple[str, ...]
    mode: Mode
    hits: tuple[Hit, ...]

    def of(self, outcome: str) -> tuple[Hit, ...]:
        """The hits with this outcome."""
        return tuple(hit for hit in self.hits if hit.outcome == outcome)


def impact(
    graph: Graph,
    asked: Collection[str],
    mode: Mode = Mode.OUTAGE,
    down: Collection[str] = (),
    lasting: timedelta | None = None,
) -> Impact:
    """What is hit when ``asked`` fail, change or go, given that those in ``down`` are down already.

    ``lasting`` is how long an outage lasts; ``None`` is without end.
    """
    asked = frozenset(asked)
    hits: dict[str, Hit] = {}
    if mode is Mode.CHANGE:
        _add(hits, exposed(graph, asked))
    else:
        if mode is Mode.REMOVAL:
            _add(hits, left_hanging(graph, asked))
        _add(hits, outage(graph, asked, down, lasting))
    # A vacancy or an orphan ends there: whoever uses a service is not told that a team has lost a member.
    beyond = [one for one, hit in hits.items() if hit.outcome not in ("vacant", "orphaned")]
    _add(hits, told(graph, [*asked, *beyond]))
    rank = {outcome: index for index, outcome in enumerate(OUTCOMES)}
    found = [hit for address, hit in hits.items() if address not in asked]
    return Impact(tuple(sorted(asked)), mode, tuple(sorted(found, key=lambda hit: (rank[hit.outcome], hit.address))))


def with_instances(graph: Graph, addresses: Collection[str]) -> frozenset[str]:
    """Resources, and the instances of those that have some: when all of a thing fails, each of it fails."""
    wholes = [address for address in addresses if address in graph.wholes]
    return frozenset(addresses) | {
        edge.target for one in wholes for edge in graph.out[one] if edge.path == ("instances",)
    }


def outage(
    graph: Graph, failed: Collection[str], down: Collection[str] = (), lasting: timedelta | None = None
) -> list[Hit]:
    """What goes down, degrades or loses its redundancy when ``failed`` fail."""
    before, after = working(graph, down, lasting), working(graph, [*down, *failed], lasting)
    hits = [Hit(one, "down", reason(graph, after, one)) for one in sorted(after.down - before.down - set(failed))]
    needed, needed_now = musts(graph, down, lasting), musts(graph, [*down, *failed], lasting)
    risks = lost_redundancy(graph.nodes, needed, needed_now)
    was_full = before.down | before.degraded
    hits += [
        Hit(one, "degraded", reason(graph, after, one), risks.get(one, ())) for one in sorted(after.degraded - was_full)
    ]
    hits += [
        Hit(one, "at risk", (), new)
        for one, new in risks.items()
        if one not in after.down and one not in after.degraded - was_full
    ]
    return hits


def lost_redundancy(among: Iterable[str], before: Musts, after: Musts) -> Mapping[str, tuple[str, ...]]:
    """The single failures that would now take something down and were harmless before, by what they take down."""
    lost = {}
    for address in among:
        mask = after.masks[address]
        if mask >= 0 and (new := mask & ~before.masks.get(address, 0)):
            lost[address] = tuple(sorted(after.names(new)))
    return lost


def exposed(graph: Graph, changed: Iterable[str]) -> list[Hit]:
    """Everything that depends on what changes, directly or not, unless no outage could flow that way."""
    changed = sorted(changed)
    came_by: dict[str, Edge | None] = dict.fromkeys(changed)
    queue = deque(changed)
    hits = []
    while queue:
        for edge in graph.into.get(queue.popleft(), ()):
            if edge.source not in came_by and edge.relation.outage and effect_of(graph, edge) != "none":
                came_by[edge.source] = edge
                queue.append(edge.source)
                hits.append(Hit(edge.source, "exposed", _chain(came_by, edge.source)))
    return hits


def left_hanging(graph: Graph, removed: Collection[str]) -> list[Hit]:
    """Whatever refers to what goes: one step, and what that makes of it."""
    hits: dict[str, Hit] = {}
    for address in sorted(removed):
        for edge in graph.into.get(address, ()):
            if edge.source not in removed and edge.path != ("instances",):
                step = Step(edge.source, (address,), edge.path, edge.relation.name)
                _add(hits, [Hit(edge.source, edge.relation.removal, (step,))])
    return list(hits.values())


def told(graph: Graph, hit: Iterable[str]) -> list[Hit]:
    """Who stands beside what is hit: promises to recompute, people and customers to tell."""
    hits: dict[str, Hit] = {}
    for address in hit:
        for edge in graph.into.get(address, ()):
            outcome = edge.relation.change
            if not edge.relation.outage and outcome:
                _add(
                    hits,
                    [
                        Hit(
                            edge.source,
                            outcome,
                            (Step(edge.source, (address,), edge.path, edge.relation.name),),
                        )
                    ],
                )
        for edge in graph.out.get(address, ()):
            if edge.relation.change == "notified" and edge.relation.name != "holds":
                step = Step(edge.source, (edge.target,), edge.path, edge.relation.name)
                _add(hits, [Hit(edge.target, "notified", (step,))])
    for promise in [hit.address for hit in hits.values() if hit.outcome == "recomputed"]:
        for edge in graph.out.get(promise, ()):
            if edge.relation in (USED_BY, CARRIED_BY, SUPPLIED_BY):
                step = Step(promise, (edge.target,), edge.path, edge.relation.name)
                _add(hits, [Hit(edge.target, "notified", (step,))])
    return list(hits.values())


def effect_of(graph: Graph, edge: Edge) -> str:
    """What an outage along an edge does: ``stops``, ``degrades`` or ``none``."""
    for gate in graph.gates.get(edge.source, ()):
        if gate.path == edge.path[: len(gate.path)]:
            return gate.effect
    return "stops"


def reason(graph: Graph, state: Working, address: str) -> tuple[Step, ...]:
    """Why something is down or degraded: one gate after the other, down to what failed first."""
    steps = []
    while (gate := state.because.get(address)) is not None:
        gone = [member for member in gate.members if member in state.order]
        absent = [member for member in gate.members if graph.nodes[member] is State.MISSING and member not in gone]
        steps.append(Step(address, tuple(sorted(gone + absent)), gate.path, _relation(gate)))
        earlier = [member for member in gone if state.order[member] < state.order[address]]
        if not earlier:
            break
        address = min(earlier, key=lambda member: state.order[member])
    return tuple(steps)


def spoken(why: Sequence[Step]) -> str:
    """A chain of reasons as one sentence."""
    text, link = "", ""
    for step in why:
        subject = ", which" if link == step.source else f"{'; ' if text else ''}{step.source}"
        if len(step.targets) == 1:
            text += f"{subject} {step.relation} {step.targets[0]}"
            link = step.targets[0]
        else:
            text += f"{subject} has lost {listed(step.targets)}"
            link = ""
    return text


def _relation(gate: Gate) -> str:
    return gate.relation.name if gate.effect == "stops" else "is degraded without"


def _chain(came_by: Mapping[str, Edge | None], address: str) -> tuple[Step, ...]:
    steps = []
    edge = came_by[address]
    while edge is not None:
        steps.append(Step(edge.source, (edge.target,), edge.path, edge.relation.name))
        edge = came_by[edge.target]
    return tuple(steps)


def _add(hits: dict[str, Hit], new: Iterable[Hit]) -> None:
    """Keep the worst of what happens to a resource."""
    rank = {outcome: index for index, outcome in enumerate(OUTCOMES)}
    for hit in new:
        known = hits.get(hit.address)
        if known is None or rank[hit.outcome] < rank[known.outcome]:
            hits[hit.address] = hit
