"""What stands in the ``data`` of a plan about promises, and about the availability of services without one."""

from __future__ import annotations

from mofconf.analyses.promises.results import Outcome
from mofconf.render.json_parts import Schema, count, list_of, mapping, names, text


def kept_properties() -> dict[str, Schema]:
    """The properties, by name."""
    return {
        "promises": list_of(_promise(), "The promises of availability that the change reaches and that differ."),
        "services": list_of(
            mapping(
                address=text("The service."),
                before=_bounds("Its availability in the base"),
                after=_bounds("Its availability in the head"),
            ),
            "Services without a promise whose availability changes by more than 0.01 %.",
        ),
        "services_left_out": count("How many services without a promise were not looked at: there are too many."),
    }


def _promise() -> Schema:
    return mapping(
        address=text("The SLA."),
        service=text("The service that it promises."),
        before=_figure("in the base"),
        after=_figure("in the head"),
        was=_outcome("Whether it was kept; null where there was no such promise."),
        now=_outcome("Whether it is kept now; null where there is no such promise any more."),
        culprits=names("The changes without which it would be better, the worst first."),
        way=names("The shortest way from the service to the first of them."),
        repair={
            "description": "The single thing that would bring it back, and what is asked of it; null where none would.",
            "anyOf": [
                mapping(
                    address=text("What would have to be better."),
                    stated=_share("Its availability as it is stated."),
                    needed=_share("The availability that is enough."),
                ),
                {"type": "null"},
            ],
        },
    )


def _figure(when: str) -> Schema:
    return {
        "description": f"What is promised and computed {when}; null where there is no such promise.",
        "anyOf": [
            mapping(
                target=_share("What is promised."),
                low=_share("The availability at the least. The same as high where it is exact."),
                high=_share("The availability at the most."),
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


def _bounds(what: str) -> Schema:
    return {"description": f"{what}, as a fraction: at the least, and at the most.", **_TWO}


def _share(description: str) -> Schema:
    return {"description": description, "type": "number"}


def _outcome(description: str) -> Schema:
    words: Schema = {"type": "string", "enum": [one.value for one in Outcome]}
    return {"description": description, "anyOf": [words, {"type": "null"}]}
