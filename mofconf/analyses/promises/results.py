"""What becomes of a promise: the result of every check, in a shape in which two revisions can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.impact import Step

CHECKS = ("availability", "recovery", "cover", "hours", "response", "restore", "dates", "penalties")
"""The checks, in the order in which people read them. Section 5.2 of the framework's facts has them as a table."""

PROMISED = ("availability", "recovery")
"""The checks that say whether the promise itself is kept. The others say whether what carries it was agreed upon."""


class Outcome(Enum):
    """What a check came to."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"  # something is not stated that would decide it
    NOT_APPLICABLE = "not applicable"  # nothing is promised that it could look at


class Point(NamedTuple):
    """One thing that a check looked at, and what it says.

    ``subject`` is what it is about beside the SLA: a team, an agreement, a priority. ``address`` and ``path`` are the
    field to look at, ``way`` leads there from the promised service. ``numbers`` are in minutes, or shares of one.
    """

    outcome: Outcome
    reason: str
    subject: str
    address: str
    path: tuple[str | int, ...] = ()
    way: tuple[Step, ...] = ()
    numbers: Mapping[str, float] = MappingProxyType({})


class Input(NamedTuple):
    """Something that is not known exactly, and how much of an undecided figure hangs on it.

    ``what`` is ``availability``, ``mttr`` or ``failover``. ``swing`` is how much of the distance between the bounds
    of the figure goes when this is known, at the most. ``holds_from``: known to be at least this, it alone proves that
    the target is met; ``broken_below``: known to be less than this, it alone proves that it is not. ``None``: it
    cannot do that alone.
    """

    address: str
    what: str
    low: float
    high: float
    swing: float
    holds_from: float | None = None
    broken_below: float | None = None


class Check(NamedTuple):
    """The result of one check. ``reason`` is a sentence, ``points`` are what it rests on, the worst first."""

    name: str
    outcome: Outcome
    reason: str
    points: tuple[Point, ...] = ()
    inputs: tuple[Input, ...] = ()


class Figure(NamedTuple):
    """What was computed of the availability of a promised service, beside what was promised.

    ``agreed`` is the agreed service time of one ``period`` in minutes, ``allowed`` the downtime in it that the target
    leaves; both ``None`` where the hours are not known.
    """

    target: float
    reached: Chance
    period: str
    agreed: float | None
    allowed: float | None

    def downtime(self) -> tuple[float, float] | None:
        """The least and the most downtime to expect in a period, in minutes."""
        if self.agreed is None:
            return None
        return (1 - self.reached.high) * self.agreed, (1 - self.reached.low) * self.agreed


class Promise(NamedTuple):
    """One SLA: the service that it promises (empty where it cannot be told), its figure, and its checks by name."""

    sla: str
    service: str
    figure: Figure | None
    checks: Mapping[str, Check]

    @property
    def verdict(self) -> str:
        """``broken``, ``undecided``, ``gaps`` (it is kept, but not all that carries it fits) or ``holds``."""
        promised = {self.checks[name].outcome for name in PROMISED}
        carried = {check.outcome for check in self.checks.values()}
        if Outcome.BROKEN in promised:
            return "broken"
        if Outcome.UNDECIDED in promised:
            return "undecided"
        return "gaps" if carried & {Outcome.BROKEN, Outcome.UNDECIDED} else "holds"


def settled(name: str, points: Iterable[Point], nothing: str, fine: str = "") -> Check:
    """The check that some points amount to: as bad as the worst of them. ``nothing`` is said where there are none.

    ``fine`` is said where all of them hold; left empty, what they say themselves.
    """
    found = sorted(points, key=lambda one: _BADNESS.index(one.outcome))
    if not found:
        return Check(name, Outcome.NOT_APPLICABLE, nothing)
    worst = found[0].outcome
    same = sum(one.outcome is worst for one in found)
    if worst is Outcome.HOLDS:
        return Check(name, worst, fine or "; ".join(one.reason for one in found), tuple(found))
    more = f" (and {same - 1} more)" if same > 1 else ""
    return Check(name, worst, found[0].reason + more, tuple(found))


_BADNESS = (Outcome.BROKEN, Outcome.UNDECIDED, Outcome.HOLDS, Outcome.NOT_APPLICABLE)
