"""What stands in ``data`` and ``verdict`` of the JSON report where a command looks something up: list, explain, ..."""

from __future__ import annotations

from mofconf.diagnostic import Severity
from mofconf.graph import State
from mofconf.render.json_parts import Answer, Schema, change_class, flag, list_of, mapping, maybe, names, place, text


def _summary() -> dict[str, Schema]:
    return {
        "address": text("The resource: Kind/name."),
        "state": text("How much is known of it.", enum=[one.value for one in State]),
        "title": text("What people call it. Empty where it has no title."),
        "owner": maybe("The team that answers for it, as its document names it."),
        **place("with the resource"),
    }


LIST = Answer(
    "list",
    "The resources that a selector matches.",
    mapping(resources=list_of(mapping(**_summary()), "The resources, by address.")),
    {"empty": "Nothing matches. The verdict is null where something does."},
)

SHOW = Answer(
    "show",
    "One resource.",
    mapping(
        resource=mapping(
            **_summary(),
            values={
                "description": "What its document states, field by field, as in YAML. Empty where it cannot be read.",
                "type": "object",
            },
            edges=list_of(
                mapping(
                    source=text("The resource that refers."),
                    relation=text("The relation, which reads from source to target."),
                    target=text("The resource that is referred to."),
                ),
                "What it refers to, and what refers to it.",
            ),
        )
        | {"description": "The resource."}
    ),
    {
        "retired": "It is retired, and counts as not there. The verdict is null where all is well.",
        "unknown": "Its document cannot be read or does not fit.",
        "missing": "Nobody declares it, something only refers to it.",
    },
)

GRAPH = Answer(
    "graph",
    "Resources and how they hang together.",
    mapping(
        nodes=list_of(
            mapping(
                address=text("The resource: Kind/name."),
                label=text("What a picture shows: its title or its name."),
                kind=text("Its kind."),
            ),
            "The resources, by address.",
        ),
        edges=list_of(
            mapping(
                source=text("The resource that refers."),
                target=text("The resource that is referred to."),
                relation=text("The relation, which reads from source to target."),
                effect=text("What an outage of the target does to the source.", enum=["stops", "degrades", "none"]),
            ),
            "The references between them.",
        ),
        lines=list_of(
            mapping(
                source=text("The address at which it begins."),
                target=text("The address at which it ends."),
                label=maybe("What a picture shows beside the line."),
                soft=flag("Whether an outage of the target leaves the source working."),
            ),
            "The lines of the picture: the same references, each pair of ends and label once.",
        ),
    ),
    {"empty": "Nothing matches. The verdict is null where something does."},
)


def _field() -> Schema:
    return mapping(
        kind=text("The kind that has it."),
        path=text("Its path in that kind: needs.effect."),
        type=text("What it holds, in words."),
        required=flag("Whether it has to be there."),
        default=maybe("What it is where it is not written, as text."),
        description=text("What it says."),
        **{"class": change_class()},
        relation=maybe("The relation that it makes, if it refers to something."),
        refers_to=names("The kinds that it may refer to."),
        fields=list_of({"type": "object"}, "The fields within it, each with these same keys."),
    )


def _named(what: str) -> dict[str, Schema]:
    return {"name": text(f"The name of the {what}."), "summary": text("What it means, in a sentence.")}


def _severity() -> Schema:
    return text("How bad its findings are by default.", enum=[level.word for level in sorted(Severity, reverse=True)])


def _explained(topic: str, says: str, **keys: Schema) -> Answer:
    return Answer("explain", says, mapping(topic=text("What is explained.", const=topic), **keys), topic=topic)


EXPLAIN = (
    _explained(
        "rule",
        "A rule. The same stands in `text`, for people, as with every topic.",
        **_named("rule"),
        severity=_severity(),
        reason=text("Why it matters. Paragraphs are apart by an empty line."),
        bad=text("YAML that it finds something in, marked with `# ! RULE` where."),
        good=text("The same in good order."),
    ),
    _explained(
        "kind",
        "A kind.",
        **_named("kind"),
        description=text("What it means, in full."),
        fields=list_of(_field(), "Its fields. Those that every kind has come first."),
        relations=list_of(
            mapping(
                relation=text("The name of the relation."),
                source=text("The kind that refers."),
                field=text("The field that makes it."),
                targets=names("The kinds that may be referred to."),
            ),
            "The relations that it takes part in, on either side.",
        ),
        example=text("A resource of this kind, in YAML."),
    ),
    _explained(
        "field",
        "A field, in every kind that has it.",
        name=text("The field, with its kind where only one was asked about."),
        fields=list_of(_field(), "The field in each of these kinds."),
    ),
    _explained(
        "relation",
        "A relation.",
        name=text("Its name, which reads from the one that refers to the other."),
        inverse=text("Its name from the other side."),
        outage=flag("Whether an outage of the other can take down the one that refers."),
        removal=text("What the one that refers is when the other is removed.", enum=["broken", "vacant", "orphaned"]),
        change=text(
            "What the one that refers is when the other changes.",
            enum=["exposed", "recomputed", "notified", "rescheduled", "none"],
        ),
        fields=list_of(
            mapping(
                kind=text("The kind that refers."),
                field=text("The field that makes the relation."),
                targets=names("The kinds that may be referred to."),
            ),
            "The fields that make it.",
        ),
    ),
    _explained(
        "all",
        "What there is to ask for.",
        rules=list_of(mapping(**_named("rule"), severity=_severity()), "All rules."),
        kinds=list_of(mapping(**_named("kind")), "All kinds."),
        relations=list_of(
            mapping(name=text("The name of the relation."), inverse=text("Its name from the other side.")),
            "All relations.",
        ),
    ),
)
