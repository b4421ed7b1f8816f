"""What several Compose files say of one service: one layer each, the later ones over the earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mofconf.documents import Tagged
from mofconf.formats.compose_interpolation import fill
from mofconf.formats.draft import Problem
from mofconf.formats.written import Written, plain_text


class Layer(NamedTuple):
    """What one file says of a service, and the variables that count in that file."""

    body: Written
    variables: Mapping[str, str]


def stack(layers: Sequence[Layer], field: str) -> list[tuple[Written, Layer]]:
    """What the layers say of a field, in their order. ``!reset`` and ``!override`` drop what was before."""
    said: list[tuple[Written, Layer]] = []
    for layer in layers:
        entry = layer.body.get(field)
        if entry is None:
            continue
        tag, bare = untagged(entry)
        if tag:
            said.clear()
        if tag != "!reset":
            said.append((bare, layer))
    return said


def text_of(written: Written, layer: Layer, problems: list[Problem]) -> str | None:
    """The text of a value with its variables filled in; a problem where Compose would refuse it.

    A variable that nothing sets is empty, and a problem of its own.
    """
    text = plain_text(written.value)
    if text is None:
        return None
    filled = fill(text, layer.variables)
    if filled.fault:
        problems.append(Problem("invalid-value", written.place, filled.fault, filled.hint))
        return None
    for name in filled.unset:
        message = f"the variable {name} is not set, so it is empty here"
        problems.append(Problem("unset-variable", written.place, message, f"set {name} in .env", subject=name))
    return filled.text


def untagged(written: Written) -> tuple[str, Written]:
    """The tag of a value (empty for none) and the value without it."""
    if isinstance(written.value, Tagged):
        return written.value.tag, written._replace(value=written.value.value)
    return "", written


def untagged_or_none(written: Written | None) -> Written | None:
    """The value without a tag, or nothing where it is reset."""
    tag, bare = untagged(written) if written else ("", None)
    return None if tag == "!reset" else bare
