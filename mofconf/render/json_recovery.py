"""What stands in ``data`` and ``verdict`` of the JSON report for what may happen: recovery, simulate."""

from __future__ import annotations

from mofconf.render.json_parts import (
    Answer,
    Schema,
    amount,
    count,
    flag,
    list_of,
    mapping,
    maybe_amount,
    names,
    place,
    share,
    text,
)


def _step() -> Schema:
    return mapping(
        address=text("What is to be restored."),
        wave={"description": "When: all of one wave can be worked on at once.", "type": "integer", "minimum": 1},
        start=amount("When it can begin: seconds from when all repairs began. A lower bound where one is not stated."),
        end=amount("When it is back."),
        takes=maybe_amount("The seconds that it takes by itself. Null where nothing states them: they count as none."),
        source=text("Where that comes from.", enum=["recovery time", "mttr", "contract", "parts", "unknown"]),
        by=text("The resource that states it. Empty where there is none."),
        assumed=flag("Whether a default of the project states it."),
        after=names("What it waits for."),
        critical=flag("Whether it is one of the row of steps that takes longest."),
        within=maybe_amount("For so many seconds those who need it do without. Null where somebody waits for it."),
        **place("with the resource"),
    )


def _stored() -> Schema:
    backup = mapping(
        job=text("The backup job."),
        low=maybe_amount(
            "The least that may be lost, in seconds: what is not stated counts as nothing. Null: all of it."
        ),
        high=maybe_amount("The most. Null: all of it, or nobody knows."),
        lacks=names("What is not stated: a job and its field."),
        unfit=text("Why it brings nothing back here. Empty where it does."),
    )
    return mapping(
        address=text("The data: a DataSet, or an Asset that says nothing of what it holds."),
        holders=names("The assets that hold it, of those that are needed."),
        left=names("Those of them that still stand: then nothing is lost."),
        low=maybe_amount("The least that may be lost of the latest of it, in seconds. Null: all of it."),
        high=maybe_amount("The most. Null: all of it, or nobody knows."),
        backups=list_of(backup, "The jobs that protect it, the best one first."),
    )


def _recovery() -> Schema:
    objective = mapping(
        kind=text("The time (`rto`) or the loss of data (`rpo`).", enum=["rto", "rpo"]),
        by=text("The SLA that promises it, or the service that tolerates no more."),
        limit=amount("What it promises, in seconds."),
        verdict=text("Whether that is kept.", enum=["holds", "broken", "undecided"]),
        **place("with the promise"),
    )
    return mapping(
        address=text("The resource that is restored."),
        low=maybe_amount(
            "The least that it takes, in seconds: what is not stated counts as nothing. Null: it never is back."
        ),
        high=maybe_amount("The most. Null: it never is back, or nobody knows."),
        obstacles=list_of(
            names("Single things that are gone for good, or several that all wait for each other."),
            "Why it cannot come back.",
        ),
        unknown=names("The resources whose time would have to be known."),
        unstated=names("The fields of jobs that would have to be known."),
        steps=list_of(_step(), "What has to be restored, in order. Of a group only what is back first."),
        spare=names("What is down too, and not waited for."),
        lost={
            **mapping(
                low=maybe_amount("The least, in seconds. Null: all."),
                high=maybe_amount("The most. Null: all, or unknown."),
            ),
            "description": "How much of the latest data is lost, in all. Null: nothing says what data there is.",
            "type": ["object", "null"],
        },
        data=list_of(_stored(), "The data that lies on what is needed."),
        objectives=list_of(objective, "What is promised."),
    )


RECOVERY = Answer(
    "recovery",
    "How long until something is back, in which order, and how much data is lost.",
    mapping(
        down=names("What has failed, as it was asked. Empty: all that is needed is to be restored."),
        recoveries=list_of(_recovery(), "The resources that were asked about, by address."),
    ),
    {
        "holds": "Everything that is promised is kept.",
        "broken": "Something that is promised is not kept.",
        "undecided": "Whether it is kept depends on what is not stated.",
        "unpromised": "Nothing is promised.",
        "untouched": "It does not go down, and nothing is promised.",
        "stuck": "Something cannot come back at all.",
    },
)

SIMULATE = Answer(
    "simulate",
    "How the downtime of one resource spreads over the months of a made-up history.",
    mapping(
        address=text("The resource."),
        months=count("How many months of 30 days were simulated."),
        seed=count("What the dice started from."),
        confidence=share("How sure all the intervals are."),
        availability=mapping(
            mean=share("The share of time in which it worked."),
            low=share("The lower end of the confidence interval."),
            high=share("Its upper end."),
        )
        | {"description": "What came out."},
        exact=mapping(low=share("The least."), high=share("The most, the same where it is one value."))
        | {"description": "The exact availability, from the function of the resource."},
        agrees={
            "description": "Whether the exact value lies in the interval. Null where it is not one value.",
            "type": ["boolean", "null"],
        },
        sharper=flag("Whether something tolerates outages: then the exact value has a convention that this has not."),
        outages=count("How many outages of the resource there were."),
        longest=amount("The longest of them, in seconds."),
        downtime=mapping(
            period=text("The period over which downtime is counted.", enum=["week", "month", "quarter", "year"]),
            length=amount("How many seconds it has."),
            periods=count("How many of them were simulated."),
            mean=amount("The mean downtime, in seconds."),
            low=amount("The lower end of its confidence interval."),
            high=amount("The upper end."),
            percentiles={
                "description": "The downtime that so many of a hundred periods do not exceed: 50, 90, 95, 99.",
                "type": "object",
                "additionalProperties": {"type": "number", "minimum": 0},
            },
            most=amount("The most of all periods."),
            untouched=share("The share of the periods without any."),
        )
        | {"description": "Its downtime, period by period."},
        promises=list_of(
            mapping(
                by=text("The SLA."),
                target=share("The availability that it promises."),
                period=text("Over what that is measured.", enum=["week", "month", "quarter", "year"]),
                allowance=amount("The seconds of its hours that it may be down in each."),
                periods=count("How many of them were simulated."),
                chance=share("The share in which it was down for longer."),
                low=share("The lower end of its confidence interval."),
                high=share("The upper end."),
                **place("with the target"),
            ),
            "The targets of the SLAs about it.",
        ),
        assumed=mapping(
            mttr=maybe_amount("The repair time that was assumed, in seconds. Null where none was."),
            addresses=names("What it was assumed for."),
        )
        | {"description": "What nothing states."},
    ),
    {
        "kept": "No target is missed in any period.",
        "missed": "A target is missed in some of the periods.",
        "unpromised": "Nothing is promised.",
    },
)
