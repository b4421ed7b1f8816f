"""What ``explain`` says about kinds and fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mofconf.answers.paragraphs import block, bullets, page, paragraph
from mofconf.answers.relations import TRAVELS, Made, effects, sentences, ways
from mofconf.kinds import KINDS
from mofconf.kinds.examples import EXAMPLES
from mofconf.kinds.fields import COMMON, Field, fields_of
from mofconf.kinds.wording import description, summary
from mofconf.report import Json
from mofconf.spelling import listed


def kind_text(kind: str, every: Iterable[Made]) -> str:
    """A kind: what it is, an example, its fields, and how it hangs together with other kinds."""
    own = [field for field in fields_of(kind) if field.path not in COMMON]
    out, into = sentences(kind, every)
    return page(
        f"# {kind}",
        paragraph(description(KINDS[kind])),
        block(EXAMPLES[kind]),
        "## Fields",
        bullets(_bulleted(own)),
        paragraph(f"Every kind also has {listed([f'`{name}`' for name in COMMON])}. Required are `kind` and `name`."),
        "## Relations" if out or into else "",
        bullets([f"{kind} {sentence}" for sentence in (*out, *into)]),
    )


def field_text(title: str, fields: Sequence[Field]) -> str:
    """A field. Where several kinds have one of that name, those that mean the same stand together."""
    alike: dict[Field, list[str]] = {}
    for field in fields:
        alike.setdefault(_anywhere(field), []).append(f"{field.kind}.{field.path}")
    if len(alike) == 1:
        where = list(alike.values())[0]
        of = paragraph(f"A field of {listed([one.partition('.')[0] for one in where])}.") if len(where) > 1 else ""
        return page(f"# {title}", of, _about(fields[0]))
    parts = [
        page(f"## {listed(_shortly(where))}", _about(next(one for one in fields if _anywhere(one) == shape)))
        for shape, where in alike.items()
    ]
    return page(f"# {title}", *(part.rstrip("\n") for part in parts))


def kind_data(kind: str) -> dict[str, Json]:
    """A kind for programs."""
    every = ways()
    return {
        "topic": "kind",
        "name": kind,
        "summary": summary(KINDS[kind]),
        "description": description(KINDS[kind]),
        "fields": [_data(field) for field in fields_of(kind)],
        "relations": [
            {"relation": one.relation.name, "source": one.kind, "field": one.field, "targets": list(one.targets)}
            for one in every
            if kind in (one.kind, *one.targets)
        ],
        "example": EXAMPLES[kind],
    }


def field_data(title: str, fields: Sequence[Field]) -> dict[str, Json]:
    """A field for programs, in every kind that has it."""
    return {"topic": "field", "name": title, "fields": [_data(field) for field in fields]}


def _data(field: Field) -> dict[str, Json]:
    return {
        "kind": field.kind,
        "path": field.path,
        "type": field.type,
        "required": field.required,
        "default": field.default or None,
        "description": field.words,
        "class": field.change.value,
        "relation": field.link.relation.name if field.link else None,
        "refers_to": list(field.link.kinds) if field.link else [],
        "fields": [_data(one) for one in field.inner],
    }


def _bulleted(fields: Iterable[Field], margin: str = "") -> list[str]:
    """Fields as items of a list, what is inside of them further in."""
    items = []
    for field in fields:
        lines = [f"`{field.name}`: {field.type}{_but(field)}"]
        if field.words:
            lines += field.words.split("\n\n")[:1]
        items.append("\n".join(lines))
    return items


def _but(field: Field) -> str:
    """What more there is to say about a type, in a few words."""
    words = ["required"] if field.required else []
    words += [f"default `{field.default}`"] if field.default else []
    return "".join(f"; {word}" for word in words)


def _about(field: Field) -> str:
    """All about one field."""
    facts = [
        f"Type: {field.type}.",
        "Required." if field.required else f"Default: {f'`{field.default}`' if field.default else 'none'}.",
        f"Change class: {field.change.value}. A change travels {TRAVELS[field.change]}.",
    ]
    relation = field.link.relation if field.link else None
    if relation and field.link:
        facts.append(f"Relation: {field.kind} {relation.name} {listed(field.link.kinds, 'or')}.")
        facts += effects(relation)
    inner = "Inside of it:" if field.inner else ""
    return page(
        paragraph(field.words),
        bullets(facts),
        inner,
        bullets(_bulleted(field.inner)),
        _example(field),
    ).rstrip("\n")


def _example(field: Field) -> str:
    """The lines of the kind's example that show this field, where it is one of the kind's own."""
    found: list[str] = []
    for line in EXAMPLES[field.kind].splitlines():
        if line.startswith(f"{field.path}:") or (found and line.startswith(" ")):
            found.append(line)
        elif found:
            break
    return page("For example:", block("\n".join(found))).rstrip("\n") if found else ""


def _anywhere(field: Field) -> Field:
    """The field without the kind that it belongs to, by which one sees whether two mean the same."""
    return field._replace(kind="", link=None, inner=tuple(_anywhere(one) for one in field.inner))


def _shortly(where: Sequence[str]) -> list[str]:
    return [one for one in where]
