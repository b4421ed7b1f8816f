"""Dependability from the definitions alone: whole truth tables, without diagrams, for estates of a dozen events.

A truth table is one integer with a bit for each state of the world. Every thing has one of four states: it works, or
it has an outage of up to an hour, of up to four hours, or of more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import exp
from typing import NamedTuple

LIMITS = (0, 1, 4)
"""The lengths of outage, in hours, that somebody may tolerate."""


class Need(NamedTuple):
    """At least ``least`` of ``members``; ``failover`` is how surely a switch works."""

    members: tuple[str, ...]
    least: int = 1
    effect: str = "stops"
    tolerates: int = 0
    failover: float | None = None

    def written(self) -> str:
        more = f", effect: {self.effect}" * (self.effect != "stops")
        more += f", tolerates: {self.tolerates}h" * bool(self.tolerates)
        more += f", failover: {self.failover:.0%}" if self.failover is not None else ""
        if len(self.members) == 1:
            return f"{{ref: {self.members[0]}{more}}}"
        return f"{{atLeast: {self.least}, of: [{', '.join(self.members)}]{more}}}"


class Thing(NamedTuple):
    """A thing with its availability and mean time to repair, in hours. ``instances`` makes it many of the same."""

    name: str
    availability: float
    mttr: float
    needs: tuple[Need, ...] = ()
    instances: tuple[str, ...] = ()
    at_least: int = 1
    full_at: int = 1
    failover: float | None = None
    retired: bool = False

    def written(self) -> str:
        lines = [f"kind: {'Service' if self.name.startswith('s') else 'Asset'}", f"name: {self.name}"]
        lines.append(f"availability: {{percent: {self.availability:.1%}, mttr: {self.mttr}h}}")
        if self.retired:
            lines.append("lifecycle: retired" if self.name.startswith("s") else "status: withdrawn")
        lines += ["needs:", *(f"  - {need.written()}" for need in self.needs)] if self.needs else []
        if self.instances:
            failover = f", failover: {self.failover:.0%}" if self.failover is not None else ""
            lines.append(f"instances: {{{', '.join(f'{name}: {{}}' for name in self.instances)}}}")
            lines.append(f"up: {{atLeast: {self.at_least}, fullAt: {self.full_at}{failover}}}")
        return "\n".join([*lines, ""])


class Truth:
    """What is good in each state of the world, and how probable each state is."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things: dict[str, Thing] = {}
        for thing in things:
            needs = thing.needs
            if thing.instances:
                parts = tuple(f"{thing.name}/{name}" for name in thing.instances)
                self.things |= {part: Thing(part, thing.availability, thing.mttr, needs) for part in parts}
            self.things[thing.name] = thing
        whole = {thing.name for thing in things if thing.instances}
        self.own = [name for name, thing in self.things.items() if name not in whole and not thing.retired]
        self.switches = list(dict.fromkeys(self._switches()))
        # Where nobody tolerates anything it does not matter how long an outage is.
        self.states = 4 if any(need.tolerates for thing in things for need in thing.needs) else 2
        self.weights = [1.0]
        for name in self.own:
            thing = self.things[name]
            states = _states(thing) if self.states > 2 else (thing.availability, 1 - thing.availability)
            self.weights = [weight * state for state in states for weight in self.weights]
        for _, _, works in self.switches:
            self.weights = [weight * state for state in (1 - works, works) for weight in self.weights]
        self.everywhere = (1 << len(self.weights)) - 1

    def _switches(self) -> Iterator[tuple[str, int, float]]:
        for name, thing in self.things.items():
            conditions = [need.failover for need in thing.needs] if not thing.instances else [thing.failover]
            yield from ((name, index, works) for index, works in enumerate(conditions) if works is not None)

    def good(self, name: str, *, full: bool = False) -> int:
        """The states in which something works, or in which nothing of it is missing."""
        up = self._greatest({(one, limit): self.everywhere for one in self.things for limit in LIMITS}, None)
        return self._greatest(dict(up), up)[name, 0] if full else up[name, 0]

    def probability(self, table: int) -> float:
        return sum(weight for state, weight in enumerate(self.weights) if table >> state & 1)

    def _greatest(
        self, tables: dict[tuple[str, int], int], up: Mapping[tuple[str, int], int] | None
    ) -> dict[tuple[str, int], int]:
        while True:
            after = {key: self._works(*key, tables, up) for key in tables}
            if after == tables:
                return after
            tables = after

    def _works(
        self, name: str, limit: int, tables: Mapping[tuple[str, int], int], up: Mapping[tuple[str, int], int] | None
    ) -> int:
        thing = self.things[name]
        if thing.retired:
            return 0
        if thing.instances:
            parts = tuple(f"{name}/{one}" for one in thing.instances)
            least = thing.at_least if up is None else max(thing.at_least, thing.full_at)
            return self._met(Need(parts, least, failover=thing.failover), (name, 0), limit, tables)
        table = self._own(name, limit)
        for index, need in enumerate(thing.needs):
            if need.effect == "stops":
                table &= self._met(need, (name, index), limit, tables)
            elif need.effect == "degrades" and up is not None:
                table &= self._met(need, (name, index), limit, up)
        return table

    def _met(self, need: Need, place: tuple[str, int], limit: int, tables: Mapping[tuple[str, int], int]) -> int:
        limit = max(limit, need.tolerates)
        members = [tables.get((member, limit), 0) for member in need.members]
        if len(members) < need.least:
            return 0
        enough = 0
        for chosen in combinations(members, need.least):
            together = self.everywhere
            for table in chosen:
                together &= table
            enough |= together
        if need.failover is None:
            return enough
        first = self.everywhere
        for table in members[: need.least]:
            first &= table
        return first | (enough & self._switch(*place))

    def _own(self, name: str, limit: int) -> int:
        # State 0 is no outage, state 1 a short one, and so on.
        works = 1 + LIMITS.index(limit) if self.states > 2 else 1
        return self._where(self.states ** self.own.index(name), self.states, range(works))

    def _switch(self, name: str, index: int) -> int:
        position = next(at for at, one in enumerate(self.switches) if one[:2] == (name, index))
        return self._where(self.states ** len(self.own) * 2**position, 2, range(1, 2))

    def _where(self, size: int, states: int, wanted: range) -> int:
        """The states of the world where one thing, whose state changes every ``size`` of them, is as wanted."""
        once = sum(((1 << size) - 1) << (size * state) for state in wanted)
        return once * (self.everywhere // ((1 << (size * states)) - 1))


def _states(thing: Thing) -> tuple[float, ...]:
    """How probable each state of a thing is: outages end at a constant rate."""
    lasts = [exp(-limit / thing.mttr) for limit in LIMITS]
    down = 1 - thing.availability
    return (thing.availability, *(down * (a - b) for a, b in zip(lasts, (*lasts[1:], 0.0), strict=True)))
