"""The rule containment-cycle."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Related, Severity
from mofconf.graph import containments
from mofconf.kinds.relation import BELONGS_TO, LOCATED_IN, PART_OF, RUNS_ON
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed

CONTAINING = (PART_OF, RUNS_ON, LOCATED_IN, BELONGS_TO)


@rule(Severity.ERROR)
def containment_cycle(evidence: Evidence) -> Iterator[Finding]:
    """Places, hosts or parts contain each other in a circle.

    Bad:
        kind: Location
        name: hall
        partOf: site  # ! containment-cycle
        ---
        kind: Location
        name: site
        partOf: hall

    Good:
        kind: Location
        name: hall
        partOf: site
        ---
        kind: Location
        name: site
    """
    for knot in containments(evidence.graph, CONTAINING) if evidence.has_circles else []:
        edge = next(edge for edge in evidence.graph.out[knot[0]] if edge.relation in CONTAINING and edge.target in knot)
        yield Finding(
            f"{listed(knot)} contain each other in a circle",
            evidence.place(knot[0], *edge.path),
            knot[0],
            edge.path,
            "nothing can lie within itself: take one of these lines out",
            tuple(Related(evidence.place(one), one) for one in knot[1:]),
            " ".join(knot),
        )
