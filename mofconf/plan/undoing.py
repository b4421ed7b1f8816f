"""What if some changes had not been made: figures of the head, with single things as they are in the base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.inputs import Inputs, Stated
from mofconf.analyses.dependability.outlines import ANY_FACTOR, Outlines
from mofconf.analyses.dependability.structure import View, structure
from mofconf.analyses.dependability.study import Question, Study
from mofconf.analyses.promises.reached import Reached
from mofconf.analyses.ways import Ways, ways_down
from mofconf.analyses.working import dependents
from mofconf.graph import Graph, State
from mofconf.kinds.availability import Availability
from mofconf.plan.edits import Atom, Edits


class Undoing:
    """What services would reach had some of the ``edits`` not been made, as against what is ``reached`` with all.

    What its solvers and its outlines know already costs nothing.
    """

    def __init__(self, edits: Edits, reached: Reached) -> None:
        self.edits, self.reached = edits, reached
        self._known: dict[tuple[str, frozenset[Atom]], Chance] = {}
        self._ways: dict[str, Ways] = {}
        self._below: dict[str, Ways] = {}
        self._needs_differ = {atom.address for atoms in edits.of.values() for atom in atoms if not atom.figure}
        self._outlines: dict[frozenset[Atom], _Outlined] = {}

    def up(self, service: str, undone: Collection[Atom] = ()) -> Chance:
        """What a service of the head would reach."""
        key = (service, frozenset(undone))
        if key not in self._known:
            self._known[key] = self._reshaped(*key) if self.reshapes(undone) else self._restated(*key)
        return self._known[key]

    def knows(self, service: str, undone: Collection[Atom]) -> bool:
        """Whether that was asked before."""
        return (service, frozenset(undone)) in self._known

    def outline(self, service: str, undone: frozenset[Atom]) -> Chance:
        """Bounds of what a service would reach that need no diagram."""
        return self._outlined(service, undone).of(View(service))

    def factor(self, service: str, then: str, undone: frozenset[Atom]) -> Chance:
        """How many times as often one service works as the head has it as another (or the same) would then."""
        now, later = self.reached.outlines, self._outlined(then, undone)
        return later.factor(View(then), now, View(service)) if View(service) in now else ANY_FACTOR

    def newly_needed(self, service: str, undone: frozenset[Atom]) -> list[str]:
        """What a service never works without, and would if these were undone; what fails most often comes first."""
        if View(service) not in self.reached.outlines:
            return []
        now = self.reached.outlines.never_without(View(service))
        then = self._outlined(service, undone).never_without(View(service))
        return sorted(now.keys() - then.keys(), key=lambda one: (now[one], one))

    def reshapes(self, undone: Iterable[Atom]) -> bool:
        """Whether the functions differ, and not only the figures that are put into them."""
        return any(not atom.figure or self.edits.becomes_whole(atom.address) for atom in undone)

    def ways(self, service: str) -> Ways:
        """The ways to all that a service of the head cannot do without or has a choice of."""
        if service not in self._ways:
            self._ways[service] = ways_down(self.edits.head.graph, service, hard=True)
        return self._ways[service]

    def below(self, service: str) -> Ways:
        """Those, and then the ways in the base to what else it had."""
        if service not in self._below:
            found = self.ways(service)
            if not self._needs_differ.isdisjoint(found):
                before = ways_down(self.edits.graph_before, service, hard=True)
                found = {**found, **{one: step for one, step in before.items() if one not in found}}
            self._below[service] = found
        return self._below[service]

    def _restated(self, service: str, undone: frozenset[Atom]) -> Chance:
        solved = self.reached.study(service).works
        stated = self._stated(undone)
        inputs = self.edits.after.supposing(stated)
        other = [event for address in stated for event in solved.of(address) if event.kind != "switch"]
        figures = solved.figures.but(inputs.chances(other)) if other else solved.figures
        return figures.of(solved.bounds[View(service)])

    def _reshaped(self, service: str, undone: frozenset[Atom]) -> Chance:
        question = Question(self._down(undone), stated=self._stated(undone))
        solver = self.reached.study(service).solver
        return Study(self.edits.head.catalog, self._graph(undone), [service], question, solver).up(service)

    def _outlined(self, service: str, undone: frozenset[Atom]) -> Outlines:
        """Those of the head but for what was undone, with all that a service needs."""
        if undone not in self._outlines:
            stated = self._stated(undone)
            inputs = (
                Inputs(self.edits.head.catalog, self._graph(undone), stated)
                if self.reshapes(undone)
                else self.edits.after.supposing(stated)
            )
            dirty = dependents(self.edits.head.graph, [atom.address for atom in undone])
            self._outlines[undone] = _Outlined(inputs, self.reached.outlines.but(dirty))
        inputs, known = self._outlines[undone]
        if View(service) not in known:
            found = structure(inputs.graph, [View(service)], self._down(undone), known)
            known.enter(found, inputs.chances(found.events))
        return known

    def _down(self, undone: Iterable[Atom]) -> frozenset[str]:
        """What is gone, and still is when these are undone."""
        return frozenset(self.edits.removed - {atom.address for atom in undone if not atom.figure})

    def _graph(self, undone: Iterable[Atom]) -> Graph:
        """The head's graph with what was undone as the base has it."""
        graph = self.edits.head.graph
        nodes, gates, into = dict(graph.nodes), dict(graph.gates), dict(graph.into)
        wholes = set(graph.wholes)
        for address, figure, field in undone:
            if field:
                kept = [gate for gate in gates.get(address, ()) if gate.path[:1] != (field,)]
                former = [gate for gate in self.edits.gates_before(address) if gate.path[:1] == (field,)]
                gates[address] = (*kept, *former)
            elif figure:
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


class _Outlined(NamedTuple):
    """What is stated where something was undone, and the outlines of that."""

    inputs: Inputs
    outlines: Outlines


def as_availability(stated: Stated) -> Availability:
    """What is known of a thing, as if a document said it."""
    low, high = (Decimal(share) for share in stated.chance)
    if low == high:
        return Availability.model_construct(percent=low, mttr=stated.mttr)
    return Availability.model_construct(low=low, high=high, mttr=stated.mttr)
