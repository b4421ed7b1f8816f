"""The rule dependency-cycle."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Related, Severity
from mofconf.graph import containments, cycle_within
from mofconf.kinds.relation import LOCATED_IN, PART_OF, RUNS_ON
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def dependency_cycle(evidence: Evidence) -> Iterator[Finding]:
    """Resources need each other in a circle.

    They run as long as all of them run. But once they are down none of them can start first: a knot of hard needs
    cannot start cold.

    Bad:
        kind: Service
        name: api
        needs: [auth]  # ! dependency-cycle
        ---
        kind: Service
        name: auth
        needs: [api]

    Good:
        kind: Service
        name: api
        needs: [auth]
        ---
        kind: Service
        name: auth
        needs:
          - ref: api
            effect: degrades
    """
    circles_of_places = containments(evidence.graph, (PART_OF, LOCATED_IN, RUNS_ON)) if evidence.knots else []
    for knot in evidence.knots:
        if knot in circles_of_places:
            continue  # that is said as what it is: things cannot contain each other
        cycle = cycle_within(evidence.graph, knot)
        members = "" if len(cycle) == len(knot) + 1 else f" ({len(knot)} resources are in this knot)"
        hard = (gate for gate in evidence.graph.gates[cycle[0]] if gate.effect == "stops")
        gate = next(gate for gate in hard if cycle[1] in gate.members)
        yield Finding(
            f"{' needs '.join(cycle)}: none of them can start first{members}",
            evidence.place(cycle[0], *gate.path),
            cycle[0],
            gate.path,
            "break the circle: let one of them work without the other (effect: degrades), or split what both need",
            tuple(Related(evidence.place(one), one) for one in cycle[1:-1]),
            " ".join(knot),
        )
