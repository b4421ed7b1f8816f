"""How much data is lost when what holds it is: by the backups that protect it, and the pauses between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from math import inf
from typing import NamedTuple

from mofconf.analyses.must import dependencies_first
from mofconf.analyses.recovery.pauses import longest_pause
from mofconf.catalog import Catalog, Found
from mofconf.graph import Graph
from mofconf.kinds.calendar import HOURS, Calendar
from mofconf.kinds.job import Job
from mofconf.kinds.relation import HOLDS, KEEPS_COPIES_IN, PROTECTS, RUNS_AFTER


class Backup(NamedTuple):
    """A backup job, and how much of the latest data it may miss, in seconds.

    That is the longest pause between two runs and the longest run: what came in since the last but one began is lost.
    ``low`` counts what is not stated as nothing, ``high`` as endless. ``lacks`` are the fields that are missing.
    ``unfit`` says why it brings nothing back here; empty: it does.
    """

    job: str
    low: float
    high: float
    lacks: tuple[str, ...] = ()
    unfit: str = ""


class Data(NamedTuple):
    """Data that a resource needs, what holds it, and how much of it is lost: between ``low`` and ``high`` seconds.

    ``address`` is a DataSet, or an Asset that a job protects and that does not say what it holds. ``left`` are the
    holders that still stand: then nothing is lost. ``backups`` are the jobs that protect it, the best one first.
    """

    address: str
    holders: tuple[str, ...]
    left: tuple[str, ...]
    backups: tuple[Backup, ...]
    low: float
    high: float


class _Timing(NamedTuple):
    """The longest pause between two runs of a job and the longest run, with those that it waits for, in seconds.

    ``lacks`` are the fields that would have to be stated; without them the times are lower bounds.
    """

    pause: float
    run: float
    lacks: tuple[str, ...]


class Backups:
    """The backup jobs of a catalog, by what they protect."""

    def __init__(self, catalog: Catalog, graph: Graph) -> None:
        self._catalog = catalog
        self._graph = graph
        self._jobs: dict[str, Job] = {
            address: entry.resource for address, entry in catalog.entries.items() if isinstance(entry.resource, Job)
        }
        self._timings: dict[str, _Timing] = {}
        self._by_target: dict[str, dict[str, None]] = defaultdict(dict)
        self._known: dict[tuple[str, tuple[str, ...]], Data] = {}
        self._named: set[str] = set()  # what a job protects by its own name, and not as a part of a service
        for address, job in self._jobs.items():
            if job.type == "backup":
                for target in self._targets(address):
                    self._by_target[target][address] = None

    def holds(self, address: str) -> tuple[str, ...]:
        """The data that lies on something: DataSets; itself, if a job protects it and it does not say what it holds."""
        entry = self._catalog.entries.get(address)
        if entry is None or entry.instances or not address.startswith("Asset/"):
            return ()
        held = tuple(edge.target for edge in self._graph.out.get(address, ()) if edge.relation is HOLDS)
        return held or (address,) * (address in self._named or entry.instance_of in self._named)

    def data(self, holders: Iterable[str], down: Collection[str], lost: Callable[[str, str], bool]) -> tuple[Data, ...]:
        """The data on some holders.

        ``down`` is what has failed, and with it what it holds. ``lost(target, holder)`` says whether the copies in
        ``target`` are lost when ``holder`` is. Both have to be the same whenever this is asked.
        """
        held: dict[str, list[str]] = defaultdict(list)
        for address in holders:
            for one in self.holds(address):
                held[one].append(address)
        found = []
        for one in sorted(held):
            key = (one, tuple(sorted(held[one])))
            if key not in self._known:
                self._known[key] = self._data(*key, down, lost)
            found.append(self._known[key])
        return tuple(found)

    def _data(
        self, address: str, holders: tuple[str, ...], down: Collection[str], lost: Callable[[str, str], bool]
    ) -> Data:
        left = tuple(one for one in holders if one not in down)
        jobs = dict(self._by_target.get(address, {}))
        for holder in holders:
            jobs |= self._by_target.get(holder, {})
            entry = self._catalog.entries.get(holder)
            jobs |= self._by_target.get(entry.instance_of, {}) if entry is not None and entry.instance_of else {}
        spoilt = {
            job: self._spoilt(job, lambda target: all(lost(target, holder) for holder in holders)) for job in jobs
        }
        full = any(self._jobs[job].level == "full" and not why for job, why in spoilt.items())
        backups = [self._backup(job, why, full=full) for job, why in spoilt.items()]
        backups.sort(key=lambda one: (bool(one.unfit), one.high, one.low, one.job))
        fit = [one for one in backups if not one.unfit]
        low = 0.0 if left else min((one.low for one in fit), default=inf)
        high = 0.0 if left else min((one.high for one in fit), default=inf)
        return Data(address, holders, left, tuple(backups), low, high)

    def _spoilt(self, address: str, lost: Callable[[str], bool]) -> str:
        """Why the copies of a job are of no use, where that is so."""
        targets = [edge.target for edge in self._graph.out.get(address, ()) if edge.relation is KEEPS_COPIES_IN]
        return next((f"its copies in {target} are lost too" for target in targets if lost(target)), "")

    def _backup(self, address: str, spoilt: str, *, full: bool) -> Backup:
        level, timing = self._jobs[address].level, self._timing(address)
        alone = level != "full" and not full
        unfit = spoilt or (f"it is {level}, and there is no full backup that it adds to" if alone else "")
        lacks = tuple(dict.fromkeys(timing.lacks))
        low = timing.pause + timing.run
        return Backup(address, low, inf if lacks else low, lacks, unfit)

    def _timing(self, address: str) -> _Timing:
        """The times of a job. One without a schedule follows others, so theirs are worked out first."""
        begun: set[str] = set()
        waiting = [address]
        while waiting:
            one = waiting[-1]
            before = self._before(one) if one not in self._timings else []
            fresh = [other for other in before if other not in self._timings and other not in begun]
            if one not in begun and fresh:
                begun.add(one)
                waiting += fresh
                continue
            if one not in self._timings:
                # What is begun and not done comes after itself: it never starts.
                never = {other: _Timing(0.0, 0.0, (f"{other} schedule",)) for other in before}
                self._timings[one] = self._after([self._timings.get(other, never[other]) for other in before], one)
            waiting.pop()
        return self._timings[address]

    def _after(self, before: list[_Timing], address: str) -> _Timing:
        """The times of a job after those that it waits for, if it does."""
        job = self._jobs.get(address)
        if job is None:
            return _Timing(0.0, 0.0, (f"{address} schedule",))
        own = job.longest_run.total_seconds() if job.longest_run is not None else 0.0
        missing = () if job.longest_run is not None else (f"{address} longestRun",)
        if not before:
            pause, lacks = self._scheduled(address, job)
            return _Timing(pause, own, (*lacks, *missing))
        lacks = tuple(dict.fromkeys(lack for one in before for lack in one.lacks))
        return _Timing(
            max(one.pause for one in before),
            own + max(one.run for one in before),
            tuple(dict.fromkeys((*lacks, *missing))),
        )

    def _scheduled(self, address: str, job: Job) -> tuple[float, tuple[str, ...]]:
        """The longest pause between two runs by the job's own schedule, and what is not stated of it."""
        if job.schedule is None:
            return 0.0, (f"{address} schedule",)
        calendar = None
        if job.schedule.calendar is not None:
            found, target, _ = self._catalog.resolve(job.schedule.calendar, HOURS)
            entry = self._catalog.entries.get(target)
            calendar = entry.resource if entry is not None and isinstance(entry.resource, Calendar) else None
            if calendar is None and found is not Found.BUILTIN:
                return 0.0, (f"{address} schedule.calendar",)
        pause = longest_pause(job.schedule, calendar)
        return inf if pause is None else pause.total_seconds(), ()

    def _before(self, address: str) -> list[str]:
        """The jobs that one waits for. With a schedule of its own it waits for none."""
        job = self._jobs.get(address)
        if job is None or job.schedule is not None:
            return []
        return [edge.target for edge in self._graph.out.get(address, ()) if edge.relation is RUNS_AFTER]

    def _targets(self, address: str) -> list[str]:
        """What a job protects. Of a service that is all that it needs."""
        found: list[str] = []
        for edge in self._graph.out.get(address, ()):
            if edge.relation is PROTECTS:
                whole = edge.target.startswith("Service/") and edge.target in self._graph.nodes
                self._named.add(edge.target)
                found += dependencies_first(self._graph, [edge.target], hard=True) if whole else [edge.target]
        return found
