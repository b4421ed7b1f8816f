"""Reference pages in Markdown about what this program takes and gives: its commands, and its JSON."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

import click

from mofconf.answers.paragraphs import page, paragraph
from mofconf.answers.reference import GENERATED, fenced, table
from mofconf.cli import COMMANDS, EPILOG, mofconf
from mofconf.render.json_parts import Answer
from mofconf.render.json_report import FORMAT, VERSION
from mofconf.render.json_schema import ANSWERS, envelope


def cli_page() -> str:
    """`docs/reference/cli.md`."""
    top = click.Context(mofconf, info_name="mofconf", max_content_width=_WIDE)
    shared = [parameter.name for parameter in mofconf.params]
    return page(
        GENERATED,
        "# Commands",
        _help(mofconf),
        table(
            ("command", "for"),
            [(f"[{name}](#mofconf-{name})", words) for name, words in COMMANDS.items()],
        ),
        _epilog(),
        "## Options of every command",
        paragraph("They stand before the name of the command or behind it; behind it counts more."),
        _options(mofconf, top),
        *(_command(name, top, shared) for name in COMMANDS),
    )


_WIDE = 1000


def _command(name: str, top: click.Context, shared: Sequence[str | None]) -> str:
    command = mofconf.get_command(top, name)
    if command is None:
        raise AssertionError(f"the table of commands names {name}, and there is no such command")
    inside = click.Context(command, parent=top, info_name=name, max_content_width=_WIDE)
    usage = " ".join(command.collect_usage_pieces(inside))
    names = [parameter.name for parameter in command.params]
    also = "fail_on" in names  # one of those that every report has, so it has them all
    return page(
        f"## mofconf {name}",
        fenced(f"mofconf {name} {usage}", "text"),
        _help(command),
        _options(command, inside, shared if also else ()),
        paragraph("And the [options of every command](#options-of-every-command).") if also else "",
    ).rstrip("\n")


def _help(command: click.Command) -> str:
    """The text of `--help`. What click would not wrap is a block."""
    parts = []
    for part in inspect.cleandoc(command.help or "").split("\n\n"):
        lines = part.strip("\n").splitlines()
        if lines and lines[0].strip() == "\b":
            parts.append(fenced("\n".join(lines[1:]), "text"))
        else:
            parts.append(paragraph(" ".join(part.split())))
    return "\n\n".join(parts)


def _epilog() -> str:
    [title, *lines] = EPILOG.replace("\b", "").strip().splitlines()
    codes = [re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines]
    return page(f"## {title.rstrip(':')}", table(("code", "means"), codes)).rstrip("\n")


def _options(command: click.Command, ctx: click.Context, without: Sequence[str | None] = ()) -> str:
    """Options with their help, without those that are explained elsewhere."""
    rows = [
        record
        for parameter in command.get_params(ctx)
        if isinstance(parameter, click.Option)
        and parameter.name not in without
        and not {"--help", "--version"} & set(parameter.opts)
        and (record := parameter.get_help_record(ctx)) is not None
    ]
    return table(("option", ""), [(f"`{name}`", " ".join(words.split())) for name, words in rows]) if rows else ""


def output_page() -> str:
    """`docs/reference/output.md`."""
    return page(
        GENERATED,
        "# The JSON output",
        paragraph(
            f"`-o json` writes one object, the same for every command. Its `format` is `{FORMAT}`, its `version` is "
            f"{VERSION} now: the minor number rises when a key or one more value of a key is added, the major number "
            "when something changes its meaning or goes. Read only the keys that you know, and ignore the others."
        ),
        paragraph("The JSON Schema of it is `schemas/report.schema.json`. Every key below is always there."),
        table(_COLUMNS, list(_rows(envelope(), ""))),
        paragraph("`text` is the exception: it is there for `explain` only."),
        *(_answer(one) for one in ANSWERS),
    )


_COLUMNS = ("key", "type", "says")


def _answer(one: Answer) -> str:
    """What one command writes into `data`, and what its verdict can be."""
    states = table(("verdict.state", "means"), [(f"`{word}`", means) for word, means in one.states.items()])
    return page(
        f"## {one.command}{f': {one.topic}' if one.topic else ''}",
        paragraph(one.says),
        states if one.states else "",
        table(_COLUMNS, list(_rows(one.data, "data."))),
    ).rstrip("\n")


def _rows(schema: dict[str, Any], above: str) -> Iterator[tuple[str, str, str]]:
    """A line for each key, those of objects inside of it behind it."""
    for key, value in schema.get("properties", {}).items():
        path = f"{above}{key}"
        yield f"`{path}`", _type(value), value.get("description", "")
        inner = [one for one in (value, *value.get("oneOf", ())) if one.get("type") in ("object", "array")]
        for one in inner:
            if one["type"] == "array":
                yield from _rows(one["items"], f"{path}[].")
            else:
                yield from _rows(one, f"{path}.")


def _type(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " or ".join("null" if one is None else f"`{one}`" for one in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "oneOf" in schema:
        return " or ".join(_type(one) for one in schema["oneOf"])
    written = schema.get("type", "anything")
    return written if isinstance(written, str) else " or ".join(written)
