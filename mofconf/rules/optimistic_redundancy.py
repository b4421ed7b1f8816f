"""The rule optimistic-redundancy."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.must import dependencies_first
from mofconf.diagnostic import Severity
from mofconf.graph import Gate, Graph, State
from mofconf.rules.agreements import in_force
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.NOTE)
def optimistic_redundancy(evidence: Evidence) -> Iterator[Finding]:
    """A promised availability counts on redundancy, and nothing says how surely switching works.

    Without a failover a switch counts as certain and instant, and the figure comes out too good. Only what stands
    behind a promised availability is looked at. Where all members work at all times and nothing has to be switched,
    write 100%.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets: {availability: 99.9%}
        ---
        kind: Service
        name: checkout
        availability: 99.99%
        needs:
          - anyOf: [orders-db-1, orders-db-2]  # ! optimistic-redundancy
        ---
        kind: Asset
        name: orders-db-1
        availability: 99.9%
        ---
        kind: Asset
        name: orders-db-2
        availability: 99.9%

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets: {availability: 99.9%}
        ---
        kind: Service
        name: checkout
        availability: 99.99%
        needs:
          - anyOf: [orders-db-1, orders-db-2]
            failover: 99%
        ---
        kind: Asset
        name: orders-db-1
        availability: 99.9%
        ---
        kind: Asset
        name: orders-db-2
        availability: 99.9%
    """
    promises = evidence.promises
    wanted = dict.fromkeys(
        promises.services[sla]
        for sla, promise in in_force(evidence)
        if promise.targets is not None and promise.targets.availability is not None
    )
    # Where nothing is stated, or all is down for good, there is no figure that could come out too good.
    reached = promises.reached if wanted else None
    counted = [one for one in wanted if reached and one not in reached.bare and reached.of(one).high > 0]
    if not counted:
        return
    for address in sorted(dependencies_first(evidence.graph, counted, hard=True)):
        for gate in evidence.graph.gates.get(address, ()):
            if not _is_optimistic(evidence.graph, gate) or is_inherited(evidence.catalog, address, gate.path):
                continue
            instances = gate.path == ("instances",)
            path = ("up",) if instances else gate.path
            what = f"{gate.at_least} of {len(gate.members)}"
            yield Finding(
                f"{what} {'instances' if instances else 'members'} are enough for {address}, and nothing says how "
                "surely switching between them works",
                evidence.place(address, *path),
                address,
                path,
                "state failover, for example 99%; 100% where nothing has to be switched",
                subject=gate.members[0],
            )


def _is_optimistic(graph: Graph, gate: Gate) -> bool:
    there = sum(graph.nodes.get(one) not in (State.MISSING, State.RETIRED) for one in gate.members)
    return gate.effect == "stops" and gate.failover is None and gate.at_least < there
