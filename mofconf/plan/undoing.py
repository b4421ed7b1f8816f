"""What if some changes had not been made: figures of the head, with single things as they are in the base."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance, Figures
from mofconf.analyses.dependability.inputs import Inputs, Stated
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.structure import View
from mofconf.analyses.dependability.study import Question, Study
from mofconf.graph import Gate, Graph, State
from mofconf.kinds.availability import Availability
from mofconf.plan.differences import Differences
from mofconf.workspace import Workspace


class Atom(NamedTuple):
    """One way in which one thing differs: what is stated of it (``figure``), or what it needs and whether it is."""

    address: str
    figure: bool


class Undoing:
    """What each change made to differ, and what services would reach had some of it not.

    ``gone`` are the nodes of the head for what was removed, each with the address that it had; ``old_gates`` the gates
    of the base under the names of now; ``touched`` is all that may differ. ``solver`` is asked for by service.
    ``edits`` has for every change that can be undone by itself what differs because of it.
    """

    def __init__(
        self,
        base: Workspace,
        head: Workspace,
        found: Differences,
        gone: Mapping[str, str],
        old_gates: Mapping[str, tuple[Gate, ...]],
        touched: Iterable[str],
        solver: Callable[[str], Solver],
    ) -> None:
        self.head, self.gone, self._base, self._solver = head, gone, base, solver
        self._removed = {change.address for change in found.of("remove")} | gone.keys()
        self.asked = Question(down=frozenset(gone))
        self._changes = {change.address: change for change in found.changes}
        self._was = {**{now: was for was, now in found.renamed.items()}, **gone}
        self._old_gates = old_gates
        self._before, self._after = Inputs(base.catalog, base.graph), Inputs(head.catalog, head.graph)
        self._study: tuple[str, Study] | None = None
        self._known: dict[tuple[str, frozenset[Atom]], Chance] = {}
        self._cones: dict[str, Mapping[str, str]] = {}
        edits: dict[str, set[Atom]] = {}
        for one in sorted({*touched, *gone}):
            for atom in self._atoms(one):
                edits.setdefault(self._edit(atom), set()).add(atom)
        self.edits: Mapping[str, frozenset[Atom]] = {one: frozenset(atoms) for one, atoms in edits.items()}

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
        return any(not atom.figure or self._is_whole(atom.address) != self._was_whole(atom.address) for atom in undone)

    def study(self, service: str) -> Study:
        """The head as it is, of one service. Only the latest is kept: they take some megabytes."""
        if self._study is None or self._study[0] != service:
            made = Study(self.head.catalog, self.head.graph, [service], self.asked, self._solver(service))
            self._study = (service, made)
        return self._study[1]

    def below(self, service: str) -> Mapping[str, str]:
        """Everything that a service needs in the head, the nearest first, each with what needs it; then the base's."""
        if service not in self._cones:
            found = below(self.head.graph.gates, service)
            self._cones[service] = {
                **found,
                **{k: v for k, v in below(self._old_gates, service).items() if k not in found},
            }
        return self._cones[service]

    def _restated(self, service: str, undone: frozenset[Atom]) -> Chance:
        solved = self.study(service).works
        stated = self._stated(undone)
        inputs = Inputs(self.head.catalog, self.head.graph, stated)
        other = [event for event in solved.chances if event.address in stated and event.kind != "switch"]
        if not other:
            return solved.figures.of(solved.bounds[View(service)])
        chances = {**solved.chances, **inputs.chances(other)}
        return Figures(self.study(service).solver, chances).of(solved.bounds[View(service)])

    def _reshaped(self, service: str, undone: frozenset[Atom]) -> Chance:
        needs = {atom.address for atom in undone if not atom.figure}
        question = Question(down=frozenset(self._removed - needs), stated=self._stated(undone))
        solver = self.study(service).solver
        return Study(self.head.catalog, self._graph(undone), [service], question, solver).up(service)

    def _graph(self, undone: Iterable[Atom]) -> Graph:
        """The head's graph with what was undone as the base has it."""
        graph = self.head.graph
        nodes, gates, into = dict(graph.nodes), dict(graph.gates), dict(graph.into)
        wholes = set(graph.wholes)
        for address, figure in undone:
            if figure:
                # Whether a contract about all instances makes them one is decided below, and by nobody else.
                into.pop(address, None)
                wholes.discard(address)
                wholes |= {address} if self._was_whole(address) else set()
            else:
                nodes[address] = self._base.graph.nodes.get(self._was.get(address, address), State.MISSING)
                gates[address] = self._gates_before(address)
        return graph._replace(nodes=nodes, gates=gates, into=into, wholes=frozenset(wholes))

    def _stated(self, undone: Iterable[Atom]) -> Mapping[str, Availability]:
        return {atom.address: as_availability(self._stated_before(atom.address)) for atom in undone if atom.figure}

    def _stated_before(self, address: str) -> Stated:
        return self._before.of(self._was.get(address, address))

    def _gates_before(self, address: str) -> tuple[Gate, ...]:
        return self._old_gates.get(address, ())

    def _was_whole(self, address: str) -> bool:
        return self._was.get(address, address) in self._before.graph.wholes

    def _is_whole(self, address: str) -> bool:
        return address in self._after.graph.wholes

    def _atoms(self, address: str) -> Iterable[Atom]:
        """How something differs, where the base has it at all, be it only as something that is missing."""
        state = self._base.graph.nodes.get(self._was.get(address, address))
        if state is None:
            return
        old, new = self._gates_before(address), self.head.graph.gates.get(address, ())
        there = self.head.graph.nodes.get(address)
        if state is not there or address in self._removed or _that_stop(old) != _that_stop(new):
            yield Atom(address, figure=False)
        was, now = self._stated_before(address), self._after.of(address)
        whole = self._was_whole(address) != self._is_whole(address)
        if (was.chance, was.mttr) != (now.chance, now.mttr) or whole:
            yield Atom(address, figure=True)

    def _edit(self, atom: Atom) -> str:
        """The change that made something differ: its own, or that of what it takes its figure or its members from."""
        address = self.gone.get(atom.address, atom.address)
        own = self._own_edit(address)
        if atom.figure:
            return self._source(atom.address, own) or own or address
        if own:
            return own
        old, new = ({m for gate in gates for m in gate.members} for gates in self._both_gates(atom.address))
        return min((edit for member in old ^ new if (edit := self._own_edit(member))), default=address)

    def _both_gates(self, address: str) -> tuple[tuple[Gate, ...], tuple[Gate, ...]]:
        return self._gates_before(address), self.head.graph.gates.get(address, ())

    def _own_edit(self, address: str) -> str:
        """The change to a thing itself, or to that of which it is an instance."""
        was = self._was.get(address, address)
        entry = self.head.catalog.entries.get(address) or self._base.catalog.entries.get(was)
        whole = "" if entry is None else entry.instance_of
        return next((one for one in (whole, address) if one and one in self._changes), "")

    def _source(self, address: str, own: str) -> str:
        """What changed elsewhere and made what is stated of a thing another one: a contract, a default."""
        sides = (self._after, self._after.of(address)), (self._before, self._stated_before(address))
        sources = {stated.source for _, stated in sides}
        if "assumed" in sources and sources <= {"assumed", "unknown"}:  # no document of its own says anything
            return next((one for one in self._changes if one.startswith("Project/")), "")
        for inputs, stated in sides:
            by = stated.by
            if stated.source == "contract" and not by.startswith("Contract/"):
                by = inputs.of(by).by  # what is promised of all instances together
            stated_itself = own and any(field.path.startswith("availability") for field in self._changes[own].fields)
            if by in self._changes and by.startswith("Contract/") and not stated_itself:
                return by
        return ""


def below(gates: Mapping[str, tuple[Gate, ...]], address: str) -> dict[str, str]:
    """Everything that something cannot do without or has a choice of, the nearest first, each with what needs it."""
    found = {address: ""}
    queue = [address]
    for one in queue:
        for gate in gates.get(one, ()):
            if gate.effect == "stops":
                for member in gate.members:
                    if member not in found:
                        found[member] = one
                        queue.append(member)
    return found


def way_to(graph: Graph, address: str, target: str) -> tuple[str, ...]:
    """The shortest way from something to what it needs, both included."""
    above = below(graph.gates, address)
    way = []
    one = target if target in above else ""
    while one:
        way.append(one)
        one = above[one]
    return tuple(reversed(way))


def as_availability(stated: Stated) -> Availability:
    """What is known of a thing, as if a document said it."""
    low, high = (Decimal(share) for share in stated.chance)
    if low == high:
        return Availability.model_construct(percent=low, mttr=stated.mttr)
    return Availability.model_construct(low=low, high=high, mttr=stated.mttr)


def _that_stop(gates: Iterable[Gate]) -> list[Gate]:
    return [gate._replace(path=()) for gate in gates if gate.effect == "stops"]
