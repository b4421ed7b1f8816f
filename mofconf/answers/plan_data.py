"""A plan as data for programs: everything that the sections say, unrounded and in full."""

from __future__ import annotations

from collections.abc import Sequence

from mofconf.analyses.impact import OUTCOMES
from mofconf.answers.kept_data import kept_data
from mofconf.answers.places import place_in
from mofconf.answers.words import counts, place_data, step_data
from mofconf.diagnostic import Place
from mofconf.plan import Plan
from mofconf.plan.differences import Change
from mofconf.plan.facts import Leaf
from mofconf.report import Json
from mofconf.workspace import Workspace

ACTIONS = ("add", "remove", "change", "rename", "unknown")
"""What a change may do to a resource."""

CONSEQUENCES = (*OUTCOMES, "single point", "restored")
"""What a change may bring about: every outcome of an impact, and what only a comparison can tell."""


def plan_data(plan: Plan, files: int, notes: Sequence[str], ends: tuple[str, str]) -> dict[str, Json]:
    """All that a plan knows. ``docs/reference/output.md`` says what each key means."""

    def place_of(address: str, path: tuple[str | int, ...]) -> Place | None:
        return place_in(plan, address, path)

    return {
        "base": ends[0],
        "head": ends[1],
        "files": files,
        "moved": plan.differences.moved,
        "changes": [_change_data(change) for change in plan.differences.changes],
        "renames_offered": [
            {"removed": offer.removed, "added": offer.added, **place_data(offer.place)}
            for offer in plan.differences.offers
        ],
        "actions": counts(ACTIONS, ((change.action, change.address) for change in plan.differences.changes)),
        "consequences": [
            {
                "address": hit.address,
                "outcome": hit.outcome,
                "why": step_data(hit.why, place_of),
                "risks": list(hit.risks),
                "culprits": list(hit.culprits),
                "instead": list(hit.instead),
            }
            for hit in plan.consequences
        ],
        "outcomes": counts(CONSEQUENCES, ((hit.outcome, hit.address) for hit in plan.consequences)),
        **kept_data(plan),
        "promises_at_stake": list(promises_at_stake(plan)),
        "resources": {"base": _count(plan.base), "head": _count(plan.head)},
        "notes": list(notes),
    }


def _count(workspace: Workspace) -> int:
    return len(workspace.catalog.entries)


def _change_data(change: Change) -> dict[str, Json]:
    return {
        "address": change.address,
        "action": change.action,
        "former": change.former,
        "reason": change.reason,
        **place_data(change.place),
        "fields": [
            {
                "path": field.path,
                "class": field.change_class.value,
                "before": _value(field.before),
                "after": _value(field.after),
                "cause": field.cause,
                **place_data(field.place),
            }
            for field in change.fields
        ],
    }


def _value(leaf: Leaf) -> Json:
    return list(leaf) if isinstance(leaf, tuple) else leaf


def promises_at_stake(plan: Plan) -> list[str]:
    """The agreements about what is down, degraded or at risk."""
    hit = {one.address for one in plan.of("down", "degraded", "at risk", "single point")}
    into = plan.head.graph.into
    found = {edge.source for address in hit for edge in into.get(address, ()) if edge.relation.name == "promises"}
    return sorted(found, key=lambda address: (not address.startswith("SLA/"), address))
