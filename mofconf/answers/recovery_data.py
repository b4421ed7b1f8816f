"""What ``recovery`` tells programs: times in seconds, null where there is no end to them."""

from __future__ import annotations

from math import inf

from mofconf.analyses.recovery.loss import Backup
from mofconf.analyses.recovery.recovering import Recovery, Step
from mofconf.answers.words import place_data
from mofconf.diagnostic import Place
from mofconf.report import Json
from mofconf.workspace import Workspace


def recovery_data(workspace: Workspace, one: Recovery) -> dict[str, Json]:
    """One recovery."""
    return {
        "address": one.address,
        "low": _finite(one.low),
        "high": _finite(one.high),
        "obstacles": [list(knot) for knot in one.obstacles],
        "unknown": list(one.unknown),
        "unstated": list(one.unstated),
        "steps": [_step_data(workspace, step) for step in one.steps],
        "spare": list(one.spare),
        "lost": None if one.lost_low is None else {"low": _finite(one.lost_low), "high": _finite(one.lost_high)},
        "data": [
            {
                "address": data.address,
                "holders": list(data.holders),
                "left": list(data.left),
                "low": _finite(data.low),
                "high": _finite(data.high),
                "backups": [_backup_data(backup) for backup in data.backups],
            }
            for data in one.data
        ],
        "objectives": [
            {
                "kind": objective.kind,
                "by": objective.by,
                "limit": objective.limit,
                "verdict": objective.verdict,
                **place_data(place_of(workspace, objective.by, *objective.field)),
            }
            for objective in one.objectives
        ],
    }


def _step_data(workspace: Workspace, step: Step) -> Json:
    return {
        "address": step.address,
        "wave": step.wave,
        "start": step.start,
        "end": step.end,
        "takes": None if step.own.time is None else step.own.time.total_seconds(),
        "source": step.own.source,
        "by": step.own.by,
        "assumed": step.own.assumed,
        "after": list(step.after),
        "critical": step.critical,
        "within": step.within,
        **place_data(place_of(workspace, step.address, "name")),
    }


def _backup_data(backup: Backup) -> Json:
    return {
        "job": backup.job,
        "low": _finite(backup.low),
        "high": _finite(backup.high),
        "lacks": list(backup.lacks),
        "unfit": backup.unfit,
    }


def _finite(seconds: float | None) -> float | None:
    return None if seconds == inf else seconds


def place_of(workspace: Workspace, address: str, *path: str) -> Place | None:
    """Where a field of a resource stands."""
    entry = workspace.catalog.entries.get(address)
    return entry.draft.place(*path) if entry is not None else None
