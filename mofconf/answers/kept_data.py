"""What a plan says of promises, for programs: shares of one, never rounded."""

from __future__ import annotations

from collections.abc import Sequence

from mofconf.analyses.promises.results import Figure
from mofconf.answers.kept import edits, named
from mofconf.answers.words import place_data
from mofconf.diagnostic import field_path
from mofconf.plan import Plan
from mofconf.report import Json


def kept_data(plan: Plan) -> dict[str, Json]:
    """The promises that differ, and the services without one that change much."""
    return {
        "promises": [
            {
                "address": one.address,
                "service": one.service,
                "before": _figure_data(one.before),
                "after": _figure_data(one.after),
                "delta": None if one.delta is None else list(one.delta),
                "was": None if one.was is None else one.was.value,
                "now": None if one.now is None else one.now.value,
                "culprits": list(one.culprits),
                "enough": one.enough,
                "edits": [
                    {"address": culprit, "field": field, **place_data(place)}
                    for culprit, (field, place) in zip(one.culprits, edits(plan, one), strict=True)
                ],
                "way": [named(plan, step) for step in one.way],
                "hangs_on": named(plan, one.hangs_on) if one.hangs_on else None,
                "repair": None
                if one.repair is None
                else {
                    "address": one.repair.address,
                    "field": field_path(one.repair.field),
                    "stated": one.repair.stated,
                    "needed": one.repair.needed,
                },
                "redundancy": None
                if one.redundancy is None
                else {
                    "address": one.redundancy.address,
                    "reached": one.redundancy.reached,
                    "failover": one.redundancy.failover,
                },
                "proven": one.proven,
                "bounded": one.bounded[1],
                "bounded_before": one.bounded[0],
            }
            for one in plan.kept.promises
        ],
        "services": [
            {
                "address": one.address,
                "before": list(one.before),
                "after": list(one.after),
                "delta": list(one.delta),
            }
            for one in plan.kept.services
        ],
        "recoveries": [
            {
                "address": one.address,
                "was": one.before.outcome.value,
                "now": one.after.outcome.value,
                "before": one.before.reason,
                "after": one.after.reason,
            }
            for one in plan.kept.recoveries
        ],
        "services_left_out": plan.kept.left,
        "promises_bounded": list(plan.kept.bounded),
    }


def _figure_data(known: Figure | None) -> Json:
    if known is None:
        return None
    downtime: Sequence[float] | None = known.downtime()
    return {
        "target": known.target,
        "low": known.reached.low,
        "high": known.reached.high,
        "period": known.period,
        "allowed": known.allowed,
        "downtime": None if downtime is None else list(downtime),
    }
