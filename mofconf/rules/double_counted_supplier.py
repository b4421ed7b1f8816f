"""The rule double-counted-supplier."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.ways import way_to, ways_down
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.contract import Contract
from mofconf.kinds.relation import PROMISES, SUPPLIED_BY
from mofconf.rules.references import is_inherited
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def double_counted_supplier(evidence: Evidence) -> Iterator[Finding]:
    """What a supplier promises end to end is counted, and so are the parts of the same supplier below it.

    A contract's availability is that of the whole delivery. Where the supplier's own parts are listed as needs and
    have figures too, their failures count twice and the result is too bad.

    Bad:
        kind: Service
        name: checkout
        supplier: cardinal
        needs: [gateway]  # ! double-counted-supplier
        ---
        kind: Asset
        name: gateway
        supplier: cardinal
        availability: 99.9%
        ---
        kind: Partner
        name: cardinal
        ---
        kind: Contract
        name: cardinal
        partner: cardinal
        covers: [checkout]
        targets: {availability: 99.9%}

    Good:
        kind: Service
        name: checkout
        supplier: cardinal
        ---
        kind: Partner
        name: cardinal
        ---
        kind: Contract
        name: cardinal
        partner: cardinal
        covers: [checkout]
        targets: {availability: 99.9%}
    """
    inputs: Inputs | None = None
    for contract, _, resource in evidence.of_kind(Contract):
        if resource.targets is None or resource.targets.availability is None:
            continue
        inputs = inputs or Inputs(evidence.catalog, evidence.graph)
        edges = evidence.graph.out.get(contract, ())
        partner = next((edge.target for edge in edges if edge.relation is SUPPLIED_BY), "")
        covered = {edge.target for edge in edges if edge.relation is PROMISES}
        for address in sorted(covered & evidence.catalog.entries.keys()):
            stated = inputs.of(address)
            if stated.source != "contract" or stated.by != contract:
                continue
            for part, path in _parts(evidence, address, partner, inputs):
                if not is_inherited(evidence.catalog, address, path):
                    yield Finding(
                        f"{contract} promises {address} end to end, and {part} of the same supplier is counted below "
                        "it as well",
                        evidence.place(address, *path),
                        address,
                        path,
                        f"leave {part} out of what it needs, or give the need effect: none",
                        (Related(evidence.place(contract, "targets"), "the figure that counts for the whole"),),
                        part,
                    )


def _parts(
    evidence: Evidence, address: str, partner: str, inputs: Inputs
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """What a thing needs of a supplier and has a figure that counts, each with the need that leads there."""

    def counted(thing: str) -> bool:
        stated = inputs.of(thing)
        return (
            stated.source != "unknown"
            and stated.chance.low < 1
            and any(one.relation is SUPPLIED_BY and one.target == partner for one in evidence.graph.out.get(thing, ()))
        )

    ways = ways_down(evidence.graph, address, ends=counted)  # what is below a part is its own affair
    for thing in ways:
        if thing != address and counted(thing):
            yield thing, way_to(ways, thing)[0].path
