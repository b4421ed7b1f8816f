"""What ``promises`` says: each SLA, what is computed of it, and every check of what carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mofconf.analyses.dependability.wording import between, percent
from mofconf.analyses.impact import spoken
from mofconf.analyses.promises.results import Check, Input, Outcome, Point, Promise
from mofconf.analyses.promises.wording import minutes
from mofconf.answers.words import counted, counts, place_data, step_data
from mofconf.diagnostic import Diagnostic, Place, Severity, field_path
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.rules import RULES
from mofconf.rules.broken_promise import said
from mofconf.workspace import Workspace

VERDICTS = ("broken", "undecided", "gaps", "holds")
"""What can be said of an SLA as a whole, the worst first."""


def report(workspace: Workspace, found: Sequence[Promise], label: str) -> Report:
    """Promises as a report, a section for each. Those that are broken are findings, too."""
    return Report(
        "promises",
        label,
        _verdict(found),
        tuple(_section(workspace, one) for one in found),
        tuple(finding for one in found for finding in _findings(workspace, one)),
        data={
            "promises": [_data(workspace, one) for one in found],
            "verdicts": counts(VERDICTS, ((one.verdict, one.sla) for one in found)),
        },
        note=counted(len(found), "promise"),
    )


def _verdict(found: Sequence[Promise]) -> Verdict:
    if not found:
        return Verdict("none", "there is no SLA", Tone.WARN)
    number = Counter(one.verdict for one in found)
    worst = next(word for word in VERDICTS if number[word])
    spoken_of = Counter(_spoken_of(one) for one in found)
    (first, count), *others = [(word, spoken_of[word]) for word in _SPOKEN.values() if spoken_of[word]]
    words = [f"{counted(count, 'promise')} {first}", *(f"{count} {word}" for word, count in others)]
    return Verdict(worst, ", ".join(words), _TONES[worst])


_SPOKEN = {
    "broken": "broken",
    "undecided": "undecided",
    "gaps": "kept with gaps in what carries it",
    "holds": "kept",
    "ended": "ended",
    "out": "left out",
}


def _spoken_of(promise: Promise) -> str:
    """What is said of a promise; of one that has ended there is nothing left to check."""
    checks = promise.checks.values()
    nothing = _is_same(promise) and all(one.outcome is Outcome.NOT_APPLICABLE for one in checks)
    return _SPOKEN[("ended" if _has_ended(promise) else "out") if nothing else promise.verdict]


def _has_ended(promise: Promise) -> bool:
    return any(check.reason.startswith("it ended") for check in promise.checks.values())


def _is_same(promise: Promise) -> bool:
    """Whether all checks say one thing: the SLA has ended, or the service that it is about cannot be looked at."""
    return len({check.reason for check in promise.checks.values()}) == 1


_TONES = {"broken": Tone.BAD, "undecided": Tone.WARN, "gaps": Tone.WARN, "holds": Tone.GOOD}
_OUTCOMES = {
    Outcome.HOLDS: Tone.GOOD,
    Outcome.BROKEN: Tone.BAD,
    Outcome.UNDECIDED: Tone.WARN,
    Outcome.NOT_APPLICABLE: Tone.MUTED,
}


def _section(workspace: Workspace, promise: Promise) -> Section:
    rows = tuple(_row(workspace, promise, check) for check in promise.checks.values())
    about = f"about {promise.service}: " if promise.service else ""
    if _is_same(promise):
        field = "expires" if _has_ended(promise) else "service"
        cells = (Cell("all checks", Tone.STRONG), *rows[0].cells[1:])
        rows = (Row(cells, "", _place_of(workspace, promise.sla, (field,))),)
    return Section(promise.sla, rows, note=f"{about}{_spoken_of(promise)}")


def _row(workspace: Workspace, promise: Promise, check: Check) -> Row:
    reason = check.reason
    known = promise.figure
    if check.name == "availability" and known is not None:
        computed = "not known" if known.reached == (0, 1) else f"{between(known.reached, known.target)} computed"
        reached = f"{computed}, {percent(known.target)} promised"
        reason = f"{reached}: {minutes(known)}" if minutes(known) else reached
        if check.outcome is Outcome.UNDECIDED:
            reason += f"; {check.reason}"
    cells = (Cell(check.name, Tone.STRONG), Cell(check.outcome.value, _OUTCOMES[check.outcome]), Cell(reason))
    place = None
    worst = check.points[0] if check.points else None
    if worst is not None and check.outcome in (Outcome.BROKEN, Outcome.UNDECIDED):
        place = _place(workspace, worst)
    return Row(cells, "", place, tuple(_because(check)))


def _because(check: Check) -> Iterator[str]:
    """The sentences below a row: the way to the worst, what else is as bad, and what would decide."""
    bad = [one for one in check.points if one.outcome is check.outcome]
    if check.outcome not in (Outcome.BROKEN, Outcome.UNDECIDED):
        return
    if bad and bad[0].way:
        yield spoken(bad[0].way)
    yield from (one.reason for one in bad[1:_MOST])
    for one in check.inputs[:_MOST]:
        yield _deciding(one)
    left = len(check.inputs) - _MOST
    if left > 0:
        yield f"{counted(left, 'more input')} not known exactly"


_MOST = 4


def _deciding(one: Input) -> str:
    known = "is not stated" if (one.low, one.high) == (0, 1) else f"is {percent(one.low)} to {percent(one.high)}"
    text = f"the {one.what} of {one.address} {known}; known exactly it narrows the figure by up to {percent(one.swing)}"
    if one.holds_from is not None:
        text += f"; from {percent(one.holds_from, enough=True)} on it is enough for the promise to hold"
    if one.broken_below is not None and (one.low, one.high) != (0, 1):
        text += f"; below {percent(one.broken_below)} the promise is broken"
    return text


def _findings(workspace: Workspace, promise: Promise) -> Iterator[Diagnostic]:
    """What is broken, under the names of the rules that say so in a validation."""
    availability, recovery = promise.checks["availability"], promise.checks["recovery"]
    if availability.outcome is Outcome.BROKEN and promise.figure is not None:
        text = said(promise.sla, promise.service, promise.figure)
        yield from _finding(workspace, "broken-promise", promise, availability.points[0], text)
    for point in recovery.points:
        if point.outcome is Outcome.BROKEN:
            yield from _finding(workspace, _RECOVERY[point.subject], promise, point, f"{promise.sla}: {point.reason}")


_RECOVERY = {"rto": "recovery-misses-rto", "rpo": "backup-misses-rpo"}


def _finding(workspace: Workspace, rule: str, promise: Promise, point: Point, text: str) -> Iterator[Diagnostic]:
    word = workspace.settings.severities.get(rule, RULES[rule].severity.word)
    if word != "off":
        place = _place(workspace, point)
        step = _STEPS[rule].format(service=promise.service)
        yield Diagnostic(rule, Severity.of(word), text, place, promise.sla, field_path(point.path), step)


_STEPS = {
    "broken-promise": "give the weakest of what it needs a second instance, or promise less",
    "recovery-misses-rto": "`mofconf recovery {service}` shows what takes so long",
    "backup-misses-rpo": "`mofconf recovery {service}` shows which data may be lost",
}


def _place(workspace: Workspace, point: Point) -> Place | None:
    return _place_of(workspace, point.address, point.path)


def _place_of(workspace: Workspace, address: str, path: tuple[str | int, ...]) -> Place | None:
    entry = workspace.catalog.entries.get(address)
    return entry.draft.place(*path) if entry is not None else None


def _data(workspace: Workspace, promise: Promise) -> dict[str, Json]:
    known = promise.figure
    return {
        "address": promise.sla,
        "service": promise.service,
        "verdict": promise.verdict,
        "target": known.target if known is not None else None,
        "low": known.reached.low if known is not None else None,
        "high": known.reached.high if known is not None else None,
        "period": known.period if known is not None else None,
        "agreed_minutes": known.agreed if known is not None else None,
        "allowed_minutes": known.allowed if known is not None else None,
        **place_data(_place_of(workspace, promise.sla, ("name",))),
        "checks": [_check(workspace, one) for one in promise.checks.values()],
    }


def _check(workspace: Workspace, check: Check) -> dict[str, Json]:
    return {
        "name": check.name,
        "outcome": check.outcome.value,
        "reason": check.reason,
        "points": [
            {
                "outcome": one.outcome.value,
                "reason": one.reason,
                "subject": one.subject,
                "address": one.address,
                "field": field_path(one.path),
                **place_data(_place(workspace, one)),
                "why": step_data(one.way, lambda address, path: _place_of(workspace, address, path)),
                "numbers": dict(one.numbers),
            }
            for one in check.points
        ],
        "inputs": [dict(one._asdict()) for one in check.inputs],
    }
