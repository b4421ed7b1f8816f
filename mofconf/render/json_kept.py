"""What stands in the ``data`` of a plan about promises, and about the availability of services without one."""

from __future__ import annotations

from mofconf.analyses.promises.results import Outcome
from mofconf.render.json_parts import (
    Schema,
    count,
    flag,
    list_of,
    mapping,
    maybe,
    maybe_share,
    names,
    number,
    place,
    share,
    text,
)


def kept_properties() -> dict[str, Schema]:
    """The properties, by name."""
    return {
        "promises": list_of(_promise(), "The promises of availability that the change reaches and that differ."),
        "services": list_of(
            mapping(
                address=text("The service."),
                before=_bounds("Its availability in the base"),
                after=_bounds("Its availability in the head"),
                delta=_DELTA,
            ),
            "Services without a promise whose availability changes by more than 0.01%.",
        ),
        "recoveries": list_of(
            mapping(
                address=text("The SLA."),
                was=text("What was to be said of it.", enum=[one.value for one in Outcome]),
                now=text("What is to be said of it now.", enum=[one.value for one in Outcome]),
                before=text("Why it was so."),
                after=text("Why it is so now."),
            ),
            "The promises of recovery of which the verdict differs; among more than 2,000 resources with --exact only.",
        ),
        "services_left_out": count(
            "How many services without a promise may change by more than that: there is too much to work it out."
        ),
        "promises_bounded": names(
            "The promises that the change reaches of which only bounds were worked out: too much is behind."
        ),
    }


def _promise() -> Schema:
    return mapping(
        address=text("The SLA."),
        service=text("The service that it promises."),
        before=_figure("in the base"),
        after=_figure("in the head"),
        delta={"description": _DELTA["description"], "anyOf": [_TWO, {"type": "null"}]},
        was=_outcome("Whether it was kept; null where there was no such promise."),
        now=_outcome("Whether it is kept now; null where there is no such promise any more."),
        culprits=names(
            "The changes without which it would be better, the worst first. Where it breaks or opens: the fewest "
            "that are found without which it would be as it was, and of which none can be left out."
        ),
        enough=flag("Whether it is proven that without the culprits alone it would be kept as it was."),
        edits=list_of(
            mapping(
                address=text("The culprit."),
                field=text("The field that was edited, dotted; empty where the whole resource came or went."),
                **place("where the edit is"),
            ),
            "Where the culprits were edited, in their order.",
        ),
        way=names("The shortest way from the service to the first of them, and on to what it hangs on since then."),
        hangs_on=maybe("What the service cannot do without since the first of them, and what fails most of it."),
        repair={
            "description": "The single figure that would bring it back, and what is asked of it: that of which what "
            "is missing to all has to shrink by the smallest factor. Null where none would.",
            "anyOf": [
                mapping(
                    address=text("What would have to be better."),
                    field=text("The failover that would have to be better, dotted; empty for its availability."),
                    stated=share("What is stated of that."),
                    needed=number("What is enough."),
                ),
                {"type": "null"},
            ],
        },
        redundancy={
            "description": "The thing of which a second one would bring it back that needs the same, or one more "
            "where it has instances: that with which most is reached. Null where none would.",
            "anyOf": [
                mapping(
                    address=text("What there would have to be one more of."),
                    reached=share("What the service would reach if switching to it always worked."),
                    failover=maybe_share(
                        "In which share of cases switching to it has to work. Null for one more instance, under the "
                        "failover that they have."
                    ),
                ),
                {"type": "null"},
            ],
        },
        proven=flag("Whether it is proven that the culprits are to blame. If not it is the one that may matter most."),
        bounded=flag("Whether only bounds of it were worked out, as too much stands behind it."),
        bounded_before=flag("The same of the base. Was it undecided for that, nobody knows whether it breaks now."),
    )


def _figure(when: str) -> Schema:
    return {
        "description": f"What is promised and computed {when}; null where there is no such promise.",
        "anyOf": [
            mapping(
                target=share("What is promised."),
                low=share("The availability at the least. The same as high where it is exact."),
                high=share("The availability at the most."),
                period=text("The period of the promise: week, month, quarter, year."),
                allowed={"description": "Downtime that the target leaves of a period, in minutes.", **_MAYBE},
                downtime={
                    "description": "Downtime to expect in a period in minutes: the least and the most.",
                    "anyOf": [_TWO, {"type": "null"}],
                },
            ),
            {"type": "null"},
        ],
    }


_MAYBE: Schema = {"type": ["number", "null"]}
_TWO: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


_DELTA: Schema = {
    "description": "By how much the availability changes, the least and the most (negative: it works less). Where the "
    "two differ nothing between them is proven, be it that both sides hang on the same that is not known.",
    **_TWO,
}


def _bounds(what: str) -> Schema:
    return {"description": f"{what}, as a fraction: at the least, and at the most.", **_TWO}


def _outcome(description: str) -> Schema:
    words: Schema = {"type": "string", "enum": [one.value for one in Outcome]}
    return {"description": description, "anyOf": [words, {"type": "null"}]}
