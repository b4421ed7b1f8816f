"""What promised services reach: exactly where that is asked for or there is little, else where it is close."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from mofconf.analyses.dependability.figures import UNKNOWN, Chance
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.outlines import ANY_FACTOR, Outlines
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.structure import View, structure
from mofconf.analyses.dependability.study import AS_DECLARED, BUDGET, Question, Study
from mofconf.analyses.must import dependencies_first
from mofconf.analyses.promises.availability import judged
from mofconf.analyses.promises.results import Outcome
from mofconf.catalog import Catalog
from mofconf.graph import Graph, without_nodes
from mofconf.kinds.availability import Availability


class Room(NamedTuple):
    """How many things are looked at for exact figures where these are worked out beside other things.

    Behind up to ``small`` things all figures are. Behind more there are outlines first, and then as many exact figures
    as have ``things`` behind them.
    """

    small: int = 2_000
    things: int = 1_000


ROOM = Room()

MOST_MISSED = 5
"""After so many services for which there is no room nobody looks for smaller ones."""


class Reached:
    """The availability of promised services. ``targets`` has what is promised of each.

    With ``exactly`` every figure is worked out as far as the budget of the solver allows, whatever that costs. Without
    it only as many as there is ``room`` for, the endangered ones first, and of the rest there are outlines: bounds that
    are proven, too.
    """

    def __init__(
        self,
        catalog: Catalog,
        graph: Graph,
        targets: Mapping[str, Collection[float]],
        question: Question = AS_DECLARED,
        solver: Solver | None = None,
        *,
        exactly: bool = True,
        room: Room = ROOM,
    ) -> None:
        self.inputs = Inputs(catalog, without_nodes(graph, question.without), question.stated)
        self.targets = targets
        self._catalog, self._whole, self._question = catalog, graph, question
        self._graph = self.inputs.graph
        self.bare = frozenset(self._without_figures(targets))
        self._left = {one: None for one in targets if one not in self.bare}
        self._solver = solver or Solver(BUDGET)
        self._exactly, self._room = exactly, room
        self._like: tuple[Reached, Collection[str]] | None = None
        self._alone: tuple[str, Study] | None = None
        self._known: dict[str, Chance] = {}
        self._outlined: dict[str, Chance] = {}
        self._chosen: frozenset[str] | None = None

    @cached_property
    def fits(self) -> bool:
        """Whether all of it can be worked out exactly."""
        return self._exactly or len(dependencies_first(self._graph, self._left)) <= self._room.small

    def choose(self, order: Iterable[str]) -> None:
        """Say of which services exact figures matter most, the first first. It has to come before any is asked for."""
        met: frozenset[str] = frozenset()
        chosen = []
        missed = 0
        for one in order:
            if one in self._left and missed < MOST_MISSED:
                more = met.union(dependencies_first(self._graph, [one]))
                if len(more) > self._room.things:
                    missed += 1  # a smaller one may fit
                else:
                    met = more
                    chosen.append(one)
        self._chosen = frozenset(chosen)

    @cached_property
    def exact(self) -> frozenset[str]:
        """The services whose figures are worked out."""
        if self.fits:
            return frozenset(self._left)
        if self._chosen is None:
            self.choose(sorted(self._left, key=lambda one: (not self.is_open(one), self.margin(one), one)))
        return self._chosen or frozenset()

    @property
    def bounded(self) -> frozenset[str]:
        """The services of which there are only bounds, as more would take long."""
        return frozenset(self._left) - self.exact

    def is_open(self, service: str) -> bool:
        """Whether the outline of a service leaves it open if a target is met."""
        return any(judged(self.outline(service), one) is Outcome.UNDECIDED for one in self.targets.get(service, ()))

    def margin(self, service: str) -> float:
        """How far a service is from its nearest target, at least."""
        return min((abs(end - one) for one in self.targets[service] for end in self.outline(service)), default=1.0)

    def outline(self, service: str) -> Chance:
        """Bounds that need no diagram."""
        if service not in self._left:
            return UNKNOWN
        if service not in self._outlined:
            self._outlined[service] = self.outlines.of(View(service))
        return self._outlined[service]

    def like(self, other: Reached, dirty: Collection[str]) -> None:
        """Be another revision, in which all is as in the other one but some things and what depends on them.

        Outlines are taken over from it. It has to be said before any is asked for.
        """
        self._like = other, dirty

    @cached_property
    def outlines(self) -> Outlines:
        """The bounds of everything behind the services that need no diagram."""
        made = Outlines() if self._like is None else self._like[0].outlines.but(self._like[1])
        self._enter(made, self._left)
        return made

    def factor(self, service: str, later: Reached, then: str) -> Chance:
        """How many times as often a service works in a revision that is like this one."""
        views = View(service), View(then)
        known = views[0] in self.outlines and views[1] in later.outlines
        return self.outlines.signed_factor(views[0], later.outlines, views[1]) if known else ANY_FACTOR

    def outlines_of(self, services: Collection[str]) -> Mapping[str, Chance]:
        """Those of other services, promised or not."""
        self._enter(self.outlines, services)
        return {one: self.outlines.of(View(one)) for one in services}

    def _enter(self, outlines: Outlines, services: Iterable[str]) -> None:
        found = structure(self._graph, map(View, services), self._question.down, outlines)
        outlines.enter(found, self.inputs.chances(found.events))

    @cached_property
    def together(self) -> Study:
        """The exact ones at once: most of what stands behind one stands behind others, too."""
        services = [one for one in self._left if one in self.exact]
        return Study(self._catalog, self._whole, services, self._question, self._solver)

    def of(self, service: str) -> Chance:
        """Its availability, or bounds of it."""
        if service not in self._known:
            self._known[service] = self._worked_out(service) if service in self.exact else self.outline(service)
        return self._known[service]

    def _worked_out(self, service: str) -> Chance:
        low, high = self.together.up(service)
        study = self.study(service)
        if study is not self.together:
            other = study.up(service)
            low, high = max(low, other.low), min(high, other.high)
        return Chance(min(low, high), max(low, high))  # rounding may have crossed them

    def study(self, service: str) -> Study:
        """That in which its figure is the best: all together, or alone where that was too large."""
        works = self.together.works
        bounds = works.bounds.get(View(service))
        return self.together if bounds is not None and works.figures.decided(bounds) else self.alone(service)

    def alone(self, service: str) -> Study:
        """One service, and nothing beside it.

        Seen alone more of what something needs matters by one way only, and its events stand in a better order: what
        is too large beside others may be small enough. Only the latest is kept, they take some megabytes.
        """
        if self._alone is None or self._alone[0] != service:
            solver = self._solver.another()
            self._alone = service, Study(self._catalog, self._whole, [service], self._question, solver)
        return self._alone[1]

    def asking(self, service: str) -> Callable[[str, Availability], Chance]:
        """A function that says what a service would reach if one thing were known to be so."""
        solver = self.study(service).solver

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
