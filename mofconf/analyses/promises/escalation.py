"""The checks `response` and `restore`: how long it takes until somebody answers, and through every tier to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import ceil, inf
from typing import NamedTuple

from mofconf.analyses.promises.chain import Backing, Chains
from mofconf.analyses.promises.cover import open_ends
from mofconf.analyses.promises.hours import Clock, slowest
from mofconf.analyses.promises.results import Check, Outcome, Point, settled
from mofconf.catalog import Catalog
from mofconf.graph import Graph
from mofconf.kinds.agreement import Agreement, RestoreTimes
from mofconf.kinds.relation import CARRIED_BY, OWNED_BY, PROMISES
from mofconf.kinds.team import Team

PRIORITIES = ("1", "2", "3", "4", "5")

_PARTIES = ("Team/", "Partner/")


class Tier(NamedTuple):
    """One step of an escalation: who takes how many minutes of the SLA's support hours. ``None``: nobody says.

    ``by`` is the agreement, or the several that might say it and do not, or a party that has agreed to nothing.
    """

    by: tuple[str, ...]
    field: str
    minutes: float | None


class Way(NamedTuple):
    """The tiers that an incident goes through until somebody repairs what has a certain backing.

    ``lacks``: of some tier nobody says how long it takes.
    """

    number: int
    backing: Backing
    tiers: tuple[Tier, ...]
    lacks: bool


class Escalations:
    """How incidents travel: from the desk to the team that answers for a thing, and from there to its supplier."""

    def __init__(self, catalog: Catalog, graph: Graph, clock: Clock) -> None:
        self._catalog, self._graph, self._clock = catalog, graph, clock
        self._desks = sorted(address for address, entry in catalog.entries.items() if _is_desk(entry.resource))
        self._slowest: dict[tuple[str, str, int], float] = {}
        self._tiers: dict[tuple[tuple[str, ...], str, str, str], Tier] = {}
        self._ways: dict[tuple[tuple[str, ...], str, str, str], list[Way]] = {}

    def desk(self, service: str) -> tuple[str, ...]:
        """The OLAs of who is called first: of the service's own support team, else of the service desk."""
        out = self._graph.out.get(service, ())
        own = [edge.target for edge in out if edge.relation is OWNED_BY and edge.path == ("clusters", "support")]
        olas = {
            edge.source
            for team in own or self._desks
            for edge in self._graph.into.get(team, ())
            if edge.relation is CARRIED_BY
        }
        about = {edge.source for edge in self._graph.into.get(service, ()) if edge.relation is PROMISES}
        return tuple(sorted(olas & about or olas))

    def response(self, sla: str, service: str, support: str) -> Check:
        """Whether the first tier answers as soon as the SLA promises."""
        return settled(
            "response",
            self._responses(sla, self.desk(service), support),
            "it promises no response time",
        )

    def restore(self, sla: str, service: str, owner: str, support: str, chains: Chains, *, ways: bool) -> Check:
        """Whether the times of all tiers on the longest way fit into what the SLA promises.

        ``owner`` is the team of the service, which promises them. With ``ways`` the points say how the service hangs on
        what takes so long.
        """
        return settled(
            "restore",
            self._restores(sla, service, owner, support, chains, ways=ways),
            "it promises no restore time",
        )

    def _responses(self, sla: str, desk: Sequence[str], support: str) -> Iterator[Point]:
        for priority, promised in self._stated(sla, "respond"):
            field = ("respond", priority)
            if not desk:
                reason = "nobody says who answers first: no team with an OLA fills the service desk"
                yield Point(Outcome.UNDECIDED, reason, priority, sla, field)
                continue
            tiers = [self._tier((one,), "respond", priority, support) for one in desk]
            yield self._judged(sla, "answer", priority, promised, [max(tiers, key=_length)], field)

    def _restores(
        self, sla: str, service: str, owner: str, support: str, chains: Chains, *, ways: bool
    ) -> Iterator[Point]:
        desk = self.desk(service)
        for priority, promised in self._stated(sla, "restore"):
            ranked = self._ranked(chains, desk, owner, priority, support)
            mask = chains.mask(service)
            longest = next((way for way in ranked if way.tiers and mask >> way.number & 1), None)
            if longest is None:
                reason = "no agreement behind it says how long a repair takes"
                yield Point(Outcome.UNDECIDED, reason, priority, sla, ("restore", priority))
                continue
            if _sum(longest.tiers) <= promised:
                # It fits as far as it is known, so what is not known decides.
                longest = next((way for way in ranked if way.lacks and mask >> way.number & 1), longest)
            point = self._judged(sla, "restore", priority, promised, longest.tiers, ("restore", priority))
            if ways and point.outcome is not Outcome.HOLDS:
                point = point._replace(way=chains.way(service, chains.nearest(service, longest.backing)))
            yield point

    def _ranked(self, chains: Chains, desk: tuple[str, ...], owner: str, priority: str, support: str) -> list[Way]:
        """The ways through every backing, the longest first. They are the same for many SLAs."""
        key = (desk, owner, priority, support)
        if key not in self._ways:
            first = [self._tier((one,), "respond", priority, support) for one in desk]
            head = [max(first, key=_length)] if first else []
            ways = []
            for backing, number in chains.numbers.items():
                tiers = self._way(head, backing, desk, priority, support)
                tiers += tuple(Tier((party,), "restore", None) for party, _ in open_ends(backing, owner))
                ways.append(Way(number, backing, tiers, any(one.minutes is None for one in tiers)))
            self._ways[key] = sorted(ways, key=lambda way: (-_sum(way.tiers), way.number))
        return self._ways[key]

    def _way(
        self, head: Sequence[Tier], backing: Backing, desk: Sequence[str], priority: str, support: str
    ) -> tuple[Tier, ...]:
        """The tiers on the way to who repairs something. The desk's own things need no handing over."""
        tiers = [] if set(desk) & set(backing.olas) else list(head)
        for given in (backing.olas, backing.contracts):
            if given:
                tiers.append(self._tier(given, "restore", priority, support))
        return tuple(tiers)

    def _tier(self, given: tuple[str, ...], field: str, priority: str, support: str) -> Tier:
        """What agreements about one thing promise. Each is kept, so the soonest counts."""
        key = (given, field, priority, support)
        if key not in self._tiers:
            self._tiers[key] = self._soonest(given, field, priority, support)
        return self._tiers[key]

    def _soonest(self, given: tuple[str, ...], field: str, priority: str, support: str) -> Tier:
        found = [
            (self._counted(one, stated, support), one)
            for one in given
            if (stated := dict(self._stated(one, field)).get(priority)) is not None
        ]
        if not found:
            return Tier(given, field, None)
        minutes, by = min(found)
        return Tier((by,), field, minutes)

    def _counted(self, agreement: str, stated: float, support: str) -> float:
        """Minutes of an agreement's support hours as minutes of those of the SLA, at the worst."""
        name, whole = self._clock.support(agreement), ceil(stated)
        tier, wanted = self._clock.named(name), self._clock.named(support)
        if name in ("", support) or tier is None or wanted is None:
            return stated
        key = (name, support, whole)
        if key not in self._slowest:
            found = slowest(whole, tier, wanted)
            self._slowest[key] = inf if found is None else found
        return self._slowest[key] - (whole - stated)

    def _judged(
        self, sla: str, verb: str, priority: str, promised: float, tiers: Sequence[Tier], field: tuple[str, ...]
    ) -> Point:
        known = _sum(tiers)
        lacking = [one for one in tiers if one.minutes is None]
        spelt = " + ".join("?" if one.minutes is None else _number(one.minutes) for one in tiers)
        total = f"{spelt} = {_number(known)}" if len(tiers) > 1 and not lacking else spelt
        by = ", ".join(self._named(one, priority) for one in tiers)
        numbers = {"promised": promised, "known": known}
        to = f"to {verb} priority {priority}"
        if known == inf:
            reason = f"{to} may take more than a year ({by}), and {_number(promised)} minutes are promised"
            return Point(Outcome.BROKEN, reason, priority, sla, field, numbers={"promised": promised})
        if known > promised:
            reason = f"{to} takes {total} minutes ({by}), and {_number(promised)} are promised"
            return Point(Outcome.BROKEN, reason, priority, sla, field, numbers=numbers)
        if lacking:
            which = lacking[0]
            if which.by[0].startswith(_PARTIES):
                reason = f"{which.by[0]} has agreed to no time to {verb}"
                return Point(Outcome.UNDECIDED, reason, priority, sla, field, numbers=numbers)
            reason = f"{which.by[0]} says nothing of priority {priority} under {which.field}"
            return Point(Outcome.UNDECIDED, reason, priority, which.by[0], (which.field,), numbers=numbers)
        reason = f"{to} takes {total} of {_number(promised)} minutes ({by})"
        return Point(Outcome.HOLDS, reason, priority, sla, field, numbers=numbers)

    def _named(self, tier: Tier, priority: str) -> str:
        """Who a tier is, and in which hours it works where its minutes are not those of the SLA."""
        by = tier.by[0]
        same = tier.minutes is None or tier.minutes == dict(self._stated(by, tier.field)).get(priority)
        return by if same else f"{by} within {self._clock.support(by).removeprefix('Calendar/')}"

    def _stated(self, address: str, field: str) -> Iterator[tuple[str, float]]:
        """The times that an agreement promises, in minutes, by priority."""
        entry = self._catalog.entries.get(address)
        resource = entry.resource if entry is not None else None
        times = getattr(resource, field) if isinstance(resource, Agreement) else None
        if isinstance(times, RestoreTimes):
            for priority in PRIORITIES:
                time: timedelta | None = getattr(times, f"p{priority}")
                if time is not None:
                    yield priority, time / timedelta(minutes=1)


def _is_desk(resource: object) -> bool:
    return isinstance(resource, Team) and any(
        role.cluster == "support" and role.function in ("", "service-desk") for role in resource.roles
    )


def _sum(tiers: Sequence[Tier]) -> float:
    return sum(one.minutes or 0 for one in tiers)


def _number(minutes: float) -> str:
    return f"{minutes:,.10g}"


def _length(tier: Tier) -> float:
    return inf if tier.minutes is None else tier.minutes
