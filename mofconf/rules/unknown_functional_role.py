"""The rule unknown-functional-role."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.kinds.team import Team
from mofconf.mof import clusters, functional_roles
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import did_you_mean, listed


@rule(Severity.WARNING)
def unknown_functional_role(evidence: Evidence) -> Iterator[Finding]:
    """A team fills a role that its role cluster does not have.

    The framework names the functional roles of each role cluster, and a project may add its own under `roles`. A
    misspelt one would be a part that somebody plays and nobody finds.

    Bad:
        kind: Team
        name: desk
        roles:
          - cluster: support
            function: service-dsk  # ! unknown-functional-role

    Good:
        kind: Team
        name: desk
        roles:
          - cluster: support
            function: service-desk
    """
    version = evidence.judge.framework_version
    known = {
        cluster.name: [
            *(role.name for role in functional_roles(version, cluster.name)),
            *evidence.judge.roles.get(cluster.name, ()),
        ]
        for cluster in clusters(version)
    }
    for address, _, team in evidence.of_kind(Team):
        for index, role in enumerate(team.roles):
            path = ("roles", index, "cluster" if role.cluster not in known else "function")
            place = evidence.place(address, *path)
            if role.cluster not in known:
                hint = f"version {version} has {listed(known)}; frameworkVersion in the project file chooses"
                yield Finding(
                    f"there is no role cluster {role.cluster} in version {version} of the framework",
                    place,
                    address,
                    path,
                    hint,
                )
            elif role.function and role.function not in known[role.cluster]:
                near = did_you_mean(role.function, known[role.cluster])
                hint = near or f"there are {listed(known[role.cluster])}; your own go to roles in the project file"
                message = f"the role cluster {role.cluster} has no functional role {role.function}"
                yield Finding(message, place, address, path, hint)
