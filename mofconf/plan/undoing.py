"""What if some changes had not been made: figures of the head, with single things as they are in the base."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.inputs import Inputs, Stated
from mofconf.analyses.dependability.structure import View
from mofconf.analyses.dependability.study import Question, Study
from mofconf.analyses.ways import Ways, ways_down
from mofconf.graph import Graph, State
from mofconf.kinds.availability import Availability
from mofconf.plan.edits import Atom, Edits


class Undoing:
    """What services would reach had some of the ``edits`` not been made.

    ``study`` gives that of a service in the head as it is, ``alone`` one in which nothing else is; what their solvers
    know costs nothing.
    """

    def __init__(self, edits: Edits, study: Callable[[str], Study], alone: Callable[[str], Study]) -> None:
        self.edits, self.study, self.alone = edits, study, alone
        self._known: dict[tuple[str, frozenset[Atom]], Chance] = {}
        self._cones: dict[str, Ways] = {}

    def up(self, service: str, undone: Collection[Atom] = ()) -> Chance:
        """What a service of the head would reach."""
        key = (service, frozenset(undone))
        if key not in self._known:
            self._known[key] = self._reshaped(*key) if self.reshapes(undone) else self._restated(*key)
        return self._known[key]

    def knows(self, service: str, undone: Collection[Atom]) -> bool:
        """Whether that was asked before."""
        return (service, frozenset(undone)) in self._known

    def reshapes(self, undone: Iterable[Atom]) -> bool:
        """Whether the functions differ, and not only the figures that are put into them."""
        return any(not atom.figure or self.edits.becomes_whole(atom.address) for atom in undone)

    def below(self, service: str) -> Ways:
        """The ways to all that a service cannot do without or has a choice of, in the head and then in the base."""
        if service not in self._cones:
            found = ways_down(self.edits.head.graph, service, hard=True)
            before = ways_down(self.edits.graph_before, service, hard=True)
            self._cones[service] = {**found, **{one: step for one, step in before.items() if one not in found}}
        return self._cones[service]

    def _restated(self, service: str, undone: frozenset[Atom]) -> Chance:
        solved = self.study(service).works
        stated = self._stated(undone)
        inputs = Inputs(self.edits.head.catalog, self.edits.head.graph, stated)
        other = [event for address in stated for event in solved.of(address) if event.kind != "switch"]
        figures = solved.figures.but(inputs.chances(other)) if other else solved.figures
        return figures.of(solved.bounds[View(service)])

    def _reshaped(self, service: str, undone: frozenset[Atom]) -> Chance:
        needs = {atom.address for atom in undone if not atom.figure}
        question = Question(down=frozenset(self.edits.removed - needs), stated=self._stated(undone))
        solver = self.study(service).solver
        return Study(self.edits.head.catalog, self._graph(undone), [service], question, solver).up(service)

    def _graph(self, undone: Iterable[Atom]) -> Graph:
        """The head's graph with what was undone as the base has it."""
        graph = self.edits.head.graph
        nodes, gates, into = dict(graph.nodes), dict(graph.gates), dict(graph.into)
        wholes = set(graph.wholes)
        for address, figure in undone:
            if figure:
                # Whether a contract about all instances makes them one is decided below, and by nobody else.
                into.pop(address, None)
                wholes.discard(address)
                wholes |= {address} if self.edits.was_whole(address) else set()
            else:
                nodes[address] = self.edits.state_before(address) or State.MISSING
                gates[address] = self.edits.gates_before(address)
        return graph._replace(nodes=nodes, gates=gates, into=into, wholes=frozenset(wholes))

    def _stated(self, undone: Iterable[Atom]) -> Mapping[str, Availability]:
        stated = {atom.address: self.edits.stated_before(atom.address) for atom in undone if atom.figure}
        return {address: as_availability(one) for address, one in stated.items()}


def as_availability(stated: Stated) -> Availability:
    """What is known of a thing, as if a document said it."""
    low, high = (Decimal(share) for share in stated.chance)
    if low == high:
        return Availability.model_construct(percent=low, mttr=stated.mttr)
    return Availability.model_construct(low=low, high=high, mttr=stated.mttr)
