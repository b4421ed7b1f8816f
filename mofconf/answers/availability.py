"""What ``availability`` says: how much of the time things work, and what that hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.standing import Contributor, Open, Standing
from mofconf.analyses.dependability.structure import Event
from mofconf.analyses.dependability.wording import between, percent, works
from mofconf.answers.figures import MONTH, YEAR, downtime
from mofconf.answers.words import counted, named, place_data, some
from mofconf.diagnostic import Place, field_path
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.workspace import Workspace


def report(workspace: Workspace, found: Sequence[Standing], conditions: str) -> Report:
    """Availabilities as a report, the worst first. One resource alone is looked at more closely."""
    alone = len(found) == 1
    closely = alone and bool(found[0].contributors or found[0].open)
    columns = _COLUMNS[:-1] if closely else _COLUMNS  # what it hangs on stands below
    rows = tuple(_row(workspace, one, len(columns)) for one in found)
    sections = [Section("Availability", rows, columns)]
    if alone:
        sections += _closely(workspace, found[0])
    title = found[0].address if alone else counted(len(found), "resource")
    return Report(
        "availability",
        f"{title}{conditions}",
        _verdict(found),
        tuple(sections),
        data={"resources": [_data(workspace, one) for one in found]},
        note=_note(found),
    )


_COLUMNS = ("resource", "available", "not degraded", "down a month", "down a year", "hangs on")


def _verdict(found: Sequence[Standing]) -> Verdict:
    if not found:
        return Verdict("none", "there is no service to ask about", Tone.WARN)
    worst = found[0]
    known = [one for one in found if one.up.exact]
    if worst.lost:
        lost = [one.address for one in found if one.lost]
        return Verdict("down", f"{named(lost)} {'is' if len(lost) == 1 else 'are'} down for good", Tone.BAD)
    if len(found) == 1:
        return Verdict(_state(worst), _said(worst, worst.address), _tone(worst))
    if not known:
        return Verdict("unknown", f"no figure is known exactly; {_said(worst, worst.address)}", Tone.WARN)
    sentence = f"the worst is {worst.address}: {_said(worst, 'it')}"
    left = len(found) - len(known)
    sentence += f"; {left} of {len(found)} {'is' if left == 1 else 'are'} not known exactly" if left else ""
    return Verdict("exact" if not left else "bounded", sentence, Tone.WARN if left else Tone.PLAIN)


def _said(one: Standing, name: str) -> str:
    if one.up == (0.0, 1.0):
        return f"how much of the time {name} works is not known"
    month = downtime(one.up, MONTH)
    return f"{name} {works(one.up)}" + ("" if month == "none" else f", {month} down a month")


def _state(one: Standing) -> str:
    return "exact" if one.up.exact else "unknown" if one.up == (0.0, 1.0) else "bounded"


def _tone(one: Standing) -> Tone:
    return Tone.PLAIN if one.up.exact else Tone.WARN


def _note(found: Sequence[Standing]) -> str:
    beyond = sum(not one.within_budget for one in found)
    if not beyond:
        return "a month has 30 days, a year 365"
    return f"{beyond} exceeded the budget and {'has' if beyond == 1 else 'have'} proven bounds: --budget raises it"


def _row(workspace: Workspace, one: Standing, columns: int) -> Row:
    cells = (
        Cell(one.address, Tone.STRONG),
        Cell(between(one.up), Tone.BAD if one.lost else _tone(one)),
        Cell(between(one.full)),
        Cell(downtime(one.up, MONTH)),
        Cell(downtime(one.up, YEAR)),
        Cell(_hangs_on(one), Tone.MUTED),
    )
    return Row(cells[:columns], "", _place(workspace, one.address, ()))


def _hangs_on(one: Standing) -> str:
    """The last cell: what is decisive, or what is not known."""
    if one.lost:
        return "down for good"
    if not one.closely:
        return "ask for it alone"
    if not one.within_budget and not one.open:
        return "too much to work out: these are bounds"
    if one.open:
        return (
            f"{counted(len(one.open), 'input')} not known exactly: {some([_open_name(each) for each in one.open], 2)}"
        )
    decisive = [each for each in one.contributors[:_FEW] if each.criticality >= _WORTH or each is one.contributors[0]]
    parts = [f"{_name(each.event)} {percent(each.criticality)}{_mark(each)}" for each in decisive]
    return ", ".join(parts) or "nothing that fails"


_FEW, _MOST = 2, 10
_WORTH = 0.005  # a smaller share is nothing to speak of


def _open_name(one: Open) -> str:
    return one.address if one.what == "availability" else f"{one.address} (mttr)"


def _name(event: Event) -> str:
    return event.address if event.kind != "switch" else f"failover of {event.address}"


def _mark(one: Contributor) -> str:
    return " (assumed)" if one.stated is not None and one.stated.source == "assumed" else ""


def _closely(workspace: Workspace, one: Standing) -> Iterator[Section]:
    if one.contributors:
        rows = tuple(_contributor(workspace, each) for each in one.contributors[:_MOST])
        note = "the share of the downtime in which it has failed and is decisive; shares overlap"
        if one.open:
            note += "; all that is not known exactly taken at its best"
        yield Section(
            "What dominates it", rows, ("failure", "share", "by itself", ""), _more(note, len(one.contributors))
        )
    if one.open:
        rows = tuple(_unknown(workspace, each) for each in one.open[:_MOST])
        note = "by how much the figure moves from one end of it to the other, at the most"
        yield Section("Not known exactly", rows, ("input", "stated", "swing"), _more(note, len(one.open)))
    if one.assumed:
        yield Section(
            "Assumed", (Row((Cell(some(one.assumed, _MOST)),)),), note="defaults of the project, nobody states them"
        )


def _more(note: str, there: int) -> str:
    return note if there <= _MOST else f"{note}; the first {_MOST} of {there}"


def _contributor(workspace: Workspace, one: Contributor) -> Row:
    stated = one.stated
    source = "" if stated is None else _SOURCES.get(stated.source, stated.source)
    if stated is not None and stated.by not in ("", one.event.address):
        source += f" by {stated.by}"
    cells = (
        Cell(_name(one.event), Tone.STRONG),
        Cell(percent(one.criticality)),
        Cell(between(stated.chance) if stated is not None else ""),
        Cell(source, Tone.WARN if source == "assumed" else Tone.MUTED),
    )
    return Row(cells, "", _place_of(workspace, one))


def _place_of(workspace: Workspace, one: Contributor) -> Place | None:
    """Where the figure stands: in the contract that promises it, at the group of a switch, or in the resource."""
    if one.stated is not None and one.stated.source == "contract":
        return _place(workspace, one.stated.by, ("targets", "availability"))
    return _place(workspace, one.event.address, one.event.path)


_SOURCES = {"asked": "supposed", "contract": "promised", "estimate": "estimated"}


def _unknown(workspace: Workspace, one: Open) -> Row:
    stated = "not stated" if one.chance == (0.0, 1.0) else between(one.chance)
    cells = (Cell(_open_name(one), Tone.STRONG), Cell(stated), Cell(percent(one.swing)))
    return Row(cells, "", _place(workspace, one.address, ()))


def _place(workspace: Workspace, address: str, path: tuple[str | int, ...]) -> Place | None:
    entry = workspace.catalog.entries.get(address)
    return entry.draft.place(*(path or ("availability",))) if entry is not None else None


def _data(workspace: Workspace, one: Standing) -> dict[str, Json]:
    return {
        "address": one.address,
        "available": _chance(one.up),
        "not_degraded": _chance(one.full),
        "downtime_minutes": {"month": _minutes(one.up, MONTH), "year": _minutes(one.up, YEAR)},
        "exact": one.up.exact,
        "within_budget": one.within_budget,
        "closely": one.closely,
        "contributors": [_contributor_data(workspace, each) for each in one.contributors[:_LISTED]],
        "contributors_count": len(one.contributors),
        "open": [
            {
                "address": each.address,
                "what": each.what,
                **_chance(each.chance),
                "swing": each.swing,
                **place_data(_place(workspace, each.address, ())),
            }
            for each in one.open[:_LISTED]
        ],
        "open_count": len(one.open),
        "assumed": list(one.assumed),
        **place_data(_place(workspace, one.address, ("name",))),
    }


_LISTED = 50
"""How many contributors and inputs of each resource programs are told of."""


def _contributor_data(workspace: Workspace, one: Contributor) -> dict[str, Json]:
    stated = one.stated
    return {
        "address": one.event.address,
        "failure": "failover" if one.event.kind == "switch" else "outage",
        "field": field_path(one.event.path),
        "criticality": one.criticality,
        "low": stated.chance.low if stated is not None else None,
        "high": stated.chance.high if stated is not None else None,
        "source": stated.source if stated is not None else None,
        "by": stated.by if stated is not None else None,
        **place_data(_place_of(workspace, one)),
    }


def _chance(chance: Chance) -> dict[str, Json]:
    return {"low": chance.low, "high": chance.high}


def _minutes(chance: Chance, minutes: float) -> dict[str, Json]:
    return {"low": (1 - chance.high) * minutes, "high": (1 - chance.low) * minutes}
