"""What ``list`` and ``show`` say: resources that a selector matches, and one of them in full."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from mofconf.answers.words import counted, place_data
from mofconf.graph import Edge, State
from mofconf.kinds.resource import Value
from mofconf.kinds.values import show_duration, show_percentage
from mofconf.report import Cell, Json, Report, Row, Section, Tone, Verdict
from mofconf.workspace import Workspace


def list_report(
    workspace: Workspace, chosen: Collection[str], label: str, states: Mapping[str, str] | None = None
) -> Report:
    """The resources that were selected, by address. ``states`` say how they differ from another revision."""
    rows = [_row(workspace, address, (states or {}).get(address, "")) for address in sorted(chosen)]
    # A column in which nothing would stand is left out; the others line up, whichever fields a kind has.
    shown = [number for number in range(len(_COLUMNS)) if any(row.cells[number].text for row in rows)]
    table = tuple(row._replace(cells=tuple(row.cells[number] for number in shown)) for row in rows)
    return Report(
        "list",
        f"{counted(len(rows), 'resource')} in {label}",
        None if rows else Verdict("empty", "nothing matches", Tone.WARN),
        (Section("Resources", table, tuple(_COLUMNS[number] for number in shown)),) if rows else (),
        data={"resources": [_summary(workspace, address) for address in sorted(chosen)]},
    )


_COLUMNS = ("resource", "title", "owner")


def show_report(workspace: Workspace, address: str, label: str) -> Report:
    """One resource: what it says, what it refers to, and who refers to it."""
    entry = workspace.catalog.entries.get(address)
    state = workspace.graph.nodes.get(address, State.MISSING)
    sections = []
    values: dict[str, Json] = {}
    if entry is not None:
        values = plain(entry.resource)
        rows = tuple(
            Row((Cell(field, Tone.MUTED), Cell(_said(value))), "", entry.draft.place(field))
            for field, value in values.items()
            if field not in ("kind", "name", "apiVersion")
        )
        sections.append(Section("Says", rows))
    sections.append(Section("Refers to", _edges(workspace, workspace.graph.out.get(address, ()), outwards=True)))
    sections.append(Section("Referred to by", _edges(workspace, workspace.graph.into.get(address, ()), outwards=False)))
    said = {
        State.PRESENT: None,
        State.RETIRED: Verdict("retired", "retired: it counts as not there", Tone.WARN),
        State.UNKNOWN: Verdict(
            "unknown", "its document cannot be read or does not fit, see `mofconf validate`", Tone.BAD
        ),
        State.MISSING: Verdict("missing", "nobody declares it, something only refers to it", Tone.BAD),
    }[state]
    return Report(
        "show",
        f"{address}   in {label}",
        said,
        tuple(section for section in sections if section.rows),
        data={"resource": {**_summary(workspace, address), "values": values, "edges": _edge_data(workspace, address)}},
    )


def plain(model: Value) -> dict[str, Json]:
    """What a resource states, in plain values; what it leaves out is left out."""
    return {
        (type(model).model_fields[name].alias or name): _plain(getattr(model, name))
        for name in type(model).model_fields
        if name in model.model_fields_set
    }


def _plain(value: Any) -> Json:
    if isinstance(value, Value):
        return plain(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    name = type(value).__name__
    if name == "Decimal":
        return show_percentage(value)
    if name == "timedelta":
        return show_duration(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _said(value: Json) -> str:
    if isinstance(value, Mapping):
        if list(value) == ["ref"]:
            return str(value["ref"])
        if list(value) == ["percent"]:
            return str(value["percent"])
        return ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, (list, tuple)):
        return (
            "; ".join(_said(item) for item in value)
            if any(isinstance(one, Mapping) for one in value)
            else ", ".join(map(_said, value))
        )
    return "true" if value is True else "false" if value is False else "" if value is None else str(value)


def _row(workspace: Workspace, address: str, state: str) -> Row:
    entry = workspace.catalog.entries.get(address)
    if entry is None:
        said = state or workspace.graph.nodes.get(address, State.MISSING).value
        return Row((Cell(address, Tone.BAD), Cell(said, Tone.BAD), Cell("")))
    owner = getattr(entry.resource, "owner", None) or ""
    title = entry.resource.title or entry.resource.description.partition("\n")[0]
    said = f"{state}: {title}" if state not in ("", "unchanged") else title
    return Row((Cell(address, Tone.STRONG), Cell(said), Cell(owner, Tone.MUTED)), "", entry.draft.place("name"))


def _summary(workspace: Workspace, address: str) -> dict[str, Json]:
    entry = workspace.catalog.entries.get(address)
    state = workspace.graph.nodes.get(address, State.MISSING)
    place = entry.draft.place("name") if entry is not None else None
    title = entry.resource.title if entry is not None else ""
    owner = getattr(entry.resource, "owner", None) if entry is not None else None
    return {"address": address, "state": state.value, "title": title, "owner": owner, **place_data(place)}


def _edges(workspace: Workspace, edges: Collection[Edge], *, outwards: bool) -> tuple[Row, ...]:
    rows = []
    for edge in edges:
        other = edge.target if outwards else edge.source
        words = edge.relation.name if outwards else edge.relation.inverse
        entry = workspace.catalog.entries.get(edge.source)
        missing = workspace.graph.nodes.get(other) is State.MISSING
        place = entry.draft.place(*edge.path) if entry is not None else None
        rows.append(Row((Cell(words, Tone.MUTED), Cell(other, Tone.BAD if missing else Tone.STRONG)), "", place))
    return tuple(rows)


def _edge_data(workspace: Workspace, address: str) -> list[Json]:
    graph = workspace.graph
    return [
        {"source": edge.source, "relation": edge.relation.name, "target": edge.target}
        for edge in (*graph.out.get(address, ()), *graph.into.get(address, ()))
    ]
