"""What ``explain`` says: what a rule, a kind, a field or a relation means, as text that is Markdown too."""

from __future__ import annotations

from collections.abc import Iterable

from mofconf.answers.explained_fields import field_data, field_text, kind_data, kind_text
from mofconf.answers.paragraphs import block, bullets, page, paragraph
from mofconf.answers.relations import Made, effects, relation_named, ways
from mofconf.kinds import KINDS
from mofconf.kinds.fields import Field, a, every_field, fields_of
from mofconf.kinds.relation import RELATIONS, Relation
from mofconf.kinds.wording import summary
from mofconf.report import Json, Report
from mofconf.rules import RULES
from mofconf.rules.rule import Rule


def report(name: str) -> Report | None:
    """The explanation of a name, or nothing where there is none of that name.

    A rule, a kind, a field (``Service.needs``, ``needs.effect`` or just ``needs``) or a relation (``runs on``). Case
    does not matter. No name: what there is to ask for.
    """
    if not name:
        return _overview()
    rule = RULES.get(name.casefold().replace("_", "-"))
    if rule is not None:
        return _report(rule.name, rule_text(rule), rule_data(rule))
    kind = next((kind for kind in KINDS if kind.casefold() == name.casefold()), "")
    if kind:
        made = ways()
        return _report(kind, kind_text(kind, made), kind_data(kind, made))
    fields = _fields_named(name)
    if fields:
        title = f"{fields[0].kind}.{fields[0].path}" if len(fields) == 1 else fields[0].path
        return _report(title, field_text(title, fields), field_data(title, fields))
    relation = relation_named(name)
    if relation is not None:
        made = tuple(one for one in ways() if one.relation is relation)
        return _report(relation.name, relation_text(relation, made), relation_data(relation, made))
    return None


def names() -> tuple[str, ...]:
    """Everything that can be asked for: rules, kinds, relations, fields alone and with their kind."""
    fields = [field for kind in KINDS for field in every_field(fields_of(kind))]
    return tuple(
        dict.fromkeys(
            [
                *RULES,
                *KINDS,
                *(field.path for field in fields),
                *(f"{field.kind}.{field.path}" for field in fields),
                *(relation.name for relation in RELATIONS),
            ]
        )
    )


def rule_text(rule: Rule) -> str:
    """What a rule finds, why that matters, how it looks wrong and right, and how to make it count for less."""
    return page(
        f"# {rule.name}",
        paragraph(rule.summary),
        paragraph(rule.reason),
        "## Wrong",
        block(marked(rule.bad)),
        "## Right",
        block(rule.good),
        "## Severity",
        paragraph(f"{a(rule.severity.word).capitalize()}, unless the project says otherwise in its mofconf.yaml:"),
        block(f"severities:\n  {rule.name}: {_other(rule.severity.word)}"),
        paragraph(SWITCHING_OFF),
    )


SWITCHING_OFF = (
    "One of error, warning, note, off. With `off` the rule is not asked at all: what it would have found stands in "
    "no report and changes no exit code. Nothing else changes: what could not be read stays unknown, and a reference "
    "to nothing still leads nowhere. In a plan the severities of the base revision count, so no change can silence "
    "the rules that judge it."
)
"""What it means to give a rule another severity."""


def _other(severity: str) -> str:
    return "warning" if severity == "error" else "error"


def marked(example: str) -> str:
    """An example with an arrow where the rule finds something."""
    return example.replace("# ! ", "# <-- ")


def rule_data(rule: Rule) -> dict[str, Json]:
    """A rule for programs."""
    return {
        "topic": "rule",
        "name": rule.name,
        "severity": rule.severity.word,
        "summary": rule.summary,
        "reason": rule.reason,
        "bad": rule.bad,
        "good": rule.good,
    }


def relation_text(relation: Relation, made: Iterable[Made]) -> str:
    """What a relation means, and which fields make it."""
    fields = [f"{one.kind} {relation.name} {' or '.join(one.targets)}: `{one.kind}.{one.field}`" for one in made]
    return page(
        f"# {relation.name}",
        paragraph(f"A relation. Read from the other side: {relation.inverse}."),
        bullets(effects(relation, "one that refers", "other")),
        "## Fields that make it",
        bullets(fields) if fields else paragraph("None so far."),
    )


def relation_data(relation: Relation, made: Iterable[Made]) -> dict[str, Json]:
    """A relation for programs."""
    return {
        "topic": "relation",
        "name": relation.name,
        "inverse": relation.inverse,
        "outage": relation.outage,
        "removal": relation.removal,
        "change": relation.change or "none",
        "fields": [{"kind": one.kind, "field": one.field, "targets": list(one.targets)} for one in made],
    }


def _report(title: str, text: str, data: dict[str, Json]) -> Report:
    return Report("explain", title, text=text, data=data)


def _fields_named(name: str) -> list[Field]:
    """The fields of that name, with the kind before it or without."""
    wanted = name.casefold()
    kind, _, path = wanted.partition(".")
    chosen = [one for one in KINDS if one.casefold() == kind and path]
    if chosen:
        return [field for field in every_field(fields_of(chosen[0])) if field.path.casefold() == path]
    every = [field for one in KINDS for field in every_field(fields_of(one))]
    whole = [field for field in every if field.path.casefold() == wanted]
    return whole or [field for field in every if field.name.casefold() == wanted]


def _overview() -> Report:
    width = max(len(relation.name) for relation in RELATIONS)
    text = page(
        "# What can be explained",
        paragraph(
            "`mofconf explain NAME`, where the name is a rule, a kind, a field (`Service.needs`, `needs.effect`, "
            "`owner`) or a relation (`runs on`)."
        ),
        "## Rules",
        bullets(f"`{rule.name}`, {rule.severity.word}: {rule.summary}" for rule in RULES.values()),
        "## Kinds",
        bullets(f"`{name}`: {summary(kind)}" for name, kind in KINDS.items()),
        "## Relations",
        "\n".join(f"    {relation.name:<{width}}  {relation.inverse}" for relation in RELATIONS),
    )
    data: dict[str, Json] = {
        "topic": "all",
        "rules": [
            {"name": rule.name, "severity": rule.severity.word, "summary": rule.summary} for rule in RULES.values()
        ],
        "kinds": [{"name": name, "summary": summary(kind)} for name, kind in KINDS.items()],
        "relations": [{"name": one.name, "inverse": one.inverse} for one in RELATIONS],
    }
    return _report("rules, kinds, relations", text, data)
