"""The check `cover`: every team and every supplier behind a promised service has agreed to something."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.promises.chain import Backing, Chains
from mofconf.analyses.promises.results import Check, Outcome, Point, settled


def cover(chains: Chains, service: str, owner: str) -> Check:
    """Whether each has an OLA or a contract. ``owner`` is the service's own, who needs none: the SLA is its word."""
    return settled(
        "cover",
        _points(chains, service, owner),
        "nothing behind it belongs to another team or comes from a supplier",
        "every team and supplier behind it has agreed to carry it",
    )


def open_ends(backing: Backing, owner: str) -> Iterator[tuple[str, str]]:
    """The parties of a backing that have agreed to nothing, each with the field that names it."""
    if backing.owner and backing.owner != owner and not backing.olas:
        yield backing.owner, "owner"
    if backing.supplier and not backing.contracts:
        yield backing.supplier, "supplier"


def _points(chains: Chains, service: str, owner: str) -> Iterator[Point]:
    lacking: dict[str, tuple[Backing, str]] = {}
    agreed: dict[str, tuple[Backing, str]] = {}
    for backing in chains.of(service):
        for party, field in open_ends(backing, owner):
            lacking.setdefault(party, (backing, field))
        for party, field, given in (
            (backing.owner, "owner", backing.olas),
            (backing.supplier, "supplier", backing.contracts),
        ):
            if given and party != owner:
                agreed.setdefault(party, (backing, field))
    for party, (backing, field) in sorted(lacking.items()):
        thing = chains.nearest(service, backing)
        kind = "OLA" if field == "owner" else "contract"
        verb = "answers for" if field == "owner" else "supplies"
        reason = f"{party} {verb} {thing}, and no {kind} covers that"
        unread = next((one for one in chains.unread if one.partition("/")[0].lower() == kind.lower()), "")
        outcome = Outcome.UNDECIDED if unread else Outcome.BROKEN
        if unread:
            reason += f" as far as is known: {unread} cannot be read"
        yield Point(outcome, reason, party, thing, (field,), chains.way(service, thing))
    for party, (backing, field) in sorted(agreed.items()):
        if party not in lacking:
            given = backing.olas if field == "owner" else backing.contracts
            yield Point(Outcome.HOLDS, f"{party} has agreed to {given[0]}", party, given[0])
