"""All promises of a catalog: each SLA with the result of every check, worked out when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from math import inf

from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import AS_DECLARED, Question
from mofconf.analyses.promises.availability import allowed, judged
from mofconf.analyses.promises.chain import Chains
from mofconf.analyses.promises.cover import cover
from mofconf.analyses.promises.dates import dates
from mofconf.analyses.promises.deciding import deciding, lacking
from mofconf.analyses.promises.escalation import Escalations
from mofconf.analyses.promises.hours import ALWAYS, Clock
from mofconf.analyses.promises.penalties import penalties
from mofconf.analyses.promises.reached import ROOM, Reached, Room
from mofconf.analyses.promises.results import CHECKS, Check, Figure, Input, Outcome, Point, Promise, settled
from mofconf.analyses.promises.support import hours
from mofconf.analyses.recovery.recovering import Recoveries
from mofconf.catalog import Catalog
from mofconf.graph import Graph, State, without_nodes
from mofconf.kinds.agreement import PERIODS
from mofconf.kinds.relation import OWNED_BY, PROMISES
from mofconf.kinds.sla import SLA
from mofconf.kinds.values import show_duration


class Promises:
    """The SLAs of a catalog on a day. What they share (one study, the chains, the hours) is worked out once.

    ``among`` limits it to some SLAs; ``question`` is what if something were so; ``solver`` may know the other side of a
    comparison already. Not ``exactly``: figures for which there is no ``room`` are left as bounds.
    """

    def __init__(
        self,
        catalog: Catalog,
        graph: Graph,
        today: date,
        among: Collection[str] | None = None,
        question: Question = AS_DECLARED,
        solver: Solver | None = None,
        *,
        exactly: bool = True,
        room: Room = ROOM,
    ) -> None:
        self._catalog, self._today, self._declared = catalog, today, graph
        # As to all that is not about figures nothing leads to what is taken out, and it says and promises nothing.
        self._graph = without_nodes(graph, question.without)
        self._question, self._solver = question, solver
        self._exactly, self._room = exactly, room
        self.slas: Mapping[str, SLA] = {
            address: entry.resource
            for address, entry in catalog.entries.items()
            if isinstance(entry.resource, SLA) and (among is None or address in among)
        }
        self._checks: dict[tuple[str, str], Check] = {}
        self._asked: Mapping[str, Callable[[str], Check]] = {
            "availability": self._availability,
            "recovery": self._recovery,
            "cover": lambda sla: cover(self.chains, self.services[sla], self.owner(self.services[sla])),
            "hours": lambda sla: hours(self.clock, sla, self._support(sla), self.agreements(sla)),
            "response": lambda sla: self.escalations.response(sla, self.services[sla], self._support(sla)),
            "restore": self._restore,
            "dates": lambda sla: dates(self._catalog, self._today, sla, self.agreements(sla)),
            "penalties": lambda sla: penalties(self._catalog, self.slas[sla], self.agreements(sla)),
        }

    def all(self) -> tuple[Promise, ...]:
        """Every promise, by the address of its SLA."""
        return tuple(self.of(sla) for sla in self.slas)

    def of(self, sla: str) -> Promise:
        """One promise with all its checks."""
        checks = {name: self.check(sla, name) for name in CHECKS}
        return Promise(sla, self.services.get(sla, ""), self.figure(sla), checks)

    def check(self, sla: str, name: str) -> Check:
        """One check of one SLA."""
        if (sla, name) not in self._checks:
            obstacle = self._obstacle(sla)
            self._checks[sla, name] = self._asked[name](sla) if obstacle is None else _not(name, obstacle)
        return self._checks[sla, name]

    @cached_property
    def services(self) -> Mapping[str, str]:
        """The service that each SLA promises, where exactly one is meant."""
        return {
            edge.source: edge.target
            for sla in self.slas
            for edge in self._graph.out.get(sla, ())
            if edge.relation is PROMISES and edge.path == ("service",)
        }

    @cached_property
    def chains(self) -> Chains:
        """Who stands behind the promised services."""
        return Chains(self._catalog, self._graph, self._promised())

    @cached_property
    def clock(self) -> Clock:
        """The hours that calendars mean."""
        return Clock(self._catalog, self._graph, self._today)

    @cached_property
    def escalations(self) -> Escalations:
        """How incidents travel."""
        return Escalations(self._catalog, self._graph, self.clock)

    @cached_property
    def reached(self) -> Reached:
        """The figures of the promised services."""
        targets: dict[str, list[float]] = {}
        for sla, resource in self.slas.items():
            target = resource.targets.availability if resource.targets is not None else None
            if target is not None and sla in self.services and self._obstacle(sla) is None:
                targets.setdefault(self.services[sla], []).append(float(target))
        return Reached(
            self._catalog,
            self._declared,
            targets,
            self._question,
            self._solver,
            exactly=self._exactly,
            room=self._room,
        )

    def figure(self, sla: str) -> Figure | None:
        """What is promised and computed; ``None`` where no availability is promised."""
        targets = self.slas[sla].targets
        if targets is None or targets.availability is None or self._obstacle(sla) is not None:
            return None
        calendar = self.clock.agreed(sla) or self.clock.agreed(self.services[sla]) or ALWAYS
        known = self.clock.named(calendar)
        reached = self.reached.of(self.services[sla])
        if known is None:
            return Figure(float(targets.availability), reached, targets.period, None, None)
        agreed = PERIODS[targets.period] * known.share
        return Figure(
            float(targets.availability),
            reached,
            targets.period,
            agreed / timedelta(minutes=1),
            allowed(targets.availability, agreed),
        )

    def agreements(self, sla: str) -> tuple[str, ...]:
        """The OLAs and contracts that carry an SLA, and those of who is called first."""
        service = self.services[sla]
        found = {one for backing in self.chains.of(service) for one in (*backing.olas, *backing.contracts)}
        return tuple(sorted(found.union(self.escalations.desk(service))))

    def owner(self, service: str) -> str:
        """The team that answers for a service."""
        out = self._graph.out.get(service, ())
        return next((edge.target for edge in out if edge.relation is OWNED_BY and edge.path == ("owner",)), "")

    def in_force(self, sla: str) -> bool:
        """Whether anything can be said of an SLA: it has not ended, and its service is there."""
        return self._obstacle(sla) is None

    def _obstacle(self, sla: str) -> tuple[Outcome, str] | None:
        """Why nothing can be said of an SLA, where that is so."""
        expires = self.slas[sla].expires
        if expires is not None and expires < self._today:
            return Outcome.NOT_APPLICABLE, f"it ended on {expires}"
        service = self.services.get(sla, "")
        if service in self._question.without:
            return Outcome.NOT_APPLICABLE, f"{service} is taken out"
        state = self._graph.nodes.get(service, State.MISSING)
        if state is State.MISSING:
            return Outcome.UNDECIDED, f"{service or 'the service that it promises'} does not exist"
        if state is State.UNKNOWN:
            return Outcome.UNDECIDED, f"the document of {service} cannot be read"
        return None

    def _support(self, sla: str) -> str:
        return self.clock.support(sla) or self.clock.agreed(self.services[sla]) or ALWAYS

    def _restore(self, sla: str) -> Check:
        support = self._support(sla)
        service = self.services[sla]
        owner = self.owner(service)
        return self.escalations.restore(sla, service, owner, support, self.chains, ways=self._exactly)

    def _availability(self, sla: str) -> Check:
        figure = self.figure(sla)
        if figure is None:
            return Check("availability", Outcome.NOT_APPLICABLE, "it promises no availability")
        service = self.services[sla]
        outcome = judged(figure.reached, figure.target)
        inputs: tuple[Input, ...] = ()
        reason = {
            Outcome.HOLDS: f"{service} reaches what is promised",
            Outcome.BROKEN: f"{service} does not reach what is promised",
            Outcome.UNDECIDED: "what is stated does not decide it",
        }[outcome]
        if service in self.reached.bare:
            reason = f"nothing behind {service} states an availability"
        elif outcome is Outcome.UNDECIDED and service in self.reached.bounded:
            reason = "so much stands behind it that only bounds are worked out here"
        elif outcome is Outcome.UNDECIDED:
            inputs = tuple(lacking(self.reached.inputs.graph, self.reached.inputs, service))
            reason = _undecided(inputs)
            if self._exactly:
                ask = self.reached.asking(service)
                inputs = deciding(list(inputs), self.reached.inputs, figure.reached, figure.target, ask)
        place = ("targets", "availability")
        point = Point(outcome, reason, service, sla, place, numbers=_numbers(figure))
        return Check("availability", outcome, reason, (point,), inputs)

    def _recovery(self, sla: str) -> Check:
        found = self._recoveries.of(self.services[sla])
        points = []
        for one in found.objectives:
            if one.by == sla:
                low, high = (found.low, found.high) if one.kind == "rto" else (found.lost_low, found.lost_high)
                bounds = {"low": low or 0.0, "high": inf if high is None else high}
                said = _back(*bounds.values()) if one.kind == "rto" else _lost(*bounds.values())
                reason = f"{said}, and {show_duration(timedelta(seconds=one.limit))} is promised"
                numbers = {"promised": one.limit / 60} | {end: at / 60 for end, at in bounds.items() if at < inf}
                points.append(Point(Outcome(one.verdict), reason, one.kind, sla, one.field, numbers=numbers))
        return settled("recovery", points, "it promises no recovery")

    @cached_property
    def _recoveries(self) -> Recoveries:
        asked = self._question
        return Recoveries(self._catalog, self._graph, self._promised(), asked.down or None, asked.stated)

    def _promised(self) -> Iterable[str]:
        """The services of which something is promised now."""
        return dict.fromkeys(service for sla, service in self.services.items() if self.in_force(sla))


def _not(name: str, obstacle: tuple[Outcome, str]) -> Check:
    return Check(name, *obstacle)


def _undecided(inputs: Iterable[Input]) -> str:
    unknown = list(inputs)
    if not unknown:
        return "its redundancy is too much to be worked out exactly, and the bounds leave it open"
    first = unknown[0]
    more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
    state = "is not stated" if (first.low, first.high) == (0.0, 1.0) else "is only known within bounds"
    return f"the {first.what} of {first.address}{more} {state if not more else 'are not known exactly'}"


def _numbers(figure: Figure) -> Mapping[str, float]:
    numbers = {"target": figure.target, "low": figure.reached.low, "high": figure.reached.high}
    downtime = figure.downtime()
    if downtime is not None and figure.agreed is not None and figure.allowed is not None:
        numbers |= {
            "agreed": figure.agreed,
            "allowed": figure.allowed,
            "least downtime": downtime[0],
            "most downtime": downtime[1],
        }
    return numbers


def _back(low: float, high: float) -> str:
    """When it is back, between so many seconds; endless where it never is, or where nobody knows."""
    if low == inf:
        return "it cannot come back"
    return f"it is back after {_spoken(low, high)}" if high < inf or low else "nobody can tell when it is back"


def _lost(low: float, high: float) -> str:
    """How much of the latest data is lost, between so many seconds."""
    if low == inf:
        return "no backup brings back all of its data"
    if low == 0 and high == inf:
        return "nobody can tell how much of the latest data may be lost"
    return f"{_spoken(low, high)} of the latest data may be lost"


def _spoken(low: float, high: float) -> str:
    least, most = (show_duration(timedelta(seconds=round(one))) if one < inf else "" for one in (low, high))
    if not most:
        return f"{least} or more"
    return least if least == most else f"{least} to {most}"
