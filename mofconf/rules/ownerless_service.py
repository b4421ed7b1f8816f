"""The rule ownerless-service."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.kinds.service import Service
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed


@rule(Severity.WARNING)
def ownerless_service(evidence: Evidence) -> Iterator[Finding]:
    """Nobody answers for a service.

    When it fails nobody is called, and nobody can agree to a change of it. MOF asks for one accountable owner.

    Bad:
        kind: Service
        name: checkout  # ! ownerless-service

    Good:
        kind: Service
        name: checkout
        owner: payments
        ---
        kind: Team
        name: payments
    """
    for address, entry, service in evidence.of_kind(Service):
        if service.owner is None and service.lifecycle != "retired" and not entry.instance_of:
            hint = "write owner: and the one team that is accountable"
            if service.teams:
                hint += f"; it may be one of those that work on it: {listed(service.teams, 'or')}"
            yield Finding(f"nobody owns {address}", evidence.place(address, "name"), address, ("owner",), hint)
