"""What ``recovery`` says: how long until something is back, in which order, and how much data is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from math import inf

from mofconf.analyses.recovery.loss import Data
from mofconf.analyses.recovery.recovering import Objective, Recovery, Step
from mofconf.analyses.recovery.wording import several, stuck
from mofconf.answers.recovery_data import place_of, recovery_data
from mofconf.answers.words import counted, named, some
from mofconf.kinds.values import show_duration
from mofconf.report import Cell, Report, Row, Section, Tone, Verdict
from mofconf.spelling import listed
from mofconf.workspace import Workspace


def report(workspace: Workspace, found: Sequence[Recovery], down: Sequence[str], conditions: str) -> Report:
    """Recoveries as a report: of one resource in full, of several the times. ``down`` is what has failed."""
    what = "" if down else ", with all that is needed to be restored"
    sections = _in_full(workspace, found[0]) if len(found) == 1 else [_overview(workspace, found)]
    return Report(
        "recovery",
        f"{some([one.address for one in found], 4)}{what}{conditions}",
        _verdict(found),
        tuple(section for section in sections if section.rows),
        data={"down": list(down), "recoveries": [recovery_data(workspace, one) for one in found]},
    )


VERDICTS: Mapping[str, Tone] = {"holds": Tone.GOOD, "broken": Tone.BAD, "undecided": Tone.WARN}


def _verdict(found: Sequence[Recovery]) -> Verdict:
    objectives = [objective for one in found for objective in one.objectives]
    worst = next(
        (state for state in ("broken", "undecided", "holds") if any(o.verdict == state for o in objectives)), ""
    )
    if any(one.obstacles for one in found):
        gone = [one.address for one in found if one.obstacles]
        return Verdict("stuck", f"{named(gone)} cannot come back", Tone.BAD)
    if len(found) == 1:
        one = found[0]
        state = worst or ("unpromised" if one.steps else "untouched")
        back = _back(one)
        kept = [f"{o.kind.upper()} {_length(o.limit)} {_KEPT[o.verdict]}" for o in _worst_of_each(objectives)]
        return Verdict(state, ", ".join([back, *kept]), VERDICTS.get(worst, Tone.PLAIN))
    numbers = [(sum(o.verdict == state for o in objectives), word) for state, word in _COUNTED]
    counts = ", ".join(f"{number} {word}" for number, word in numbers if number)
    sentence = f"{counted(len(objectives), 'objective')}: {counts}" if objectives else "nothing is promised"
    return Verdict(worst or "unpromised", sentence, VERDICTS.get(worst, Tone.PLAIN))


def _back(one: Recovery) -> str:
    if not one.steps:
        return f"{one.address} stays up"
    if one.low == 0 and one.high == inf:
        return f"nobody can tell when {one.address} is back"
    return f"{one.address} is back after {_between(one.low, one.high)}"


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
        rows.append(Row(cells, "", place_of(workspace, one.address, "name")))
    return Section("Recovery", tuple(rows), ("resource", "is back after", "data lost", "objectives"))


def _in_full(workspace: Workspace, one: Recovery) -> list[Section]:
    critical = [step for step in one.steps if step.critical]
    vague = _vague(one.steps)
    lacks = [*((address, "recovery time, no MTTR") for address in one.unknown), *map(_lack, one.unstated)]
    spare = f"; {len(one.spare):,} more can wait" if one.spare else ""
    return [
        Section("Objectives", tuple(_objective(workspace, one, objective) for objective in one.objectives)),
        Section(
            "Cannot come back",
            tuple(_obstacle(workspace, knot) for knot in one.obstacles),
        ),
        Section(
            "Critical path",
            tuple(_step(workspace, step, vague=step.address in vague) for step in critical),
            ("back after", "resource", "takes", ""),
            "each waits for the one above, and no other row takes longer",
        ),
        Section(
            "Order",
            tuple(_waves(one.steps, vague)),
            ("wave", "done after", "restore"),
            f"{counted(len(one.steps), 'thing')} to restore{spare}",
        ),
        Section(
            "Data",
            tuple(_lost(workspace, data) for data in one.data),
            note="how much of the latest of it is lost: the longest pause between two backups, and a run",
        ),
        Section(
            "Not stated",
            tuple(
                Row((Cell(address, Tone.WARN), Cell(f"has no {what}")), "", place_of(workspace, address, "name"))
                for address, what in lacks[:SHOWN]
            ),
            note="this would make the answer exact"
            + (f"; the first {SHOWN} of {len(lacks):,}" if len(lacks) > SHOWN else ""),
        ),
    ]


SHOWN = 20
"""How many of the things that state no time people are shown."""


def _lack(text: str) -> tuple[str, str]:
    """A job, and the field that it lacks."""
    job, _, field = text.partition(" ")
    return job, "calendar that can be read" if field == "schedule.calendar" else field


def _vague(steps: Iterable[Step]) -> set[str]:
    """Those of which the time is a lower bound, as something on the way states none."""
    found: set[str] = set()
    for step in steps:
        if step.own.time is None or not found.isdisjoint(step.after):
            found.add(step.address)
    return found


def _objective(workspace: Workspace, one: Recovery, objective: Objective) -> Row:
    low, high = (one.low, one.high) if objective.kind == "rto" else (one.lost_low or 0.0, _or_endless(one.lost_high))
    spare = objective.limit - high if objective.verdict == "holds" else low - objective.limit
    said = {
        "holds": f"holds, with {_length(spare)} to spare",
        "broken": f"is broken by {_length(spare)}" if spare < inf else "is broken: it cannot come back",
        "undecided": _undecided(objective.kind, low, high),
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
    return Row(cells, "", place_of(workspace, objective.by, *objective.field))


def _undecided(kind: str, low: float, high: float) -> str:
    if low == 0 and high == inf:
        what = "how long it takes" if kind == "rto" else "how much of the latest data may be lost"
        return f"is undecided: nobody can tell {what}"
    return (
        f"is undecided: it takes {_between(low, high)}"
        if kind == "rto"
        else f"is undecided: {_between(low, high)} may be lost"
    )


def _obstacle(workspace: Workspace, knot: Sequence[str]) -> Row:
    place = place_of(workspace, knot[0], "name")
    if len(knot) == 1:
        why = stuck(workspace.graph, knot).removeprefix(knot[0]).strip()
        return Row((Cell(knot[0], Tone.BAD), Cell(why)), "", place)
    other = knot[1] if len(knot) == 2 else "the others"
    because = (f"each waits for {'the other' if len(knot) == 2 else 'others'}: let {knot[0]} start without {other}",)
    return Row((Cell(several(knot), Tone.BAD), Cell("cannot start cold")), "", place, because)


def _step(workspace: Workspace, step: Step, *, vague: bool) -> Row:
    source = "promised" if step.own.source == "contract" else step.own.source
    if step.own.by not in ("", step.address):
        source += f" {'by' if step.own.source == 'contract' else 'of'} {step.own.by}"
    source += ", assumed" if step.own.assumed else ""
    takes = "unknown" if step.own.time is None else show_duration(step.own.time)
    cells = (
        Cell(_between(step.end, inf) if vague else _length(step.end)),
        Cell(step.address, Tone.STRONG),
        Cell(takes, Tone.WARN if step.own.time is None else Tone.PLAIN),
        Cell(source if step.own.time is not None else "", Tone.MUTED),
    )
    return Row(cells, "", place_of(workspace, step.address, "name"))


def _waves(steps: Iterable[Step], vague: Collection[str]) -> Iterable[Row]:
    waves: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        waves[step.wave].append(step)
    for number, members in waves.items():
        awaited = [step for step in members if step.within is None]
        last = max((step.end for step in awaited), default=0.0)
        open_end = any(step.address in vague for step in awaited)
        said = _between(last, inf) if open_end else _length(last)
        yield Row((Cell(str(number)), Cell(said), Cell(some([_restored(step) for step in members], 6))))


def _restored(step: Step) -> str:
    return step.address if step.within is None else f"{step.address} (within {_length(step.within)})"


def _lost(workspace: Workspace, data: Data) -> Row:
    if data.left:
        said, tone = f"nothing: {listed(data.left)} still stand{'' if data.left[1:] else 's'}", Tone.GOOD
    elif data.low == inf:
        said, tone = ("all of it: no backup protects it" if not data.backups else "all of it"), Tone.BAD
    else:
        said = _between(data.low, data.high)
        tone = Tone.PLAIN if data.low == data.high else Tone.WARN
    backups = () if data.left else data.backups
    best = next((one.job for one in backups[:1] if not one.unfit and one.low < inf), "")
    unfit = tuple(
        f"{one.job} {f'does not help: {one.unfit}' if one.unfit else 'never runs'}"
        for one in backups
        if one.unfit or one.low == inf
    )
    cells = (Cell(data.address, Tone.STRONG), Cell(said, tone), Cell(best, Tone.MUTED))
    return Row(cells, "", place_of(workspace, data.address, "name"), unfit)


def _length(seconds: float) -> str:
    return "for ever" if seconds == inf else show_duration(timedelta(seconds=seconds))


def _between(low: float, high: float) -> str:
    if low == high:
        return _length(low)
    if low == 0 and high == inf:
        return "unknown"
    return f"{_length(low)} or more" if high == inf else f"{_length(low)} to {_length(high)}"


def _or_endless(seconds: float | None) -> float:
    return inf if seconds is None else seconds
