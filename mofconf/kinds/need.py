"""What something needs to work: one thing, one of several, or some of many."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, ModelWrapValidatorHandler, StrictInt, model_validator
from pydantic_core import core_schema

from mofconf.kinds.relation import NEEDS, Link
from mofconf.kinds.resource import Value
from mofconf.kinds.values import NAME, Duration, Maybe, Name, Percentage, shown, wrong

NEEDED = Link("Service", "Asset", relation=NEEDS)


class Need(Value):
    """One condition for working. A bare name is a hard need of that one thing.

    `{anyOf: [a, b]}` is met by one of them, `{atLeast: 2, of: [a, b, c]}` by two of three,
    `{ref: kafka, atLeast: 1}` by one instance of `kafka`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["ref"]}, {"required": ["anyOf"]}, {"required": ["of"]}],
            "dependencies": {
                "of": ["atLeast"],
                "atLeast": {"anyOf": [{"required": ["ref"]}, {"required": ["of"]}]},
                "failover": {"anyOf": [{"required": ["anyOf"]}, {"required": ["atLeast"]}]},
            },
        }
    )

    ref: Annotated[Maybe[Name], NEEDED] = None
    """The one thing that is needed: a name, or an address where the name alone would be ambiguous."""
    any_of: Annotated[tuple[Name, ...], NEEDED] = ()
    """One of these is enough. With `failover` the first is the active one."""
    at_least: Maybe[StrictInt] = None
    """How many are enough: of `of`, or of the instances of `ref`."""
    of: Annotated[tuple[Name, ...], NEEDED] = ()
    """The members of a group of which `atLeast` are enough."""
    failover: Maybe[Percentage] = None
    """How surely switching to another member works."""
    effect: Literal["stops", "degrades", "none"] = "stops"
    """What its outage does: `stops` (the default), `degrades`, or `none` (a start order, a build step)."""
    tolerates: Maybe[Duration] = None
    """Outages of up to this length do no harm (a cache, a queue)."""

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: object, build: ModelWrapValidatorHandler[Need]) -> Need:
        if isinstance(value, str):
            return build({"ref": value})
        if not isinstance(value, dict):
            raise wrong(f"{shown(value)} is not a need: write a name, or a mapping with ref, anyOf, or atLeast and of")
        return _checked(build(value))

    @property
    def group(self) -> tuple[str, ...]:
        """The members of a group, empty for a need of one thing."""
        return self.any_of or self.of

    @classmethod
    def __get_pydantic_json_schema__(cls, core: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        written_out = handler.resolve_ref_schema(handler(core))
        text = {"type": "string", "pattern": NAME}
        return {"anyOf": [text, written_out], "description": written_out.pop("description", "")}


def _checked(need: Need) -> Need:
    """The need, if it says one thing only."""
    written = need.model_fields_set
    if len(written & {"ref", "any_of", "of"}) != 1:
        raise wrong("say one thing: ref, or anyOf, or atLeast with of")
    if "of" in written and need.at_least is None:
        raise wrong("of needs atLeast: how many of them are enough?")
    if "any_of" in written and need.at_least is not None:
        raise wrong("anyOf means one of them; for more write atLeast with of")
    if need.failover is not None and need.ref is not None and need.at_least is None:
        raise wrong("failover belongs to a group: anyOf, or atLeast with of")
    return need


class Up(Value):
    """When a resource with instances works."""

    at_least: Maybe[StrictInt] = None
    """How many instances are enough. Default: all of them."""
    full_at: Maybe[StrictInt] = None
    """Below this many it is degraded. Default: all of them."""
    failover: Maybe[Percentage] = None
    """How surely switching to another instance works."""
