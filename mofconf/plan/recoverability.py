"""Which promises of recovery a change keeps, misses or leaves open: how soon something is back, and with which data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.results import Check, Outcome
from mofconf.plan.differences import Differences
from mofconf.workspace import Workspace


class RecoveryChange(NamedTuple):
    """A promise of recovery of which the verdict differs, with what was and is to be said of it."""

    address: str
    before: Check
    after: Check

    @property
    def is_missed(self) -> bool:
        """Whether the change makes something take too long, or lose too much."""
        return self.after.outcome is Outcome.BROKEN


def recoverability(
    base: Workspace, head: Workspace, found: Differences, today: date, few: int
) -> Iterator[RecoveryChange]:
    """The promises of both sides whose verdict differs, by address; among more than ``few`` resources nobody looks."""
    if not found.changes or max(len(side.catalog.entries) for side in (base, head)) > few:
        return
    former = {now: was for was, now in found.renamed.items()}
    before, after = (Promises(side.catalog, side.graph, today, exactly=False) for side in (base, head))
    for sla, promise in sorted(after.slas.items()):
        was = former.get(sla, sla)
        if was in before.slas and (promise.recovery is not None or before.slas[was].recovery is not None):
            old, new = before.check(was, "recovery"), after.check(sla, "recovery")
            if old.outcome is not new.outcome:
                yield RecoveryChange(sla, old, new)
