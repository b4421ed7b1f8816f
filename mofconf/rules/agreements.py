"""What the rules about agreements share: the promises that stand on them, and what is said once of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from mofconf.analyses.promises.results import Outcome, Point
from mofconf.diagnostic import Related
from mofconf.kinds.sla import SLA
from mofconf.rules.rule import Evidence

One = TypeVar("One")


def in_force(evidence: Evidence) -> Iterator[tuple[str, SLA]]:
    """The promises of which anything can be said, by address."""
    for sla, promise in evidence.promises.slas.items():
        if evidence.promises.in_force(sla):
            yield sla, promise


def broken(evidence: Evidence, *checks: str) -> Iterator[tuple[str, Point]]:
    """What is broken in some checks of the promises, each point with its SLA."""
    for sla in evidence.promises.slas:
        for check in checks:
            for point in evidence.promises.check(sla, check).points:
                if point.outcome is Outcome.BROKEN:
                    yield sla, point


def gathered(found: Iterable[tuple[str, One]]) -> Iterator[tuple[str, list[One]]]:
    """What was found of each address, all of it together, by address."""
    together: dict[str, list[One]] = defaultdict(list)
    for address, one in found:
        together[address].append(one)
    yield from sorted(together.items())


def and_more(all_of_them: int, what: str = "more") -> str:
    """What follows when one of several was named: `` (and 2 more)``, or nothing.

    >>> and_more(3), and_more(3, "more SLAs"), and_more(2, "more SLAs"), and_more(1)
    (' (and 2 more)', ' (and 2 more SLAs)', ' (and 1 more SLA)', '')
    """
    return f" (and {all_of_them - 1} {what if all_of_them > 2 else what.removesuffix('s')})" if all_of_them > 1 else ""


def see(evidence: Evidence, addresses: Iterable[str], field: str, said: str) -> tuple[Related, ...]:
    """The places of a field of the first three of them, each with what is ``said`` of it after its address."""
    return tuple(Related(evidence.place(one, field), f"{one} {said}") for one in list(addresses)[:3])
