"""What ``plan`` says: consequences first, then what changes, then the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mofconf.analyses.impact import spoken
from mofconf.answers.deltas import deltas
from mofconf.answers.kept import kept
from mofconf.answers.places import place_in
from mofconf.answers.plan_data import plan_data, promises_at_stake
from mofconf.answers.words import counted, some
from mofconf.diagnostic import Severity
from mofconf.kinds.person import Person
from mofconf.kinds.relation import ChangeClass
from mofconf.plan import Plan
from mofconf.plan.consequence import Consequence
from mofconf.plan.differences import Change, FieldChange
from mofconf.plan.findings import of_status
from mofconf.report import Cell, Report, Row, Section, Tone, Verdict
from mofconf.workspace import Workspace

MARKS: Mapping[str, str] = {"add": "+", "remove": "-", "change": "~", "rename": ">", "unknown": "?"}


def report(plan: Plan, title: str, files: int, notes: Sequence[str] = (), ends: tuple[str, str] = ("", "")) -> Report:
    """A plan as a report.

    ``files`` is how many files differ, ``notes`` what was decided on the way, ``ends`` what people call the two sides.
    """
    count = len(plan.differences.changes)
    sections = [_impact(plan), kept(plan), _changes(plan), _offers(plan), _told(plan)]
    if notes:
        sections.append(Section("Notes", tuple(Row((Cell(note),)) for note in notes)))
    return Report(
        "plan",
        title,
        verdict(plan),
        tuple(section for section in sections if section.rows),
        plan.findings,
        data=plan_data(plan, files, notes, ends),
        note=f"{counted(files, 'file')}, {counted(count, 'resource')}",
    )


def verdict(plan: Plan) -> Verdict:
    """The plan in one sentence."""
    if plan.state in _SENTENCES:
        sentence, tone = _SENTENCES[plan.state]
        return Verdict(plan.state, sentence, tone)
    if plan.state == "emptied":
        return _everything_goes(plan)
    parts = [
        f"{len(hits)} {words if len(hits) > 1 else words.replace('their', 'its')}"
        for outcome, words in _COUNTED.items()
        if (hits := {one.address for one in plan.of(outcome) if len(one.risks) >= len(one.instead) + bool(one.instead)})
    ]
    broken = sum(one.breaks for one in plan.kept.promises)
    if broken:
        parts.append(f"{counted(broken, 'promise')} broken")
    opened = sum(one.opens for one in plan.kept.promises)
    if opened:
        parts.append(f"{counted(opened, 'promise')} that nobody can judge any more")
    # What its removal leaves behind is told already.
    dropped = sum(one.drops and one.address in plan.head.catalog.entries for one in plan.kept.promises)
    if dropped:
        parts.append(f"{counted(dropped, 'promise')} gone")
    missed = sum(one.is_missed for one in plan.kept.recoveries)
    if missed:
        parts.append(f"{counted(missed, 'recovery', 'recoveries')} missed")
    new = of_status(plan.findings, "new")
    for severity in (Severity.ERROR, Severity.WARNING):
        found = sum(finding.severity is severity for finding in new)
        if found:
            parts.append(counted(found, f"new {severity.word}"))
    unknown = len(plan.differences.of("unknown"))
    if unknown:
        parts.insert(0, f"{counted(unknown, 'resource')} cannot be judged")
    elif plan.state == "unknown":
        parts.insert(0, _not_known(plan))
    tone = {"breaks": Tone.BAD, "findings": Tone.BAD, "unknown": Tone.BAD, "risks": Tone.WARN, "gaps": Tone.WARN}.get(
        plan.state, Tone.GOOD
    )
    return Verdict(plan.state, f"{_LEADS[plan.state]}: {', '.join(parts)}" if parts else _LEADS[plan.state], tone)


def _not_known(plan: Plan) -> str:
    """Why a plan is unknown in which no single resource is."""
    if plan.differences.unread:
        return f"{some(plan.differences.unread)} can be read on one side only"
    return "the project file cannot be relied on, on either side, see `mofconf validate`"


def _everything_goes(plan: Plan) -> Verdict:
    """Nothing is left that could break, so it is said what there was."""
    gone = [change.address for change in plan.differences.of("remove") if not change.address.startswith("Project/")]
    services = sum(address.startswith("Service/") for address in gone)
    promises = sum(address.startswith(("SLA/", "OLA/", "Contract/")) for address in gone)
    among = [counted(services, "service")] * bool(services) + [counted(promises, "promise")] * bool(promises)
    lost = f", {' and '.join(among)} among them" if among else ""
    return Verdict(plan.state, f"removes everything: all {counted(len(gone), 'resource')}{lost}", Tone.BAD)


_SENTENCES = {
    "nothing": ("nothing changes", Tone.GOOD),
    "moved": ("nothing changes: resources only moved between files", Tone.GOOD),
    "renamed": ("only names change, and every rename is declared", Tone.GOOD),
    "cosmetic": ("only words change: titles, descriptions, labels", Tone.GOOD),
}
_LEADS = {
    "breaks": "breaks",
    "findings": "breaks a rule",
    "unknown": "unknown",
    "risks": "safe today, one failure from an outage",
    "gaps": "leaves a gap",
    "clean": "clean",
}
_COUNTED = {
    "down": "down",
    "degraded": "degraded",
    "broken": "left with a broken reference",
    "vacant": "left vacant",
    "orphaned": "left without a promise",
    "at risk": "without their redundancy",
    "single point": "with a new single point of failure",
}


def _changes(plan: Plan) -> Section:
    rows: list[Row] = []
    for change in plan.differences.changes:
        tone = {"remove": Tone.BAD, "add": Tone.GOOD, "unknown": Tone.BAD}.get(change.action, Tone.STRONG)
        head = Cell(change.address, tone)
        if change.action == "rename":
            said = "renamed, nothing else" if not change.fields else "renamed"
            rows.append(Row((head, Cell(f"was {change.former}"), Cell(said, Tone.MUTED)), ">", change.place))
        elif change.action == "unknown":
            rows.append(Row((head, Cell("unknown"), Cell(change.reason, Tone.WARN)), "?", change.place))
        elif change.action in ("add", "remove"):
            side = plan.head if change.action == "add" else plan.base
            rows.append(Row((head, *_standing(side, change)), MARKS[change.action], change.place))
        for index, field in enumerate(change.fields):
            first = index == 0 and change.action == "change"
            rows += _field_rows(head if first else Cell(""), field, "~" if first else "")
    moved = plan.differences.moved
    if moved:
        rows.append(Row((Cell(f"{counted(moved, 'resource')} moved to another file", Tone.MUTED),)))
    return Section("Changes", tuple(rows), total=len(plan.differences.changes) + moved)


def _standing(side: Workspace, change: Change) -> tuple[Cell, ...]:
    """How something that comes or goes hangs together with the rest: what it needs, and who needs it."""
    if not change.address.startswith(("Service/", "Asset/", "Location/")):
        return ()
    needs = [edge.target for edge in side.graph.out.get(change.address, ()) if edge.relation.outage]
    users = [edge.source for edge in side.graph.into.get(change.address, ()) if edge.relation.outage]
    tense = ("needs", "needed by") if change.action == "add" else ("needed", "was needed by")
    has = f"{tense[0]} {some(needs, 4)}" if needs else f"{tense[0]} nothing"
    used = f"{tense[1]} {some(users)}" if users else f"{tense[1]} nothing"
    return Cell(has), Cell(used, Tone.MUTED if not users else Tone.PLAIN)


def _field_rows(head: Cell, field: FieldChange, mark: str) -> Iterator[Row]:
    """A line for each thing that is said of a field: one, and of a list of records one each."""
    why = (f"{field.cause} moved",) if field.cause else ()
    tone = Tone.MUTED if field.change_class is ChangeClass.COSMETIC else Tone.PLAIN
    first, *further = deltas(field)
    cells = (head, Cell(field.path, tone), Cell(first, tone), Cell(field.change_class.value, Tone.MUTED))
    yield Row(cells, mark, field.place, why)
    for delta in further:
        yield Row((Cell(""), Cell(""), Cell(delta, tone), Cell("")))


def _impact(plan: Plan) -> Section:
    rows: list[Row] = []
    for outcome, tone in _SINGLE.items():
        hits = plan.of(outcome)
        for hit in hits[:_MOST]:
            place = place_in(plan, hit.why[0].source, hit.why[0].path) if hit.why else None
            reasons = (_why(plan, hit),) if hit.why else ()
            rows.append(Row((Cell(outcome, tone), Cell(hit.address, Tone.STRONG)), "", place, reasons))
        if len(hits) > _MOST:
            rest = [hit.address for hit in hits[_MOST:]]
            rows.append(Row((Cell(outcome, tone), Cell(some(rest, 2)))))
    rows += _risk_rows(plan)
    for outcome in _LOOSE:
        addresses = [hit.address for hit in plan.of(outcome)]
        if addresses:
            said = "works again" if outcome == "restored" else "depends on what changes"
            rows.append(Row((Cell(outcome, Tone.MUTED), Cell(some(addresses)), Cell(said, Tone.MUTED))))
    return Section("Impact", tuple(rows), total=len(plan.of(*_SINGLE, *_RISKS, *_LOOSE)))


_MOST = 12
_SINGLE = {
    "down": Tone.BAD,
    "degraded": Tone.WARN,
    "broken": Tone.BAD,
    "vacant": Tone.WARN,
    "orphaned": Tone.WARN,
}
_RISKS = ("at risk", "single point")
_LOOSE = ("restored", "exposed")


def _why(plan: Plan, hit: Consequence) -> str:
    """The reason. Who is still there, but not for long, is why a post becomes vacant."""
    person = plan.head.catalog.entries.get(hit.why[-1].targets[0]) if hit.why[-1].targets else None
    end = person.resource.end if person is not None and isinstance(person.resource, Person) else None
    return f"{spoken(hit.why)}, whose last day is {end}" if end and hit.outcome == "vacant" else spoken(hit.why)


_Alike = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _risk_rows(plan: Plan) -> list[Row]:
    """What lost its redundancy, together where the same failure and the same change are behind it."""
    groups: dict[_Alike, list[Consequence]] = defaultdict(list)
    for hit in plan.of(*_RISKS):
        groups[hit.outcome, hit.risks, hit.culprits, hit.instead].append(hit)
    rows = []
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] != "at risk", -len(item[1]), item[0]))
    for (outcome, risks, culprits, instead), hits in ordered[:_MOST]:
        named = sorted((hit.address for hit in hits), key=lambda one: (not one.startswith("Service/"), one))
        takes = " or ".join(risks) if len(risks) <= 2 else f"{risks[0]} or one of {len(risks) - 1} more"
        said = f"one failure from an outage: {takes}" if outcome == "at risk" else f"now hangs on {takes}"
        if instead:
            said += f", no longer on {some(instead, 1)}"
        why = [f"{some(culprits)} changed"] if culprits else []
        place = place_in(plan, culprits[0], ()) if culprits else None
        label = "at risk" if outcome == "at risk" else "new single point"
        rows.append(Row((Cell(label, Tone.WARN), Cell(some(named, 2), Tone.STRONG), Cell(said)), "", place, tuple(why)))
    left = sum(len(hits) for _, hits in ordered[_MOST:])
    if left:
        rows.append(Row((Cell("at risk", Tone.WARN), Cell(f"{left} more, all in the JSON output", Tone.MUTED))))
    return rows


def _offers(plan: Plan) -> Section:
    rows = [
        Row(
            (
                Cell(offer.added, Tone.STRONG),
                Cell(f"looks like {offer.removed} under another name"),
                Cell(f"if it is, write formerly: [{offer.removed.partition('/')[2]}] in {offer.added}", Tone.MUTED),
            ),
            ">",
            offer.place,
        )
        for offer in plan.differences.offers
    ]
    return Section("Perhaps renamed", tuple(rows))


def _told(plan: Plan) -> Section:
    rows = []
    told = {hit.address for hit in plan.of("recomputed", "notified")}
    for outcome, said in (("recomputed", "promises about what is touched"), ("notified", "should know")):
        addresses = sorted((hit.address for hit in plan.of(outcome)), key=lambda one: (not one.startswith("SLA/"), one))
        if addresses:
            rows.append(Row((Cell(outcome, Tone.MUTED), Cell(some(addresses, _MOST)), Cell(said, Tone.MUTED))))
    hit = promises_at_stake(plan)
    if hit:
        rows.insert(0, Row((Cell("at stake", Tone.BAD), Cell(some(hit, _MOST)), Cell("promises about what is hit"))))
    return Section("To tell", tuple(rows), total=len(told.union(hit)))
