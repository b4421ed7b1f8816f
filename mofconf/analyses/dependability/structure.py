"""What has to work for something to work, as far as failures go: a graph becomes views, conditions and events."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain, pairwise
from typing import NamedTuple

from mofconf.graph import Gate, Graph, State

NEVER = timedelta(0)
"""The length of outage that everybody tolerates."""


class View(NamedTuple):
    """One resource as somebody sees it: outages of up to ``tolerated`` do not count; ``full`` asks for all of it.

    Two views of one resource differ only where somebody below a tolerant need, or in want of more than the least,
    looks at it.
    """

    address: str
    tolerated: timedelta = NEVER
    full: bool = False


GONE = View("")
"""What is never good: it stands for whatever is not there."""


class Event(NamedTuple):
    """Something that either is so or is not, independently of all other events. It is good when it is so.

    ``kind`` is ``own`` (the resource itself works), ``short`` (an outage of it that is longer than ``since`` is no
    longer than ``until``) or ``switch`` (the failover of the gate at ``path`` works).
    """

    kind: str
    address: str
    since: timedelta = NEVER
    until: timedelta = NEVER
    path: tuple[str | int, ...] = ()


class Condition(NamedTuple):
    """At least ``least`` of ``members`` are as seen. With a ``switch`` all but the first ``least`` need it to work."""

    least: int
    members: tuple[View, ...]
    switch: Event | None = None


class Need(NamedTuple):
    """When a view is good: one of ``own`` is so (where there is any), and every condition is met.

    ``lost`` says that it never is: the resource is retired, or a removed one is still needed.
    """

    own: tuple[Event, ...]
    conditions: tuple[Condition, ...]
    lost: bool = False


class Structure(NamedTuple):
    """Views and what each needs, what is needed before what needs it.

    ``knots`` has the views in groups: those that need each other, directly or not, stand together; most stand alone.
    ``events`` come in the order in which a walk from the roots meets them, the deepest first.
    """

    needs: Mapping[View, Need]
    knots: tuple[tuple[View, ...], ...]
    events: tuple[Event, ...]


def structure(
    graph: Graph, roots: Iterable[View], lost: frozenset[str] = frozenset(), ends: Container[View] = ()
) -> Structure:
    """All that the roots need, directly or not, and nothing else. ``lost`` are addresses that count as down.

    What is in ``ends`` is entered without what it needs.
    """
    met: dict[View, tuple[Condition, ...]] = {}
    knots = tuple(_knots(graph, roots, met, ends))
    limits = _limits(met)
    needs = {
        view: _need(graph, view, met[view], limits.get(view.address, _NO_LIMITS), lost)
        for knot in knots
        for view in knot
    }
    events: dict[Event, None] = {}
    for view, need in needs.items():
        for condition in need.conditions:
            if condition.switch is not None:
                events[condition.switch] = None
        if need.own:
            # All of one thing next to each other: (a or short a) and (b or short b) and so on is a diagram that
            # doubles with each of them where the short ones come after all others.
            known = limits.get(view.address, _NO_LIMITS)
            of_all = need.own if len(known) == 1 else _own(graph, view._replace(tolerated=known[-1]), known)
            events.update(dict.fromkeys(of_all))
    return Structure(needs, knots, tuple(events))


_NO_LIMITS = (NEVER,)


def _limits(views: Iterable[View]) -> dict[str, tuple[timedelta, ...]]:
    """The lengths of outage that make a difference, for each thing of which some are tolerated, the shortest first."""
    lengths: dict[str, set[timedelta]] = {}
    for view in views:
        if view.tolerated:
            lengths.setdefault(view.address, {NEVER}).add(view.tolerated)
    return {address: tuple(sorted(found)) for address, found in lengths.items()}


def _need(
    graph: Graph, view: View, conditions: tuple[Condition, ...], limits: tuple[timedelta, ...], lost: frozenset[str]
) -> Need:
    address = view.address
    if view == GONE or address in lost or graph.nodes.get(address) is State.RETIRED:
        return Need((), (), lost=True)
    return Need(_own(graph, view, limits), conditions)


def _own(graph: Graph, view: View, limits: tuple[timedelta, ...]) -> tuple[Event, ...]:
    """The events of which one is enough: it works, or its outage is one of the short ones that are tolerated."""
    if view.address in graph.wholes:
        return ()
    if len(limits) == 1:
        return (Event("own", view.address),)
    tolerated = limits[: limits.index(view.tolerated) + 1]
    short = pairwise(tolerated)
    return (Event("own", view.address), *(Event("short", view.address, *one) for one in short))


def _conditions(graph: Graph, view: View) -> Iterator[Condition]:
    _, length, all_of_it = view
    for gate in graph.gates.get(view.address, ()):
        hard = gate.effect == "stops"
        if not hard and (gate.effect == "none" or not all_of_it):
            continue
        least = max(gate.at_least, gate.full_at) if all_of_it and hard else gate.at_least
        switch = Event("switch", view.address, path=gate.path) if _switches(gate, least) else None
        tolerated = length if gate.tolerates is None else max(length, gate.tolerates)
        full = all_of_it and hard
        members = [View(member, tolerated, full) for member in gate.members]
        if gate.is_group:  # in a group a missing one is down; alone nobody knows, so it is an event of its own
            there = (graph.nodes.get(one, State.MISSING) is not State.MISSING for one in gate.members)
            members = [view if known else GONE for view, known in zip(members, there, strict=True)]
        yield Condition(least, tuple(members), switch)


def _switches(gate: Gate, least: int) -> bool:
    return gate.failover is not None and gate.failover < 1 and least < len(gate.members)


def _knots(
    graph: Graph, roots: Iterable[View], met: dict[View, tuple[Condition, ...]], ends: Container[View]
) -> Iterator[tuple[View, ...]]:
    """The views below the roots, what is needed first, in strongly connected components (Tarjan's algorithm).

    Enters into ``met`` what each of them needs.
    """
    index: dict[View, int] = {}
    lowest: dict[View, int] = {}
    waiting: dict[View, None] = {}  # met, but not yet in a knot; in the order in which they were met
    for root in roots:
        walk: list[tuple[View, Iterator[View]]] = [(root, iter(()))] if root not in index else []
        while walk:
            view, below = walk[-1]
            if view not in index:
                index[view] = lowest[view] = len(index)
                waiting[view] = None
                # What an unknown or missing thing needs nobody knows.
                present = graph.nodes.get(view.address) is State.PRESENT
                met[view] = tuple(_conditions(graph, view)) if present and view not in ends else ()
                below = chain.from_iterable([condition.members for condition in met[view]])
                walk[-1] = (view, below)
            for member in below:
                if member not in index:
                    walk.append((member, iter(())))
                    break
                if member in waiting:
                    lowest[view] = min(lowest[view], index[member])
            else:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    lowest[above] = min(lowest[above], lowest[view])
                if lowest[view] == index[view]:
                    yield _taken(waiting, view)


def _taken(waiting: dict[View, None], first: View) -> tuple[View, ...]:
    """``first`` and all that was met after it, taken out of what waits; the deepest first."""
    knot = []
    while True:
        view, _ = waiting.popitem()
        knot.append(view)
        if view == first:
            return tuple(knot)
