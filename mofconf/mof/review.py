"""The operations management reviews: the points at which people decide, or look back together."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mofconf.mof.version import BOTH, Version


class Review(NamedTuple):
    """One kind of operations management review.

    ``alias`` is its name in the other version, where that differs. ``lead`` is the function that calls it and
    ``cluster`` where that function sits. ``required`` and ``optional`` are role clusters; ``guests_required``
    and ``guests_optional`` are people from outside the clusters.
    """

    name: str
    title: str
    kind: Literal["release-based", "time-based"]
    lead: str
    cluster: str
    when: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    guests_required: tuple[str, ...] = ()
    guests_optional: tuple[str, ...] = ()
    alias: str = ""
    versions: tuple[Version, ...] = BOTH


def reviews(version: Version) -> tuple[Review, ...]:
    """The four reviews of a version, in the order of the cycle from a request for change on."""
    return tuple(review for review in REVIEWS if version in review.versions)


_CHANGE_INITIATION = Review(
    "change-initiation",
    "Change Initiation Review",
    "release-based",
    "change manager",
    "release",
    "before anything is built, when a change is authorised",
    required=("release", "infrastructure", "operations", "security", "service"),
    optional=("support", "partner"),
    guests_optional=("customer",),
    alias="release-approved",
    versions=(3,),
)
_RELEASE_READINESS = Review(
    "release-readiness",
    "Release Readiness Review",
    "release-based",
    "release manager",
    "release",
    "after build and test, before the release goes live",
    required=("release", "infrastructure", "support", "operations", "partner", "security", "service"),
    guests_optional=("business owner", "development"),
    versions=(3,),
)
_OPERATIONS = Review(
    "operations",
    "Operations Review",
    "time-based",
    "operations manager",
    "operations",
    "at a regular interval, every month by default",
    required=("release", "infrastructure", "support", "operations"),
    optional=("partner", "security", "service"),
    versions=(3,),
)
_SLA = Review(
    "sla",
    "SLA Review",
    "time-based",
    "service level manager",
    "service",
    "at a regular interval, every quarter by default and every month for what is critical",
    required=("support", "service"),
    optional=("operations", "partner"),
    guests_required=("business representative",),
    versions=(3,),
)

REVIEWS: tuple[Review, ...] = (
    _CHANGE_INITIATION._replace(
        title="Release Approved Review",
        required=("release", "infrastructure", "operations", "security"),
        versions=(2,),
    ),
    _CHANGE_INITIATION,
    _RELEASE_READINESS._replace(
        required=("release", "infrastructure", "support", "operations", "partner", "security"), versions=(2,)
    ),
    _RELEASE_READINESS,
    _OPERATIONS._replace(optional=("partner", "security"), versions=(2,)),
    _OPERATIONS,
    _SLA._replace(cluster="support", required=("support",), versions=(2,)),
    _SLA,
)
"""The framework's facts, sections 1.4 (operations management reviews) and 2.4 (clusters and reviews).

Names, kinds, leads and the moment of the two release-based reviews are MOF's (the release manager's lead is
remembered); that the Release Approved Review of version 2 is the Change Initiation Review of version 3 is
remembered. Who is required and who is optional, and the intervals of the two time-based reviews, are
proposals of this project.
"""
