"""Functions that are known, and what stands behind their variables: events, and modules of several events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mofconf.analyses.dependability.diagrams import BudgetError, Diagram, Diagrams, Table
from mofconf.analyses.dependability.functions import Function, Functions, separated
from mofconf.analyses.dependability.structure import Event


class Part(NamedTuple):
    """Factors of a function that share variables with each other, and none with its other ones.

    ``asked`` are the variables. ``known`` is what figures found, a lower and an upper bound for the chances of these.
    """

    factors: frozenset[int]
    asked: tuple[int, ...]
    known: dict[tuple[float, ...], tuple[float, float]]


class Known:
    """Functions by their numbers (``known``), and ``variables``: what each variable of them stands for.

    That is an event, or a function of such that matters as a whole only (a module). ``budget`` is the number of nodes
    that all diagrams together may have.
    """

    def __init__(self, budget: int) -> None:
        self.diagrams = Diagrams(budget)
        self.functions = Functions(self.diagrams)
        self.table = Table(self.diagrams)
        self.events: dict[Event, int] = {}
        self.variables: list[Event | Function | None] = []
        self.known: list[Function] = []
        self._numbers: dict[Function, int] = {}
        self._parted: dict[frozenset[int], tuple[Part, ...]] = {}
        self._parts: dict[frozenset[int], Part] = {}
        self._modules_in: dict[Function, tuple[int, ...]] = {}
        self._spans: dict[int, int] = {}

    def number(self, function: Function) -> int:
        """The number of a function; equal ones have the same."""
        number = self._numbers.setdefault(function, len(self.known))
        if number == len(self.known):
            self.known.append(function)
        return number

    def variable(self, meaning: Event | Function | None) -> int:
        """A new variable. In diagrams it comes after all that there are; ``None``: what it means is said later."""
        self.variables.append(meaning)
        self.diagrams.grow(len(self.variables))
        return len(self.variables) - 1

    def support(self, factors: frozenset[int]) -> frozenset[int]:
        """All variables that some factors ask for."""
        return self.functions.support(Function(factors=factors))

    def parts(self, factors: frozenset[int]) -> tuple[Part, ...]:
        """Factors in groups of which no two ask for the same variable."""
        if factors not in self._parted:
            groups = separated({number: self.functions.factors[number].support for number in factors})
            self._parted[factors] = tuple(map(self._part, groups))
        return self._parted[factors]

    def parts_of(self, function: Function) -> tuple[Part, ...]:
        """The parts of all that a function asks for beside its musts. Raises `BudgetError` where it has groups."""
        if function.groups:
            raise BudgetError
        return self.parts(function.factors)

    def _part(self, factors: frozenset[int]) -> Part:
        if factors not in self._parts:
            self._parts[factors] = Part(factors, tuple(sorted(self.support(factors))), {})
        return self._parts[factors]

    def asked(self, function: Function) -> frozenset[int]:
        """All variables of a function, those of its groups included."""
        found: set[int] = set()
        met: set[int] = set()
        waiting = [function]
        while waiting:
            one = waiting.pop()
            found |= one.must
            found |= self.functions.support(one)
            for number in one.groups - met:
                group = self.functions.groups[number]
                waiting += group.branches
                found |= set() if group.switch is None else {group.switch}
            met |= one.groups
        return frozenset(found)

    def span(self, variable: int) -> int:
        """The events that a variable depends on, a bit for each: it is one itself, or a module of several."""
        waiting = [] if variable in self._spans else [variable]
        while waiting:
            one = waiting[-1]
            meaning = self.variables[one]
            inner = meaning.must | self.functions.support(meaning) if isinstance(meaning, Function) else ()
            fresh = [other for other in inner if other not in self._spans]
            if fresh:
                waiting += fresh
                continue
            waiting.pop()
            self._spans[one] = 0 if inner else 1 << one
            for other in inner:
                self._spans[one] |= self._spans[other]
        return self._spans[variable]

    def modules_in(self, function: Function) -> tuple[int, ...]:
        """The variables of a function that stand for modules."""
        if function not in self._modules_in:
            found = [one for one in self.asked(function) if not isinstance(self.variables[one], Event)]
            self._modules_in[function] = tuple(found)
        return self._modules_in[function]

    def joined(self, factors: Iterable[int]) -> Diagram:
        """Where all these factors are true. Raises `BudgetError`."""
        return self.diagrams.all_of(self.functions.factors[number].diagram for number in sorted(factors))
