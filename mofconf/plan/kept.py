"""What a plan says of promises: how each differs, who is to blame, and what would bring it back."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.plan.repairs import Redundancy, Repair


class PromiseChange(NamedTuple):
    """A promise of which the figure or the verdict differs. A side on which there is no such promise has neither.

    ``culprits`` are the changes without which it would be better, the worst first; ``enough`` says that without these
    alone it would be kept as it was. ``way`` leads from the service to the first of them. ``bounded``: there are only
    bounds, as there is too much to work out in passing.
    """

    address: str
    service: str
    before: Figure | None
    after: Figure | None
    was: Outcome | None
    now: Outcome | None
    culprits: tuple[str, ...] = ()
    enough: bool = False
    way: tuple[str, ...] = ()
    repair: Repair | None = None
    redundancy: Redundancy | None = None
    bounded: bool = False

    @property
    def delta(self) -> Chance | None:
        """By how much the availability of the service changed (`changed_by`), where both sides have a figure."""
        if self.before is None or self.after is None:
            return None
        return changed_by(self.before.reached, self.after.reached)

    @property
    def breaks(self) -> bool:
        """Whether the change breaks it."""
        return self.now is Outcome.BROKEN and self.was is not Outcome.BROKEN

    @property
    def opens(self) -> bool:
        """Whether nobody can tell any more."""
        return self.now is Outcome.UNDECIDED and self.was in (None, Outcome.HOLDS) and not self.bounded


class ServiceChange(NamedTuple):
    """A service without a promise whose availability changes by more than matters little."""

    address: str
    before: Chance
    after: Chance

    @property
    def delta(self) -> Chance:
        """By how much it changed."""
        return changed_by(self.before, self.after)


def changed_by(before: Chance, after: Chance) -> Chance:
    """The least and the most by which an availability changed: one value where both sides are known exactly.

    Else nothing proves which of what is between them, be it that both sides hang on the same that is not known.
    """
    return Chance(after.low - before.high, after.high - before.low)


class Kept(NamedTuple):
    """What a change does to promises, and to services without one.

    Of ``left`` services it was not worked out whether they change by more than matters little.

    ``base`` and ``head`` are those promises of either side that the change reaches, ``bounded`` those of the head of
    which there are only bounds, as there is too much to work out in passing.
    """

    base: Promises
    head: Promises
    promises: tuple[PromiseChange, ...] = ()
    services: tuple[ServiceChange, ...] = ()
    left: int = 0
    bounded: tuple[str, ...] = ()
