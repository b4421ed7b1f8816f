"""What a plan says of promises: how each differs, who is to blame, and what would bring it back."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.outlines import ANY_FACTOR
from mofconf.analyses.promises.availability import ROUNDING
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.plan.recoverability import RecoveryChange
from mofconf.plan.repairs import Redundancy, Repair


class PromiseChange(NamedTuple):
    """A promise of which the figure or the verdict differs. A side on which there is no such promise has neither.

    ``delta`` is `changed_by`, where both sides have a figure. ``bounded`` says of either side that there are only
    bounds, as there is too much to work out in passing.

    ``culprits`` are the changes without which it would be better, the worst first; ``enough`` says that without these
    alone it would be kept as it was. ``proven``: what it lost, if anything, it lost by these; if not it is the change
    that may matter most, or the nearest one. ``fields`` are the paths of the edits that matter most, one for each of
    them (empty where there is no choice), or none. ``way`` leads from the service to the first of them, and on to what
    it cannot do without since then (``hangs_on``), where there is such a thing.
    """

    address: str
    service: str
    before: Figure | None
    after: Figure | None
    was: Outcome | None
    now: Outcome | None
    delta: Chance | None
    bounded: tuple[bool, bool] = (False, False)
    culprits: tuple[str, ...] = ()
    enough: bool = False
    proven: bool = False
    fields: tuple[str, ...] = ()
    way: tuple[str, ...] = ()
    hangs_on: str = ""
    repair: Repair | None = None
    redundancy: Redundancy | None = None

    @property
    def breaks(self) -> bool:
        """Whether the change breaks it."""
        return self.now is Outcome.BROKEN and self.was is not Outcome.BROKEN and not self.may_break

    @property
    def may_break(self) -> bool:
        """Whether it is broken, and bounds leave open whether it was before."""
        return self.now is Outcome.BROKEN and self.was is Outcome.UNDECIDED and self.bounded[0]

    @property
    def opens(self) -> bool:
        """Whether nobody can tell any more."""
        return self.now is Outcome.UNDECIDED and self.was in (None, Outcome.HOLDS) and not self.bounded[1]

    @property
    def drops(self) -> bool:
        """Whether nothing is promised any more."""
        return self.after is None

    @property
    def is_worse(self) -> bool:
        """Whether somebody has to ask who is to blame."""
        if self.breaks or self.opens or self.before is None or self.after is None or self.delta is None:
            return self.breaks or self.opens
        proven = self.delta.high <= ROUNDING and self.delta.low < -ROUNDING
        return proven or self.after.reached.high < self.before.reached.high - ROUNDING


class ServiceChange(NamedTuple):
    """A service without a promise whose availability changes by more than matters little; ``delta`` is `changed_by`."""

    address: str
    before: Chance
    after: Chance
    delta: Chance


def changed_by(before: Chance, after: Chance, factor: Chance = ANY_FACTOR) -> Chance:
    """The least and the most by which an availability changed: one value where both sides are known exactly.

    Else nothing proves which of what is between them, but for the ``factor`` by which it changed: the same unknown may
    stand behind both sides, and what it is makes no difference to that.
    """
    low, high = after.low - before.high, after.high - before.low
    if before.exact and after.exact:
        return Chance(low, high)
    least, most = factor.low - 1, factor.high - 1
    low = max(low, least * (before.high if least < 0 else before.low))
    if isfinite(most):
        high = min(high, most * (before.low if most < 0 else before.high))
    return Chance(min(low, high), max(low, high))  # rounding may have crossed them


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
    recoveries: tuple[RecoveryChange, ...] = ()
