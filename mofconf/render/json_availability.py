"""What stands in ``data`` and ``verdict`` of the JSON report of availability, cuts, cfia and importance."""

from __future__ import annotations

from mofconf.answers.cuts import LISTED
from mofconf.answers.importance import ENDS
from mofconf.render.json_parts import (
    Answer,
    Schema,
    amount,
    count,
    flag,
    list_of,
    mapping,
    maybe,
    maybe_amount,
    maybe_share,
    names,
    place,
    share,
    text,
)


def _between(description: str) -> Schema:
    ends = mapping(low=share("The least."), high=share("The most, the same where it is one value."))
    return ends | {"description": description}


def _minutes(description: str) -> Schema:
    return mapping(low=amount("The least."), high=amount("The most.")) | {"description": description}


def _contributor() -> Schema:
    return mapping(
        address=text("What fails."),
        failure=text("Its own outage, or a failover of one of its groups that does not work.", enum=_FAILURES),
        field=text("The path of the group, for a failover. Empty otherwise."),
        criticality={"description": "The share of the downtime in which it has failed and is decisive.", **_NUMBER},
        low=maybe_share("The least that it works by itself. Null for a failover."),
        high=maybe_share("The most."),
        source=maybe(
            "Who says so: measured, estimate, contract, stated, assumed (a default of the project), asked (--set), "
            "unknown. Null for a failover."
        ),
        by=maybe("The resource that states it."),
        **place("with the figure"),
    )


_FAILURES = ["outage", "failover"]
_NUMBER: Schema = {"type": "number", "minimum": 0}


def _open() -> Schema:
    return mapping(
        address=text("The resource whose input it is."),
        what=text("Which input.", enum=["availability", "mttr"]),
        low=share("The least that it may be. Of a repair time: that an outage is short enough to be tolerated."),
        high=share("The most."),
        swing=share(
            "By how much the availability moves between the two ends of this input, at the most, where all others that "
            "are not known exactly are at their worst or at their best."
        ),
        **place("with the figure, or with the resource"),
    )


AVAILABILITY = Answer(
    "availability",
    "How much of the time things work. Shares are fractions of one, and not rounded.",
    mapping(
        resources=list_of(
            mapping(
                address=text("The resource."),
                available=_between("The share of time in which it works."),
                not_degraded=_between("The share of time in which it works and nothing that it wants is missing."),
                downtime_minutes=mapping(
                    month=_minutes("In a month of 30 days."), year=_minutes("In a year of 365 days.")
                )
                | {"description": "How many minutes it is down, in the mean."},
                exact=flag("Whether it is one value."),
                within_budget=flag("Whether its function is exact. If not, --budget helps."),
                closely=flag(
                    "Whether it was looked at closely: the 100 worst are, of the others only the figures are there."
                ),
                contributors=list_of(
                    _contributor(),
                    "What it hangs on, the most critical first; up to 50. Inputs that are not known exactly are taken "
                    "at their best here.",
                ),
                contributors_count=count("How many there are in all."),
                open=list_of(_open(), "The inputs that are not known exactly, by swing; up to 50."),
                open_count=count("How many there are in all."),
                assumed=names("The resources whose figures are defaults of the project."),
                **place("with the resource"),
            ),
            "The resources, the worst first: those that reach the least even at their best.",
        )
    ),
    {
        "exact": "All figures are one value.",
        "bounded": "Some are between bounds.",
        "unknown": "No figure is known.",
        "down": "Something is down for good.",
        "none": "There is nothing to ask about.",
    },
)

CUTS = Answer(
    "cuts",
    "The smallest sets of failures that take one resource down.",
    mapping(
        address=text("The resource."),
        order=count("Sets of up to so many failures are listed."),
        available=_between("The share of time in which it works."),
        total=count("How many sets there are in all."),
        beyond=count("How many of them have more failures than are listed."),
        counts=list_of(
            mapping(order=count("The number of failures."), count=count("How many sets have so many.")),
            "How many sets there are of each order. An outage that is too long to be tolerated is one failure.",
        ),
        cut_sets=list_of(
            mapping(
                order=count("The number of failures."),
                low=share("The probability that all of it has failed at once, at the least."),
                high=share("At the most, the same where it is one value."),
                failures=list_of(
                    mapping(
                        address=text("What fails."),
                        failure=text("Its own outage, or a failover that does not work.", enum=_FAILURES),
                        longer_than=maybe_amount("The outage is longer than so many seconds. Null for any outage."),
                        field=text("The path of the group, for a failover. Empty otherwise."),
                        **place("with the figure or the group"),
                    ),
                    "What has to fail together.",
                ),
            ),
            f"The sets by order, the likeliest first; up to {LISTED:,} of each order.",
        ),
    ),
    {
        "single points": "A single failure takes it down.",
        "redundant": "It takes several failures at once.",
        "none": "Nothing that can fail takes it down.",
        "down": "It is down for good.",
    },
)

CFIA = Answer(
    "cfia",
    "Component failure impact analysis: what the failure of each single thing does to each service.",
    mapping(
        services=list_of(
            mapping(
                address=text("The service, or whatever was asked about."),
                down=flag("Whether it is down whatever else fails."),
                exact=flag("Whether its function is within the budget. If not, some alternates may have no effect."),
                single_points_of_failure=names("What takes it down alone, itself included."),
                **place("with the service"),
            ),
            "The columns, by address.",
        ),
        components=list_of(
            mapping(
                address=text("The thing that fails."),
                low=share("The share of time that it works by itself, at least."),
                high=share("The same, at most. Where it is known exactly both are the same."),
                takes_down=names("What it takes down alone (X)."),
                alternates=names("Where an alternate takes over (A): it matters only together with other failures."),
                **place("with the thing"),
            ),
            "The rows, the riskiest first.",
        ),
    ),
    {
        "single points": "Something that is needed takes a service down alone.",
        "redundant": "Nothing does.",
        "down": "All that was asked about is down already.",
        "none": "There is nothing to ask about.",
    },
)

IMPORTANCE = Answer(
    "importance",
    "How much each failure matters to one resource.",
    mapping(
        address=text("The resource."),
        available=_between("The share of time in which it works."),
        ends=list_of(
            mapping(
                end=text(
                    "At which end the inputs that are not known exactly are taken. What lies between the ends may be "
                    "more or less than both.",
                    enum=list(ENDS),
                ),
                importances=list_of(
                    mapping(
                        address=text("What fails."),
                        failure=text(
                            "Its own outage, a failover that does not work, or that its outage is too long.",
                            enum=[*_FAILURES, "length"],
                        ),
                        longer_than=maybe_amount("The seconds that a `length` exceeds. Null otherwise."),
                        field=text("The path of the group, for a failover. Empty otherwise."),
                        birnbaum=amount("How fast the unavailability follows that of the failure."),
                        criticality=amount("The share of the downtime in which it has failed and is decisive."),
                        fussell_vesely=amount("The share of the downtime in which a cut set with it has failed."),
                        risk_achievement_worth=maybe_amount(
                            "How many times the downtime, were it always so. Null: endless."
                        ),
                        risk_reduction_worth=maybe_amount("How many times less, were it never so. Null: endless."),
                        **place("with the figure or the group"),
                    ),
                    "The failures, the most critical first.",
                ),
            ),
            "One table where all is known, one for each end otherwise. Empty where it is down for good.",
        ),
        unknown=names("The resources of which something is not known exactly."),
    ),
    {
        "exact": "All that it hangs on is known.",
        "ends": "Not all of it is.",
        "none": "Nothing that is known to fail matters.",
        "down": "It is down for good.",
    },
)
