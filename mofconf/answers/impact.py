"""What ``impact`` says: who is hit, how badly, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mofconf.analyses.impact import OUTCOMES, Hit, Impact, Mode, Step, spoken
from mofconf.answers.words import counted, counts, place_data, some, step_data
from mofconf.diagnostic import Place
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.spelling import listed
from mofconf.workspace import Workspace


def report(workspace: Workspace, found: Impact, conditions: str, why: str = "") -> Report:
    """An impact as a report. ``conditions`` says what was taken for granted; ``why`` asks about one resource only."""
    hits = [hit for hit in found.hits if not why or hit.address == why]
    shown = [hit for hit in hits if why or not _goes_without_saying(workspace, found, hit)]
    sections = [
        _section(workspace, outcome, [hit for hit in shown if hit.outcome == outcome], at_length=bool(why))
        for outcome in _SAID
    ]
    return Report(
        "impact",
        f"{_VERBS[found.mode]} of {some(_named(workspace, found), 4)}{conditions}",
        _verdict(shown, why),
        tuple(section for section in sections if section.rows),
        data={
            "mode": found.mode.value,
            "asked": list(found.asked),
            "hits": [_data(workspace, hit) for hit in hits],
            "outcomes": counts(OUTCOMES, ((hit.outcome, hit.address) for hit in hits)),
        },
    )


_VERBS = {Mode.OUTAGE: "outage", Mode.CHANGE: "change", Mode.REMOVAL: "removal"}
_SAID = {
    "down": ("Down", "does not work any more", Tone.BAD),
    "degraded": ("Degraded", "works, but not fully", Tone.WARN),
    "broken": ("Broken", "names something that is gone", Tone.BAD),
    "vacant": ("Vacant", "nobody answers for it", Tone.WARN),
    "orphaned": ("Orphaned", "has lost its subject", Tone.WARN),
    "at risk": ("At risk", "one failure from an outage: redundancy is lost", Tone.WARN),
    "exposed": ("Exposed", "depends on it, and should be looked at", Tone.PLAIN),
    "recomputed": ("Promises", "about what is hit", Tone.PLAIN),
    "rescheduled": ("To plan anew", "touches what is hit", Tone.PLAIN),
    "notified": ("To tell", "owners, customers, partners", Tone.MUTED),
}


def _verdict(hits: list[Hit], why: str) -> Verdict:
    if why and not hits:
        return Verdict("untouched", f"{why} is not hit", Tone.GOOD)
    if why:
        return Verdict("hit", f"{why} is {hits[0].outcome}", _SAID[hits[0].outcome][2])
    outcomes = Counter(hit.outcome for hit in hits)
    counts = [f"{outcomes[outcome]} {outcome}" for outcome in _COUNTED if outcomes[outcome]]
    further = {hit.address for hit in hits if hit.outcome not in _COUNTED}
    told = sum(address.startswith(("SLA/", "Customer/")) for address in further)
    if told:
        counts.append(f"{counted(told, 'promise or customer', 'promises and customers')} concerned")
    if not counts:
        return Verdict("untouched", "nothing else is hit", Tone.GOOD)
    return Verdict("hit", ", ".join(counts), Tone.BAD if outcomes["down"] or outcomes["broken"] else Tone.WARN)


_COUNTED = ("down", "degraded", "broken", "vacant", "orphaned", "at risk", "exposed")


def _named(workspace: Workspace, found: Impact) -> list[str]:
    """What was asked about, without the instances of what was asked about."""
    whole = {address: entry.instance_of for address, entry in workspace.catalog.entries.items()}
    return [address for address in found.asked if whole.get(address, "") not in found.asked]


def _goes_without_saying(workspace: Workspace, found: Impact, hit: Hit) -> bool:
    """An instance fares like its whole: people read of the whole."""
    entry = workspace.catalog.entries.get(hit.address)
    whole = entry.instance_of if entry is not None else ""
    return bool(whole) and any(other.address == whole and other.outcome == hit.outcome for other in found.hits)


def _section(workspace: Workspace, outcome: str, hits: list[Hit], *, at_length: bool) -> Section:
    title, note, tone = _SAID[outcome]
    return Section(title, tuple(_row(workspace, hit, tone, at_length=at_length) for hit in hits), note=note)


def _row(workspace: Workspace, hit: Hit, tone: Tone, *, at_length: bool) -> Row:
    """One line: the first step of the reason. Asked why, all of it."""
    cells = [Cell(hit.address, tone)]
    if hit.outcome == "at risk":
        cells.append(Cell(f"{_any_of(hit.risks)} alone now takes it down"))
    place = _place(workspace, hit.why[0]) if hit.why else None
    reasons = (spoken(hit.why),) if hit.why and at_length else ()
    if hit.why and not at_length:
        cells.append(Cell(_concern(hit), Tone.MUTED))
    if hit.risks and hit.outcome != "at risk":
        cells.append(Cell(f"and {counted(len(hit.risks), 'single failure')} would now take it down", Tone.MUTED))
    return Row(tuple(cells), "", place, reasons)


def _any_of(risks: Sequence[str]) -> str:
    """Single failures of which each is enough."""
    return listed(risks, "or") if len(risks) <= _MOST else f"{risks[0]} or one of {len(risks) - 1} more"


_MOST = 3


def _concern(hit: Hit) -> str:
    """The first step of the reason, without repeating the resource itself."""
    step = hit.why[0]
    targets = some(step.targets, 2)
    return f"{step.relation} {targets}" if step.source == hit.address else f"{step.source} {step.relation} {targets}"


def _place(workspace: Workspace, step: Step) -> Place | None:
    entry = workspace.catalog.entries.get(step.source)
    return entry.draft.place(*step.path) if entry is not None else None


def _data(workspace: Workspace, hit: Hit) -> dict[str, Json]:
    def place_of(address: str, path: tuple[str | int, ...]) -> Place | None:
        entry = workspace.catalog.entries.get(address)
        return entry.draft.place(*path) if entry is not None else None

    entry = workspace.catalog.entries.get(hit.address)
    return {
        "address": hit.address,
        "outcome": hit.outcome,
        "risks": list(hit.risks),
        "why": step_data(hit.why, place_of),
        **place_data(entry.draft.place("name") if entry is not None else None),
    }
