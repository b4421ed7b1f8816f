"""What stands in ``data`` and ``verdict`` of the JSON report where a command judges: plan, impact, validate."""

from __future__ import annotations

from mofconf.analyses.impact import OUTCOMES, Mode
from mofconf.answers.plan_data import ACTIONS, CONSEQUENCES
from mofconf.render.json_kept import kept_properties
from mofconf.render.json_parts import (
    Answer,
    Schema,
    change_class,
    count,
    counts_of,
    flag,
    list_of,
    mapping,
    names,
    place,
    text,
)


def _step() -> Schema:
    return mapping(
        source=text("The resource that this step is about."),
        relation=text("The relation, which reads from the source to the targets: needs, runs on, ..."),
        targets=names("Its other end. Several are the members of a group of which too few are left."),
        field=text("The path of the field in the source that makes the relation."),
        **place("with that field"),
    )


def why() -> Schema:
    """A chain of reasons."""
    return list_of(_step(), "The chain of reasons, from the resource to what was hit. Empty where there is no chain.")


_VALUE: Schema = {
    "type": ["string", "number", "boolean", "array", "null"],
    "items": {"type": "string"},
}


def _field_change() -> Schema:
    return mapping(
        path=text("The path of the value, without the indices of lists."),
        **{"class": change_class()},
        before={
            "description": "The value in the base, null where there was none. Of a list only what went.",
            **_VALUE,
        },
        after={
            "description": "The value in the head, null where there is none. Of a list only what came.",
            **_VALUE,
        },
        cause=text("The resource whose change brings this about, where the value is derived. Empty: it is written."),
        **place("with the value, in the head where it is still there"),
    )


def _change() -> Schema:
    return mapping(
        address=text("The resource, by its address in the head; in the base where it is removed."),
        action=text(
            "What happens to it. An unknown one stands in a document that one of the sides cannot read.",
            enum=list(ACTIONS),
        ),
        former=text("Its address in the base, where it is renamed. Empty otherwise."),
        reason=text("Why it is unknown. Empty otherwise."),
        **place("with the resource"),
        fields=list_of(_field_change(), "What changes in it."),
    )


_OUTCOMES = (
    "`down`: does not work any more. `degraded`: works, but not fully. `at risk`: has lost its redundancy and is one "
    "failure from an outage. `broken`: names something that is gone. `vacant`: nobody answers for it. `orphaned`: has "
    "lost what it is about. `exposed`: depends on it and should be looked at. `recomputed`: promises something about "
    "what is hit. `rescheduled`: touches what is hit. `notified`: should be told."
)


def _consequence() -> Schema:
    return mapping(
        address=text("The resource that it happens to."),
        outcome=text(
            f"What happens to it; a resource may stand here more than once. {_OUTCOMES} `single point`: has a new need "
            "that nothing stands in for. `restored`: works again.",
            enum=list(CONSEQUENCES),
        ),
        why=why(),
        risks=names("The single failures that now take it down and did not before."),
        culprits=names("The changed resources that bring it about."),
        instead=names("The single failures that took it down before and do not any more."),
    )


PLAN = Answer(
    "plan",
    "What changes between two revisions, and what that brings about. `mofconf demo` answers with a plan too.",
    mapping(
        files=count("How many files differ."),
        moved=count("How many documents only stand in another file now."),
        changes=list_of(_change(), "What changes, by address."),
        renames_offered=list_of(
            mapping(
                removed=text("The resource that goes."),
                added=text("The resource that comes."),
                **place("with the resource that comes"),
            ),
            "A removal and an addition that look like a rename which nobody has declared. They count as what they are.",
        ),
        actions=counts_of(ACTIONS, "How many resources are changed in which way, by action."),
        consequences=list_of(_consequence(), "What the change brings about."),
        outcomes=counts_of(
            CONSEQUENCES,
            "To how many resources it happens, by outcome. The verdict leaves out what only took another's place.",
        ),
        **kept_properties(),
        promises_at_stake=names("The agreements about what is down, degraded or at risk: SLAs first."),
        resources=mapping(base=count("How many there were."), head=count("How many there are."))
        | {"description": "The number of resources on each side."},
        base={
            "type": "string",
            "description": "What the change is compared with: a revision and its commit, a folder.",
        },
        head=text("What it leads to: a revision and its commit, the work tree, a folder."),
        notes=names("What was decided on the way: which revisions were taken, what could not be had."),
    ),
    {
        "nothing": "Nothing changes.",
        "moved": "Nothing changes, documents only stand in other files.",
        "renamed": "Only names change, and every rename is declared.",
        "cosmetic": "Only words change: titles, descriptions, labels.",
        "clean": "Something changes, and nothing breaks.",
        "gaps": "Something has no owner or no promise any more, or a promise can no longer be judged.",
        "risks": "Something has lost its redundancy, and works.",
        "findings": "The change brings errors.",
        "breaks": "Something is down, degraded or left with a broken reference, or a promise is broken.",
        "emptied": "Every resource is removed, so nothing is left that could break.",
        "unknown": "A document cannot be read, so the change cannot be judged in full.",
    },
)

IMPACT = Answer(
    "impact",
    "What is hit when something fails, changes or goes.",
    mapping(
        mode=text("Which question was asked.", enum=[one.value for one in Mode]),
        asked=names("The resources that fail, change or go."),
        hits=list_of(
            mapping(
                address=text("The resource that is hit."),
                outcome=text(f"What happens to it, the worst that there is to say. {_OUTCOMES}", enum=list(OUTCOMES)),
                risks=names("The single failures that would now take it down and were harmless before."),
                why=why(),
                **place("with the resource"),
            ),
            "What is hit, the worst first. With `--why` only that resource.",
        ),
        outcomes=counts_of(
            OUTCOMES,
            "How many of the hits there are, by outcome. The verdict leaves out instances that fare like their whole.",
        ),
    ),
    {"hit": "Something is hit.", "untouched": "Nothing is, or not what was asked about."},
)

VALIDATE = Answer(
    "validate",
    "What was read. What is wrong with it stands in `findings`.",
    mapping(
        files=count("How many files were read."),
        documents=count("How many documents they hold."),
        resources={
            "description": "How many resources there are of each kind.",
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        promises=flag("Whether the promises were judged, too."),
        edges=count("How many references lead from one to another."),
    ),
    {
        "clean": "Nothing is wrong.",
        "empty": "There is nothing to check: no file was found.",
        "errors": "The worst finding is an error.",
        "warnings": "The worst finding is a warning.",
        "notes": "The worst finding is a note.",
    },
)
