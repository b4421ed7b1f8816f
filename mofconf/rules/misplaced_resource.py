"""The rule misplaced-resource."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.placement import around, location_of
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.asset import Asset
from mofconf.kinds.relation import LOCATED_IN, PART_OF, RUNS_ON
from mofconf.rules.facts import of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def misplaced_resource(evidence: Evidence) -> Iterator[Finding]:
    """Something is said to stand elsewhere than what it runs on.

    The location of an asset follows from the asset that carries it. Where both are written they must agree, or
    one of two failure domains is wrong.

    Bad:
        kind: Asset
        name: db
        runsOn: host
        location: west  # ! misplaced-resource
        ---
        kind: Asset
        name: host
        location: east
        ---
        kind: Location
        name: east
        ---
        kind: Location
        name: west

    Good:
        kind: Asset
        name: db
        runsOn: host
        ---
        kind: Asset
        name: host
        location: east
        ---
        kind: Location
        name: east
    """
    for address, _, asset in evidence.of_kind(Asset):
        if asset.location is None:
            continue
        edges = {edge.relation: edge for edge in evidence.graph.out.get(address, ())}
        stated = edges.get(LOCATED_IN)
        carrier = edges.get(RUNS_ON) or edges.get(PART_OF)
        if stated is None or carrier is None:
            continue
        real = location_of(evidence.graph, carrier.target)
        if real is None or _one_within_the_other(evidence, stated.target, real.target):
            continue
        yield Finding(
            f"{address} stands in {stated.target}, but {carrier.relation.name} {carrier.target}"
            f", which stands in {real.target}",
            evidence.place(address, *stated.path),
            address,
            stated.path,
            "take the location out (it follows), or name another carrier",
            (Related(evidence.place(real.source, *real.path), f"{real.source} stands in {real.target}"),),
            carrier.target,
        )
    yield from of_problems(evidence, "misplaced-resource")


def _one_within_the_other(evidence: Evidence, one: str, other: str) -> bool:
    return one in around(evidence.graph, other) or other in around(evidence.graph, one)
