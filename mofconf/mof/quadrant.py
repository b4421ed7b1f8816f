"""The quadrants of the Process Model: four missions that are pursued at the same time."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.mof.version import BOTH, Version


class Quadrant(NamedTuple):
    """One quarter of the work of running services.

    ``primary`` are the role clusters that answer for it first, ``review`` is the name of the operations
    management review that goes with it.
    """

    name: str
    title: str
    mission: str
    primary: tuple[str, ...]
    review: str
    versions: tuple[Version, ...] = BOTH


def quadrants(version: Version) -> tuple[Quadrant, ...]:
    """The four quadrants, in the order of the cycle from a change on."""
    return tuple(quadrant for quadrant in QUADRANTS if version in quadrant.versions)


_OPTIMIZING = Quadrant(
    "optimizing",
    "Optimizing",
    "Make services better for the long run: their cost, performance, capacity and availability.",
    ("service", "infrastructure"),
    "change-initiation",
    versions=(3,),
)

QUADRANTS: tuple[Quadrant, ...] = (
    Quadrant(
        "changing",
        "Changing",
        "Find, approve, control and release changes, quickly and with little disruption.",
        ("release",),
        "release-readiness",
    ),
    Quadrant(
        "operating",
        "Operating",
        "Do the tasks of every day so that their outcome can be relied on, by hand or by machine.",
        ("operations",),
        "operations",
    ),
    Quadrant(
        "supporting",
        "Supporting",
        "Settle incidents, problems and requests quickly, within what the agreements say.",
        ("support",),
        "sla",
    ),
    _OPTIMIZING._replace(primary=("infrastructure",), versions=(2,)),
    _OPTIMIZING,
)
"""The framework's facts, section 1.2 (quadrants).

Missions (in words of our own), primary clusters and reviews are MOF's; that Service and Infrastructure share
Optimizing in version 3 is remembered. Nothing here is a proposal of this project.
"""
