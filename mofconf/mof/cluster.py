"""The role clusters of the Team Model: what each of them is there for."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.mof.version import Version


class Cluster(NamedTuple):
    """Activities that belong together. A cluster is no job and no department: one person may fill several.

    ``goal`` is the quality goal, ``does`` what it does day by day, ``since`` the first version that has it.
    """

    name: str
    title: str
    goal: str
    does: tuple[str, ...]
    since: Version = 2


def clusters(version: Version) -> tuple[Cluster, ...]:
    """The role clusters of a version: six in version 2, seven in version 3."""
    return tuple(cluster for cluster in CLUSTERS if cluster.since <= version)


CLUSTERS: tuple[Cluster, ...] = (
    Cluster(
        "release",
        "Release",
        "Releases and changes happen under control, and it is known what services and systems there are.",
        (
            "link developers with those who will run what they build",
            "keep track of configuration items, their versions and how they relate, from purchase on",
            "distribute software and watch over licences",
            "compare records with reality and keep what was learned",
        ),
    ),
    Cluster(
        "infrastructure",
        "Infrastructure",
        "Premises, platforms and tools work efficiently, at a cost that fits what the business needs.",
        (
            "shape the architecture of the enterprise and let it grow",
            "plan capacity, space and storage",
            "provide base software, standard images and shared data",
            "set the standards for hardware and software; arrange moves and connections",
        ),
    ),
    Cluster(
        "support",
        "Support",
        "Customers are helped well, by people who care about service.",
        (
            "run the service desk and restore service after incidents",
            "find the causes behind incidents and give them back to development",
            "match staffing to busy and quiet hours, escalate from tier to tier",
            "give second-line support for business applications",
        ),
    ),
    Cluster(
        "operations",
        "Operations",
        "Systems are run from day to day in a way that is predictable, repeatable and automated.",
        (
            "run messaging, systems, networks and databases",
            "care for backups, archives, storage, output, monitoring and event logs",
            "write down procedures and automate them",
            "keep the operational agreements with other groups",
        ),
    ),
    Cluster(
        "partner",
        "Partner",
        "Suppliers and partners bring what they cost, to the good of both sides.",
        (
            "settle terms and costs with suppliers, outsourcers and hosts",
            "manage maintenance contracts and the work under them",
            "keep the relationship, on the inside as well as on the partner's side",
        ),
    ),
    Cluster(
        "security",
        "Security",
        "Assets are protected, access is given on purpose, and emergencies are planned for in advance.",
        (
            "guard confidentiality, integrity and availability",
            "make policies for mail, remote access and permissions on data",
            "see to it that those who leave lose their access",
            "design protection, detect intrusions and plan the response",
        ),
    ),
    Cluster(
        "service",
        "Service",
        "The services on offer are the ones that the business needs.",
        (
            "define services, introduce them, reduce them and retire them; keep the service catalogue",
            "negotiate, measure and review service level agreements",
            "lead the people from all clusters who work on one service",
            "answer for satisfied customers and rank their wishes",
        ),
        since=3,
    ),
)
"""The framework's facts, section 2.2 (clusters).

Names, number and goals are MOF's, in words of our own. Nothing here is a proposal of this project. In version
2 the work of the cluster Service was part of Support.
"""
