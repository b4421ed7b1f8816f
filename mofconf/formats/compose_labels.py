"""The labels of a Compose service: its own, and how critical it says it is to OpenTelemetry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mofconf.formats.compose_layers import Layer, stack, text_of, untagged
from mofconf.formats.draft import Problem
from mofconf.formats.written import Written, plain_text

CRITICALITY = "service.criticality"
"""The OpenTelemetry resource attribute that becomes a label."""

ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES"
"""The variable in which a container is told its resource attributes."""


def labels_of(layers: Sequence[Layer], problems: list[Problem]) -> dict[str, Written]:
    """The labels by key, the later files winning."""
    labels: dict[str, Written] = {}
    for around, layer in stack(layers, "labels"):
        _take(labels, _pairs(around, layer, problems))
    attributes: dict[str, Written] = {}
    for around, layer in stack(layers, "environment"):
        _take(attributes, _attributes(around, layer))
    text = attributes.get(ATTRIBUTES)
    value = _attribute(str(text.value), CRITICALITY) if text else ""
    if text and value:
        labels[CRITICALITY] = text.saying(value)
    return labels


def _take(into: dict[str, Written], pairs: Iterator[tuple[str, Written | None]]) -> None:
    for key, value in pairs:
        if value is None:
            into.pop(key, None)
        else:
            into[key] = value


def _pairs(around: Written, layer: Layer, problems: list[Problem]) -> Iterator[tuple[str, Written | None]]:
    """The pairs of a mapping or a list of ``key=value``; ``None`` for a value that is reset."""
    if isinstance(around.value, Mapping):
        for key, tagged in around.entries():
            tag, entry = untagged(tagged)
            text = text_of(entry, layer, problems) if entry.value is not None else ""
            if tag == "!reset":
                yield key, None
            elif text is not None:
                yield key, entry.saying(text)
            elif plain_text(entry.value) is None:
                _say(problems, entry, f"the label {key} has to be text")
    elif isinstance(around.value, list):
        for item in around.items():
            text = text_of(item, layer, problems)
            key, _, value = (text or "").partition("=")
            if key:
                yield key, item.saying(value)
            elif text is not None or plain_text(item.value) is None:
                _say(problems, item, "an item of labels has to be key=value")
    elif around.value is not None:
        _say(problems, around, "labels has to be a mapping, or a list of key=value")


def _attributes(around: Written, layer: Layer) -> Iterator[tuple[str, Written | None]]:
    """The one variable of an environment that matters here; what is wrong with the others is no concern."""
    unheard: list[Problem] = []
    for tagged in (around.get(ATTRIBUTES),) if isinstance(around.value, Mapping) else around.items():
        if tagged is None:
            continue
        tag, entry = untagged(tagged)
        raw = plain_text(entry.value)
        if not isinstance(around.value, Mapping):
            name, equals, raw = (raw or "").partition("=")
            if name != ATTRIBUTES:
                continue
            raw = raw if equals else None
        text = text_of(entry.saying(raw), layer, unheard) if raw is not None else layer.variables.get(ATTRIBUTES)
        yield ATTRIBUTES, entry.saying(text or "") if tag != "!reset" else None


def _attribute(text: str, key: str) -> str:
    found = ""
    for part in text.split(","):
        name, _, value = part.partition("=")
        if name.strip() == key:
            found = value.strip()
    return found


def _say(problems: list[Problem], at: Written, message: str) -> None:
    problems.append(Problem("invalid-value", at.place, message, "see the Compose specification"))
