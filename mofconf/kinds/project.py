"""The kind Project: the file ``mofconf.yaml`` that says where resources come from and how they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, StrictBool, WithJsonSchema, model_validator
from pydantic_core import core_schema

from mofconf.kinds.relation import AVAILABILITY, CONTRACT, COSMETIC, OWNERSHIP
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.values import Maybe, Text, shown, wrong


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


Globs: TypeAlias = Annotated[
    tuple[Text, ...],
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def _read_scalar(value: object) -> object:
    if isinstance(value, (dict, list)):
        raise wrong(f"{shown(value)} cannot stand here, only text, a number, true or false")
    return value


Scalar: TypeAlias = Annotated[
    object, PlainValidator(_read_scalar), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})
]


def _read_constant(value: object) -> object:
    if value is None:
        raise wrong("a constant that is empty says nothing")
    return _read_scalar(value)


Constant: TypeAlias = Annotated[
    object, PlainValidator(_read_constant), WithJsonSchema({"type": ["string", "number", "boolean"]})
]


def _read_filling(value: object) -> object:
    if value is None:
        raise wrong("what is empty fills nothing")
    return value


Filling: TypeAlias = Annotated[object, PlainValidator(_read_filling), WithJsonSchema({"not": {"type": "null"}})]


class FieldMapping(Value):
    """Where the value of a field comes from. Bare text is a path, a list of them several."""

    path: Globs = ()
    """JSONPath (RFC 9535) in which `$` is the entry. Of several paths the first that matches anything counts."""
    key: Maybe[Literal[True]] = None
    """The key under which the entry stands."""
    value: Maybe[Constant] = None
    """A constant, or what to take where no path matches."""
    alias: Mapping[Text, Scalar] = Field(default_factory=dict)
    """Translations: `{prod: production}`."""
    slug: StrictBool = False
    """Make a name of free text: `My Service` becomes `my-service`."""
    as_: Text = Field(default="", alias="as")
    """Text around the value, which stands at `{}`: `Asset/{}`."""
    items: Mapping[Text, FieldMapping] = Field(default_factory=dict)
    """Make a mapping of each match; in these paths `$` is the match."""

    @model_validator(mode="before")
    @classmethod
    def _from_path(cls, value: object) -> object:
        if isinstance(value, (str, list)):
            return {"path": value}
        if not isinstance(value, dict):
            raise wrong(f'{shown(value)} is not a path, write for example "$.name"')
        return value

    @model_validator(mode="after")
    def _says_something(self) -> FieldMapping:
        if not self.path and not self.key and "value" not in self.model_fields_set:
            raise wrong("say where the value comes from: path, key or value")
        if self.as_ and self.as_.count("{}") != 1:
            raise wrong(f"'{self.as_}' needs {{}} once, where the value goes")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        written_out = handler.resolve_ref_schema(handler(core))
        written_out["anyOf"] = [{"required": ["path"]}, {"required": ["key"]}, {"required": ["value"]}]
        text = {"type": "string", "examples": ["$.name"]}
        return {
            "anyOf": [text, {"type": "array", "items": {"type": "string"}, "minItems": 1}, written_out],
            "description": written_out.pop("description", ""),
        }


def _constant(value: object) -> object:
    """A kind is mostly the same for all entries, so bare text is a constant unless it looks like a path."""
    return {"value": value} if isinstance(value, str) and not value.startswith("$") else value


class ResourceMapping(Value):
    """How entries of a file become resources."""

    each: Text
    """JSONPath of the entries: `$.services[*]`."""
    kind: Annotated[FieldMapping, BeforeValidator(_constant)]
    """The kind that they become."""
    name: FieldMapping
    """Their name: a path, or `{key: true}` for the key under which the entry stands."""
    fields: Mapping[Text, FieldMapping] = Field(default_factory=dict)
    """The other fields, by name; `labels.tier` for a field within a field."""
    adds: StrictBool = False
    """Only complete resources that another source makes. A name with `*` then completes all that match."""


class SourceMapping(Value):
    """Some files, and how to read them."""

    files: Globs
    """Which files, from the folder of the project file on: `catalog/**/*.yaml`."""
    exclude: Globs = ()
    """Which of them not."""
    format: Literal["native", "mapping", "compose", "backstage"] = "native"
    """What they hold: mofconf's own documents, any YAML that is mapped, Compose files, or a Backstage catalogue."""
    resources: tuple[ResourceMapping, ...] = ()
    """For the format `mapping`: what becomes what."""
    profiles: Maybe[tuple[Text, ...]] = None
    """For the format `compose`: the profiles that are switched on. Default: all services count."""
    annotations: tuple[Text, ...] = ()
    """For the format `backstage`: annotations to keep as labels."""

    @model_validator(mode="after")
    def _belongs_to_format(self) -> SourceMapping:
        for field, wanted in (
            ("resources", "mapping"),
            ("profiles", "compose"),
            ("annotations", "backstage"),
        ):
            if field in self.model_fields_set and self.format != wanted:
                raise wrong(f"{field} belongs to the format {wanted}, and the format here is {self.format}")
        if self.format == "mapping" and not self.resources:
            raise wrong("the format mapping needs resources: what becomes what")
        return self


class Default(Value):
    """What fills a field that is absent, in all resources that fit."""

    for_: Mapping[Text, Scalar] = Field(alias="for")
    """Which resources: `{kind: Asset, category: hardware}`."""
    set: Mapping[Text, Filling]
    """What to fill in. It never overrides."""


class Project(Resource):
    """The project: where resources come from, and how they are judged."""

    kind: Annotated[Literal["Project"], COSMETIC]
    framework_version: Annotated[Literal[2, 3], OWNERSHIP] = 3
    """The version of the Microsoft Operations Framework: 2 has six role clusters, 3 has seven."""
    sources: Annotated[tuple[SourceMapping, ...], AVAILABILITY] = ()
    """Where resources come from. Default: `catalog/`, `policies/` and every `*.mofconf.yaml`."""
    defaults: Annotated[tuple[Default, ...], AVAILABILITY] = ()
    """Weak values: they fill what is absent."""
    severities: Annotated[Mapping[Text, Literal["error", "warning", "note", "off"]], CONTRACT] = Field(
        default_factory=dict
    )
    """How bad a rule's findings are here."""
    roles: Annotated[Mapping[Text, tuple[Text, ...]], OWNERSHIP] = Field(default_factory=dict)
    """Functional roles of your own, by role cluster."""
    default_branch: Annotated[Text, COSMETIC] = ""
    """The branch that changes are compared with. Default: what the repository says."""
