"""When each thing is back: its own time after the longest of what it needs, from when all repairs began.

Of a group it takes the members that are back first. What is not down waits for nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import inf
from typing import NamedTuple, TypeAlias

from mofconf.analyses.must import dependencies_first
from mofconf.graph import Gate, Graph, State, knots

When: TypeAlias = tuple[float, int]
"""Seconds until something is back, and how many steps that takes. What never stopped is there at once, in none."""

AT_ONCE: When = (0.0, 0)
NEVER: When = (inf, 0)


class Needs(NamedTuple):
    """Resources and all that they cannot be up without, or that may stand in for that.

    ``order``: what is needed comes before what needs it. ``gates`` are the hard ones only.
    """

    graph: Graph
    order: tuple[str, ...]
    gates: Mapping[str, tuple[Gate, ...]]


def needs_of(graph: Graph, addresses: Iterable[str]) -> Needs:
    """All that some resources need, directly or not."""
    order = dependencies_first(graph, addresses, hard=True)
    hard = {one: tuple(gate for gate in graph.gates.get(one, ()) if gate.effect == "stops") for one in order}
    return Needs(graph, order, hard)


def times(needs: Needs, failed: Collection[str], own: Mapping[str, float]) -> Mapping[str, When]:
    """When all that is down is back, given what failed and the own time of each thing in seconds.

    A need that tolerates an outage as long as that of what is needed waits for nothing, and does not go down by it.
    """
    patient = [
        (address, index, gate)
        for address in needs.order
        for index, gate in enumerate(needs.gates[address])
        if gate.tolerates is not None
    ]
    bridged: set[tuple[str, int]] = set()
    while True:
        down = _down(needs, failed, bridged)
        found = _settled(needs, down, own)
        short = {
            (address, index)
            for address, index, gate in patient
            if address in down and waits(needs, gate, found) == AT_ONCE
        }
        if short <= bridged:
            return found
        bridged |= short


def fastest(needs: Needs, gate: Gate, found: Mapping[str, When]) -> list[str]:
    """The members of a gate that are back first, as many as it takes. Fewer, where there are not as many."""
    there = _there(needs, gate)
    return sorted(there, key=lambda one: (found.get(one, AT_ONCE), there.index(one)))[: gate.at_least]


def awaited(needs: Needs, gate: Gate, found: Mapping[str, When]) -> When:
    """When enough members of a gate are back."""
    first = fastest(needs, gate, found)
    if len(first) < gate.at_least:
        return NEVER
    return max((found.get(one, AT_ONCE) for one in first), default=AT_ONCE)


def waits(needs: Needs, gate: Gate, found: Mapping[str, When]) -> When:
    """The same, but at once where the outage is short enough to be tolerated."""
    when = awaited(needs, gate, found)
    return AT_ONCE if gate.tolerates is not None and when[0] <= gate.tolerates.total_seconds() else when


def obstacles(needs: Needs, found: Mapping[str, When]) -> Iterator[tuple[str, ...]]:
    """Why something never comes back: single things that are gone for good, and knots that cannot start cold."""
    stuck = {address for address, when in found.items() if when[0] == inf}
    left: dict[str, tuple[Gate, ...]] = {}
    for address in sorted(stuck):
        unmet = [gate for gate in needs.gates[address] if awaited(needs, gate, found)[0] == inf]
        if _gone(needs, address) or any(len(_there(needs, gate)) < gate.at_least for gate in unmet):
            yield (address,)
            continue
        if any(_waits_for_itself(needs, address, gate, stuck) for gate in unmet):
            yield (address,)
        left[address] = tuple(
            gate._replace(members=waiting, at_least=gate.at_least - len(_there(needs, gate)) + len(waiting))
            for gate in unmet
            if (waiting := tuple(one for one in _there(needs, gate) if one in stuck))
        )
    states = dict.fromkeys(left, State.PRESENT)
    inner = {
        address: tuple(gate._replace(members=tuple(one for one in gate.members if one in left)) for gate in gates)
        for address, gates in left.items()
    }
    yield from knots(needs.graph._replace(nodes=states, gates=inner, consumers={}))


def _down(needs: Needs, failed: Collection[str], bridged: Collection[tuple[str, int]]) -> set[str]:
    """What is down when some have failed. What needs each other stays up as long as nothing in it really fails."""
    down = {address for address in needs.order if address in failed or _gone(needs, address)}
    before = -1
    while len(down) != before:
        before = len(down)
        for address in needs.order:
            if address not in down and any(
                sum(one not in down for one in _there(needs, gate)) < gate.at_least
                for index, gate in enumerate(needs.gates[address])
                if (address, index) not in bridged
            ):
                down.add(address)
    return down


def _settled(needs: Needs, down: Collection[str], own: Mapping[str, float]) -> dict[str, When]:
    """From never on down: what needs each other is back only if one of it can start without the others."""
    found = dict.fromkeys((address for address in needs.order if address in down), NEVER)
    changed = True
    while changed:
        changed = False
        for address in found:
            if _gone(needs, address):
                continue
            gates = [waits(needs, gate, found) for gate in needs.gates[address]]
            seconds, steps = max(when[0] for when in (AT_ONCE, *gates)), max(when[1] for when in (AT_ONCE, *gates))
            after = NEVER if seconds == inf else (seconds + own.get(address, 0.0), steps + 1)
            changed |= after != found[address]
            found[address] = after
    return found


def _waits_for_itself(needs: Needs, address: str, gate: Gate, stuck: Collection[str]) -> bool:
    others = [one for one in _there(needs, gate) if one != address]
    ready = sum(one not in stuck for one in others)
    return address in gate.members and ready == gate.at_least - 1 and len(others) == ready


def _there(needs: Needs, gate: Gate) -> list[str]:
    """The members that count: of a group only those that somebody declares."""
    nodes = needs.graph.nodes
    return [one for one in gate.members if not gate.is_group or nodes.get(one, State.MISSING) is not State.MISSING]


def _gone(needs: Needs, address: str) -> bool:
    return needs.graph.nodes.get(address) is State.RETIRED
