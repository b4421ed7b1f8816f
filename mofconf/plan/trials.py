"""Which changes are to blame for a promise that is broken or worse: those without which it would not be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import NamedTuple

from mofconf.analyses.promises.availability import ROUNDING
from mofconf.plan.trial import Case, ExhaustedError, OfBounds, OfFigures, Trial
from mofconf.plan.undoing import Undoing

MOST_TRIALS = 40
"""Among so many changes it is worked out which are to blame."""

EFFORT = 6_000
"""How many things may be looked at for that in all trials together: seconds in a tangled estate.

What breaks has as much again for itself, so that it never goes short of it.
"""


class Blame(NamedTuple):
    """The changes to blame, the worst first. ``enough``: undone, these alone make the promise as good as it was.

    ``proven``: what the promise lost, if anything, it lost by these. If not it is the change that may matter most, or
    the nearest one, whatever it did. ``fields`` has for each the path of the edit that matters most; empty where there
    is no choice.
    """

    culprits: tuple[str, ...] = ()
    enough: bool = False
    proven: bool = False
    fields: tuple[str, ...] = ()


class Trials:
    """Undoes changes, one at a time and several at once, as far as the effort allows."""

    def __init__(self, undoing: Undoing, changed: Collection[str], effort: int = EFFORT) -> None:
        self.undoing, self._changed = undoing, changed
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
            alone = Blame(tuple(names), proven=not case.better)  # what else could it be
            choice = len(self.undoing.edits.fields(names[0])) > 1
            return self._blame(case, lambda *_: alone, breaks=False) if choice else alone
        return self._blame(case, self._by_gain, breaks=False)

    def _blame(self, case: Case, find: Callable[[Trial, Sequence[str]], Blame], *, breaks: bool) -> Blame:
        names = self._behind(case)
        nearest = Blame(tuple(names[:1]))
        if len(names) > MOST_TRIALS:
            return nearest
        trial = OfBounds if case.bounded else OfFigures
        asked = trial(self.undoing, case, self._charge(breaks))
        blame = nearest
        with suppress(ExhaustedError):
            found = find(asked, names)
            blame = found if found.culprits else nearest
        with suppress(ExhaustedError):
            return blame._replace(fields=tuple(map(asked.field, blame.culprits)))
        return blame

    def _behind(self, case: Case) -> list[str]:
        """The changes to what a promised service needs, the nearest first; that of the promise itself before all."""
        below = self.undoing.below(case.service)
        if case.former_service != case.service:
            below = {**below, **self.undoing.below(case.former_service)}
        far = {one: number for number, one in enumerate(below)}
        distance = {
            name: min(far[atom.address] for atom in atoms if atom.address in far)
            for name, atoms in self.undoing.edits.of.items()
            if any(atom.address in far for atom in atoms)
        }
        itself = case.sla in self._changed
        itself &= (case.service, case.target) != (case.former_service, case.former_target)
        return [case.sla] * itself + sorted(distance, key=lambda name: (distance[name], name))

    def _charge(self, breaks: bool) -> Callable[[int], None]:  # noqa: FBT001  # which of two purses
        def charge(effort: int) -> None:
            self._left[breaks] -= effort
            if self._left[breaks] < 0:
                raise ExhaustedError

        return charge

    def _fewest(self, trial: Trial, names: Sequence[str]) -> Blame:
        order = trial.by_gain(names)
        chosen = _first_enough(order, trial.is_as_good)
        return Blame(chosen, enough=True, proven=True) if chosen else self._by_gain(trial, names)

    def _by_gain(self, trial: Trial, names: Sequence[str]) -> Blame:
        order = trial.by_gain(names)
        worst = trial.gain(order[:1])
        named = [one for one in order if trial.gain([one]) > max(worst / 10, ROUNDING)]
        # Where none helps alone, as with both of two replicas, some may together.
        found = tuple(named) or _first_enough(order, lambda some: trial.gain(some) > ROUNDING)
        return Blame(found or trial.guess(names), proven=bool(found))


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
