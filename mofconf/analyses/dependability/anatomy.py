"""One resource looked at event by event: its minimal cut sets, and how much each event matters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import prod
from typing import NamedTuple

from mofconf.analyses.dependability.cuts import Cuts
from mofconf.analyses.dependability.figures import Chance, Figures
from mofconf.analyses.dependability.importance import Importance, importances
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.solving import Bounds, Solver
from mofconf.analyses.dependability.structure import Event, View, structure
from mofconf.analyses.dependability.study import AS_DECLARED, BUDGET, Question
from mofconf.catalog import Catalog
from mofconf.graph import Graph, without_nodes


class Cut(NamedTuple):
    """A minimal cut set: the events that have to go wrong together, and the probability that all of them have.

    An outage that is too long to be tolerated is one failure, though two events or more.
    """

    events: tuple[Event, ...]
    chance: Chance


class Weight(NamedTuple):
    """How much one event matters, where everything that is not known exactly is at one of its ends."""

    event: Event
    importance: Importance


class Anatomy:
    """The function of one resource over single events, without modules.

    ``within_budget`` says whether it is exact. If not, cut sets are too many or too large, and there are no weights.
    """

    def __init__(
        self, catalog: Catalog, graph: Graph, address: str, question: Question = AS_DECLARED, budget: int = BUDGET
    ) -> None:
        self.address = address
        self.inputs = Inputs(catalog, without_nodes(graph, question.without), question.stated)
        found = structure(self.inputs.graph, [View(address)], question.down)
        self._chances = self.inputs.chances(found.events)
        self._solver = Solver(budget, modular=False)
        self._bounds: Bounds = self._solver.solve(found)[View(address)]
        self.availability = Figures(self._solver, self._chances).of(self._bounds)
        self.within_budget = self._bounds.exact
        self.lost = self._solver.known[self._bounds.low].lost
        self._meaning = {number: event for event, number in self._solver.events.items()}

    def counts(self) -> tuple[int, ...]:
        """How many minimal cut sets there are of each order, from order 1 on. Raises `BudgetError`."""
        return self._cuts().counts()

    def cuts(self, order: int, most: int) -> Iterator[Cut]:
        """The ``most`` likeliest of exactly this order, the likeliest first. Raises `BudgetError`.

        Where not all is known exactly, they come by how probable they may be.
        """
        failing = {number: 1 - self._chances[event].low for number, event in self._meaning.items()}
        for one in islice(self._cuts().likeliest(order, failing.__getitem__), most):
            events = tuple(sorted(self._meaning[number] for number in one))
            chances = [self._chances[event] for event in events]
            least = prod(1 - chance.high for chance in chances)
            greatest = prod(1 - chance.low for chance in chances)
            yield Cut(events, Chance(least, greatest))

    def weights(self, *, best: bool) -> tuple[Weight, ...]:
        """How much each event matters, the most critical first: with all that is not known at its best or its worst.

        Raises `BudgetError`.
        """
        chances = {
            number: self._chances[event].high if best else self._chances[event].low
            for number, event in self._meaning.items()
        }
        function = self._solver.known[self._bounds.low]
        found = importances(self._solver, function, chances)
        return tuple(Weight(self._meaning[one.variable], one) for one in found)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The resources of which something is not known exactly."""
        return tuple(sorted({event.address for event, chance in self._chances.items() if not chance.exact}))

    def _cuts(self) -> Cuts:
        if self._known is None:
            free = {number for number, event in self._meaning.items() if event.kind == "short"}
            self._known = Cuts(self._solver, self._bounds.low, free)
        return self._known

    _known: Cuts | None = None
