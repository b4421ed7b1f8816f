"""What ``importance`` says: how much each failure matters to one resource, by the measures of the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf

from mofconf.analyses.dependability.anatomy import Anatomy, Weight
from mofconf.analyses.dependability.wording import percent, works
from mofconf.answers.cuts import place_of
from mofconf.answers.figures import spoken
from mofconf.answers.words import counted, place_data, some
from mofconf.diagnostic import field_path
from mofconf.kinds.values import show_duration
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.workspace import Workspace

SHOWN = 25
"""How many failures people are shown."""

ENDS: Mapping[str, str] = {
    "exact": "Importance",
    "best": "Where all that is not known exactly is at its best",
    "worst": "Where all that is not known exactly is at its worst",
}
"""At which end of the inputs the measures are taken, and what people read of it."""


def weights_of(anatomy: Anatomy) -> dict[str, tuple[Weight, ...]]:
    """The importances: one table where all is known, one for each end otherwise. Raises `BudgetError`."""
    if anatomy.lost:
        return {}
    if not anatomy.unknown:
        return {"exact": anatomy.weights(best=True)}
    ends = {"best": anatomy.weights(best=True)}
    # Where it never works, nothing matters more than anything else.
    return ends | ({"worst": anatomy.weights(best=False)} if anatomy.availability.low > 0 else {})


def report(workspace: Workspace, anatomy: Anatomy, found: Mapping[str, Sequence[Weight]], conditions: str) -> Report:
    """Importances as a report."""
    sections = [_section(workspace, end, weights) for end, weights in found.items()]
    unknown = anatomy.unknown
    if unknown and not anatomy.lost:
        sections.append(_unknown(unknown, both="worst" in found))
    return Report(
        "importance",
        f"{anatomy.address}{conditions}",
        _verdict(anatomy, found),
        tuple(sections),
        data={
            "address": anatomy.address,
            "available": {"low": anatomy.availability.low, "high": anatomy.availability.high},
            "ends": [
                {"end": end, "importances": [_data(workspace, one) for one in weights]}
                for end, weights in found.items()
            ],
            "unknown": list(unknown),
        },
        note=works(anatomy.availability),
    )


def _verdict(anatomy: Anatomy, found: Mapping[str, Sequence[Weight]]) -> Verdict:
    if anatomy.lost:
        return Verdict("down", f"{anatomy.address} is down for good, whatever else fails", Tone.BAD)
    weights = next(iter(found.values()))
    if not weights or not weights[0].importance.criticality:
        return Verdict("none", f"nothing that is known to fail matters to {anatomy.address}", Tone.PLAIN)
    name = spoken([weights[0].event])[0]
    share = weights[0].importance.criticality
    state = "exact" if "exact" in found else "ends"
    words = f"{'an' if name.startswith('o') else 'a'} {name} is decisive in {percent(share)} of the downtime"
    if state == "ends":
        count = len(anatomy.unknown)
        words += f", with {counted(count, 'unknown')} at {'its' if count == 1 else 'their'} best"
    return Verdict(state, words, Tone.PLAIN if state == "exact" else Tone.WARN)


def _unknown(unknown: Sequence[str], *, both: bool) -> Section:
    said = "an importance between the two ends may be more or less than at both: these are no bounds"
    if not both:
        said = "at their worst it never works, so nothing would matter more than anything else"
    return Section("Not known exactly", (Row((Cell(some(unknown, 10)),)),), note=said)


_COLUMNS = ("failure", "criticality", "Birnbaum", "FV", "RAW", "RRW")


def _section(workspace: Workspace, end: str, weights: Sequence[Weight]) -> Section:
    rows = tuple(_row(workspace, one) for one in weights[:SHOWN])
    note = "" if len(weights) <= SHOWN else f"the first {SHOWN} of {len(weights)}"
    return Section(ENDS[end], rows, _COLUMNS, note)


def _row(workspace: Workspace, one: Weight) -> Row:
    found = one.importance
    numbers = (found.criticality, found.birnbaum, found.fussell_vesely, found.risk_achievement, found.risk_reduction)
    cells = (Cell(event_words(one), Tone.STRONG), *(Cell(_number(number)) for number in numbers))
    return Row(cells, "", place_of(workspace, one.event))


def event_words(one: Weight) -> str:
    """What fails, also where that is only that an outage lasts too long."""
    event = one.event
    if event.kind == "switch":
        return f"failover of {event.address} ({field_path(event.path)})"
    return event.address if event.kind == "own" else f"{event.address} longer than {show_duration(event.until)}"


def _number(value: float) -> str:
    return "endless" if isinf(value) else f"{value:.4g}"


def _data(workspace: Workspace, one: Weight) -> dict[str, Json]:
    event, found = one.event, one.importance
    return {
        "address": event.address,
        "failure": {"own": "outage", "switch": "failover", "short": "length"}[event.kind],
        "longer_than": event.until.total_seconds() if event.kind == "short" else None,
        "field": field_path(event.path),
        "birnbaum": found.birnbaum,
        "criticality": found.criticality,
        "fussell_vesely": found.fussell_vesely,
        "risk_achievement_worth": _finite(found.risk_achievement),
        "risk_reduction_worth": _finite(found.risk_reduction),
        **place_data(place_of(workspace, event)),
    }


def _finite(value: float) -> float | None:
    return None if isinf(value) else value
