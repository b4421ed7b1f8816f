"""What ``explain`` says about kinds and fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mofconf.answers.paragraphs import WIDTH, block, bullets, page, paragraph
from mofconf.answers.relations import TRAVELS, Made, effects, sentences
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
        paragraph(f"`mofconf explain {kind}.{own[0].name}` says more about one of them.") if own else "",
        paragraph(f"Every kind also has {listed([f'`{name}`' for name in COMMON])}. Required are `kind` and `name`."),
        "## Relations" if out or into else "",
        bullets([f"{kind} {sentence}" for sentence in (*out, *into)]),
    )


def field_text(title: str, fields: Sequence[Field]) -> str:
    """A field. Where several kinds have one of that name, those that mean the same stand together."""
    alike: dict[Field, list[Field]] = {}
    for field in fields:
        alike.setdefault(_anywhere(field), []).append(field)
    if len(fields) == 1:
        return page(f"# {title}", _about(fields))
    parts = [f"## {_in(those)}\n\n{_about(those)}" for those in alike.values()]
    return page(f"# {title}", *parts)


def _in(fields: Sequence[Field]) -> str:
    if len(fields) == len(KINDS):
        return "Every kind"
    words = listed([f"{one.kind}.{one.path}" for one in fields])
    return words if len(f"## {words}") <= WIDTH else f"{fields[0].path} of {listed([one.kind for one in fields])}"


def kind_data(kind: str, every: Iterable[Made]) -> dict[str, Json]:
    """A kind for programs."""
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


def _bulleted(fields: Iterable[Field]) -> list[str]:
    """Fields as items of a list, each with its words below it."""
    return [
        f"`{field.name}`: {field.type}{_but(field)}" + (f"\n{field.words}" if field.words else "") for field in fields
    ]


def _but(field: Field) -> str:
    """What more there is to say about a type, in a few words."""
    words = ["required"] if field.required else []
    words += [f"default `{field.default}`"] if field.default else []
    return "".join(f"; {word}" for word in words)


def _about(fields: Sequence[Field]) -> str:
    """All about one field of one kind, or about fields of several kinds that differ in words only."""
    field = fields[0]
    words = dict.fromkeys(one.words for one in fields)
    facts = [
        f"Type: {listed(dict.fromkeys(one.type for one in fields), 'or')}.",
        *_without(field, words),
        f"Change class: {field.change.value}. A change travels {TRAVELS[field.change]}.",
    ]
    if field.link:
        source, target = listed([one.kind for one in fields], "or"), listed(field.link.kinds, "or")
        facts.append(f"Relation: {source} {field.link.relation.name} {target}.")
        clear = len(fields) == 1 and field.kind not in field.link.kinds
        facts += effects(field.link.relation, source if clear else "one that refers", target)
    return page(
        paragraph(field.words)
        if len(words) == 1
        else bullets([f"{one.kind}: {one.words or 'the same.'}" for one in fields]),
        bullets(facts),
        paragraph(field.form if field.form != field.words else "Inside of it:") if field.inner else "",
        bullets(_bulleted(field.inner)),
        next((example for one in fields if (example := _example(one))), ""),
    ).rstrip("\n")


def _without(field: Field, words: Iterable[str]) -> list[str]:
    """What counts where nobody writes the field, unless its words say so already."""
    if field.required:
        return ["Required."]
    if field.default:
        return [f"Default: `{field.default}`."]
    return [] if any(_SAYS_DEFAULT in one for one in words) else ["Default: none."]


_SAYS_DEFAULT = "Default: "


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
    """The field without its kind and its words: by this one sees whether two are the same."""
    inner = tuple(_anywhere(one)._replace(words=one.words) for one in field.inner)
    named = "" if field.path == "kind" else field.type  # every kind has its own name there, and means the same by it
    return field._replace(kind="", words="", type=named, inner=inner)
