"""What ``cfia`` says: a grid of things and services, with what the failure of each does to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from mofconf.analyses.dependability.failure_impact import Component, Grid
from mofconf.analyses.dependability.figures import UNKNOWN
from mofconf.analyses.dependability.wording import between
from mofconf.answers.words import counted, named, place_data, some
from mofconf.diagnostic import Place
from mofconf.report import Cell, Json, Report, Row, Section, Sheet, Tone, Verdict
from mofconf.workspace import Workspace

STOPS, ALTERNATE = "X", "A"
"""The marks of the grid: it takes the service down; an alternate takes over."""

WIDE = 8
"""How many services stand beside each other in a text: that is what a terminal of 80 columns has room for."""

SHOWN = 60
"""How many things, and how many services, people are shown."""


def report(workspace: Workspace, found: Grid, conditions: str) -> Report:
    """The grid as a report. Text has numbers for services, and says first which is which."""
    rows = _rows(workspace, found)
    title = found.columns[0] if len(found.columns) == 1 else counted(len(found.columns), "service")
    notes = [f"{STOPS}: takes it down alone", f"{ALTERNATE}: an alternate takes over", "blank: no effect"]
    return Report(
        "cfia",
        f"{title}{conditions}",
        _verdict(found),
        (_services(workspace, found), *_blocks(found, rows)),
        data={
            "services": [
                {
                    "address": one,
                    "down": one in found.down,
                    "exact": one not in found.beyond,
                    "single_points_of_failure": list(found.single[one]),
                    **place_data(_place(workspace, one)),
                }
                for one in found.columns
            ],
            "components": [_data(row, place) for row, place in rows],
        },
        note=", ".join(notes),
        sheet=_sheet(found),
    )


def _rows(workspace: Workspace, found: Grid) -> list[tuple[Component, Place | None]]:
    return [(row, _place(workspace, row.address)) for row in found.rows]


def _place(workspace: Workspace, address: str) -> Place | None:
    entry = workspace.catalog.entries.get(address)
    return entry.draft.place("name") if entry is not None else None


def _verdict(found: Grid) -> Verdict:
    if not found.columns:
        return Verdict("none", "there is no service to ask about", Tone.WARN)
    if len(found.down) == len(found.columns):
        are = "is" if len(found.columns) == 1 else "are"
        return Verdict("down", f"{named(found.columns)} {are} down already, whatever else fails", Tone.BAD)
    are = "is" if len(found.down) == 1 else "are"
    down = f"; {len(found.down)} of {len(found.columns)} {are} down already" if found.down else ""
    riskiest = found.rows[0] if found.rows else None
    if riskiest is None or not riskiest.stops:
        whom = found.columns[0] if len(found.columns) == 1 else "a service"
        tone = Tone.BAD if down else Tone.GOOD
        return Verdict("redundant", f"nothing that is needed takes {whom} down alone{down}", tone)
    count = len(riskiest.stops)
    if len(found.columns) == 1:
        alone = counted(_alone(found), "thing alone takes", "things alone take")
        return Verdict("single points", f"{alone} {found.columns[0]} down", Tone.WARN)
    sentence = f"the riskiest is {riskiest.address}: alone it takes down {count} of {len(found.columns)}{down}"
    return Verdict("single points", sentence, Tone.WARN)


def _alone(found: Grid) -> int:
    return sum(bool(row.stops) for row in found.rows)


def _services(workspace: Workspace, found: Grid) -> Section:
    rows = tuple(
        Row(
            (
                Cell(str(number), Tone.STRONG),
                Cell(one),
                Cell(_single(found, one), Tone.BAD if one in found.down else Tone.PLAIN),
            ),
            "",
            _place(workspace, one),
        )
        for number, one in enumerate(found.columns[:SHOWN], 1)
    )
    left = len(found.columns) - SHOWN
    note = f"the first {SHOWN} of {len(found.columns)}: -o csv and -o json have all" if left > 0 else ""
    return Section("Services", rows, ("", "service", "single points of failure besides itself"), note)


def _single(found: Grid, address: str) -> str:
    if address in found.down:
        return "is down already"
    others = [one for one in found.single[address] if one != address]
    said = f"{len(others)}: {some(others, 2)}" if others else "none"
    return said if address not in found.beyond else f"{said} (beyond the budget: some A may have no effect)"


def _blocks(found: Grid, rows: Sequence[tuple[Component, Place | None]]) -> Iterator[Section]:
    """The grid, so many services at a time; in each block only the things that matter to one of these."""
    for start in range(0, min(len(found.columns), SHOWN), WIDE):
        columns = found.columns[start : min(start + WIDE, SHOWN)]
        here = [(row, place) for row, place in rows if not {*row.stops, *row.alternates}.isdisjoint(columns)]
        numbers = range(start + 1, start + len(columns) + 1)
        title = f"Services {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"Service {numbers[0]}"
        lines = tuple(_line(row, columns) for row, _ in islice(here, SHOWN))
        if not here:
            continue
        note = "the riskiest first" if len(here) <= SHOWN else f"the {SHOWN} riskiest of {len(here)} things"
        yield Section(title, lines, ("if this fails", "by itself", STOPS, ALTERNATE, *map(str, numbers)), note)


def _line(row: Component, columns: Sequence[str]) -> Row:
    marks = (mark(row, one) for one in columns)
    return Row(
        (
            Cell(row.address, Tone.STRONG),
            Cell(between(row.own) if row.own != UNKNOWN else "not stated"),
            Cell(str(len(row.stops) or "")),
            Cell(str(len(row.alternates) or "")),
            *(Cell(one, Tone.BAD if one == STOPS else Tone.PLAIN) for one in marks),
        )
    )


def mark(row: Component, service: str) -> str:
    """What stands in the grid for a thing and a service."""
    return STOPS if service in row.stops else ALTERNATE if service in row.alternates else ""


def _sheet(found: Grid) -> Sheet:
    return Sheet(
        ("component", "by itself", STOPS, ALTERNATE, *found.columns),
        tuple(
            (
                row.address,
                "" if row.own == UNKNOWN else str(row.own.low) if row.own.exact else f"{row.own.low}..{row.own.high}",
                str(len(row.stops)),
                str(len(row.alternates)),
                *(marks.get(one, "") for one in found.columns),
            )
            for row in found.rows
            for marks in [{**dict.fromkeys(row.alternates, ALTERNATE), **dict.fromkeys(row.stops, STOPS)}]
        ),
    )


def _data(row: Component, place: Place | None) -> dict[str, Json]:
    return {
        "address": row.address,
        "low": row.own.low,
        "high": row.own.high,
        "takes_down": list(row.stops),
        "alternates": list(row.alternates),
        **place_data(place),
    }
