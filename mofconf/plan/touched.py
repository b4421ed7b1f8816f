"""What a change makes to differ of what figures rest on, and everything that depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mofconf.analyses.dependability.study import Question
from mofconf.analyses.working import dependents
from mofconf.kinds.relation import PROMISES
from mofconf.plan.consequences import gone_from
from mofconf.plan.culprits import gates_of_base
from mofconf.plan.differences import Differences
from mofconf.plan.edits import Edits
from mofconf.workspace import Workspace


class Touched:
    """The things of which something differs that a figure may follow from, by their addresses in the head.

    ``asked`` is the question to the head in which what was removed counts as down. ``reached`` are the ``things`` and
    all that depends on them on either side.
    """

    def __init__(self, base: Workspace, head: Workspace, found: Differences) -> None:
        gone = gone_from(base, head, found)
        # What is gone may be meant under another kind where nobody declares it any more.
        old_gates = gates_of_base(base.graph, {**found.renamed, **{was: now for now, was in gone.items()}})
        self.base, self.head = base, head
        self.asked = Question(down=frozenset(gone))
        self._now = found.renamed
        self._was = {now: was for was, now in found.renamed.items()}
        changed = {change.address for change in found.changes} | self._was.keys() | gone.keys()
        structural = {
            one
            for one in old_gates.keys() | head.graph.gates.keys()
            if old_gates.get(one, ()) != head.graph.gates.get(one, ())
        }
        maybe = changed | set(self._covered(changed)) | structural
        self.edits = Edits(base, head, found, gone, old_gates, maybe)
        self.things = {one for one in maybe if self._matters(one)}
        before = dependents(base.graph, [self.was(one) for one in self.things])
        self.reached = dependents(head.graph, self.things) | {self.becomes(one) for one in before}

    def was(self, address: str) -> str:
        """An address of the head as the base has it."""
        return self._was.get(address, address)

    def becomes(self, address: str) -> str:
        """An address of the base as the head has it."""
        return self._now.get(address, address)

    def slas(self) -> Iterator[str]:
        """The promises that may differ, by the address that they have in the head, or had in the base; some twice."""
        for address in self.head.catalog.entries:
            if address.startswith("SLA/") and (address in self.things or self._promised(self.head, address)):
                yield address
        for was in self.base.catalog.entries:
            if was.startswith("SLA/"):
                now = self.becomes(was)
                if now in self.things or self._promised(self.base, was):
                    yield now

    def _promised(self, side: Workspace, sla: str) -> bool:
        """Whether the change reaches what an SLA promises."""
        targets = (edge.target for edge in side.graph.out.get(sla, ()) if edge.relation is PROMISES)
        return any((one if side is self.head else self.becomes(one)) in self.reached for one in targets)

    def _matters(self, address: str) -> bool:
        """Whether something that changed may make a difference to a figure: another title or owner does not."""
        both = self.was(address) in self.base.graph.nodes and address in self.head.graph.nodes
        return not both or address.startswith("SLA/") or address in self.edits.differ

    def _covered(self, changed: Iterable[str]) -> Iterator[str]:
        """What the contracts cover that changed, with all instances of it."""
        for address in changed:
            for side in (self.base, self.head) if address.startswith("Contract/") else ():
                for edge in side.graph.out.get(address, ()):
                    if edge.relation is PROMISES:
                        entry = side.catalog.entries.get(edge.target)
                        yield from (edge.target, *(entry.instances if entry is not None else ()))
