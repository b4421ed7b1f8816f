"""What would become of one promise if some changes had not been made: by figures, or by bounds that cost little."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.promises.availability import judged
from mofconf.analyses.promises.results import Outcome
from mofconf.plan.edits import Atom
from mofconf.plan.kept import changed_by
from mofconf.plan.undoing import Undoing

CHEAP = 8
"""So many times as fast is a trial in which only figures differ."""


class Case(NamedTuple):
    """A promise: what it promises of which service, and what it did in the base. ``was`` is whether that was kept.

    ``bounded``: there are only bounds of what is reached on either side. ``better`` is not ruled out by them.
    """

    sla: str
    service: str
    target: float
    former_service: str
    former_target: float
    was: Outcome
    bounded: bool = False
    better: bool = False


class ExhaustedError(Exception):
    """There is no room for further trials."""


class Trial(ABC):
    """What would become of one promise."""

    def __init__(self, undoing: Undoing, case: Case, charge: Callable[[int], None]) -> None:
        self._undoing, self._case, self._charge = undoing, case, charge
        self._gains: dict[tuple[str, ...], tuple[float, float]] = {}

    def by_gain(self, names: Sequence[str]) -> list[str]:
        """Changes, those first without which the promise would be best."""
        return sorted(names, key=lambda one: (-self.gain([one]), one))

    def gain(self, names: Sequence[str]) -> float:
        """How much better the figure would be against its target, had these not been made, at least."""
        return self._gained(names)[0]

    def guess(self, names: Sequence[str]) -> tuple[str, ...]:
        """The one that may matter most."""
        return tuple(sorted(names, key=lambda one: (-self._gained([one])[1], one))[:1])

    def _gained(self, names: Sequence[str]) -> tuple[float, float]:
        key = tuple(names)
        if key not in self._gains:
            self._gains[key] = self._gain(names)
        return self._gains[key]

    def field(self, name: str) -> str:
        """The path of the field of a change that matters most; empty where no choice is to be made."""
        fields = self._undoing.edits.fields(name)
        if len(fields) < 2:
            return ""
        gains = {path: self._undone((self._case.service, self._case.target), atoms) for path, atoms in fields.items()}
        return max(sorted(gains), key=lambda path: gains[path])

    def _gain(self, names: Sequence[str]) -> tuple[float, float]:
        """How much better it would be, at least and at most."""
        return self._undone(self._promised(names), self._atoms(names))

    @abstractmethod
    def _undone(self, promised: tuple[str, float], atoms: frozenset[Atom]) -> tuple[float, float]:
        """How much better it would be if another service or target were promised, and these were undone."""

    @abstractmethod
    def is_as_good(self, names: Sequence[str]) -> bool:
        """Whether the verdict would be no worse than it was."""

    def _promised(self, names: Sequence[str]) -> tuple[str, float]:
        """The service and the target, had these not been made."""
        case = self._case
        undone = case.sla in names
        return (case.former_service, case.former_target) if undone else (case.service, case.target)

    def _atoms(self, names: Sequence[str]) -> frozenset[Atom]:
        """What these made to differ."""
        of = self._undoing.edits.of
        return frozenset(atom for one in names if one != self._case.sla for atom in of[one])

    def _is_no_worse(self, reached: Chance, target: float) -> bool:
        return _RANKS.index(judged(reached, target)) <= _RANKS.index(self._case.was)


class OfFigures(Trial):
    """By figures that are worked out."""

    def is_as_good(self, names: Sequence[str]) -> bool:
        service, target = self._promised(names)
        return self._is_no_worse(self._reached(service, self._atoms(names)), target)

    def _undone(self, promised: tuple[str, float], atoms: frozenset[Atom]) -> tuple[float, float]:
        """One figure: bounds count both, where not all that is behind it is known."""
        now = sum(self._reached(self._case.service, frozenset())) - 2 * self._case.target
        then = sum(self._reached(promised[0], atoms)) - 2 * promised[1]
        return (then - now) / 2, (then - now) / 2

    def _reached(self, service: str, undone: frozenset[Atom]) -> Chance:
        inside = self._undoing.below(service)
        atoms = frozenset(atom for atom in undone if atom.address in inside)
        if not self._undoing.knows(service, atoms):
            self._charge(len(inside) if self._undoing.reshapes(atoms) else len(inside) // CHEAP + 1)
        return self._undoing.up(service, atoms)


class OfBounds(Trial):
    """By bounds: a gain is what is proven of it. What was worked out of one service is there for the others."""

    def is_as_good(self, names: Sequence[str]) -> bool:
        service, target = self._promised(names)
        return self._is_no_worse(self._undoing.outline(service, self._atoms(names)), target)

    def _undone(self, promised: tuple[str, float], atoms: frozenset[Atom]) -> tuple[float, float]:
        service, target = promised
        now, then = self._undoing.outline(self._case.service, frozenset()), self._undoing.outline(service, atoms)
        worse, better = changed_by(then, now, self._undoing.factor(self._case.service, service, atoms))
        return self._case.target - target - better, self._case.target - target - worse


_RANKS = (Outcome.HOLDS, Outcome.UNDECIDED, Outcome.BROKEN)
