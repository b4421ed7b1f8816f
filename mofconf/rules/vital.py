"""What the rules about vital services share: what alone takes them down, said once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from mofconf.analyses.impact import reason, spoken
from mofconf.analyses.must import Musts
from mofconf.diagnostic import Related
from mofconf.kinds.asset import Asset
from mofconf.kinds.service import Service
from mofconf.rules.rule import Evidence, Finding


def hanging(evidence: Evidence, chosen: Callable[[Musts, str], Iterable[str]]) -> Mapping[str, list[str]]:
    """The vital services that hang on each of their single points of failure, as far as these are ``chosen``."""
    vital = [
        address
        for address, entry, service in evidence.of_kind(Service)
        if service.criticality == "vital" and not entry.instance_of
    ]
    musts = evidence.musts(vital)
    found: dict[str, list[str]] = defaultdict(list)
    for address in vital:
        for single in chosen(musts, address):
            found[single].append(address)
    return dict(sorted(found.items()))


def taking_down(evidence: Evidence, single: str, services: list[str], hint: str) -> Finding:
    """The finding that something alone takes vital services down, with the shortest reason of them."""
    shortest = min((reason(evidence.graph, evidence.without(single), one) for one in services), key=len)
    more = len(services) - 1
    others = f" (and {more} more vital service{'s' if more > 1 else ''})" if more else ""
    return Finding(
        f"{single} alone takes down {shortest[0].source}{others}: {spoken(shortest)}",
        evidence.place(single, "name"),
        single,
        hint=hint,
        related=tuple(Related(evidence.place(one, "name"), f"{one} is vital") for one in services),
    )


def machinery(evidence: Evidence, among: Iterable[str]) -> Iterator[str]:
    """The assets that run and can fail, by themselves."""
    for address in among:
        entry = evidence.catalog.entries.get(address)
        resource = entry.resource if entry is not None else None
        if isinstance(resource, Asset) and resource.category in ("hardware", "software", "network", "facility"):
            yield address
