"""What a rule is: a function that finds, and a docstring that explains."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar, cast

from mofconf.analyses.must import Musts, musts
from mofconf.analyses.working import Working, working
from mofconf.catalog import Catalog
from mofconf.diagnostic import Place, Related, Severity
from mofconf.graph import Graph, has_circles, knots
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import PROMISES
from mofconf.kinds.resource import Resource
from mofconf.kinds.service import Service
from mofconf.kinds.settings import Settings
from mofconf.kinds.sla import SLA
from mofconf.workspace import Workspace

if TYPE_CHECKING:  # what only rules about promises ask for is imported when they do
    from mofconf.analyses.promises.promising import Promises
    from mofconf.analyses.recovery.recovering import Objective, Recoveries

Kind = TypeVar("Kind", bound=Resource)


class Evidence:
    """All that a rule may ask: the workspace, the day, and answers that are worked out once for all rules.

    ``judge`` are the settings that decide what is expected; ``rules`` are the names of all rules. ``promises`` limits
    what is looked at to some SLAs.
    """

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        judge: Settings,
        rules: frozenset[str],
        promises: Promises | None = None,
    ) -> None:
        self.workspace = workspace
        self.today = today
        self.judge = judge
        self.rules = rules
        self._promises = promises
        self._without: dict[str, Working] = {}

    @property
    def catalog(self) -> Catalog:
        """The resources."""
        return self.workspace.catalog

    @property
    def graph(self) -> Graph:
        """How they hang together."""
        return self.workspace.graph

    @property
    def settings(self) -> Settings:
        """What the project says."""
        return self.workspace.settings

    @cached_property
    def knots(self) -> list[tuple[str, ...]]:
        """The sets of resources that all need each other."""
        return knots(self.graph) if self.has_circles else []

    @cached_property
    def has_circles(self) -> bool:
        """Whether any edges lead in a circle. Looked at once, since several rules ask and nearly always none do."""
        return has_circles(self.graph)

    @cached_property
    def promises(self) -> Promises:
        """The SLAs and their checks. What is not asked for is not worked out, and what cannot be kept only so far."""
        from mofconf.analyses.promises.promising import Promises

        return self._promises or Promises(self.catalog, self.graph, self.today, exactly=False)

    def of_kind(self, *kinds: type[Kind]) -> Iterator[tuple[str, Entry, Kind]]:
        """The resources of some kinds, each with its address and its entry."""
        for kind in kinds:
            for address, entry in self._by_kind.get(kind, ()):
                yield address, entry, cast("Kind", entry.resource)

    @cached_property
    def _by_kind(self) -> Mapping[type[Resource], list[tuple[str, Entry]]]:
        found: dict[type[Resource], list[tuple[str, Entry]]] = defaultdict(list)
        for address, entry in self.catalog.entries.items():
            found[type(entry.resource)].append((address, entry))
        return found

    def musts(self, of: Collection[str]) -> Musts:
        """The single points of failure of some resources."""
        return musts(self.graph, of=of)

    def without(self, address: str) -> Working:
        """What is down and degraded when one resource fails."""
        if address not in self._without:
            self._without[address] = working(self.graph, [address])
        return self._without[address]

    @cached_property
    def recoveries(self) -> Recoveries:
        """The recoveries of everything for which one is promised, when all that it needs is to be restored."""
        from mofconf.analyses.recovery.recovering import Recoveries

        asked = {address for address, _, one in self.of_kind(Service) if one.data_loss_tolerance is not None}
        for address, _, sla in self.of_kind(SLA):
            if sla.recovery is not None and not self._has_ended(address):
                asked.update(edge.target for edge in self.graph.out.get(address, ()) if edge.relation is PROMISES)
        return Recoveries(self.catalog, self.graph, sorted(asked & self.catalog.entries.keys()))

    @cached_property
    def missed_objectives(self) -> tuple[tuple[str, Objective], ...]:
        """What is promised of them and not kept, each with the resource."""
        return tuple(
            (one, objective)
            for one in self.recoveries.asked
            for objective in self.recoveries.objectives(one)
            if objective.verdict == "broken" and not self._has_ended(objective.by)
        )

    def _has_ended(self, address: str) -> bool:
        """Whether something is an agreement that promises nothing any more."""
        resource = self.catalog.entries[address].resource
        return isinstance(resource, SLA) and resource.expires is not None and resource.expires < self.today

    def place(self, address: str, *path: str | int, key: bool = False) -> Place:
        """Where a field of a resource stands."""
        return self.catalog.entries[address].draft.place(*path, key=key)


class Finding(NamedTuple):
    """What a rule has found. ``subject`` is what it is about beside the address: a target, a knot, a file."""

    message: str
    place: Place
    address: str = ""
    path: tuple[str | int, ...] = ()
    hint: str = ""
    related: tuple[Related, ...] = ()
    subject: str = ""


Check: TypeAlias = Callable[[Evidence], Iterator[Finding]]


class Rule(NamedTuple):
    """A rule: its name (what one would allow by switching it off), how bad its findings are, and how it finds
    them."""

    name: str
    severity: Severity
    check: Check
    summary: str
    reason: str
    bad: str
    good: str


def rule(severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a function. Its docstring holds the summary, the reason, and a bad and a good example."""
    return lambda check: _rule(check, severity)


def _rule(check: Check, severity: Severity) -> Rule:
    text = inspect.cleandoc(check.__doc__ or "")
    explanation, _, examples = text.partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    summary, _, reason = explanation.partition("\n\n")
    return Rule(
        check.__name__.replace("_", "-"),
        severity,
        check,
        " ".join(summary.split()),
        re.sub(r"(?<!\n)\n(?!\n)", " ", reason).strip(),
        inspect.cleandoc(bad),
        inspect.cleandoc(good),
    )
