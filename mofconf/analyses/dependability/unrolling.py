"""A view of a resource as a fault tree: a gate for each view below it, an event for each failure, and no circles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from mofconf.analyses.dependability.fault_tree import FaultTree, Formula, Term, names_in
from mofconf.analyses.dependability.figures import UNKNOWN, Chance
from mofconf.analyses.dependability.structure import NEVER, Condition, Event, Need, Structure, View

MOST_GATES = 200_000
"""The most gates that a knot may be unrolled to. Nobody reads such a tree any more."""

ALWAYS, NEVER_AT_ALL = "always", "never"
"""Two house events: what is lost for good, and what has nothing that could fail."""


class TooKnottedError(ValueError):
    """Too many things need each other in a circle for their tree to be of any use."""


def unrolled(structure: Structure, root: View, chances: Mapping[Event, Chance]) -> FaultTree:
    """The tree whose top event is that a view is not good. There is no ``not`` in it. Raises `TooKnottedError`.

    What needs each other is good by the greatest fixpoint, so its failure is the least one: it fails only if something
    in the knot really does. That is the last of a row of rounds. In the first one nothing fails that a view reaches
    only by going round, in each further one what did so in the round before. What the views settle on depends on
    nothing but those of them that are gone back to, and with each round at least one more of these is what it will
    be, so one round more than there are of them is enough.
    """
    return _Unrolling(structure, chances).tree(root)


class _Copy(NamedTuple):
    """A view in one round of its knot. Alone in its knot it has but one, number 1."""

    view: View
    turn: int


class _Unrolling:
    def __init__(self, structure: Structure, chances: Mapping[Event, Chance]) -> None:
        self._structure, self._chances = structure, chances
        self._place: dict[View, tuple[int, int]] = {}  # the number of its knot, and where in that it stands
        self._turns: list[int] = []
        for number, knot in enumerate(structure.knots):
            self._place |= {view: (number, index) for index, view in enumerate(knot)}
            self._turns.append(1 + self._gone_back_to(knot))
            if len(knot) * self._turns[-1] > MOST_GATES:
                names = f"{knot[0].address} and {len(knot) - 1} others"
                raise TooKnottedError(f"{names} need each other in so many circles that their tree would be too large")
        self._names = _Names()
        self._gates: dict[str, Term] = {}
        self._events: dict[str, float | None] = {}
        self._labels: dict[str, str] = {}
        self._waiting: list[_Copy] = []
        self._met: dict[_Copy, str] = {}

    def tree(self, root: View) -> FaultTree:
        top = self._gate(root, None)
        while self._waiting:
            copy = self._waiting.pop()
            term = self._term(copy, self._structure.needs[copy.view])
            self._gates[self._met[copy]] = _house(term) if isinstance(term, bool) else term
        return _pruned(
            FaultTree(str(top), self._gates, self._events, {ALWAYS: True, NEVER_AT_ALL: False}, self._labels)
        )

    def _gone_back_to(self, knot: tuple[View, ...]) -> int:
        """How many views of a knot are needed by one that comes no later in it."""
        places = {view: index for index, view in enumerate(knot)}
        return len({m for view in knot for m in self._members(view) if m in places and places[m] >= places[view]})

    def _members(self, view: View) -> Iterator[View]:
        for condition in self._structure.needs[view].conditions:
            yield from condition.members

    def _gate(self, view: View, of: _Copy | None) -> str | bool:
        """The gate of a view as ``of`` needs it; ``False`` where it cannot have failed yet."""
        knot, place = self._place[view]
        turn = self._turns[knot]
        if of is not None and self._place[of.view][0] == knot:
            turn = of.turn - (place >= self._place[of.view][1])
        if not turn:
            return False
        copy = _Copy(view, turn)
        if copy not in self._met:
            self._met[copy] = self._name_gate(copy, last=turn == self._turns[knot])
            self._waiting.append(copy)
        return self._met[copy]

    def _term(self, copy: _Copy, need: Need) -> Term:
        if need.lost:
            return True
        fails = [_all([self._event(event) for event in need.own])] if need.own else []
        return _any([*fails, *(self._condition(one, copy) for one in need.conditions)])

    def _condition(self, condition: Condition, of: _Copy) -> Term:
        """With a switch: one of the first that are needed fails, and either the switch does or too few are left."""
        fails: list[Term] = [self._gate(member, of) for member in condition.members]
        too_few = self._at_least(len(fails) - condition.least + 1, fails)
        if condition.switch is None:
            return too_few
        return _all([_any(fails[: condition.least]), _any([self._event(condition.switch), too_few])])

    def _at_least(self, count: int, terms: list[Term]) -> Term:
        there = [term for term in terms if term is not False]
        if count <= 0 or count > len(there):
            return count <= 0
        if count == 1:
            return _any(there)
        if count == len(there):
            return _all(there)
        for index, term in enumerate(there):
            if term in there[:index]:  # it counts as often as it is named, and tools refuse one that is named twice
                again = self._names.free(f"{term}_again")
                self._gates[again] = term
                self._labels[again] = f"{self._labels[str(term)]}, once more"
                there[index] = again
        return Formula("atleast", tuple(there), count)

    def _event(self, event: Event) -> str:
        kind, meaning = _meaning(event)
        name = self._names.of(event, f"{event.address}_{kind}")
        if name not in self._events:
            chance = self._chances.get(event, UNKNOWN)
            # By way of what people wrote: 1 - 0.999 is to be 0.001, not 0.0010000000000000009.
            self._events[name] = float(1 - Decimal(repr(chance.low))) if chance.exact else None
            if not chance.exact and chance != UNKNOWN:
                meaning += f"; the probability that it does not is between {chance.low!r} and {chance.high!r}"
            self._labels[name] = meaning
        return name

    def _name_gate(self, copy: _Copy, *, last: bool) -> str:
        view = copy.view
        seconds = f"{view.tolerated.total_seconds():g}"
        name, label = f"{view.address}_{'misses_something' if view.full else 'is_down'}", f"{view.address} "
        label += "misses something" if view.full else "is down"
        if view.tolerated > NEVER:
            name, label = f"{name}_for_over_{seconds}_s", f"{label} for more than {seconds} seconds"
        if not last:
            name, label = f"{name}_round_{copy.turn}", f"{label}, seen going round no more than {copy.turn} times"
        found = self._names.of(copy, name)
        self._labels[found] = label
        return found


def _pruned(tree: FaultTree) -> FaultTree:
    """What the top leads to, in the order in which one reads it. The rest was in terms that cannot come true."""
    met: dict[str, None] = {}
    waiting = [tree.top]
    while waiting:
        name = waiting.pop()
        if name not in met:
            met[name] = None
            if name in tree.gates:
                waiting += reversed([*names_in(tree.gates[name])])
    gates = {name: tree.gates[name] for name in met if name in tree.gates}
    events = {name: tree.events[name] for name in met if name in tree.events}
    houses = {name: value for name, value in tree.houses.items() if name in met}
    return FaultTree(tree.top, gates, events, houses, {name: tree.labels[name] for name in (*gates, *events)})


def _meaning(event: Event) -> tuple[str, str]:
    """What to call an event when it is *not* so, as part of a name and in words."""
    if event.kind == "switch":
        field = "_".join(map(str, event.path))
        return f"{field}_cannot_switch", f"{event.address}: the failover of {_path(event.path)} does not work"
    if event.kind == "short":
        since, until = (f"{one.total_seconds():g}" for one in (event.since, event.until))
        which = f" that has lasted {since} seconds" if event.since > NEVER else ""
        label = f"an outage of {event.address}{which} lasts more than {until} seconds"
        return f"is_out_for_over_{until}_s", label
    return "fails", f"{event.address} itself fails"


def _path(path: Iterable[str | int]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).lstrip(".")


def _house(term: bool) -> str:  # noqa: FBT001  # it is the value that is to be named
    return ALWAYS if term else NEVER_AT_ALL


def _any(terms: Iterable[Term]) -> Term:
    found = [*dict.fromkeys(term for term in terms if term is not False)]
    if True in found:
        return True
    return _joined("or", found) if found else False


def _all(terms: Iterable[Term]) -> Term:
    found = [*dict.fromkeys(term for term in terms if term is not True)]
    if False in found:
        return False
    return _joined("and", found) if found else True


def _joined(kind: str, terms: Sequence[Term]) -> Term:
    return terms[0] if len(terms) == 1 else Formula(kind, tuple(terms))


class _Names:
    """Names that every reader of Open-PSA takes: Latin letters, digits, underscores, and never twice the same."""

    def __init__(self) -> None:
        self._given: dict[object, str] = {}
        self._taken = {ALWAYS, NEVER_AT_ALL}

    def of(self, what: object, wanted: str) -> str:
        """The name of something; ``wanted`` as far as it may be called that."""
        if what not in self._given:
            self._given[what] = self.free(wanted)
        return self._given[what]

    def free(self, wanted: str) -> str:
        """A name that nothing has yet. Some readers take no notice of case."""
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", wanted)
        plain = plain if plain[:1].isalpha() else f"x{plain}"
        name, count = plain, 1
        while name.casefold() in self._taken:
            count += 1
            name = f"{plain}_{count}"
        self._taken.add(name.casefold())
        return name
