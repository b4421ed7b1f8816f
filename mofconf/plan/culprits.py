"""Which change is to blame: the one without which it would not have happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from mofconf.analyses.impact import Step, reason
from mofconf.analyses.working import Working, dependents, down_alone, working
from mofconf.graph import Gate, Graph, with_gates
from mofconf.plan.differences import Differences
from mofconf.workspace import Workspace

_MOST_TRIALS = 200
"""How many what-ifs are worked out before it is enough to name all that lie on the way."""


class Culprits:
    """Finds the changes behind a consequence. What-ifs are remembered: many consequences share them."""

    def __init__(self, base: Workspace, head: Workspace, found: Differences, gone: Mapping[str, str]) -> None:
        self._head = head.graph
        self._gone = gone
        self._old_gates = gates_of_base(base.graph, found.renamed)
        self._behind: dict[str, set[str]] | None = None
        self._trials: dict[tuple[str, str], frozenset[str]] = {}
        self._alone: dict[str, Working] = {}
        self._undone: dict[str, Graph] = {}
        changed = {change.address for change in found.changes}
        self.changed: frozenset[str] = frozenset(changed)
        # What is new matters to what was there only through something else that now needs it.
        self._added = {change.address for change in found.of("add")}
        self.structural: frozenset[str] = frozenset(
            address
            for address in self._old_gates.keys() | self._head.gates.keys()
            if _differ(self._old_gates.get(address, ()), self._head.gates.get(address, ()))
        )

    def of_outage(self, why: Sequence[Step], address: str) -> tuple[str, ...]:
        """The changes at the end of a chain of reasons: what was removed or retired, or a group that changed."""
        ends = why[-1].targets if why else ()
        removed = sorted({one for one in ends if one in self.changed or one in self._gone.values()})
        changed = [step.source for step in why if step.source in self.structural]
        return tuple(removed or changed[-1:] or ([address] if address in self.changed else []))

    def of_risks(self, address: str, risks: Sequence[str]) -> tuple[str, ...]:
        """The changes without which a single failure would not take ``address`` down.

        Where no single one of them would have helped, those that lie on the way to the failure.
        """
        candidates = sorted(self._changes_behind(address))
        if len(candidates) <= 1:
            return tuple(candidates)
        found: set[str] = set()
        for risk in risks:
            for candidate in candidates:
                if len(self._trials) >= _MOST_TRIALS and (risk, candidate) not in self._trials:
                    return tuple(sorted(found)) or self._on_the_way(address, risks[0], candidates)
                if address not in self._without(risk, candidate):
                    found.add(candidate)
        return tuple(sorted(found)) or self._on_the_way(address, risks[0], candidates)

    def _changes_behind(self, address: str) -> set[str]:
        """The changes to conditions that could matter to a resource."""
        if self._behind is None:
            self._behind = defaultdict(set)
            for change in self.structural - self._added:
                for dependent in dependents(self._head, [change]):
                    self._behind[dependent].add(change)
        return self._behind[address]

    def _on_the_way(self, address: str, risk: str, candidates: Sequence[str]) -> tuple[str, ...]:
        way = [step.source for step in self.why_alone(address, risk)]
        return tuple(one for one in way if one in candidates)[:1] or tuple(candidates)

    def why_alone(self, address: str, risk: str) -> tuple[Step, ...]:
        """Why a single failure takes ``address`` down in the head."""
        if risk not in self._alone:
            self._alone[risk] = working(self._head, [risk, *self._gone])
        return reason(self._head, self._alone[risk], address)

    def _without(self, failed: str, change: str) -> frozenset[str]:
        """What would be down when ``failed`` fails, had ``change`` not been made."""
        key = (failed, change)
        if key not in self._trials:
            if change not in self._undone:
                self._undone[change] = with_gates(self._head, change, self._old_gates.get(change, ()))
            self._trials[key] = down_alone(self._undone[change], [failed, *self._gone])
        return self._trials[key]


def gates_of_base(graph: Graph, renamed: Mapping[str, str]) -> Mapping[str, tuple[Gate, ...]]:
    """The gates of the base, in the addresses of the head."""
    if not renamed:
        return graph.gates
    return {
        renamed.get(address, address): tuple(
            gate
            if renamed.keys().isdisjoint(gate.members)
            else gate._replace(members=tuple(renamed.get(member, member) for member in gate.members))
            for gate in gates
        )
        for address, gates in graph.gates.items()
    }


def _differ(old: tuple[Gate, ...], new: tuple[Gate, ...]) -> bool:
    return old != new and _shape(old) != _shape(new)


def _shape(gates: Iterable[Gate]) -> Collection[object]:
    """What of gates matters to outages, regardless of their order."""
    return sorted((gate.effect, gate.at_least, gate.full_at, tuple(sorted(gate.members))) for gate in gates)
