"""What stands in ``data`` and ``verdict`` of the JSON report of ``promises``."""

from __future__ import annotations

from mofconf.analyses.promises.results import CHECKS, Outcome
from mofconf.answers.promises import VERDICTS
from mofconf.render.json_answers import why
from mofconf.render.json_parts import Answer, Schema, counts_of, list_of, mapping, maybe_number, number, place, text


def _outcome(description: str) -> Schema:
    return text(description, enum=[one.value for one in Outcome])


def _point() -> Schema:
    return mapping(
        outcome=_outcome("What it says."),
        reason=text("The same as a sentence."),
        subject=text("What it is about beside the SLA: a team, a partner, an agreement, a priority, `rto`, `rpo`."),
        address=text("The resource to look at."),
        field=text("The path of the field to look at."),
        **place("with that field"),
        why=why(),
        numbers={
            "description": "The numbers behind it: availabilities as fractions, times in minutes.",
            "type": "object",
            "additionalProperties": {"type": "number"},
        },
    )


def _input() -> Schema:
    return mapping(
        address=text("What is not known exactly."),
        what=text("What of it.", enum=["availability", "mttr"]),
        low=number("The least that it may be, as a fraction."),
        high=number("The most that it may be."),
        swing=number("How much of the distance between the bounds of the figure goes when it is known, at the most."),
        holds_from=maybe_number("From here on it alone proves that the target is met. Null: it cannot."),
        broken_below=maybe_number("Below this it alone proves that the target is not met. Null: it cannot."),
    )


PROMISES = Answer(
    "promises",
    "Each SLA, what is computed of it, and every check of what carries it.",
    mapping(
        promises=list_of(
            mapping(
                address=text("The SLA."),
                service=text("The service that it promises. Empty where that cannot be told."),
                verdict=text(
                    "`broken`: availability or recovery is. `undecided`: one of them is. `gaps`: both are fine, and "
                    "something that carries the promise is broken or undecided. `holds`: everything fits.",
                    enum=list(VERDICTS),
                ),
                target=maybe_number("The promised availability as a fraction. Null where none is promised."),
                low=maybe_number("The least that the computed availability may be, as a fraction."),
                high=maybe_number("The most that it may be. Where it is known exactly both are the same."),
                period={"description": "Over what it is measured.", "enum": ["week", "month", "quarter", "year", None]},
                agreed_minutes=maybe_number("The agreed service time of one period, in minutes."),
                allowed_minutes=maybe_number("The downtime in it that the target leaves, in minutes."),
                **place("with the SLA"),
                checks=list_of(
                    mapping(
                        name=text("The check.", enum=list(CHECKS)),
                        outcome=_outcome("What it came to, which is the worst of its points."),
                        reason=text("Why, in a sentence."),
                        points=list_of(_point(), "What it looked at, the worst first."),
                        inputs=list_of(
                            _input(), "What would decide an undecided availability, the most important first."
                        ),
                    ),
                    "Every check, always in the same order.",
                ),
            ),
            "The SLAs by address.",
        ),
        verdicts=counts_of(VERDICTS, "How many SLAs there are of each verdict."),
    ),
    {
        "broken": "An availability or a recovery that is promised is not reached.",
        "undecided": "Of some promise it cannot be told.",
        "gaps": "All promises are kept, and not everything that carries them fits.",
        "holds": "Everything fits.",
        "none": "There is no SLA.",
    },
)
