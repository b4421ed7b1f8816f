"""Which changes are to blame for a promise that is broken or worse: those without which it would not be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from mofconf.analyses.promises.availability import ROUNDING, judged
from mofconf.analyses.promises.results import Outcome
from mofconf.plan.edits import Atom
from mofconf.plan.undoing import Undoing

MOST_TRIALS = 40
"""Among so many changes it is worked out which are to blame."""

EFFORT = 6_000
"""How many things may be looked at for that in all trials together: seconds in a tangled estate.

What breaks has as much again for itself, so that it never goes short of it.
"""

CHEAP = 8
"""So many times as fast is a trial in which only figures differ."""


class Case(NamedTuple):
    """A promise: what it promises of which service, and what it did in the base. ``was`` is whether that was kept."""

    sla: str
    service: str
    target: float
    former_service: str
    former_target: float
    was: Outcome


class Blame(NamedTuple):
    """The changes to blame, the worst first. ``enough``: undone, these alone make the promise as good as it was."""

    culprits: tuple[str, ...] = ()
    enough: bool = False


class Trials:
    """Undoes changes, one at a time and several at once, as far as the effort allows."""

    def __init__(self, undoing: Undoing, changed: Collection[str], effort: int = EFFORT) -> None:
        self._undoing, self._changed = undoing, changed
        self._left = {True: effort, False: effort}

    def broken(self, case: Case) -> Blame:
        """The fewest changes that are found without which the verdict on a promise would not have become worse.

        None of them can be left out: the others are not enough. Of several that are enough alone it is the one without
        which the service would be best.
        """
        return self._blame(case, self._fewest, breaks=True)

    def worse(self, case: Case) -> Blame:
        """The changes without which a figure would be better, each by itself: those that matter most."""
        names = self._behind(case)
        if len(names) == 1:
            return Blame(tuple(names))  # what else could it be
        return self._blame(case, self._by_gain, breaks=False)

    def nearest(self, case: Case) -> Blame:
        """The change nearest to the service. Whether it is to blame nobody has looked."""
        return Blame(tuple(self._behind(case)[:1]))

    def _blame(self, case: Case, find: Callable[[_Trial, Sequence[str]], Blame], *, breaks: bool) -> Blame:
        names = self._behind(case)
        if not names or len(names) > MOST_TRIALS:
            return self.nearest(case)
        try:
            return find(_Trial(self._undoing, case, self._charge(breaks)), names)
        except _ExhaustedError:
            return self.nearest(case)

    def _behind(self, case: Case) -> list[str]:
        """The changes to what a promised service needs, the nearest first; that of the promise itself before all."""
        below = self._undoing.below(case.service)
        if case.former_service != case.service:
            below = {**below, **self._undoing.below(case.former_service)}
        far = {one: number for number, one in enumerate(below)}
        distance = {
            name: min(far[atom.address] for atom in atoms if atom.address in far)
            for name, atoms in self._undoing.edits.of.items()
            if any(atom.address in far for atom in atoms)
        }
        itself = case.sla in self._changed
        itself &= (case.service, case.target) != (case.former_service, case.former_target)
        return [case.sla] * itself + sorted(distance, key=lambda name: (distance[name], name))

    def _charge(self, breaks: bool) -> Callable[[int], None]:  # noqa: FBT001  # which of two purses
        def charge(effort: int) -> None:
            self._left[breaks] -= effort
            if self._left[breaks] < 0:
                raise _ExhaustedError

        return charge

    def _fewest(self, trial: _Trial, names: Sequence[str]) -> Blame:
        order = trial.by_gain(names)
        chosen = _first_enough(order, trial.is_as_good)
        return Blame(chosen, enough=True) if chosen else self._by_gain(trial, names)

    def _by_gain(self, trial: _Trial, names: Sequence[str]) -> Blame:
        order = trial.by_gain(names)
        worst = trial.gain(order[:1])
        named = [one for one in order if trial.gain([one]) > max(worst / 10, ROUNDING)]
        # Where none helps alone, as with both of two replicas, some may together.
        return Blame(tuple(named) or _first_enough(order, lambda some: trial.gain(some) > ROUNDING) or tuple(order[:1]))


class _ExhaustedError(Exception):
    """There is no room for further trials."""


class _Trial:
    """What would become of one promise."""

    def __init__(self, undoing: Undoing, case: Case, charge: Callable[[int], None]) -> None:
        self._undoing, self._case, self._charge = undoing, case, charge

    def by_gain(self, names: Sequence[str]) -> list[str]:
        """Changes, those first without which the promise would be best."""
        return sorted(names, key=lambda one: (-self.gain([one]), one))

    def gain(self, names: Sequence[str]) -> float:
        """How much better the figure would be against its target, had these not been made. Bounds count both."""
        return (self._margin(names) - self._margin(())) / 2

    def is_as_good(self, names: Sequence[str]) -> bool:
        """Whether the verdict would be no worse than it was."""
        service, target, atoms = self._without(names)
        return _RANKS.index(judged(self._undoing.up(service, atoms), target)) <= _RANKS.index(self._case.was)

    def _margin(self, names: Sequence[str]) -> float:
        service, target, atoms = self._without(names)
        return sum(self._undoing.up(service, atoms)) - 2 * target

    def _without(self, names: Sequence[str]) -> tuple[str, float, frozenset[Atom]]:
        case = self._case
        undone = case.sla in names
        service, target = (case.former_service, case.former_target) if undone else (case.service, case.target)
        inside = self._undoing.below(service)
        edits = [self._undoing.edits.of[one] for one in names if one != case.sla]
        atoms = frozenset(atom for atoms in edits for atom in atoms if atom.address in inside)
        if not self._undoing.knows(service, atoms):
            self._charge(len(inside) if self._undoing.reshapes(atoms) else len(inside) // CHEAP + 1)
        return service, target, atoms


_RANKS = (Outcome.HOLDS, Outcome.UNDECIDED, Outcome.BROKEN)


def _first_enough(order: Sequence[str], enough: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """The first that is enough alone, else several that are enough together and of which none can be left out.

    Nothing where even all of them are not enough.
    """
    alone = next((one for one in order if enough([one])), None)
    if alone is not None:
        return (alone,)
    chosen: list[str] = []
    for one in order:
        chosen.append(one)
        if len(chosen) > 1 and enough(chosen):
            break
    else:
        return ()
    spare: str | None = chosen[-1]
    while spare is not None:  # what could not be left out beside others may be so without them
        spare = next((one for one in reversed(chosen) if enough([other for other in chosen if other != one])), None)
        chosen = [one for one in chosen if one != spare]
    return tuple(chosen)
