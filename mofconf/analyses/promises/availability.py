"""The check `availability`: what is computed of a promised service against the target, and what that leaves of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from math import prod

from mofconf.analyses.dependability.figures import UNKNOWN, Chance
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import AS_DECLARED, BUDGET, Question, Study
from mofconf.analyses.must import EVERYTHING, dependencies_first, musts
from mofconf.analyses.promises.results import Outcome
from mofconf.catalog import Catalog
from mofconf.graph import Graph, without_nodes
from mofconf.kinds.availability import Availability

PERIODS: Mapping[str, timedelta] = {
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "quarter": timedelta(days=90),
    "year": timedelta(days=365),
}
"""How long the periods of a target are where nothing else is said."""

SMALL = 2_000
"""Up to so many things behind all promises everything is worked out exactly, beyond that only what bounds leave open:
a service that cannot reach its target even if all its redundancy were perfect needs no diagram."""


LARGE = 5_000
"""Behind more things than that only upper bounds are worked out in passing; `mofconf promises` works out all."""


def allowed(target: Decimal, agreed: timedelta) -> float:
    """The downtime in minutes that a target leaves of an agreed service time (section 5.3 of the framework's facts).

    >>> allowed(Decimal("0.999"), timedelta(days=30)), allowed(Decimal("0.9995"), timedelta(hours=220))
    (43.2, 6.6)
    """
    return float((1 - target) * (agreed // timedelta(milliseconds=1)) / 60_000)


def judged(reached: Chance, target: float) -> Outcome:
    """What bounds of a figure say of a target. A figure that is the target but for rounding meets it."""
    if reached.low >= target - ROUNDING:
        return Outcome.HOLDS
    return Outcome.BROKEN if reached.high < target - ROUNDING else Outcome.UNDECIDED


ROUNDING = 1e-12
"""What a product of many floating point numbers may be off by."""


class Reached:
    """What is reached by promised services. ``targets`` has the highest target of each.

    With ``exactly`` every figure is worked out as far as the budget of the solver allows, whatever that costs.
    """

    def __init__(
        self,
        catalog: Catalog,
        graph: Graph,
        targets: Mapping[str, float],
        question: Question = AS_DECLARED,
        solver: Solver | None = None,
        *,
        exactly: bool = True,
    ) -> None:
        self.inputs = Inputs(catalog, without_nodes(graph, question.without), question.stated)
        self._catalog, self._whole, self._question = catalog, graph, question
        self._graph = self.inputs.graph
        self._solver = solver
        self.bare = frozenset(self._without_figures(targets))
        left = [one for one in targets if one not in self.bare]
        self._known: dict[str, Chance] = dict.fromkeys(self.bare, UNKNOWN)
        small = len(dependencies_first(graph, left)) <= SMALL
        if not exactly and not small:
            large = len(dependencies_first(graph, left)) > LARGE
            for one, high in self._at_most(left):
                if large or high < targets[one] - ROUNDING:
                    self._known[one] = Chance(0.0, high)
            left = [one for one in left if one not in self._known]
        if left:
            # Seen alone more of what something needs matters by one way only, and its events stand in a better order:
            # figures are exact that are not otherwise. In large estates what several share counts for more.
            self._solver = None if small else solver or Solver(BUDGET if exactly else MODEST)
            for group in [[one] for one in left] if small else [left]:
                study = Study(catalog, graph, group, question, self._solver)
                self._known.update((one, study.up(one)) for one in group)

    def of(self, service: str) -> Chance:
        """Its availability, or bounds of it."""
        return self._known.get(service, UNKNOWN)

    def asking(self, service: str) -> Callable[[str, Availability], Chance]:
        """A function that says what a service would reach if one thing were known to be so."""

        def ask(address: str, so: Availability) -> Chance:
            question = self._question._replace(stated={**self._question.stated, address: so})
            return Study(self._catalog, self._whole, [service], question, self._solver).up(service)

        return ask

    def _without_figures(self, services: Iterable[str]) -> Iterator[str]:
        """The services behind which nothing states any availability: there is nothing to compute with."""
        order = dependencies_first(self._graph, services)
        told = {one for one in order if self.inputs.of(one).source != "unknown" or one in self._graph.retired}
        queue = list(told)
        while queue:
            for consumer, _ in self._graph.consumers.get(queue.pop(), ()):
                if consumer not in told:
                    told.add(consumer)
                    queue.append(consumer)
        yield from (one for one in services if one not in told)

    def _at_most(self, services: Iterable[str]) -> Iterator[tuple[str, float]]:
        """What each reaches if all that is redundant never failed: all that it cannot do without has to work."""
        wanted = list(services)
        found = musts(self._graph, of=wanted, lasting=timedelta(0))  # needs that tolerate anything are left out
        highs = {}
        for one in wanted:
            if found.masks[one] == EVERYTHING:
                yield one, 0.0
                continue
            needed = list(found.names(found.masks[one]))
            for thing in needed:
                if thing not in highs:
                    highs[thing] = self.inputs.of(thing).chance.high
            yield one, prod(highs[thing] for thing in needed)


MODEST = 1 << 18
"""Nodes of all diagrams together where figures are worked out beside other things: some seconds at the most."""
