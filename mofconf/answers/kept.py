"""The section of a plan that says which promises it keeps, breaks or leaves open, and what would bring them back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.promises.results import Figure, Outcome
from mofconf.analyses.promises.wording import figure, minutes, percent
from mofconf.answers.words import some
from mofconf.plan import Plan
from mofconf.plan.promises import PromiseChange
from mofconf.report import Cell, Json, Row, Section, Tone

_MOST = 12


def kept(plan: Plan) -> Section:
    """The promises that differ, the broken ones first, then services without a promise that change much."""
    changes = sorted(plan.kept.promises, key=lambda one: (not one.breaks, not one.opens, one.address))
    rows = [_row(one) for one in changes]
    services = sorted(plan.kept.services, key=lambda one: (one.after.low - one.before.low, one.address))
    rows += [
        Row(
            (
                Cell("unpromised", Tone.MUTED),
                Cell(one.address, Tone.STRONG),
                Cell(f"{_between(one.before, one.after)}, {_monthly(one.before, one.after)}"),
            )
        )
        for one in services[:_MOST]
    ]
    if len(services) > _MOST:
        left = f"{len(services) - _MOST} more services without a promise, all in the JSON output"
        rows.append(Row((Cell("unpromised", Tone.MUTED), Cell(left, Tone.MUTED))))
    return Section("Promises", tuple(rows))


def _row(change: PromiseChange) -> Row:
    word, tone = _word(change)
    cells = (Cell(word, tone), Cell(change.address, Tone.STRONG), Cell(_said(change)))
    return Row(cells, because=tuple(_because(change)))


def _word(change: PromiseChange) -> tuple[str, Tone]:
    if change.breaks:
        return "breaks", Tone.BAD
    if change.opens:
        return "undecided", Tone.WARN
    if change.after is None:
        return "gone", Tone.MUTED
    if change.now is Outcome.BROKEN:
        return "still broken", Tone.WARN
    if change.now is Outcome.UNDECIDED:
        return "undecided", Tone.MUTED
    return ("kept again", Tone.GOOD) if change.was is Outcome.BROKEN else ("kept", Tone.MUTED)


def _said(change: PromiseChange) -> str:
    before, after = change.before, change.after
    if after is None:
        return "is promised no more"
    target, reached = percent(after.target), figure(after.reached, after.target)
    if before is None:
        return f"promises {target} of {change.service}, which reaches {reached}"
    if before.target != after.target:
        target = f"{percent(before.target)} -> {target}"
    said = f"{change.service} {_between(before.reached, after.reached, after.target)}, {target} promised"
    spent = minutes(after)
    was = minutes(before).partition(" minutes")[0]
    return f"{said}: {was} -> {spent}" if spent and was else said


def _because(change: PromiseChange) -> Iterator[str]:
    if change.culprits:
        way = f": {', which needs '.join(change.way)}".replace(", which needs", " needs", 1) if change.way[1:] else ""
        yield f"{some(change.culprits)} changed{way}"
    if change.repair is not None:
        one = change.repair
        yield (
            f"brought back by {one.address} alone at {percent(one.needed, one.stated)} or more, "
            f"where {percent(one.stated)} is stated"
        )


def _between(before: Chance, after: Chance, target: float | None = None) -> str:
    return f"{figure(before, target)} -> {figure(after, target)}"


def _monthly(before: Chance, after: Chance) -> str:
    minutes_a_month = (before.high - after.high) * 30 * 24 * 60
    return f"{abs(minutes_a_month):.3g} minutes a month {'more' if minutes_a_month > 0 else 'less'} downtime"


def kept_data(plan: Plan) -> dict[str, Json]:
    """The same for programs: shares of one, never rounded."""
    return {
        "promises": [
            {
                "address": one.address,
                "service": one.service,
                "before": _figure_data(one.before),
                "after": _figure_data(one.after),
                "was": None if one.was is None else one.was.value,
                "now": None if one.now is None else one.now.value,
                "culprits": list(one.culprits),
                "way": list(one.way),
                "repair": None
                if one.repair is None
                else {"address": one.repair.address, "stated": one.repair.stated, "needed": one.repair.needed},
            }
            for one in plan.kept.promises
        ],
        "services": [
            {"address": one.address, "before": list(one.before), "after": list(one.after)} for one in plan.kept.services
        ],
        "services_left_out": plan.kept.left,
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
