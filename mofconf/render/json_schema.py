"""The JSON Schema (draft-07) of the JSON report."""

from __future__ import annotations

from typing import Any

from mofconf.diagnostic import Severity
from mofconf.render.json_report import FORMAT

Schema = dict[str, Any]


def report_schema() -> Schema:
    """The schema that every report of this major version fits.

    It is open: a reader ignores the keys that it does not know, as a later minor version may add some.
    """
    schema = _object(
        format=_text("The name of this format.", const=FORMAT),
        version=_text("Major and minor version. The minor one rises when keys are added.", pattern=r"^1\.[0-9]+$"),
        command=_text("The command that made the report: plan, validate, impact, ..."),
        title=_text("What it is about: a range of revisions, a project, a resource."),
        verdict={"description": "The answer, where the question has one.", "oneOf": [_NULL, _verdict()]},
        findings={
            "description": "What is wrong, in the order of the files. Null where the command does not judge.",
            "oneOf": [_NULL, _list_of(_finding())],
        },
        data=_data(),
    )
    schema["properties"]["text"] = _text("The whole answer, where that is nothing but text.")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A mofconf report",
        "description": "What mofconf answers with -o json. Readers ignore keys that they do not know.",
        **schema,
    }


_NULL: Schema = {"type": "null"}


def _verdict() -> Schema:
    return _object(
        state=_text("One word for programs."),
        sentence=_text("The same in one sentence for people."),
    )


def _finding() -> Schema:
    return _object(
        rule=_text("The name of the rule, to look up with mofconf explain.", pattern="^[a-z][a-z0-9-]*$"),
        severity=_text("How bad it is.", enum=[level.word for level in sorted(Severity, reverse=True)]),
        address=_maybe("The resource that the finding is about: Kind/name."),
        field=_maybe("The path of the value in that resource, as in needs[2].ref."),
        message=_text("What is wrong."),
        hint=_maybe("What to do about it."),
        **_place("where to look"),
        status={
            "description": "In a plan, whether the change brings the finding. Null elsewhere.",
            "enum": [None, "new", "fixed", "unchanged"],
        },
        related={
            "description": "Other places that the finding speaks of.",
            **_list_of(_object(**_place("that is meant"), message=_text("What is there."))),
        },
    )


def _data() -> Schema:
    """The values behind the report. Each command has its own; those that several share are described."""
    change = _object(
        address=_text("The resource: Kind/name."),
        action=_text("What happens to it."),
        fields={
            "description": "What changes in it.",
            **_list_of(
                _object(
                    path=_text("The path of the value."),
                    **{"class": _maybe("What such a change can affect.")},
                    before={"description": "The value in the base revision; null where there was none."},
                    after={"description": "The value in the head revision; null where there is none."},
                )
            ),
        },
    )
    node = _object(
        id=_text("What lines refer to."),
        label=_text("What a picture shows."),
        group=_maybe("What is drawn together."),
    )
    line = _object(
        source=_text("The id of the node that needs."),
        target=_text("The id of the node that is needed."),
        label=_maybe("What a picture shows beside the line."),
        soft={"description": "Whether no outage flows along it.", "type": "boolean"},
    )
    return {
        "description": "The values behind the report, unrounded and in full.",
        "type": "object",
        "properties": {
            "changes": {"description": "In a plan: what changes.", **_list_of(change)},
            "nodes": {"description": "In a graph: its nodes.", **_list_of(node)},
            "lines": {"description": "In a graph: its edges.", **_list_of(line)},
        },
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _text(description: str, **rest: Any) -> Schema:
    return {"description": description, "type": "string", **rest}


def _maybe(description: str) -> Schema:
    return {"description": description, "type": ["string", "null"]}


def _place(purpose: str) -> dict[str, Schema]:
    number: Schema = {"type": ["integer", "null"], "minimum": 1}
    return {
        "file": _maybe(f"The file {purpose}, relative to the root that was read, with / between its parts."),
        "line": {"description": "The line, from 1.", **number},
        "column": {"description": "The column in code points, from 1.", **number},
    }
