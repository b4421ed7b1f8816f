"""What would decide an undecided figure: the inputs that are not known exactly, by how much hangs on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from mofconf.analyses.dependability.figures import UNKNOWN, Chance
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.must import dependencies_first
from mofconf.analyses.promises.results import Input
from mofconf.graph import Graph, State
from mofconf.kinds.availability import Availability

MOST = 100
"""Of how many inputs it is worked out what hangs on them."""

LONG = timedelta(days=36_500)


def lacking(graph: Graph, inputs: Inputs, service: str) -> list[Input]:
    """The inputs of a service that are not known exactly, by address. What hangs on each is not worked out yet."""
    below = _below_tolerant_needs(graph, service)
    found = []
    for address in dependencies_first(graph, [service], hard=True):
        if address in graph.wholes or graph.nodes.get(address) is State.RETIRED:
            continue
        stated = inputs.of(address)
        if not stated.chance.exact:
            found.append(Input(address, "availability", *stated.chance, 0.0))
        elif stated.mttr is None and stated.chance.low < 1 and address in below:
            found.append(Input(address, "mttr", *UNKNOWN, 0.0))
    return sorted(found, key=lambda one: (one.address, one.what))


def deciding(
    unknown: list[Input],
    inputs: Inputs,
    reached: Chance,
    target: float,
    ask: Callable[[str, Availability], Chance],
) -> tuple[Input, ...]:
    """The inputs with what hangs on each, those on which most hangs first; the first `MOST` of them.

    ``ask`` gives the figure when one thing were known to be so. The figure is linear in each availability, so its
    values at both bounds say where on the way it meets the target.
    """
    found = []
    for one in unknown[:MOST]:
        worst, best = _bounds(one, inputs)
        with_best, with_worst = ask(one.address, best), ask(one.address, worst)
        swing = max(with_best.low - reached.low, reached.high - with_worst.high)
        if one.what == "availability":
            # From where on its value proves that the target is met, and below what that it is not.
            holds = _crossing(one, with_worst.low, with_best.low, target)
            broken = _crossing(one, with_worst.high, with_best.high, target)
            one = one._replace(holds_from=holds, broken_below=broken)  # noqa: PLW2901  # the same input, known better
        found.append(one._replace(swing=swing))
    return tuple(sorted(found, key=lambda one: (-one.swing, one.address, one.what)))


def _bounds(one: Input, inputs: Inputs) -> tuple[Availability, Availability]:
    """The worst and the best that an input may turn out to be."""
    if one.what == "availability":
        mttr = inputs.of(one.address).mttr
        return _exactly(one.low, mttr), _exactly(one.high, mttr)
    share = inputs.of(one.address).chance.low
    return _exactly(share, LONG), _exactly(share, timedelta(0))


def _exactly(share: float, mttr: timedelta | None) -> Availability:
    return Availability.model_construct(percent=Decimal(share), mttr=mttr)


def _crossing(one: Input, at_low: float, at_high: float, target: float) -> float | None:
    """Where between its bounds an input brings a figure to the target; ``None`` where it does not."""
    if not at_low < target <= at_high:
        return None
    return one.low + (target - at_low) / (at_high - at_low) * (one.high - one.low)


def _below_tolerant_needs(graph: Graph, service: str) -> frozenset[str]:
    """Everything of which short outages are tolerated by somebody on the way from a service."""

    def starts() -> Iterator[str]:
        for address in dependencies_first(graph, [service], hard=True):
            for gate in graph.gates.get(address, ()):
                if gate.tolerates and gate.effect == "stops":
                    yield from gate.members

    return frozenset(dependencies_first(graph, starts(), hard=True))
