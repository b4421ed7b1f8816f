"""Turns documents into YAML as people write it: comments, short lists on one line, several to a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

COMMENTS = 0.65  # the share of the files that have any
REMARKS = (
    "agreed with the owner in the last operations review",
    "see the runbook before touching this",
    "checked against the inventory",
    "TODO: confirm with the supplier before the contract is renewed",
    "kept as it was before the move to the new site",
    "numbers come from the monitoring of the last quarter",
    "do not change without a request for change",
    "temporary, until the successor is live",
)
FLOW_WIDTH = 80


@dataclass
class Document:
    """One resource before it is text. ``seed`` decides its comments, so that an edit leaves them alone."""

    kind: str
    name: str
    fields: dict[str, Any]
    seed: int
    extra_comment: str = ""
    anchored: bool = False


@dataclass
class Estate:
    """Files by path, each with its documents."""

    files: dict[str, list[Document]] = field(default_factory=dict)
    references: int = 0

    @property
    def documents(self) -> int:
        return sum(len(documents) for documents in self.files.values())

    @property
    def resources(self) -> int:
        return self.documents + sum(
            len(document.fields.get("instances", ())) for documents in self.files.values() for document in documents
        )


def write_files(folder: Path, files: Mapping[str, list[Document]]) -> dict[str, int]:
    """Write every file; the answer says how many bytes each has."""
    written = {}
    made: set[Path] = set()
    for path, documents in files.items():
        place = folder / path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        content = text_of(documents).encode()
        place.write_bytes(content)
        written[path] = len(content)
    return written


def text_of(documents: list[Document]) -> str:
    return "---\n".join("".join(line + "\n" for line in _document(document)) for document in documents)


def _document(document: Document) -> Iterator[str]:
    dice = Random(document.seed)
    commented = dice.random() < COMMENTS
    if commented:
        yield f"# {document.kind} {document.name}: {dice.choice(REMARKS)}."
    if document.extra_comment:
        yield f"# {document.extra_comment}"
    yield "apiVersion: mofconf/v1"
    yield f"kind: {document.kind}"
    yield f"name: {document.name}"
    for key, value in document.fields.items():
        if commented and dice.random() < 0.08:
            yield f"# {dice.choice(REMARKS)}"
        remark = f"  # {dice.choice(REMARKS)}" if commented and dice.random() < 0.06 else ""
        if key == "instances":
            yield from _instances(value, anchored=document.anchored)
        elif key == "description":
            yield from _paragraph(value)
        else:
            yield from _field(key, value, "", remark)


def _field(key: str, value: Any, indent: str, remark: str = "") -> Iterator[str]:
    if isinstance(value, (list, dict)):
        flow = _flow(value)
        if key not in ("needs", "labels", "roles", "handles") and len(flow) + len(key) < FLOW_WIDTH:
            yield f"{indent}{key}: {flow}{remark}"
            return
        yield f"{indent}{key}:{remark}"
        if isinstance(value, dict):
            for inner, held in value.items():
                yield from _field(inner, held, indent + "  ")
        else:
            for item in value:
                yield f"{indent}  - {_flow(item)}"
        return
    yield f"{indent}{key}: {_scalar(value)}{remark}"


def _instances(instances: dict[str, dict[str, Any]], *, anchored: bool) -> Iterator[str]:
    """A keyed map; with an anchor the first entry lends its fields to the others by a merge key."""
    yield "instances:"
    shared: dict[str, Any] = {}
    for name, fields in instances.items():
        if not anchored:
            yield f"  {name}: {_flow(fields)}"
        elif not shared:
            shared = fields
            yield f"  {name}: &first {_flow(fields)}"
        else:
            own = {key: value for key, value in fields.items() if shared.get(key) != value}
            yield f"  {name}: {{<<: *first, {_flow(own)[1:-1]}}}"


def _paragraph(text: str) -> Iterator[str]:
    if len(text) < 90:
        yield f"description: {text}"
        return
    yield "description: >-"
    line = " "
    for word in text.split():
        if len(line) + len(word) > 95:
            yield line
            line = " "
        line += f" {word}"
    yield line


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, str) and (_reads_as_number(text) or any(sign in text for sign in ":#{}[],&*!|>'\"@`")):
        return f'"{text}"'
    return text


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return text in ("true", "false", "null", "")
    return True
