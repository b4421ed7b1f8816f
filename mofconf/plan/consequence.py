"""What happens to one resource because of a change."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.analyses.impact import Step


class Consequence(NamedTuple):
    """What happens to one resource because of the change. ``culprits`` are the changed resources that bring it about.

    ``outcome`` is one of ``down``, ``degraded``, ``at risk`` (redundancy lost), ``single point`` (a new need that
    nothing stands in for), ``broken``, ``vacant``, ``orphaned``, ``exposed``, ``recomputed``, ``rescheduled``,
    ``notified``, ``restored``. ``risks`` are the single failures that now take it down and did not before, ``instead``
    those that did and do not any more: where there are as many, one was only put in the place of another.
    """

    address: str
    outcome: str
    why: tuple[Step, ...] = ()
    risks: tuple[str, ...] = ()
    culprits: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
