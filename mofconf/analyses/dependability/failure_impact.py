"""Component failure impact analysis: what the failure of each single thing does to each service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from mofconf.analyses.dependability.contributions import events_of
from mofconf.analyses.dependability.diagrams import BudgetError
from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.structure import View
from mofconf.analyses.dependability.study import Study
from mofconf.analyses.must import EVERYTHING, Musts, musts, supports


class Component(NamedTuple):
    """A row of the grid: the resources that a thing takes down alone, and those for which an alternate takes over.

    ``own`` is the share of time that it works by itself.
    """

    address: str
    stops: tuple[str, ...]
    alternates: tuple[str, ...]
    own: Chance


class Grid(NamedTuple):
    """The whole grid. ``single`` has the single points of failure of each resource that was asked about.

    ``down`` are those of them that are down whatever else fails. ``beyond`` are those whose function exceeds the
    budget: for these every member of a group counts as an alternate, although some may never matter.
    """

    columns: tuple[str, ...]
    rows: tuple[Component, ...]
    single: Mapping[str, tuple[str, ...]]
    down: frozenset[str]
    beyond: tuple[str, ...]


def grid(study: Study, down: frozenset[str] = frozenset()) -> Grid:
    """What each single failure does to the resources of a study, the riskiest first. Failures have no end.

    Of those that take down as many the one comes first that works less.

    ``down`` has failed already.
    """
    graph, columns = study.inputs.graph, study.addresses
    found = musts(graph, down, of=columns)
    stops, alternates = defaultdict(list), defaultdict(list)
    single: dict[str, tuple[str, ...]] = {}
    beyond = []
    lost = frozenset(one for one in columns if found.masks[one] == EVERYTHING)
    for column in columns:
        single[column] = tuple(sorted(found.of(column)))
        if column in lost:
            continue
        matters = _that_matter(study, column)
        if matters is None:
            beyond.append(column)
            matters = _redundant(study, column, found)
        for one in single[column]:
            stops[one].append(column)
        for one in sorted(matters.difference(single[column])):
            alternates[one].append(column)
    rows = [
        Component(one, tuple(stops[one]), tuple(alternates[one]), study.inputs.of(one).chance)
        for one in sorted({*stops, *alternates})
    ]
    others = [row for row in rows if {*row.stops, *row.alternates} != {row.address}]
    others.sort(key=lambda row: (-len(row.stops), -len(row.alternates), row.own.low, row.address))
    return Grid(columns, tuple(others), single, lost, tuple(beyond))


def _that_matter(study: Study, column: str) -> set[str] | None:
    """All whose failures matter to a resource, alone or together with others; ``None`` beyond the budget."""
    bounds = study.works.bounds[View(column)]
    if not bounds.exact:
        return None
    try:
        events = events_of(study.solver, study.solver.known[bounds.low])
    except BudgetError:
        return None
    return {event.address for event in events if event.kind != "switch"}


def _redundant(study: Study, column: str, like: Musts) -> set[str]:
    """All that may matter to a resource, where its function is not known exactly."""
    graph = study.inputs.graph
    mask = supports(graph, [column], like, {})[column]
    return {one for one in like.names(mask) if one not in graph.wholes}
