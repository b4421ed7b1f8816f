"""What ``recovery`` says: how long until something is back, in which order, and how much data is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from math import inf

from mofconf.analyses.recovery.loss import Backup, Data
from mofconf.analyses.recovery.recovering import Objective, Recovery, Step
from mofconf.answers.words import counted, place_data, some
from mofconf.diagnostic import Place
from mofconf.kinds.values import show_duration
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.spelling import listed
from mofconf.workspace import Workspace


def report(workspace: Workspace, found: Sequence[Recovery], down: Sequence[str], label: str) -> Report:
    """Recoveries as a report: of one resource in full, of several the times. ``down`` is what has failed."""
    what = f"with {' and '.join(down)} down" if down else "with all that is needed to be restored"
    sections = _in_full(workspace, found[0]) if len(found) == 1 else [_overview(workspace, found)]
    return Report(
        "recovery",
        f"{some([one.address for one in found], 4)}, {what}   in {label}",
        _verdict(found),
        tuple(section for section in sections if section.rows),
        data={"down": list(down), "recoveries": [_data(workspace, one) for one in found]},
    )


VERDICTS: Mapping[str, Tone] = {"holds": Tone.GOOD, "broken": Tone.BAD, "undecided": Tone.WARN}


def _verdict(found: Sequence[Recovery]) -> Verdict:
    objectives = [objective for one in found for objective in one.objectives]
    worst = next(
        (state for state in ("broken", "undecided", "holds") if any(o.verdict == state for o in objectives)), ""
    )
    if any(one.obstacles for one in found):
        stuck = [one.address for one in found if one.obstacles]
        return Verdict("stuck", f"{some(stuck)} cannot come back", Tone.BAD)
    if len(found) == 1:
        one = found[0]
        state = worst or ("unpromised" if one.steps else "untouched")
        back = f"{one.address} is back after {_between(one.low, one.high)}" if one.steps else f"{one.address} stays up"
        kept = [f"{o.kind.upper()} {_length(o.limit)} {_KEPT[o.verdict]}" for o in _worst_of_each(objectives)]
        return Verdict(state, ", ".join([back, *kept]), VERDICTS.get(worst, Tone.PLAIN))
    counts = [f"{sum(o.verdict == state for o in objectives)} {word}" for state, word in _COUNTED]
    sentence = f"{counted(len(objectives), 'objective')}: {', '.join(counts)}" if objectives else "nothing is promised"
    return Verdict(worst or "unpromised", sentence, VERDICTS.get(worst, Tone.PLAIN))


_KEPT = {"holds": "holds", "broken": "is broken", "undecided": "is undecided"}
_COUNTED = (("broken", "broken"), ("undecided", "undecided"), ("holds", "kept"))


def _worst_of_each(objectives: Iterable[Objective]) -> list[Objective]:
    """Of each kind the one that fares worst; of those the tightest."""
    rank = {"broken": 0, "undecided": 1, "holds": 2}
    found: dict[str, Objective] = {}
    for one in sorted(objectives, key=lambda one: (rank[one.verdict], one.limit, one.by)):
        found.setdefault(one.kind, one)
    return [found[kind] for kind in ("rto", "rpo") if kind in found]


def _overview(workspace: Workspace, found: Sequence[Recovery]) -> Section:
    rows = []
    for one in found:
        objectives = _worst_of_each(one.objectives)
        worst = min((list(VERDICTS).index(o.verdict) for o in objectives if o.verdict != "holds"), default=0)
        tone = list(VERDICTS.values())[worst] if objectives else Tone.PLAIN
        kept = [f"{o.kind.upper()} {_length(o.limit)} {_KEPT[o.verdict]}" for o in objectives]
        cells = (
            Cell(one.address, Tone.STRONG),
            Cell("cannot come back" if one.obstacles else _between(one.low, one.high) if one.steps else "stays up"),
            Cell(
                ""
                if one.lost_low is None
                else "all"
                if one.lost_low == inf
                else _between(one.lost_low, one.lost_high or 0.0)
            ),
            Cell(", ".join(kept), tone),
        )
        rows.append(Row(cells, "", _place(workspace, one.address, "name")))
    return Section("Recovery", tuple(rows), ("resource", "is back after", "data lost", "objectives"))


def _in_full(workspace: Workspace, one: Recovery) -> list[Section]:
    critical = [step for step in one.steps if step.critical]
    return [
        Section("Objectives", tuple(_objective(workspace, one, objective) for objective in one.objectives)),
        Section(
            "Cannot come back",
            tuple(_obstacle(workspace, knot) for knot in one.obstacles),
        ),
        Section(
            "Critical path",
            tuple(_step(workspace, step) for step in critical),
            ("back after", "resource", "takes", ""),
            "were one of these faster, it would be back sooner",
        ),
        Section(
            "Order",
            tuple(_waves(one.steps)),
            ("wave", "done after", "restore"),
            f"{counted(len(one.steps), 'thing')} to restore; {len(one.spare)} more can wait",
        ),
        Section(
            "Data",
            tuple(_lost(workspace, data) for data in one.data),
            note="how much of the latest of it is lost: the longest pause between two backups, and a run",
        ),
        Section(
            "Not stated",
            tuple(Row((Cell(address, Tone.WARN), Cell("has no recovery time, no MTTR"))) for address in one.unknown)
            + tuple(Row((Cell(lack, Tone.WARN), Cell("is not stated"))) for lack in one.unstated),
            note="it would decide",
        ),
    ]


def _objective(workspace: Workspace, one: Recovery, objective: Objective) -> Row:
    low, high = (one.low, one.high) if objective.kind == "rto" else (one.lost_low or 0.0, _or_endless(one.lost_high))
    spare = objective.limit - high if objective.verdict == "holds" else low - objective.limit
    said = {
        "holds": f"holds, with {_length(spare)} to spare",
        "broken": f"is broken by {_length(spare)}" if spare < inf else "is broken: there is no end to it",
        "undecided": f"is undecided: it takes {_between(low, high)}",
    }[objective.verdict]
    if objective.kind == "rpo" and objective.verdict == "undecided" and not one.data:
        said = "is undecided: nothing says what data lies where (holds)"
    if objective.kind == "rpo" and objective.verdict == "broken" and low == inf:
        bare = [data.address for data in one.data if data.low == inf]
        said = f"is broken: no backup brings back {listed(bare)}"
    cells = (
        Cell(f"{objective.kind.upper()} {_length(objective.limit)}", Tone.STRONG),
        Cell(said, VERDICTS[objective.verdict]),
        Cell(objective.by, Tone.MUTED),
    )
    return Row(cells, "", _place(workspace, objective.by, *objective.field))


def _obstacle(workspace: Workspace, knot: Sequence[str]) -> Row:
    if len(knot) == 1:
        return Row(
            (
                Cell(knot[0], Tone.BAD),
                Cell("is gone for good, waits for itself, or for something that nobody declares"),
            ),
            "",
            _place(workspace, knot[0], "name"),
        )
    because = (f"each of them waits for the others: let one start without {listed(knot[1:])}",)
    return Row(
        (Cell(listed(knot), Tone.BAD), Cell("cannot start cold")), "", _place(workspace, knot[0], "name"), because
    )


def _step(workspace: Workspace, step: Step) -> Row:
    source = step.own.source + (", assumed" if step.own.assumed else "")
    source += f" of {step.own.by}" if step.own.by not in ("", step.address) else ""
    takes = "unknown" if step.own.time is None else show_duration(step.own.time)
    cells = (
        Cell(_length(step.end) if step.own.time is not None else f"{_length(step.end)} or more"),
        Cell(step.address, Tone.STRONG),
        Cell(takes, Tone.WARN if step.own.time is None else Tone.PLAIN),
        Cell(source if step.own.time is not None else "", Tone.MUTED),
    )
    return Row(cells, "", _place(workspace, step.address, "name"))


def _waves(steps: Iterable[Step]) -> Iterable[Row]:
    waves: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        waves[step.wave].append(step)
    for number, members in waves.items():
        last = max((step.end for step in members if step.within is None), default=0.0)
        yield Row((Cell(str(number)), Cell(_length(last)), Cell(some([_restored(step) for step in members], 6))))


def _restored(step: Step) -> str:
    return step.address if step.within is None else f"{step.address} (within {_length(step.within)})"


def _lost(workspace: Workspace, data: Data) -> Row:
    if data.left:
        said, tone = f"nothing: {listed(data.left)} still stands", Tone.GOOD
    elif data.low == inf:
        said, tone = ("all of it: no backup protects it" if not data.backups else "all of it"), Tone.BAD
    else:
        said = _between(data.low, data.high)
        tone = Tone.PLAIN if data.low == data.high else Tone.WARN
    best = "" if data.left else ", ".join(backup.job for backup in data.backups[:1] if not backup.unfit)
    unfit = tuple(
        f"{backup.job} does not help: {backup.unfit}" for backup in data.backups if backup.unfit and not data.left
    )
    cells = (Cell(data.address, Tone.STRONG), Cell(said, tone), Cell(best, Tone.MUTED))
    return Row(cells, "", _place(workspace, data.address, "name"), unfit)


def _place(workspace: Workspace, address: str, *path: str) -> Place | None:
    entry = workspace.catalog.entries.get(address)
    return entry.draft.place(*path) if entry is not None else None


def _length(seconds: float) -> str:
    return "for ever" if seconds == inf else show_duration(timedelta(seconds=seconds))


def _between(low: float, high: float) -> str:
    if low == high:
        return _length(low)
    return f"{_length(low)} or more" if high == inf else f"{_length(low)} to {_length(high)}"


def _or_endless(seconds: float | None) -> float:
    return inf if seconds is None else seconds


def _finite(seconds: float | None) -> float | None:
    return None if seconds == inf else seconds


def _data(workspace: Workspace, one: Recovery) -> dict[str, Json]:
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
                **place_data(_place(workspace, objective.by, *objective.field)),
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
        **place_data(_place(workspace, step.address, "name")),
    }


def _backup_data(backup: Backup) -> Json:
    return {
        "job": backup.job,
        "low": _finite(backup.low),
        "high": _finite(backup.high),
        "lacks": list(backup.lacks),
        "unfit": backup.unfit,
    }
