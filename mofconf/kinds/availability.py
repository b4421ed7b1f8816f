"""Availability as people state it: a percentage, a failure and repair time, or a range."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, ValidationError, model_validator
from pydantic_core import core_schema

from mofconf.kinds.resource import Value
from mofconf.kinds.values import PERCENTAGE, Duration, Maybe, Percentage, show_percentage, shown, wrong
from mofconf.spelling import listed


class Availability(Value):
    """How much of the time something works, by its own failures only: what it needs is not counted.

    Written as `99.95%`, as `{percent: 99.95%, mttr: 1h}`, as `{mtbf: 2000h, mttr: 4h}` or as a range
    `{low: 99.9%, high: 99.99%}`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["percent"]},
                {"required": ["mtbf", "mttr"]},
                {"required": ["low", "high"]},
            ],
            "dependencies": {"low": ["high"], "high": ["low"], "mtbf": ["mttr"]},
        }
    )

    percent: Maybe[Percentage] = None
    """The share of time that it works."""
    mtbf: Maybe[Duration] = None
    """Mean time between failures: the mean length of a period in which it works."""
    mttr: Maybe[Duration] = None
    """Mean time to repair: the mean length of an outage."""
    low: Maybe[Percentage] = None
    """The least that it may be."""
    high: Maybe[Percentage] = None
    """The most that it may be."""
    source: Maybe[Literal["measured", "contract", "estimate"]] = None
    """Where the figure comes from. A contract is a floor that somebody promised, not what was observed."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"percent": _must_be_text(value)}

    @model_validator(mode="after")
    def _one_form(self) -> Availability:
        ranged = self.low is not None or self.high is not None
        if (self.percent is not None) + (self.mtbf is not None) + ranged != 1:
            raise wrong("say it in one way: percent, or mtbf with mttr, or low with high")
        if self.mttr is not None and not self.mttr:
            raise wrong("mttr 0 would mean that it is back before it is down; write more than that, or leave it out")
        if self.percent is not None:
            return self
        if self.mtbf is not None and self.mttr is None:
            raise wrong("mtbf says how often it fails; mttr has to say how long a repair takes")
        if (self.low is None) != (self.high is None):
            raise wrong("a range needs both low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise wrong(
                f"the range is upside down: low {show_percentage(self.low)} is above high {show_percentage(self.high)}"
            )
        if self.mtbf is not None and not self.mtbf:
            raise wrong("mtbf 0 would mean never; write more than that")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        written_out = handler.resolve_ref_schema(handler(core))
        text = {"type": "string", "pattern": PERCENTAGE, "examples": ["99.95%"]}
        return {"anyOf": [text, written_out], "description": written_out.pop("description", "")}


def read_availability(text: str) -> Availability:
    """What people type: `99.9%`, `99%..99.9%` or `{percent: 99.9%, mttr: 1h}`. A `ValueError` says what is wrong.

    >>> read_availability("99%..99.9%").high
    Decimal('0.999')
    """
    low, dots, high = text.partition("..")
    value: object = text
    if text.startswith("{"):
        value = _mapping(text)
    elif dots:
        value = {"low": low.strip(), "high": high.strip()}
    try:
        return Availability.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            raise ValueError(
                f"an availability has no {key}, it has {listed(list(Availability.model_fields))}"
            ) from None
        if first["type"] == "literal_error":
            known = first["ctx"]["expected"].replace("'", "")
            raise ValueError(f"{shown(first['input'])} is no {key}, it is {known}") from None
        raise ValueError(f"{key}: {first['msg']}" if key and value is not text else first["msg"]) from None


def _mapping(text: str) -> dict[str, str]:
    """Fields and values as YAML has them between braces, with or without quotation marks."""
    if not text.endswith("}"):
        raise ValueError("the brace is not closed; write for example {percent: 99.9%, mttr: 1h}")
    if not text[1:-1].strip():
        raise ValueError("nothing stands between the braces; write for example {percent: 99.9%, mttr: 1h}")
    found: dict[str, str] = {}
    for part in text[1:-1].split(","):
        key, _, value = (one.strip().strip("\"'") for one in part.partition(":"))
        if not key or not value:
            raise ValueError(f"{shown(part.strip())} is not a field and its value, write for example mttr: 1h")
        if key in found:
            raise ValueError(f"{key} stands there twice")
        found[key] = value
    return found


def _must_be_text(value: object) -> object:
    if value is None or isinstance(value, (list, bool)):
        raise wrong(f"{shown(value)} is not an availability, write for example 99.95%")
    if isinstance(value, str) and ".." in value:
        raise wrong(f"{shown(value)} looks like a range, write it for example {{low: 99.9%, high: 99.99%}}")
    return value
