"""The rule misplaced-resource."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.placement import around, location_of
from mofconf.diagnostic import Related, Severity
from mofconf.graph import Edge
from mofconf.kinds.asset import Asset
from mofconf.kinds.reading import Entry
from mofconf.kinds.relation import LOCATED_IN, PART_OF, RUNS_ON
from mofconf.rules.facts import of_problems
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def misplaced_resource(evidence: Evidence) -> Iterator[Finding]:
    """Something is said to stand elsewhere than what it runs on.

    The location of an asset follows from the asset that carries it. Where both are written they must agree, and so
    must the host and the larger asset of one that has both, or one of two failure domains is wrong.

    Bad:
        kind: Asset
        name: db
        runsOn: host
        location: west  # ! misplaced-resource
        ---
        kind: Asset
        name: node
        runsOn: host
        partOf: cluster  # ! misplaced-resource
        ---
        kind: Asset
        name: host
        location: east
        ---
        kind: Asset
        name: cluster
        location: west
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
        name: node
        runsOn: host
        partOf: cluster
        ---
        kind: Asset
        name: host
        location: east
        ---
        kind: Asset
        name: cluster
        ---
        kind: Location
        name: east
    """
    for address, entry, asset in evidence.of_kind(Asset):
        if (asset.location, asset.runs_on, asset.part_of).count(None) > 1:
            continue
        edges = {edge.relation: edge for edge in evidence.graph.out.get(address, ())}
        carriers = [edges[relation] for relation in (RUNS_ON, PART_OF) if relation in edges]
        placed = [(carrier, real) for carrier in carriers if (real := location_of(evidence.graph, carrier.target))]
        stated = edges.get(LOCATED_IN)
        if stated is not None:
            for carrier, real in placed:
                if _apart(evidence, stated, real):
                    about = _about(evidence, entry, stated, carrier)
                    yield _elsewhere(evidence, about, stated, carrier, real)
        elif len(placed) == 2 and _apart(evidence, placed[0][1], placed[1][1]):
            about = _about(evidence, entry, placed[0][0], placed[1][0])
            yield _in_two_places(evidence, about, *placed)
    yield from of_problems(evidence, "misplaced-resource")


def _elsewhere(evidence: Evidence, about: str, stated: Edge, carrier: Edge, real: Edge) -> Finding:
    return Finding(
        f"{about} stands in {stated.target}, but {carrier.relation.name} {carrier.target}"
        f", which stands in {real.target}",
        evidence.place(stated.source, *stated.path),
        about,
        stated.path,
        "take the location out (it follows), or name another carrier",
        (_because(evidence, real),),
        carrier.target,
    )


def _in_two_places(evidence: Evidence, about: str, host: tuple[Edge, Edge], whole: tuple[Edge, Edge]) -> Finding:
    (runs_on, there), (part_of, here) = host, whole
    return Finding(
        f"{about} {part_of.relation.name} {part_of.target}, which stands in {here.target}"
        f", but {runs_on.relation.name} {runs_on.target}, which stands in {there.target}",
        evidence.place(part_of.source, *part_of.path),
        about,
        part_of.path,
        "name another carrier, or put right where one of the two stands",
        (_because(evidence, here), _because(evidence, there)),
        part_of.target,
    )


def _because(evidence: Evidence, located: Edge) -> Related:
    place = evidence.place(located.source, *located.path)
    return Related(place, f"{located.source} stands in {located.target}")


def _about(evidence: Evidence, entry: Entry, *edges: Edge) -> str:
    """Whom to blame: the whole, where an instance has all of this from it, and so have the others."""
    inherited = all(is_inherited(evidence.catalog, entry.address, edge.path) for edge in edges)
    return entry.instance_of if inherited else entry.address


def _apart(evidence: Evidence, one: Edge, other: Edge) -> bool:
    """Whether two places are known, and neither is within the other."""
    here, there = one.target, other.target
    known = here in evidence.catalog.entries and there in evidence.catalog.entries
    return known and here not in around(evidence.graph, there) and there not in around(evidence.graph, here)
