"""The downtime of one resource month by month, by a made-up history of thousands of them [door: numpy].

Where nothing tolerates an outage the mean is the exact availability. Where something does, this is sharper than the
exact figure: that takes overlapping short outages as tolerated, here they add up to one long outage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from math import sqrt
from statistics import NormalDist
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.history import History, Rhythm
from mofconf.analyses.dependability.inputs import Inputs, Stated
from mofconf.analyses.dependability.outages import Outages, between
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.study import AS_DECLARED, Question, Study
from mofconf.catalog import Catalog
from mofconf.graph import Graph, without_nodes
from mofconf.kinds.agreement import PERIODS

if TYPE_CHECKING:
    from mofconf.analyses.dependability.outages import Times

SECONDS: Mapping[str, float] = MappingProxyType({name: length.total_seconds() for name, length in PERIODS.items()})
"""The periods over which agreements count, in seconds."""

COMPARING = 1 << 22
"""The budget of the function that the outcome is compared with: what takes longer than the simulation is left out."""

PERCENTILES = (50, 90, 95, 99)
MOST_OUTAGES = 30_000_000
"""So many outages of single things fit into some gigabytes."""


class Target(NamedTuple):
    """What an agreement promises: ``share`` of its hours in every ``period``.

    ``hours`` are spans of the week in seconds from Monday, 0:00, in order; none means always.
    """

    by: str
    share: float
    period: str
    hours: tuple[tuple[float, float], ...] = ()


class Breach(NamedTuple):
    """How often a target is missed: the share of the ``periods`` that were simulated, and its confidence interval.

    ``allowance`` are the seconds that it may be down in each.
    """

    target: Target
    allowance: float
    periods: int
    chance: float
    low: float
    high: float


class Distribution(NamedTuple):
    """The seconds of downtime in each period: the mean and its confidence interval, percentiles, the most.

    ``untouched`` is the share of the periods without any.
    """

    period: str
    periods: int
    mean: float
    low: float
    high: float
    percentiles: Mapping[int, float]
    most: float
    untouched: float


class Simulation(NamedTuple):
    """What came out. ``outages`` is how many there were, ``longest`` the longest of them in seconds.

    ``up`` is the share of time in which it worked, within ``low`` and ``high`` at the ``confidence``. ``exact`` is
    that from the function; ``agrees`` says whether it lies in there, where it is one value. ``sharper``: something
    tolerates outages, and then the exact figure has a convention that this has not. ``assumed`` are those that were
    given the assumed repair time.
    """

    address: str
    months: int
    seed: int
    confidence: float
    up: float
    low: float
    high: float
    exact: Chance
    agrees: bool | None
    sharper: bool
    outages: int
    longest: float
    distribution: Distribution
    breaches: tuple[Breach, ...]
    assumed: tuple[str, ...]


class Lack(NamedTuple):
    """Why something cannot be simulated: ``address`` lacks its ``availability``, its ``mttr``, or has a ``range``."""

    address: str
    field: str


class Simulator:
    """Simulates one resource of a catalog. ``lacks`` has to be empty, and ``load`` at most `MOST_OUTAGES`.

    ``repair`` is taken for everything that has an availability and no mean time to repair.
    """

    def __init__(
        self,
        catalog: Catalog,
        graph: Graph,
        address: str,
        question: Question = AS_DECLARED,
        repair: timedelta | None = None,
    ) -> None:
        inputs = Inputs(catalog, without_nodes(graph, question.without), question.stated)
        self._address = address
        self._study = (catalog, graph, [address], question, Solver(COMPARING))
        self._history = History(inputs.graph, address, question.down)
        stated = {one: inputs.of(one) for one in self._history.failing}
        self.lacks = tuple(Lack(one, field) for one, what in stated.items() for field in _lacking(what, repair))
        self._assumed = tuple(one for one, what in stated.items() if _fails(what) and not what.mttr)
        rhythms = {} if self.lacks else {one: _rhythm(what, repair) for one, what in stated.items() if _fails(what)}
        self._rhythms = rhythms

    def load(self, months: int) -> float:
        """How many outages of single things there are to be expected."""
        return sum(months * SECONDS["month"] / (rhythm.up + rhythm.down) for rhythm in self._rhythms.values())

    def run(
        self, months: int, seed: int, period: str, targets: Iterable[Target] = (), confidence: float = 0.99
    ) -> Simulation:
        """Simulate so many months of 30 days."""
        last = months * SECONDS["month"]
        outages = self._history.outages(self._rhythms, seed, last)
        found = _per(period, outages, last, confidence)
        share = SECONDS[period]
        exact = Study(*self._study).up(self._address)
        low, high = 1 - found.high / share, 1 - found.low / share
        lengths = outages.ends - outages.starts
        return Simulation(
            self._address,
            months,
            seed,
            confidence,
            1 - found.mean / share,
            low,
            high,
            exact,
            low <= exact.low <= high if exact.exact else None,
            self._history.tolerant,
            int((outages.ends > 0).sum()),
            float(lengths.max()) if len(lengths) else 0.0,
            found,
            tuple(_breach(target, outages, last, confidence) for target in targets),
            self._assumed,
        )


def _fails(stated: Stated) -> bool:
    return stated.chance.low < 1


def _lacking(stated: Stated, repair: timedelta | None) -> Iterator[str]:
    if not _fails(stated):
        return
    if stated.source == "unknown":
        yield "availability"
    elif not stated.chance.exact:
        yield "range"
    elif not stated.mttr and not repair:
        yield "mttr"


def _rhythm(stated: Stated, repair: timedelta | None) -> Rhythm:
    """From the share of time that it works, and how long a repair takes, follows how long it works."""
    share, down = stated.chance.low, (stated.mttr or repair or timedelta()).total_seconds()
    return Rhythm(down * share / (1 - share), down)


def _per(period: str, outages: Outages, last: float, confidence: float) -> Distribution:
    import numpy as np

    length = SECONDS[period]
    down = between(outages, np.arange(0.0, last + 1.0, length))
    mean, spread = _mean(down, confidence)
    return Distribution(
        period,
        len(down),
        mean,
        max(0.0, mean - spread),
        mean + spread,
        {one: float(np.percentile(down, one)) for one in PERCENTILES},
        float(down.max()),
        float((down == 0).mean()),
    )


BATCHES = 100
"""Means of so many stretches are compared, as neighbouring periods are not independent: an outage may span both."""


def _mean(values: Times, confidence: float) -> tuple[float, float]:
    """The mean, and how far from it the true one may lie (batch means)."""
    import numpy as np

    batches = min(BATCHES, len(values))
    means = np.array([part.mean() for part in np.array_split(values, batches)])
    deviation = float(means.std(ddof=1)) if batches > 1 else 0.0
    return float(values.mean()), _students(confidence, batches - 1) * deviation / sqrt(batches)


def _students(confidence: float, freedom: int) -> float:
    """How many standard errors to either side of a mean its confidence interval reaches (Student's t).

    Expanded in powers of 1/freedom (Abramowitz and Stegun, 26.7.5).
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    freedom = max(freedom, 1)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))


def _breach(target: Target, outages: Outages, last: float, confidence: float) -> Breach:
    """How often a target is missed. Time outside its hours does not count, so it is taken out of the line of time."""
    import numpy as np

    borders = np.arange(0.0, last + 1.0, SECONDS[target.period])
    inside = Outages(_counted(target.hours, outages.starts), _counted(target.hours, outages.ends))
    counted = _counted(target.hours, borders)
    down = between(inside, counted)
    allowed = (1 - target.share) * np.diff(counted)
    missed = int((down > allowed).sum())
    low, high = _wilson(missed, len(down), confidence)
    allowance = float(allowed.mean()) if len(down) else 0.0
    return Breach(target, allowance, len(down), missed / len(down) if len(down) else 0.0, low, high)


def _counted(hours: Sequence[tuple[float, float]], times: Times) -> Times:
    """Times in seconds of the hours that count; it starts on a Monday."""
    import numpy as np

    if not hours:
        return times
    week = SECONDS["week"]
    knots, counted = [0.0], [0.0]
    for start, end in hours:
        knots += [start, end]
        counted += [counted[-1], counted[-1] + end - start]
    whole = np.floor(times / week)
    found: Times = whole * counted[-1] + np.interp(times - whole * week, [*knots, week], [*counted, counted[-1]])
    return found


def _wilson(count: int, trials: int, confidence: float) -> tuple[float, float]:
    """The confidence interval of a share (Wilson's score interval), which makes sense for none of many too."""
    if not trials:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / trials
    centre = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
