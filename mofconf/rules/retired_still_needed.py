"""The rule retired-still-needed."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Related, Severity
from mofconf.graph import State
from mofconf.kinds.relation import PROMISES
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def retired_still_needed(evidence: Evidence) -> Iterator[Finding]:
    """Something that is retired is still needed.

    A retired resource counts as not there, so whatever cannot do without it is down.

    Bad:
        kind: Service
        name: checkout
        needs: [legacy-auth]  # ! retired-still-needed
        ---
        kind: Service
        name: legacy-auth
        lifecycle: retired

    Good:
        kind: Service
        name: checkout
        needs: [auth]
        ---
        kind: Service
        name: auth
        ---
        kind: Service
        name: legacy-auth
        lifecycle: retired
    """
    for address, state in evidence.graph.nodes.items():
        if state is not State.RETIRED:
            continue
        field = "lifecycle" if address.startswith("Service/") else "status"
        for edge in evidence.graph.into.get(address, ()):
            leaning = edge.relation.outage or edge.relation is PROMISES
            if leaning and evidence.graph.nodes[edge.source] is not State.RETIRED:
                inherited = is_inherited(evidence.catalog, edge.source, edge.path)
                source = evidence.catalog.entries[edge.source].instance_of if inherited else edge.source
                yield Finding(
                    f"{address} is retired, and {source} still {edge.relation.name} it".replace(
                        "promises it", "makes a promise about it"
                    ),
                    evidence.place(source, *edge.path),
                    source,
                    edge.path,
                    f"take {address} out here, or let it be retiring until nothing needs it",
                    (Related(evidence.place(address, field), f"{address} is retired here"),),
                    address,
                )
