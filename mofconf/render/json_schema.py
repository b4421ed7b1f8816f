"""The JSON Schema (draft-07) of the JSON report."""

from __future__ import annotations

from typing import Any

from mofconf.diagnostic import Severity
from mofconf.render.json_answers import IMPACT, PLAN, VALIDATE
from mofconf.render.json_availability import AVAILABILITY, CFIA, CUTS, IMPORTANCE
from mofconf.render.json_lookups import EXPLAIN, GRAPH, LIST, SHOW
from mofconf.render.json_parts import Answer, Schema, count, list_of, mapping, maybe, place, text
from mofconf.render.json_promises import PROMISES
from mofconf.render.json_recovery import RECOVERY, SIMULATE
from mofconf.render.json_report import FORMAT

ANSWERS: tuple[Answer, ...] = (
    PLAN,
    IMPACT,
    PROMISES,
    AVAILABILITY,
    CUTS,
    CFIA,
    IMPORTANCE,
    RECOVERY,
    SIMULATE,
    VALIDATE,
    LIST,
    SHOW,
    GRAPH,
    *EXPLAIN,
)
"""What the commands answer, in the order in which people meet them."""


def report_schema() -> Schema:
    """The schema that every report of this major version fits.

    It is open: a reader ignores the keys that it does not know, as a later minor version may add some.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A mofconf report",
        "description": "What mofconf answers with -o json. Readers ignore keys that they do not know.",
        **envelope(),
        "allOf": [_when(answer) for answer in ANSWERS],
    }


def envelope() -> Schema:
    """The part that is the same for every command."""
    schema = mapping(
        format=text("The name of this format.", const=FORMAT),
        version=text("Major and minor version. The minor one rises when keys are added.", pattern=r"^1\.[0-9]+$"),
        mofconf_version=text("The version of mofconf that made it."),
        command=text(f"The command that made the report: {', '.join(dict.fromkeys(one.command for one in ANSWERS))}."),
        exit_code={
            "description": "The code that the command leaves with. Null where no command made the report.",
            "type": ["integer", "null"],
        },
        title=text("What it is about: a range of revisions, a project, a resource."),
        verdict={"description": "The answer, where the question has one.", "oneOf": [_NULL, _verdict()]},
        findings={
            "description": "What is wrong, in the order of the files. Null where the command does not judge.",
            "oneOf": [_NULL, list_of(_finding())],
        },
        counts=mapping(
            error=count("Errors to act on: in a plan the new ones."),
            warning=count("Warnings to act on."),
            note=count("Notes to act on."),
            fixed=count("In a plan, findings of the base that the head has not."),
            unchanged=count("In a plan, findings that both have."),
        )
        | {"description": "How many findings there are."},
        data={"description": "The values behind the report, unrounded and in full.", "type": "object"},
    )
    schema["properties"]["text"] = text("The whole answer, where that is nothing but text.")
    return schema


_NULL: Schema = {"type": "null"}


def _when(answer: Answer) -> Schema:
    """The data of one command, and of one topic where the command knows several."""
    asked: dict[str, Any] = {"command": {"const": answer.command}}
    if answer.topic:
        asked["data"] = {"properties": {"topic": {"const": answer.topic}}, "required": ["topic"]}
    return {
        "if": {"properties": asked, "required": list(asked)},
        "then": {"properties": {"data": {"description": answer.says, **answer.data}}},
    }


def _verdict() -> Schema:
    return mapping(
        state=text("One word for programs. Which ones there are stands below, at the command."),
        sentence=text("The same in one sentence for people."),
    )


def _finding() -> Schema:
    return mapping(
        rule=text("The name of the rule, to look up with mofconf explain.", pattern="^[a-z][a-z0-9-]*$"),
        severity=text("How bad it is.", enum=[level.word for level in sorted(Severity, reverse=True)]),
        address=maybe("The resource that the finding is about: Kind/name."),
        field=maybe("The path of the value in that resource, as in needs[2].ref."),
        message=text("What is wrong."),
        hint=maybe("What to do about it."),
        **place("where to look"),
        status={
            "description": "In a plan, whether the change brings the finding. Null elsewhere.",
            "enum": [None, "new", "fixed", "unchanged"],
        },
        related={
            "description": "Other places that the finding speaks of.",
            **list_of(mapping(**place("that is meant"), message=text("What is there."))),
        },
    )
