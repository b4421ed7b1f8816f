"""The top event of a fault tree: how probable it is, and which sets of failures bring it about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from mofconf.analyses.dependability.diagrams import MOST_VARIABLES, BudgetError, Diagram, Diagrams, Table
from mofconf.analyses.dependability.families import Families
from mofconf.analyses.dependability.fault_tree import FaultTree, Key, Plain, gates_below_top
from mofconf.analyses.dependability.figures import Chance

FIRST_BUDGET = 1 << 12
BUDGET = 1 << 24
"""Nodes of the first diagrams that are tried, and of the last. Used up, the last are some hundreds of megabytes."""


class NotCoherentError(ValueError):
    """Minimal cut sets are asked of a tree in which a failure may be what prevents the top event."""


class TopEvent:
    """The top event of a fault tree: exactly when it happens. Raises `BudgetError`, `CircleError`, `UndefinedError`.

    The size of a diagram hangs on the order of the events, by powers of ten, and nobody can tell beforehand. So a few
    orders are tried with little room each, then with twice as much, until one fits.
    """

    def __init__(self, tree: FaultTree, budget: int = BUDGET) -> None:
        self.tree = tree
        plain = gates_below_top(tree)
        sizes = _sizes(plain)
        orders = [_order(plain, rank) for rank in (_as_written, sizes.__getitem__, lambda key: -sizes[key])]
        if len(orders[0]) > MOST_VARIABLES:
            raise BudgetError
        room = min(FIRST_BUDGET, budget)
        while True:
            for order in orders:
                try:
                    self._build(plain, order, room)
                except BudgetError:
                    continue
                return
            if room == budget:
                raise BudgetError
            room = min(2 * room, budget)

    def _build(self, plain: Plain, order: Sequence[str], room: int) -> None:
        diagrams = Diagrams(room)
        diagrams.largest = room  # there is but one function here, and it may have all the room
        works = _works(plain, order, diagrams)
        self.coherent: bool = not plain.turns or diagrams.monotone(works)
        """Whether no failure ever prevents the top event. Asked of the function, not of how it is written."""
        self._names = order
        self._table = Table(diagrams)
        self._root = self._table.number(works)

    @property
    def events(self) -> tuple[str, ...]:
        """The events below the top, in the order that was found."""
        return tuple(self._names)

    def probability(self) -> Chance:
        """How probable the top event is.

        All digits are good, of small ones too: failures are added up, never taken from one. Where the probability of
        an event is not known there are bounds; for a coherent tree no narrower ones can be proven.
        """
        table, names, events = self._table, self._names, self.tree.events
        values = [Chance(1.0, 1.0), Chance(0.0, 0.0)]  # where nothing works it fails for sure
        for node in range(2, len(table)):
            fails = events[names[table.variables[node]]]
            good, bad = values[table.high[node]], values[table.low[node]]
            if fails is None:
                values.append(Chance(min(good.low, bad.low), max(good.high, bad.high)))
            else:
                low, high = ((1 - fails) * a + fails * b for a, b in zip(good, bad, strict=True))
                values.append(Chance(low, high))
        return values[self._root]

    def counts(self) -> tuple[int, ...]:
        """How many minimal cut sets there are of each order, from order 0 on. Raises `NotCoherentError`."""
        families, cuts = self._cuts
        return families.counts(cuts)

    def cuts(self, order: int) -> Iterator[tuple[str, ...]]:
        """The minimal cut sets of at most this order, by the names of events. Raises `NotCoherentError`."""
        families, cuts = self._cuts
        for found in families.sets(cuts, order):
            yield tuple(self._names[one] for one in found)

    @cached_property
    def _cuts(self) -> tuple[Families, int]:
        # Without coherence there are prime implicants, with events that must not happen: a different thing, and as
        # many of them. Those of the coherent hull would look like an answer without being one.
        if not self.coherent:
            raise NotCoherentError("a failure may prevent the top event here, so minimal cut sets do not describe it")
        families = Families()
        return families, families.cuts(self._table, self._root)


_HUGE = 1 << 60
"""Larger trees are all the same: gates that share what is below them may have a number of leaves of many pages."""


def _sizes(plain: Plain) -> Mapping[Key, int]:
    """How many leaves the tree below each gate and event has."""
    sizes: dict[Key, int] = {}
    for key, gate in plain.gates.items():
        sizes[key] = min(_HUGE, sum(sizes.setdefault(member, 1) for member in gate.members))
    return sizes


def _as_written(key: Key) -> int:  # noqa: ARG001  # every gate comes where it stands
    return 0


def _order(plain: Plain, rank: Callable[[Key], int]) -> list[str]:
    """The events as a walk from the top meets them, each gate's members by rank."""
    met: dict[Key, None] = {}
    waiting = [plain.top]
    while waiting:
        key = waiting.pop()
        if key not in met:
            met[key] = None
            if key in plain.gates:
                ranked = sorted(plain.gates[key].members, key=rank)
                waiting += reversed(ranked)
    return _side_by_side(plain, [key for key in met if key not in plain.gates and isinstance(key, str)])


def _side_by_side(plain: Plain, order: Sequence[str]) -> list[str]:
    """The same order, in which an event stands behind the first of those that it never comes without.

    (a and x) or (b and y) or (c and z) in the order a b c x y z doubles with every pair, in a x b y c z it does not.
    The pairs come from outages that are tolerated: that it fails, and that this outage lasts.
    """
    beside: dict[Key, set[Key]] = {}
    for gate in plain.gates.values():
        members = {member for member in gate.members if member not in plain.gates}
        for member in members:
            beside[member] = beside[member] & members if member in beside else members
    places = {event: place for place, event in enumerate(order)}
    first = {event: min(places[str(one)] for one in beside[event]) for event in order}
    return sorted(order, key=lambda event: (first[event], places[event]))


def _works(plain: Plain, order: Sequence[str], diagrams: Diagrams) -> Diagram:
    """When the top event does *not* happen, in terms of events that do not: cut sets are told of that function."""
    diagrams.grow(len(order))
    found: dict[Key, Diagram] = {event: diagrams.variable(number) for number, event in enumerate(order)}
    for key, gate in plain.gates.items():
        works = [found[member] for member in gate.members]
        least = {"and": len(works), "or": 1}.get(gate.kind, gate.least)
        if gate.kind == "not":
            found[key] = diagrams.opposite(works[0])
        elif gate.kind == "xor":
            found[key] = diagrams.opposite(_odd([diagrams.opposite(one) for one in works], diagrams))
        elif least == 1:
            found[key] = diagrams.all_of(reversed(works))
        else:
            found[key] = diagrams.at_least(max(0, len(works) - least + 1), works)
    return found[plain.top]


def _odd(functions: Sequence[Diagram], diagrams: Diagrams) -> Diagram:
    """Where an odd number of functions is true."""
    odd = diagrams.false
    for one in functions:
        stays = diagrams.all_of((odd, diagrams.opposite(one)))
        becomes = diagrams.all_of((diagrams.opposite(odd), one))
        odd = diagrams.at_least(1, (stays, becomes))
    return odd
