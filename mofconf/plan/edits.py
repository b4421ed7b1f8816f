"""What each change made to differ of what figures rest on: what is stated of things, and what they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mofconf.analyses.dependability.inputs import Inputs, Stated
from mofconf.graph import Gate, State
from mofconf.kinds.relation import ChangeClass
from mofconf.plan.differences import Differences
from mofconf.workspace import Workspace


class Atom(NamedTuple):
    """One way in which one thing differs: what is stated of it (``figure``), or what it needs and whether it is.

    With a ``field`` it is only what it needs by that one.
    """

    address: str
    figure: bool
    field: str = ""


class Edits:
    """Two sides, and what of the things that are ``touched`` differs between them as far as figures go.

    ``gone`` are the nodes of the head for what was removed, each with the address that it had; ``old_gates`` the gates
    of the base under the names of now. ``of`` has for every change that can be undone by itself what differs because
    of it, ``differ`` all that does.
    """

    def __init__(
        self,
        base: Workspace,
        head: Workspace,
        found: Differences,
        gone: Mapping[str, str],
        old_gates: Mapping[str, tuple[Gate, ...]],
        touched: Iterable[str],
    ) -> None:
        self.base, self.head, self.gone = base, head, gone
        self.removed = {change.address for change in found.of("remove")} | gone.keys()
        self.before, self.after = Inputs(base.catalog, base.graph), Inputs(head.catalog, head.graph)
        self.graph_before = base.graph._replace(gates=old_gates)
        self._changes = {change.address: change for change in found.changes}
        self._was = {**{now: was for was, now in found.renamed.items()}, **gone}
        edits: dict[str, set[Atom]] = {}
        for one in sorted({*touched, *gone}):
            for atom in self._atoms(one):
                edits.setdefault(self._edit(atom), set()).add(atom)
        self.of: Mapping[str, frozenset[Atom]] = {one: frozenset(atoms) for one, atoms in edits.items()}
        self.differ = frozenset(atom.address for atoms in edits.values() for atom in atoms)

    def fields(self, name: str) -> dict[str, frozenset[Atom]]:
        """The fields that a change edits and figures follow from, by their paths, each with what differs by it."""
        change = self._changes.get(name)
        found = {}
        for field in change.fields if change is not None else ():
            top = field.path.partition(".")[0]
            gate = "instances" if top == "up" else "" if top in ("lifecycle", "status") else top
            atoms = {
                atom if atom.figure else atom._replace(field=gate)
                for atom in self.of.get(name, ())
                if atom.figure == (top == "availability")
            }
            if atoms and field.change_class is ChangeClass.AVAILABILITY:
                found[field.path] = frozenset(atoms)
        return found

    def state_before(self, address: str) -> State | None:
        """Whether the base has something; ``None`` where nothing there means it."""
        return self.base.graph.nodes.get(self._was.get(address, address))

    def stated_before(self, address: str) -> Stated:
        """What was stated of a thing."""
        return self.before.of(self._was.get(address, address))

    def gates_before(self, address: str) -> tuple[Gate, ...]:
        """What a thing needed, under the names of now."""
        return self.graph_before.gates.get(address, ())

    def was_whole(self, address: str) -> bool:
        """Whether a thing was the sum of its instances."""
        return self._was.get(address, address) in self.before.graph.wholes

    def becomes_whole(self, address: str) -> bool:
        """Whether it is that on one side only."""
        return (address in self.after.graph.wholes) != self.was_whole(address)

    def _atoms(self, address: str) -> Iterable[Atom]:
        """How something differs, where the base has it at all, be it only as something that is missing."""
        state = self.state_before(address)
        if state is None:
            return
        old, new = self.gates_before(address), self.head.graph.gates.get(address, ())
        there = self.head.graph.nodes.get(address)
        if state is not there or address in self.removed or _that_stop(old) != _that_stop(new):
            yield Atom(address, figure=False)
        was, now = self.stated_before(address), self.after.of(address)
        if (was.chance, was.mttr) != (now.chance, now.mttr) or self.becomes_whole(address):
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
        return self.gates_before(address), self.head.graph.gates.get(address, ())

    def _own_edit(self, address: str) -> str:
        """The change to a thing itself, or to that of which it is an instance."""
        was = self._was.get(address, address)
        entry = self.head.catalog.entries.get(address) or self.base.catalog.entries.get(was)
        whole = "" if entry is None else entry.instance_of
        return next((one for one in (whole, address) if one and one in self._changes), "")

    def _source(self, address: str, own: str) -> str:
        """What changed elsewhere and made what is stated of a thing another one: a contract, a default."""
        sides = (self.after, self.after.of(address)), (self.before, self.stated_before(address))
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


def _that_stop(gates: Iterable[Gate]) -> list[Gate]:
    return [gate._replace(path=()) for gate in gates if gate.effect == "stops"]
