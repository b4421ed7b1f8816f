"""The rule unstaffed-role-cluster."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.kinds.team import Team
from mofconf.mof import clusters
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def unstaffed_role_cluster(evidence: Evidence) -> Iterator[Finding]:
    """Nobody leads one of the role clusters of the Team Model.

    MOF wants every role cluster filled, by whatever team, so that each quality goal has somebody who stands up
    for it. It is asked for as soon as one team says which clusters it fills.

    Bad:
        kind: Team
        name: everything  # ! unstaffed-role-cluster
        roles:
          - {cluster: release, lead: ana}
          - {cluster: infrastructure, lead: ana}
          - {cluster: support, lead: ana}
          - {cluster: operations, lead: ana}
          - {cluster: partner, lead: ana}
          - {cluster: security, lead: ana}
          - {cluster: service}
        ---
        kind: Person
        name: ana

    Good:
        kind: Team
        name: everything
        roles:
          - {cluster: release, lead: ana}
          - {cluster: infrastructure, lead: ana}
          - {cluster: support, lead: ana}
          - {cluster: operations, lead: ana}
          - {cluster: partner, lead: ana}
          - {cluster: security, lead: ana}
          - {cluster: service, lead: ana}
        ---
        kind: Person
        name: ana
    """
    teams = {address: team for address, _, team in evidence.of_kind(Team) if team.roles}
    if not teams:
        return
    for cluster in clusters(evidence.judge.framework_version):
        filling = {
            address: role for address, team in teams.items() for role in team.roles if role.cluster == cluster.name
        }
        if any(role.lead for role in filling.values()):
            continue
        address = min(filling or teams)
        what = f"{address} fills it, but without a lead" if filling else "no team fills it"
        yield Finding(
            f"nobody leads the role cluster {cluster.name}: {what}",
            evidence.place(address, "name"),
            address if filling else "",
            ("roles",),
            f"give it a lead in the roles of a team: {{cluster: {cluster.name}, lead: ...}}",
            subject=cluster.name,
        )
