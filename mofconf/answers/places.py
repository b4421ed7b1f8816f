"""Where in the files of a plan something stands."""

from __future__ import annotations

from mofconf.diagnostic import Place
from mofconf.plan import Plan


def place_in(plan: Plan, address: str, path: tuple[str | int, ...]) -> Place | None:
    """Where a field of a resource stands, in the head if it is still there."""
    for workspace in (plan.head, plan.base):
        entry = workspace.catalog.entries.get(address)
        if entry is not None:
            return entry.draft.place(*(path or ("name",)))
    return None
