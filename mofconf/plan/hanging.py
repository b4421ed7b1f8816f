"""What a change leaves hanging: broken references, vacancies, promises that went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from mofconf.analyses.impact import Step
from mofconf.catalog import Found
from mofconf.kinds.relation import LED_BY, OWNED_BY
from mofconf.plan.consequence import Consequence
from mofconf.plan.differences import Change, Differences
from mofconf.workspace import Workspace


def left_hanging(base: Workspace, head: Workspace, found: Differences) -> list[Consequence]:
    """What names something that is gone, and roles that nobody fills any more."""
    removed = {change.address for change in found.of("remove")}
    hits: dict[tuple[str, str], Consequence] = {}
    for address, one in head.catalog.odd:
        if one.found in (Found.MISSING, Found.WRONG_KIND):
            was, target, _ = base.catalog.resolve(one.text, one.link)
            if was in (Found.YES, Found.FORMER) and target in removed:
                step = Step(address, (target,), one.path, one.link.relation.name)
                outcome = one.link.relation.removal
                hits.setdefault((address, outcome), Consequence(address, outcome, (step,), culprits=(target,)))
    for change in found.changes:
        for hit in _given_up(base, head, change):
            hits.setdefault((hit.address, hit.outcome), hit)
    hits.update(_leavers(head, found))
    hits.update(_unprotected(base, head, found, removed))
    return [hits[key] for key in sorted(hits)]


def _given_up(base: Workspace, head: Workspace, change: Change) -> Iterator[Consequence]:
    """Parts that somebody played for a resource, and that nobody plays any more: its owner, a lead, all members."""
    before = base.graph.out.get(change.former or change.address, ())
    after = Counter(edge.relation for edge in head.graph.out.get(change.address, ()))
    named = {edge.target for edge in head.graph.out.get(change.address, ())}
    for edge in before if change.action in ("change", "rename") else ():
        played = sum(other.relation is edge.relation for other in before)
        alone = edge.relation in (OWNED_BY, LED_BY)
        left = after[edge.relation] < played if alone else after[edge.relation] == 0
        if edge.relation.removal == "vacant" and left and edge.target not in named:
            step = Step(change.address, (edge.target,), edge.path, f"{edge.relation.name} nobody any more, it was")
            yield Consequence(change.address, "vacant", (step,), culprits=(change.address,))


def _leavers(head: Workspace, found: Differences) -> dict[tuple[str, str], Consequence]:
    """Whatever names somebody who now has a last day."""
    hits = {}
    for change in found.of("change"):
        if change.address.startswith("Person/") and any(field.path == "end" and field.after for field in change.fields):
            for edge in head.graph.into.get(change.address, ()):
                step = Step(edge.source, (change.address,), edge.path, edge.relation.name)
                hits[edge.source, "vacant"] = Consequence(edge.source, "vacant", (step,), culprits=(change.address,))
    return hits


def _unprotected(
    base: Workspace, head: Workspace, found: Differences, removed: Collection[str]
) -> dict[tuple[str, str], Consequence]:
    """Promises and protections that went, where what they were for is still there and has none of that kind left."""
    hits = {}
    for address in sorted(removed):
        for edge in base.graph.out.get(address, ()):
            target = found.renamed.get(edge.target, edge.target)
            if edge.relation.name not in ("promises", "protects") or target not in head.catalog.entries:
                continue
            kind = address.partition("/")[0]
            left = any(
                other.relation is edge.relation and other.source.startswith(f"{kind}/")
                for other in head.graph.into.get(target, ())
            )
            if not left:
                step = Step(target, (address,), (), f"{edge.relation.inverse} no {kind} any more, it was")
                hits[target, "orphaned"] = Consequence(target, "orphaned", (step,), culprits=(address,))
    return hits
