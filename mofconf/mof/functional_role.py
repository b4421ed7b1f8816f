"""The functional roles: the teams that one finds inside a role cluster."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.mof.version import BOTH, Version


class FunctionalRole(NamedTuple):
    """One kind of work within a cluster. ``name`` is what a Team writes as the ``function`` of a role."""

    name: str
    title: str
    cluster: str
    versions: tuple[Version, ...] = BOTH


def functional_roles(version: Version, cluster: str) -> tuple[FunctionalRole, ...]:
    """The functional roles of a cluster in a version; none for a cluster that the version does not have."""
    return tuple(role for role in FUNCTIONAL_ROLES if role.cluster == cluster and version in role.versions)


FUNCTIONAL_ROLES: tuple[FunctionalRole, ...] = (
    FunctionalRole("change-management", "Change management", "release"),
    FunctionalRole("release-engineering", "Release and systems engineering", "release"),
    FunctionalRole("configuration-control", "Configuration control and asset management", "release"),
    FunctionalRole("software-distribution", "Software distribution and licensing", "release"),
    FunctionalRole("quality-assurance", "Quality assurance", "release"),
    FunctionalRole("enterprise-architecture", "Enterprise architecture", "infrastructure"),
    FunctionalRole("infrastructure-engineering", "Infrastructure engineering", "infrastructure"),
    FunctionalRole("capacity-management", "Capacity management", "infrastructure"),
    FunctionalRole("cost-management", "Cost and IT budget management", "infrastructure"),
    FunctionalRole("resource-planning", "Resource and long-range planning", "infrastructure"),
    FunctionalRole("service-desk", "Service desk", "support"),
    FunctionalRole("production-support", "Production support", "support"),
    FunctionalRole("problem-management", "Problem management", "support"),
    FunctionalRole("service-level-management", "Service level management", "support", versions=(2,)),
    FunctionalRole("messaging-operations", "Messaging operations", "operations"),
    FunctionalRole("database-operations", "Database operations", "operations"),
    FunctionalRole("network-administration", "Network administration", "operations"),
    FunctionalRole("monitoring", "Monitoring and metrics", "operations"),
    FunctionalRole("availability-management", "Availability management", "operations"),
    FunctionalRole("maintenance-vendors", "Maintenance vendors", "partner"),
    FunctionalRole("environment-support", "Environment support", "partner"),
    FunctionalRole("managed-services", "Managed services, outsourcers and trading partners", "partner"),
    FunctionalRole("suppliers", "Software and hardware suppliers", "partner"),
    FunctionalRole("intellectual-property", "Intellectual property protection", "security"),
    FunctionalRole("network-security", "Network and system security", "security"),
    FunctionalRole("intrusion-detection", "Intrusion detection", "security"),
    FunctionalRole("virus-protection", "Virus protection", "security"),
    FunctionalRole("audit", "Audit and compliance administration", "security"),
    FunctionalRole("contingency-planning", "Contingency planning", "security"),
    FunctionalRole("service-management", "Service management", "service", versions=(3,)),
    FunctionalRole("service-level-management", "Service level management", "service", versions=(3,)),
    FunctionalRole("service-catalogue", "Service catalogue and portfolio", "service", versions=(3,)),
    FunctionalRole("customer-relationship", "Customer relationship", "service", versions=(3,)),
)
"""The framework's facts, section 2.3 (functional roles and teams).

Those of Security were seen in a published source; the others are MOF's as remembered, and their wording may
differ there. Those of Service are the least certain. The short names are this project's. A project adds roles
of its own with the field ``roles`` of its project file.
"""
