"""The service management functions: the processes that fulfil the mission of a quadrant."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.mof.cluster import clusters
from mofconf.mof.version import BOTH, Version


class Smf(NamedTuple):
    """A service management function: at home in one quadrant, at work in all of them.

    ``owner`` is the role cluster that answers for it, ``contributors`` are those that take part most.
    """

    name: str
    title: str
    quadrant: str
    owner: str
    contributors: tuple[str, ...] = ()
    versions: tuple[Version, ...] = BOTH


def smfs(version: Version) -> tuple[Smf, ...]:
    """The service management functions of a version: 20 in version 2, 21 in version 3."""
    there = {cluster.name for cluster in clusters(version)}
    return tuple(
        smf._replace(contributors=tuple(name for name in smf.contributors if name in there))
        for smf in SMFS
        if version in smf.versions
    )


def selectable_smfs(version: Version) -> tuple[Smf, ...]:
    """Those that a resource may name.

    Print and output management counts in both versions here, although version 3 dropped it: its work did not
    go away. That is a proposal of this project.
    """
    named = smfs(version)
    return (*named, *(smf for smf in smfs(2) if smf.name == PRINT_AND_OUTPUT and smf not in named))


PRINT_AND_OUTPUT = "print-and-output-management"
_ALL_BUT_RELEASE = ("infrastructure", "support", "operations", "partner", "security", "service")
_DESK = ("operations", "partner")
_ADMINISTRATION = ("infrastructure", "security")

SMFS: tuple[Smf, ...] = (
    Smf("change-management", "Change Management", "changing", "release", _ALL_BUT_RELEASE),
    Smf("configuration-management", "Configuration Management", "changing", "release", _ALL_BUT_RELEASE),
    Smf("release-management", "Release Management", "changing", "release", _ALL_BUT_RELEASE),
    Smf("system-administration", "System Administration", "operating", "operations", _ADMINISTRATION),
    Smf("security-administration", "Security Administration", "operating", "security", ("operations",)),
    Smf("network-administration", "Network Administration", "operating", "operations", _ADMINISTRATION),
    Smf(
        "service-monitoring-and-control",
        "Service Monitoring and Control",
        "operating",
        "operations",
        _ADMINISTRATION,
    ),
    Smf(
        "directory-services-administration",
        "Directory Services Administration",
        "operating",
        "operations",
        _ADMINISTRATION,
    ),
    Smf("storage-management", "Storage Management", "operating", "operations", _ADMINISTRATION),
    Smf("job-scheduling", "Job Scheduling", "operating", "operations", _ADMINISTRATION),
    Smf(
        PRINT_AND_OUTPUT,
        "Print and Output Management",
        "operating",
        "operations",
        _ADMINISTRATION,
        versions=(2,),
    ),
    Smf("service-desk", "Service Desk", "supporting", "support", _DESK),
    Smf("incident-management", "Incident Management", "supporting", "support", _DESK),
    Smf("problem-management", "Problem Management", "supporting", "support", _DESK),
    Smf(
        "service-level-management",
        "Service Level Management",
        "optimizing",
        "support",
        ("partner", "operations"),
        versions=(2,),
    ),
    Smf(
        "service-level-management",
        "Service Level Management",
        "optimizing",
        "service",
        ("partner", "operations"),
        versions=(3,),
    ),
    Smf(
        "capacity-management",
        "Capacity Management",
        "optimizing",
        "infrastructure",
        ("operations", "service"),
    ),
    Smf(
        "availability-management",
        "Availability Management",
        "optimizing",
        "operations",
        ("partner",),
        versions=(2,),
    ),
    Smf(
        "availability-management",
        "Availability Management",
        "optimizing",
        "infrastructure",
        ("service", "partner"),
        versions=(3,),
    ),
    Smf(
        "financial-management",
        "Financial Management",
        "optimizing",
        "infrastructure",
        ("partner",),
        versions=(2,),
    ),
    Smf("financial-management", "Financial Management", "optimizing", "service", ("partner",), versions=(3,)),
    Smf("workforce-management", "Workforce Management", "optimizing", "infrastructure", ("service",)),
    Smf(
        "service-continuity-management",
        "Service Continuity Management",
        "optimizing",
        "infrastructure",
        ("security", "partner"),
        versions=(2,),
    ),
    Smf(
        "service-continuity-management",
        "IT Service Continuity Management",
        "optimizing",
        "infrastructure",
        ("security", "partner"),
        versions=(3,),
    ),
    Smf(
        "security-management",
        "Security Management",
        "optimizing",
        "security",
        ("infrastructure",),
        versions=(3,),
    ),
    Smf(
        "infrastructure-engineering",
        "Infrastructure Engineering",
        "optimizing",
        "infrastructure",
        ("release",),
        versions=(3,),
    ),
)
"""The framework's facts, sections 1.3 (functions by quadrant and version) and 2.4 (clusters and functions).

Names and quadrants are MOF's; that version 3 dropped print and output management is inferred from the count.
Owners are remembered in part: those of availability, financial, workforce and continuity management are
proposals of this project, and so are the contributors of all.
"""
