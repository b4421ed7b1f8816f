"""The kind Job."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import core_schema

from mofconf.kinds.calendar import HOURS
from mofconf.kinds.cron import read_cron
from mofconf.kinds.need import Need
from mofconf.kinds.relation import (
    AVAILABILITY,
    CONTRACT,
    COSMETIC,
    KEEPS_COPIES_IN,
    OWNED_BY,
    OWNERSHIP,
    PROTECTS,
    RUNS_AFTER,
    SCHEDULE,
    SERVES,
    Link,
)
from mofconf.kinds.resource import Resource, Value
from mofconf.kinds.subject import Subjects
from mofconf.kinds.values import Date, Duration, Maybe, Name, shown, wrong

CRON = r"^(@(hourly|daily|midnight|weekly|monthly|yearly|annually)|[0-9A-Za-z*,/-]+( +[0-9A-Za-z*,/-]+){4})$"


def _read_text(value: object) -> str:
    read_cron(value)
    return str(value)


CronText: TypeAlias = Annotated[
    str,
    PlainValidator(_read_text),
    WithJsonSchema({"type": "string", "pattern": CRON, "examples": ["30 2 * * *"]}),
]


class Schedule(Value):
    """When something runs: a cron expression such as `30 2 * * *`, or `{every: 15m}`.

    With a calendar a run that would start outside its hours is left out, and a cron expression is read in its zone.
    """

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["cron"]}, {"required": ["every"]}]})

    cron: Maybe[CronText] = None
    """The minutes in which it starts: minute, hour, day of the month, month, day of the week."""
    every: Maybe[Duration] = None
    """How long it is from one start to the next. What never pauses states how far it lags behind."""
    calendar: Annotated[Maybe[Name], HOURS] = None
    """The hours in which it may start. Default: always, in UTC."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if value is None or isinstance(value, (list, bool, int, float)):
            raise wrong(f'{shown(value)} is not a schedule, write for example "30 2 * * *" or {{every: 15m}}')
        return value if isinstance(value, dict) else {"cron": value}

    @model_validator(mode="after")
    def _one_form(self) -> Schedule:
        if (self.cron is None) == (self.every is None):
            raise wrong("say it in one way: cron, or every")
        if self.every is not None and not self.every:
            raise wrong("every 0 would mean always; write how far it lags behind, for example 1s")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        written_out = handler.resolve_ref_schema(handler(core))
        text = {"type": "string", "pattern": CRON, "examples": ["30 2 * * *"]}
        return {"anyOf": [text, written_out], "description": written_out.pop("description", "")}


class Job(Resource):
    """A scheduled task: a backup, or something else that runs by the clock."""

    kind: Annotated[Literal["Job"], COSMETIC]
    type: Annotated[Literal["backup", "archive", "monitoring", "output", "housekeeping"], CONTRACT]
    """What it is for. Only a backup brings lost data back."""
    level: Annotated[Literal["full", "incremental", "differential"], CONTRACT] = "full"
    """What a backup takes: all, what came since the last one, or what came since the last full one."""
    protects: Annotated[Subjects, CONTRACT, Link("DataSet", "Asset", "Service", relation=PROTECTS, selects=True)] = ()
    """What it brings back: data, all data that lies on an asset, or all data that a service needs."""
    serves: Annotated[Subjects, CONTRACT, Link("Service", "Asset", relation=SERVES, selects=True)] = ()
    """What it is run for, where it protects nothing."""
    schedule: Annotated[Maybe[Schedule], CONTRACT] = None
    """When it runs. Without one it runs when those are done that it runs after."""
    after: Annotated[tuple[Name, ...], CONTRACT, Link("Job", relation=RUNS_AFTER)] = ()
    """The jobs that have to be done before it starts."""
    longest_run: Annotated[Maybe[Duration], CONTRACT] = None
    """How long a run takes at the most. What came in meanwhile is not in it."""
    target: Annotated[Maybe[Name], CONTRACT, Link("Asset", "Location", relation=KEEPS_COPIES_IN)] = None
    """Where the copies lie. What is lost with the original is no copy."""
    retention: Annotated[Maybe[Duration], CONTRACT] = None
    """How long the copies are kept."""
    last_restore_test: Annotated[Maybe[Date], SCHEDULE] = None
    """The day on which somebody last brought something back from it."""
    needs: Annotated[tuple[Need, ...], AVAILABILITY] = ()
    """What it needs to run."""
    owner: Annotated[Maybe[Name], OWNERSHIP, Link("Team", relation=OWNED_BY)] = None
    """The one team that answers for it."""
