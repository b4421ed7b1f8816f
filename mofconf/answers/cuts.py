"""What ``cuts`` says: the smallest sets of failures that take something down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mofconf.analyses.dependability.anatomy import Anatomy, Cut
from mofconf.analyses.dependability.structure import Event
from mofconf.analyses.dependability.wording import percent, works
from mofconf.answers.figures import spoken
from mofconf.answers.words import counted, place_data
from mofconf.diagnostic import Place, field_path
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.workspace import Workspace

LISTED = 1_000
"""How many cut sets of each order programs are told of."""

SHOWN = 20
"""How many of them people are shown."""


class CutSets(NamedTuple):
    """How many cut sets there are of each order, and the likeliest of those up to the order that was asked for."""

    address: str
    counts: tuple[int, ...]
    sets: Mapping[int, tuple[Cut, ...]]


def cut_sets(anatomy: Anatomy, order: int) -> CutSets:
    """The cut sets of a resource up to an order. Raises `BudgetError`."""
    counts = anatomy.counts()
    wanted = range(1, min(order, len(counts)) + 1)
    return CutSets(anatomy.address, counts, {one: tuple(anatomy.cuts(one, LISTED)) for one in wanted})


def report(workspace: Workspace, anatomy: Anatomy, found: CutSets, order: int, conditions: str) -> Report:
    """The cut sets of one resource as a report."""
    total = sum(found.counts)
    beyond = sum(found.counts[order:])
    return Report(
        "cuts",
        f"{found.address}{conditions}",
        _verdict(anatomy, found),
        (
            _overview(found, order),
            *(_section(workspace, one, sets, found.counts) for one, sets in found.sets.items() if sets or one == 1),
        ),
        data={
            "address": found.address,
            "order": order,
            "available": {"low": anatomy.availability.low, "high": anatomy.availability.high},
            "total": total,
            "beyond": beyond,
            "counts": [{"order": number, "count": count} for number, count in enumerate(found.counts, 1)],
            "cut_sets": [_data(workspace, number, one) for number, sets in found.sets.items() for one in sets],
        },
        note=works(anatomy.availability),
    )


def _verdict(anatomy: Anatomy, found: CutSets) -> Verdict:
    if anatomy.lost:
        return Verdict("down", f"{found.address} is down for good, whatever else fails", Tone.BAD)
    if not sum(found.counts):
        return Verdict("none", f"nothing that can fail takes {found.address} down", Tone.GOOD)
    alone = found.counts[0]
    if not alone:
        first = next(number for number, count in enumerate(found.counts, 1) if count)
        return Verdict(
            "redundant", f"no single failure takes {found.address} down, it takes {first} at once", Tone.GOOD
        )
    failures = counted(alone, "single failure takes", "single failures take")
    return Verdict("single points", f"{failures} {found.address} down", Tone.WARN)


def _overview(found: CutSets, order: int) -> Section:
    rows = [
        Row((Cell(str(number)), Cell(f"{count:,}"), Cell("" if number <= order else "not listed", Tone.MUTED)))
        for number, count in enumerate(found.counts, 1)
        if count
    ]
    more = sum(found.counts[order:])
    note = f"{sum(found.counts):,} in all"
    if more:
        note += f"; {more:,} of more than {counted(order, 'failure')}: --order {len(found.counts)} goes as far"
    return Section("Minimal cut sets", tuple(rows), ("failures at once", "sets", ""), note)


def _section(workspace: Workspace, order: int, sets: Sequence[Cut], counts: Sequence[int]) -> Section:
    there = counts[order - 1]
    title = "Single points of failure" if order == 1 else f"{order} failures at once"
    note = "the likeliest first" if there > 1 else ""
    if there > SHOWN:
        note = f"the {SHOWN} likeliest of {there:,}"
    rows = tuple(_row(workspace, one) for one in sets[:SHOWN])
    return Section(title, rows, ("probability", *("what fails" if not one else "" for one in range(order))), note)


def _row(workspace: Workspace, one: Cut) -> Row:
    words = spoken(one.events)
    cells = [Cell(f"and {word}" if number else word, Tone.STRONG) for number, word in enumerate(words)]
    return Row((Cell(_chance(one)), *cells), "", place_of(workspace, one.events[0]))


def _chance(one: Cut) -> str:
    least, most = one.chance
    if percent(least) == percent(most):
        return percent(least)
    if not least:
        return "unknown" if most == 1 else f"up to {percent(most)}"
    return f"{percent(least)} to {percent(most)}"


def place_of(workspace: Workspace, event: Event) -> Place | None:
    """Where what fails is declared: the group of a switch, the figure of a resource or else the resource."""
    entry = workspace.catalog.entries.get(event.address)
    return entry.draft.place(*(event.path or ("availability",))) if entry is not None else None


def _data(workspace: Workspace, order: int, one: Cut) -> dict[str, Json]:
    return {
        "order": order,
        "low": one.chance.low,
        "high": one.chance.high,
        "failures": failures_data(workspace, one.events),
    }


def failures_data(workspace: Workspace, events: Sequence[Event]) -> list[Json]:
    """What fails, for programs: all that one thing does is one failure."""
    longest: dict[str, float] = {}
    found: list[Json] = []
    for event in events:
        if event.kind != "switch":
            longest[event.address] = max(longest.get(event.address, 0.0), event.until.total_seconds())
    for event in events:
        if event.kind == "switch":
            found.append(_failure(workspace, event, "failover", None))
        elif event.kind == "own":
            found.append(_failure(workspace, event, "outage", longest[event.address] or None))
    return found


def _failure(workspace: Workspace, event: Event, kind: str, longer: float | None) -> dict[str, Json]:
    return {
        "address": event.address,
        "failure": kind,
        "longer_than": longer,
        "field": field_path(event.path),
        **place_data(place_of(workspace, event)),
    }
