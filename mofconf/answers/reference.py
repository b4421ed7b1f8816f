"""Reference pages in Markdown, made from the code: rules, kinds, relations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from mofconf.answers.explain import SWITCHING_OFF, marked
from mofconf.answers.paragraphs import bullets, page, paragraph
from mofconf.answers.relations import TRAVELS, Made, effects, sentences, ways
from mofconf.kinds import KINDS
from mofconf.kinds.examples import EXAMPLES
from mofconf.kinds.fields import COMMON, Field, every_field, fields_of
from mofconf.kinds.relation import RELATIONS, ChangeClass
from mofconf.kinds.wording import description, summary
from mofconf.rules import RULES
from mofconf.rules.rule import Rule

GENERATED = "<!-- Made by `mofconf generate`. Change the code that it is made from. -->"
"""What a page begins with, so that nobody edits it."""


def rules_page() -> str:
    """`docs/reference/rules.md`."""
    return page(
        GENERATED,
        "# Rules",
        paragraph(
            "What mofconf checks. `mofconf explain RULE` prints the same on a terminal. The arrow in an example points "
            "at what the rule finds."
        ),
        table(("rule", "severity", "finds"), [(_linked(one.name), one.severity.word, one.summary) for one in _rules()]),
        "## Severity",
        paragraph("A project changes the severity of a rule in its `mofconf.yaml`:"),
        fenced("severities:\n  ownerless-service: error\n  former-name-used: off"),
        paragraph(SWITCHING_OFF),
        *(_rule(rule) for rule in _rules()),
    )


def _rules() -> list[Rule]:
    return list(RULES.values())


def _rule(rule: Rule) -> str:
    return page(
        f"## {rule.name}",
        paragraph(f"{rule.summary} Severity: {rule.severity.word}."),
        paragraph(rule.reason),
        "Wrong:",
        fenced(marked(rule.bad)),
        "Right:",
        fenced(rule.good),
    ).rstrip("\n")


def kinds_page() -> str:
    """`docs/reference/kinds.md`."""
    every = [field for kind in KINDS for field in every_field(fields_of(kind))]
    made = ways()
    values = {field.value: field for field in every if field.value}
    return page(
        GENERATED,
        "# Kinds",
        paragraph(
            "What a document can describe. `mofconf explain KIND` prints the same on a terminal. How far the change of "
            "a field travels is said by its [class](relations.md#classes-of-change)."
        ),
        table(("kind", "is"), [(_linked(name), summary(kind)) for name, kind in KINDS.items()]),
        "## Fields of every kind",
        _fields([one for one in fields_of("Service") if one.path in COMMON]),
        *(_kind(kind, made) for kind in KINDS),
        "## Values",
        paragraph("Mappings that stand inside of fields."),
        *(_value(values[name]) for name in sorted(values)),
    )


def _kind(kind: str, made: Iterable[Made]) -> str:
    out, into = sentences(kind, made)
    return page(
        f"## {kind}",
        paragraph(description(KINDS[kind])),
        fenced(EXAMPLES[kind]),
        _fields([one for one in fields_of(kind) if one.path not in COMMON]),
        bullets([f"{kind} {sentence}." for sentence in (*out, *into)]),
    ).rstrip("\n")


def _value(field: Field) -> str:
    return page(
        f"### {field.value}",
        paragraph(field.form),
        _fields(field.inner, classes=False),
    ).rstrip("\n")


def _fields(fields: Iterable[Field], *, classes: bool = True) -> str:
    rows = [
        (
            f"`{one.name}`",
            one.type + (f", see {_linked(one.value)}" if one.value else ""),
            "required" if one.required else f"`{one.default}`" if one.default else "",
            one.words,
            *((one.change.value,) if classes else ()),
        )
        for one in fields
    ]
    return table(("field", "type", "default", "says", *(("class",) if classes else ())), rows)


def relations_page() -> str:
    """`docs/reference/relations.md`."""
    made = ways()
    every = [field for kind in KINDS for field in fields_of(kind) if field.path not in COMMON]
    rows = [
        (
            relation.name,
            relation.inverse,
            ", ".join(f"`{one.kind}.{one.field}`" for one in made if one.relation is relation) or "none so far",
            *(sentence.partition(": ")[2].rstrip(".") for sentence in effects(relation, "first", "second")),
        )
        for relation in RELATIONS
    ]
    return page(
        GENERATED,
        "# Relations",
        paragraph(
            "A field that names another resource makes a relation between the two. It reads from left to right: the "
            "first is the one that names, the second the one that is named."
        ),
        table(("first to second", "second to first", "made by"), [row[:3] for row in rows]),
        "## What flows along them",
        table(
            ("relation", "when the second fails", "when it is removed", "when it changes"),
            [(row[0], *row[3:]) for row in rows],
        ),
        "## Classes of change",
        paragraph("Each field has a class that says how far a change of it travels."),
        table(
            ("class", "a change travels", "fields"),
            [(one.value, words, _of_class(one, every)) for one, words in TRAVELS.items()],
        ),
    )


def _of_class(change: ChangeClass, fields: Iterable[Field]) -> str:
    return ", ".join(f"`{field.kind}.{field.path}`" for field in fields if field.change is change) or "none so far"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown. Line ends and bars in cells are made harmless."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def fenced(text: str, language: str = "yaml") -> str:
    """Code."""
    return f"```{language}\n{textwrap.dedent(text).rstrip()}\n```"


def _linked(name: str) -> str:
    return f"[{name}](#{name.lower().replace(' ', '-')})"
