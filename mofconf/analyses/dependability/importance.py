"""Which events matter: Birnbaum, criticality, Fussell-Vesely, risk achievement and risk reduction worth.

The measures are those of reliability engineering (Rausand and Høyland, *System Reliability Theory*). With Q for the
unavailability of the whole and q for that of the event:

* Birnbaum: Q with the event failed, less Q with it perfect. The rate at which Q follows q;
* criticality: Birnbaum times q / Q. The share of Q in which the event is critical and has failed;
* Fussell-Vesely: the share of Q in which all of a minimal cut set that the event is in has failed;
* risk achievement worth: Q with the event failed, divided by Q; risk reduction worth: Q divided by Q with it perfect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import inf, prod
from operator import mul
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import Diagram
from mofconf.analyses.dependability.families import NONE, ONLY_EMPTY, Families
from mofconf.analyses.dependability.functions import Function
from mofconf.analyses.dependability.solving import Solver


class Importance(NamedTuple):
    """How much one variable matters to a function. Numbers without a unit; a worth may be infinite."""

    variable: int
    birnbaum: float
    criticality: float
    fussell_vesely: float
    risk_achievement: float
    risk_reduction: float


def importances(solver: Solver, function: Function, chances: Mapping[int, float]) -> list[Importance]:
    """The importance of every variable of a function, given how probable each is; the most critical first.

    Raises `BudgetError`.
    """
    if function.lost:
        return []
    single = sorted(function.must)
    parts = [_Part(solver, part.factors, chances) for part in solver.parts_of(function)]
    availability = prod(chances[one] for one in single) * prod(part.value for part in parts)
    found = []
    for one in single:
        perfect = prod(chances[other] for other in single if other != one) * prod(part.value for part in parts)
        found.append(_importance(one, availability, 1 - chances[one], perfect, perfect, 1 - chances[one]))
    for part in parts:
        rest = prod(chances[one] for one in single) * prod(other.value for other in parts if other is not part)
        for one, slope in part.slopes().items():
            perfect = rest * (part.value + (1 - chances[one]) * slope)
            found.append(_importance(one, availability, 1 - chances[one], perfect, rest * slope, part.cut_by(one)))
    return sorted(found, key=lambda one: (-one.criticality, one.variable))


class PartSlopes(NamedTuple):
    """The probability of a part of a function, and by how much it grows with that of each of its variables."""

    value: float
    slopes: Mapping[int, float]


def part_slopes(solver: Solver, part: frozenset[int], chances: Mapping[int, float]) -> PartSlopes:
    """Those of some factors that share variables. Raises `BudgetError`."""
    found = _Part(solver, part, chances)
    return PartSlopes(found.value, found.slopes())


def slopes(function: Function, chances: Mapping[int, float], parts: Sequence[PartSlopes]) -> PartSlopes:
    """The same for a function whose parts are known."""
    if function.lost:
        return PartSlopes(0.0, {})
    values = {one: chances[one] for one in sorted(function.must)}
    found = _without_each([*values.values(), *(part.value for part in parts)])
    steep = dict(zip(values, found, strict=False))
    for part, rest in zip(parts, found[len(values) :], strict=True):
        steep.update((one, rest * slope) for one, slope in part.slopes.items())
    return PartSlopes(prod(values.values()) * prod(part.value for part in parts), steep)


def _without_each(values: Sequence[float]) -> list[float]:
    """For each of some numbers the product of all others."""
    before = [*accumulate(values, mul, initial=1.0)]
    after = [*accumulate(reversed(values), mul, initial=1.0)]
    return [one * other for one, other in zip(before, after[-2::-1], strict=False)]


def _importance(
    variable: int, availability: float, failure: float, perfect: float, slope: float, cut: float
) -> Importance:
    """``failure`` is the event's, ``perfect`` the availability without it, ``cut`` the share in which it cuts."""
    lost = 1 - availability
    if not lost:
        return Importance(variable, slope, 0.0, 0.0, inf if slope else 1.0, 1.0)
    left = 1 - perfect
    return Importance(
        variable,
        slope,
        slope * failure / lost,
        cut / lost,
        (left + slope) / lost,
        lost / left if left else inf,
    )


class _Part:
    """Factors that share variables, as one diagram with its probability."""

    def __init__(self, solver: Solver, factors: frozenset[int], chances: Mapping[int, float]) -> None:
        self._solver, self._chances = solver, chances
        self._root = solver.table.number(solver.joined(factors))
        self._nodes = solver.table.below(self._root)
        self._values = self._evaluated(self._nodes)
        self.value = self._values[self._root]
        self._families = Families()

    @cached_property
    def _cuts(self) -> int:
        return self._families.cuts(self._solver.table, self._root)

    def _evaluated(self, nodes: Sequence[int]) -> Mapping[int, float]:
        table = self._solver.table
        values = {0: 0.0, 1: 1.0}
        for node in nodes:
            chance = self._chances[table.variables[node]]
            values[node] = chance * values[table.high[node]] + (1 - chance) * values[table.low[node]]
        return values

    def slopes(self) -> Mapping[int, float]:
        """By how much the probability grows with that of each variable: one pass from the top down."""
        table, values = self._solver.table, self._values
        reach = dict.fromkeys((0, 1, *self._nodes), 0.0)
        reach[self._root] = 1.0
        slopes: dict[int, float] = {}
        for node in reversed(self._nodes):
            variable, high, low = table.variables[node], table.high[node], table.low[node]
            chance = self._chances[variable]
            reach[high] += reach[node] * chance
            reach[low] += reach[node] * (1 - chance)
            slopes[variable] = slopes.get(variable, 0.0) + reach[node] * (values[high] - values[low])
        return slopes

    def cut_by(self, variable: int) -> float:
        """How probable it is that all of a minimal cut set with this variable has failed."""
        families, diagrams = self._families, self._solver.diagrams
        rest = families.containing(self._cuts, variable)
        whole: dict[int, Diagram] = {NONE: diagrams.true, ONLY_EMPTY: diagrams.false}
        for one in families.below(rest):
            here = diagrams.variable(families.elements[one])
            within = diagrams.at_least(1, (here, whole[families.within[one]]))
            whole[one] = diagrams.all_of((within, whole[families.without[one]]))
        root = self._solver.table.number(whole[rest])
        return (1 - self._chances[variable]) * (1 - self._evaluated(self._solver.table.below(root))[root])
