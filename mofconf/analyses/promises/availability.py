"""The check `availability`: what is computed of a promised service against the target, and what that leaves of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from math import prod
from typing import NamedTuple

from mofconf.analyses.dependability.figures import UNKNOWN, Chance
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import AS_DECLARED, BUDGET, Question, Study
from mofconf.analyses.must import EVERYTHING, dependencies_first, musts
from mofconf.analyses.promises.results import Outcome
from mofconf.catalog import Catalog
from mofconf.graph import Graph, without_nodes
from mofconf.kinds.availability import Availability


class Limits(NamedTuple):
    """How many things may stand behind all promises where figures are worked out beside other things.

    Up to ``small`` everything is worked out exactly, beyond that only what bounds leave open: a service that cannot
    reach its target even if all its redundancy were perfect needs no diagram. Beyond ``large`` there are only upper
    bounds; `mofconf promises` works out all.
    """

    small: int = 2_000
    large: int = 5_000


LIMITS = Limits()


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
    """What is reached by promised services. ``targets`` has the lowest target of each.

    With ``exactly`` every figure is worked out as far as the budget of the solver allows, whatever that costs.
    ``alone`` says which solver is used for a service that is seen alone.
    ``bounded`` are the services of which there is only an upper bound, to save time, ``small`` says that none may be.
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
        limits: Limits = LIMITS,
        alone: Callable[[str], Solver] | None = None,
    ) -> None:
        self.inputs = Inputs(catalog, without_nodes(graph, question.without), question.stated)
        self._catalog, self._whole, self._question = catalog, graph, question
        self._graph = self.inputs.graph
        self._solver = solver
        self.bare = frozenset(self._without_figures(targets))
        left = [one for one in targets if one not in self.bare]
        self._known: dict[str, Chance] = dict.fromkeys(self.bare, UNKNOWN)
        things = len(dependencies_first(graph, left))
        self.small = things <= limits.small
        self.bounded: frozenset[str] = frozenset()
        if not exactly and not self.small:
            for one, high in self._at_most(left):
                if things > limits.large or high < targets[one] - ROUNDING:
                    self._known[one] = Chance(0.0, high)
            self.bounded = frozenset(one for one in left if one in self._known)
            left = [one for one in left if one not in self._known]
        # Seen alone more of what something needs matters by one way only, and its events stand in a better order:
        # figures are exact that are not otherwise. In large estates what several share counts for more.
        self._alone = alone or (lambda _: Solver(BUDGET))
        self._later = frozenset(left) if self.small else frozenset()
        if left and not self.small:
            self._solver = solver or Solver(BUDGET if exactly else MODEST)
            study = Study(catalog, graph, left, question, self._solver)
            self._known.update((one, study.up(one)) for one in left)

    def of(self, service: str) -> Chance:
        """Its availability, or bounds of it."""
        if service in self._later and service not in self._known:
            study = Study(self._catalog, self._whole, [service], self._question, self._alone(service))
            self._known[service] = study.up(service)
        return self._known.get(service, UNKNOWN)

    def asking(self, service: str) -> Callable[[str, Availability], Chance]:
        """A function that says what a service would reach if one thing were known to be so."""
        solver = self._alone(service) if self.small or self._solver is None else self._solver

        def ask(address: str, so: Availability) -> Chance:
            question = self._question._replace(stated={**self._question.stated, address: so})
            return Study(self._catalog, self._whole, [service], question, solver).up(service)

        return ask

    def _without_figures(self, services: Iterable[str]) -> Iterator[str]:
        """The services behind which nothing states any availability: there is nothing to compute with."""
        # What is gone, or has too few of what it needs, may be down for good, and then its figure is known.
        known = {*self._graph.retired, *self._question.down, *(address for address, _ in self._graph.weak)}
        bare: set[str] = set()  # nothing behind any of these either
        for service in services:
            met, waiting = {service}, [service]
            while waiting:
                one = waiting.pop()
                if one in known or self.inputs.of(one).source != "unknown":
                    break  # nearly always the first or the second
                hard = (gate for gate in self._graph.gates.get(one, ()) if gate.effect == "stops")
                fresh = {member for gate in hard for member in gate.members} - met - bare
                met |= fresh
                waiting += sorted(fresh)
            else:
                bare |= met
                yield service

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
