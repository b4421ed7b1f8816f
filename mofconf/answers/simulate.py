"""What ``simulate`` says: how downtime spreads over the months, and how often it is more than an agreement allows."""

from __future__ import annotations

from datetime import timedelta

from mofconf.analyses.dependability.simulation import SECONDS, Breach, Simulation
from mofconf.analyses.dependability.wording import percent
from mofconf.answers.words import counted, place_data, some
from mofconf.diagnostic import Place
from mofconf.kinds.values import show_duration
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.workspace import Workspace


def report(workspace: Workspace, found: Simulation, repair: timedelta | None, conditions: str) -> Report:
    """A simulation as a report. ``repair`` was assumed where no repair time is stated."""
    notes = []
    if found.assumed and repair is not None:
        notes.append(f"a repair of {show_duration(repair)} is assumed for {some(found.assumed)}")
    return Report(
        "simulate",
        f"{found.address}, {counted(found.months, 'month')}, seed {found.seed}{conditions}",
        _verdict(found),
        (
            _availability(found),
            _downtime(found),
            Section(
                "Promises",
                tuple(_breach(workspace, one) for one in found.breaches),
                ("agreement", "target", "allowance", "missed in", ""),
            ),
        ),
        data=_data(workspace, found, repair),
        note="; ".join(notes),
    )


def _verdict(found: Simulation) -> Verdict:
    worst = max(found.breaches, key=lambda one: one.chance, default=None)
    if worst is None:
        return Verdict("unpromised", f"{found.address} works {percent(found.up)} of the time", Tone.PLAIN)
    if not worst.chance:
        return Verdict("kept", "no target is missed in any period", Tone.GOOD)
    share = f"{worst.target.by} is missed in {percent(worst.chance)} of the {worst.target.period}s"
    return Verdict("missed", share, Tone.BAD if worst.chance > _OFTEN else Tone.WARN)


_OFTEN = 0.5


def _availability(found: Simulation) -> Section:
    sure = f"{found.confidence:.0%}"
    rows = [
        Row(
            (
                Cell("simulated"),
                Cell(percent(found.up), Tone.STRONG),
                Cell(_range(found.low, found.high, sure), Tone.MUTED),
            )
        )
    ]
    exact = found.exact
    if exact.exact:
        tone = Tone.MUTED if found.agrees else Tone.WARN
        rows.append(Row((Cell("exact"), Cell(percent(exact.low)), Cell(_agreement(found), tone))))
    else:
        rows.append(
            Row((Cell("exact"), Cell("not known here", Tone.MUTED), Cell("its function is too large", Tone.MUTED)))
        )
    return Section("Availability", tuple(rows))


_FEW = 12  # of so few outages nobody can tell how far their mean may be off


def _agreement(found: Simulation) -> str:
    if found.agrees:
        return "within that interval"
    if found.sharper:
        return "outside that interval, by another convention of what is tolerated"
    if found.outages < _FEW:
        return "outside that interval, as there were so few outages: ask for more months"
    return "outside that interval: try another seed, or more months"


def _downtime(found: Simulation) -> Section:
    spread = found.distribution
    length = _length
    rows = [
        Row(
            (
                Cell("mean"),
                Cell(length(spread.mean), Tone.STRONG),
                Cell(f"{length(spread.low)} to {length(spread.high)}", Tone.MUTED),
            )
        ),
        Row((Cell("have none"), Cell(percent(spread.untouched)), Cell(""))),
        *(Row((Cell(_ORDINALS[one]), Cell(length(value)), Cell(""))) for one, value in spread.percentiles.items()),
        Row((Cell("worst"), Cell(length(spread.most)), Cell(""))),
        Row(
            (
                Cell("longest outage"),
                Cell(length(found.longest)),
                Cell(f"of {counted(found.outages, 'outage')}", Tone.MUTED),
            )
        ),
    ]
    return Section(f"Downtime in a {spread.period}", tuple(rows))


_ORDINALS = {50: "half have at most", 90: "90% at most", 95: "95% at most", 99: "99% at most"}


def _breach(workspace: Workspace, one: Breach) -> Row:
    tone = Tone.GOOD if not one.chance else Tone.BAD if one.chance > _OFTEN else Tone.WARN
    cells = (
        Cell(one.target.by, Tone.STRONG),
        Cell(f"{percent(one.target.share)} a {one.target.period}"),
        Cell(_length(one.allowance)),
        Cell(f"{percent(one.chance)} of {counted(one.periods, one.target.period)}", tone),
        Cell(f"{percent(one.low)} to {percent(one.high)}", Tone.MUTED),
    )
    return Row(cells, "", _place(workspace, one.target.by))


def _place(workspace: Workspace, address: str) -> Place | None:
    entry = workspace.catalog.entries.get(address)
    return entry.draft.place("targets", "availability") if entry is not None else None


def _range(low: float, high: float, sure: str) -> str:
    return f"{percent(low)} to {percent(high)}, {sure} sure"


def _length(seconds: float) -> str:
    return show_duration(timedelta(seconds=round(seconds)))


def _data(workspace: Workspace, found: Simulation, repair: timedelta | None) -> dict[str, Json]:
    spread = found.distribution
    return {
        "address": found.address,
        "months": found.months,
        "seed": found.seed,
        "confidence": found.confidence,
        "availability": {"mean": found.up, "low": found.low, "high": found.high},
        "exact": {"low": found.exact.low, "high": found.exact.high},
        "agrees": found.agrees,
        "sharper": found.sharper,
        "outages": found.outages,
        "longest": found.longest,
        "downtime": {
            "period": spread.period,
            "length": SECONDS[spread.period],
            "periods": spread.periods,
            "mean": spread.mean,
            "low": spread.low,
            "high": spread.high,
            "percentiles": {str(one): value for one, value in spread.percentiles.items()},
            "most": spread.most,
            "untouched": spread.untouched,
        },
        "promises": [
            {
                "by": one.target.by,
                "target": one.target.share,
                "period": one.target.period,
                "allowance": one.allowance,
                "periods": one.periods,
                "chance": one.chance,
                "low": one.low,
                "high": one.high,
                **place_data(_place(workspace, one.target.by)),
            }
            for one in found.breaches
        ],
        "assumed": {"mttr": repair.total_seconds() if repair is not None else None, "addresses": list(found.assumed)},
    }
