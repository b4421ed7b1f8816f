"""How a resource stands: its availability, what that hangs on most, and what is not known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mofconf.analyses.dependability.contributions import Contributions
from mofconf.analyses.dependability.diagrams import BudgetError
from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.inputs import Stated
from mofconf.analyses.dependability.structure import Event, View
from mofconf.analyses.dependability.study import Study


class Contributor(NamedTuple):
    """A failure and its criticality: the share of the downtime in which it has happened and is decisive.

    ``stated`` is what is known of the resource; ``None`` for a switch.
    """

    event: Event
    criticality: float
    stated: Stated | None


class Open(NamedTuple):
    """An input that is not known exactly: the ``availability`` or the ``mttr`` of a resource.

    ``swing`` is the most that its two ends make of a difference where everything else that is not known exactly is
    at one end: all at its worst, or all at its best.
    """

    address: str
    what: str
    chance: Chance
    swing: float


class Standing(NamedTuple):
    """The figures of one resource. ``contributors`` come with the most critical first, ``open`` by swing.

    Where not all inputs are known exactly, contributors are those that there are when these are at their best.
    ``within_budget`` says that only inputs, if anything, keep the figures from being exact. ``assumed`` are the
    resources whose figures are defaults of the project. Not ``closely``: nobody looked, only the figures are there.
    """

    address: str
    up: Chance
    full: Chance
    contributors: tuple[Contributor, ...]
    open: tuple[Open, ...]
    assumed: tuple[str, ...]
    within_budget: bool
    closely: bool = True

    @property
    def lost(self) -> bool:
        """Whether it is down for good."""
        return self.up.high == 0


CLOSELY = 100
"""At so many resources, the worst, one looks closely; at all it would take longer than the figures themselves."""


def standings(study: Study) -> tuple[Standing, ...]:
    """How all resources of a study stand, the worst first: those that reach the least even at their best.

    Of those after the first `CLOSELY` only the figures are worked out.
    """
    figures = {address: _figures(study, address) for address in study.addresses}
    worst = sorted(figures, key=lambda one: (*(figure[::-1] for figure in figures[one]), one))
    chances = study.works.chances
    lows = Contributions(study.solver, {event: chance.low for event, chance in chances.items()})
    highs = Contributions(study.solver, {event: chance.high for event, chance in chances.items()})
    closely = (_standing(study, address, lows, highs) for address in worst[:CLOSELY])
    rest = (Standing(one, *figures[one], (), (), (), within_budget=True, closely=False) for one in worst[CLOSELY:])
    return (*closely, *rest)


def _standing(study: Study, address: str, lows: Contributions, highs: Contributions) -> Standing:
    up, full = _figures(study, address)
    bounds = study.works.bounds[View(address)]
    chances = study.works.chances
    try:
        steep = highs.of(study.solver.known[bounds.high])
        flat = lows.of(study.solver.known[bounds.low]) if not up.exact else {}
    except BudgetError:
        return Standing(address, up, full, (), (), (), within_budget=False)
    own = sorted({event.address for event in (*steep, *flat) if event.kind == "own"})
    assumed = tuple(one for one in own if study.inputs.of(one).source == "assumed")
    exact_inputs = all(chances[event].exact for event in steep)
    within = bounds.exact and (up.exact or not exact_inputs)
    contributors = tuple(_contributors(study, steep, 1 - up.high))
    return Standing(address, up, full, contributors, _open(steep, flat, chances), assumed, within)


def _figures(study: Study, address: str) -> tuple[Chance, Chance]:
    """Both figures. What is not degraded works, so where both are bounds each may know more of the other."""
    up, full = study.up(address), study.full(address)
    if not up.exact and full.low > up.low:
        up = Chance(min(full.low, up.high), up.high)
    if not full.exact and full.high > up.high:
        full = Chance(full.low, max(full.low, up.high))
    return up, full


def _contributors(study: Study, steep: Mapping[Event, float], lost: float) -> Iterator[Contributor]:
    if lost <= 0:
        return
    shares = {
        event: slope * (1 - study.works.chances[event].high) / lost
        for event, slope in steep.items()
        if event.kind != "short"  # an outage that is too long is an outage, and that stands here already
    }
    for event, share in sorted(shares.items(), key=lambda one: (-one[1], one[0])):
        if share > 0:
            yield Contributor(event, share, study.inputs.of(event.address) if event.kind == "own" else None)


def _open(
    steep: Mapping[Event, float], flat: Mapping[Event, float], chances: Mapping[Event, Chance]
) -> tuple[Open, ...]:
    found: dict[tuple[str, str], Open] = {}
    for event in _inexact((*steep, *flat), chances):
        low, high = chances[event]
        swing = (high - low) * max(steep.get(event, 0.0), flat.get(event, 0.0))
        key = (event.address, "mttr" if event.kind == "short" else "availability")
        if key not in found or found[key].swing < swing:
            found[key] = Open(*key, chances[event], swing)
    return tuple(sorted(found.values(), key=lambda one: (-one.swing, one.address, one.what)))


def _inexact(events: Iterable[Event], chances: Mapping[Event, Chance]) -> Iterator[Event]:
    yield from (event for event in dict.fromkeys(events) if not chances[event].exact)
