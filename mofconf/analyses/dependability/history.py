"""A made-up history of one resource: the outages of all that it needs, and when these together take it down.

Failures and repairs are exponential. A failover switch is thrown once for every demand, that is for each stretch in
which the active members alone are not enough, and in one without end every month; where it does not work the group is
down for that whole stretch. A need that tolerates an outage does so for as long as it says, whatever it is made of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mofconf.analyses.dependability.outages import Outages, chosen, cut, longer_than, of_at_least, renewal, together
from mofconf.analyses.dependability.structure import GONE, View, structure
from mofconf.graph import Gate, Graph, State

if TYPE_CHECKING:
    import numpy as np

    from mofconf.analyses.dependability.outages import Times


class Rhythm(NamedTuple):
    """How long something works and how long it is down, in the mean, in seconds."""

    up: float
    down: float


TRIED_AGAIN = 30 * 86_400.0
"""After so many seconds a switch that has not worked is thrown once more."""

Causes: TypeAlias = frozenset[int]
"""Outages by number. Something is down when at least one of its causes is."""


class _Group(NamedTuple):
    """Down when at least ``enough`` of ``members`` are, or the switch fails when one of the ``active`` ones is."""

    enough: int
    members: tuple[Causes, ...]
    active: int = 0
    works: float = 1.0
    switch: str = ""


class _Tolerated(NamedTuple):
    """What is left of the outages of ``causes`` when the first ``seconds`` of each do no harm."""

    causes: Causes
    seconds: float


_Cause: TypeAlias = str | _Group | _Tolerated
_ALWAYS = ""


class History:
    """What takes a resource down, and when. ``lost`` are resources that are down all the time."""

    def __init__(self, graph: Graph, address: str, lost: Collection[str] = ()) -> None:
        self._gone = frozenset(lost).union(graph.retired)
        self._graph = graph._replace(gates={one: own for one, own in graph.gates.items() if one not in self._gone})
        self._causes: list[_Cause] = []
        self._numbers: dict[_Cause, int] = {}
        self.tolerant = False
        found: dict[str, Causes] = {}
        for knot in structure(_hasty(self._graph), [View(address)]).knots:
            members = [view.address for view in knot]
            # In each round at least one more of them is what it is in the end, at any time. Most stand alone.
            for _ in members:
                before = [found.get(one) for one in members]
                for one in members:
                    found[one] = self._of(one, found)
                if before == [found[one] for one in members]:
                    break
        self._root = found[address]
        self.failing = tuple(sorted(one for one in found if one and one not in self._gone | graph.wholes))

    def outages(self, rhythms: Mapping[str, Rhythm], seed: int, last: float) -> Outages:
        """When it is down, from before 0 to ``last`` seconds. What has no rhythm never fails."""
        import numpy as np

        # Whoever tolerates an outage has to know when it began.
        first = -sum(cause.seconds for cause in self._causes if isinstance(cause, _Tolerated))
        made: dict[int, Outages] = {}

        def of_all(causes: Causes) -> Outages:
            return together([made[number] for number in sorted(causes)])

        for number in sorted(self._reached()):
            cause = self._causes[number]
            if isinstance(cause, _Tolerated):
                made[number] = longer_than(cause.seconds, of_all(cause.causes))
            elif isinstance(cause, _Group):
                made[number] = _of_group(cause, [of_all(causes) for causes in cause.members], seed)
            elif cause == _ALWAYS:
                made[number] = Outages(np.array([first]), np.array([last]))
            elif cause in rhythms:
                made[number] = renewal(_dice(seed, cause), *rhythms[cause], first, last)
            else:
                made[number] = together([])
        return of_all(self._root)

    def _reached(self) -> set[int]:
        """The causes that matter in the end."""
        found: set[int] = set()
        waiting = list(self._root)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                cause = self._causes[number]
                if isinstance(cause, _Group):
                    waiting += [inner for causes in cause.members for inner in causes]
                elif isinstance(cause, _Tolerated):
                    waiting += cause.causes
        return found

    def _number(self, cause: _Cause) -> int:
        number = self._numbers.setdefault(cause, len(self._causes))
        if number == len(self._causes):
            self._causes.append(cause)
        return number

    def _of(self, address: str, found: Mapping[str, Causes]) -> Causes:
        if address in self._gone or address == GONE.address:
            return frozenset((self._number(_ALWAYS),))
        own = () if address in self._graph.wholes else (self._number(address),)
        gates = [gate for gate in self._graph.gates.get(address, ()) if gate.effect == "stops"]
        return frozenset(own).union(*(self._of_gate(address, gate, found) for gate in gates))

    def _of_gate(self, address: str, gate: Gate, found: Mapping[str, Causes]) -> Causes:
        nodes = self._graph.nodes
        # In a group a missing member is down; alone nobody knows.
        missing = (gate.is_group and nodes.get(member, State.MISSING) is State.MISSING for member in gate.members)
        names = (GONE.address if gone else member for member, gone in zip(gate.members, missing, strict=True))
        members = [found.get(name, frozenset()) for name in names]
        causes = self._of_members(address, gate, members)
        if not causes or gate.tolerates is None:
            return causes
        self.tolerant = True
        return frozenset((self._number(_Tolerated(causes, gate.tolerates.total_seconds())),))

    def _of_members(self, address: str, gate: Gate, members: Sequence[Causes]) -> Causes:
        least = len(members) - gate.at_least + 1  # so many have to be down
        if least < 1:
            return frozenset((self._number(_ALWAYS),))
        switches = gate.failover is not None and gate.failover < 1 and least > 1
        if least == 1:
            return frozenset().union(*members)
        counts: dict[int, int] = {}
        for causes in members:
            for cause in causes:
                counts[cause] = counts.get(cause, 0) + 1
        shared = frozenset(cause for cause, count in counts.items() if count >= least)
        rest = tuple(causes - shared for causes in members)
        if switches:
            switch = f"{address} {gate.path}"
            group = _Group(least, rest, gate.at_least, float(gate.failover or 1), switch)
            return shared | {self._number(group)}
        if sum(not causes for causes in rest) >= gate.at_least:
            return shared
        return shared | {self._number(_Group(least, rest))}


def _of_group(group: _Group, members: Sequence[Outages], seed: int) -> Outages:
    down = of_at_least(group.enough, members)
    if not group.active:
        return down
    demands = cut(together(members[: group.active]), TRIED_AGAIN)
    failed = _thrown(seed, group.switch, demands.starts) >= group.works
    return together([down, chosen(demands, failed)])


def _hasty(graph: Graph) -> Graph:
    """A graph in which nobody tolerates anything: which knots there are does not hang on it."""
    patient = {one: own for one, own in graph.gates.items() if any(gate.tolerates is not None for gate in own)}
    hasty = {one: tuple(gate._replace(tolerates=None) for gate in own) for one, own in patient.items()}
    return graph._replace(gates={**graph.gates, **hasty})


def _dice(seed: int, name: str) -> np.random.Generator:
    """Chance for one thing: the same whatever else there is, so that two revisions can be compared."""
    import numpy as np

    return np.random.default_rng([seed, _number_of(name)])


def _thrown(seed: int, name: str, starts: Times) -> Times:
    """A number from 0 to 1 for each demand, made of the time at which it comes (the mixing of SplitMix64).

    So a demand that a knot meets again in a later round is answered as before.
    """
    import numpy as np

    mixed = starts.view(np.uint64) + np.uint64(_number_of(f"{seed} {name}"))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    found: Times = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return found


def _number_of(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big")
