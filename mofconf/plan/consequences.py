"""What a change brings about: outages, lost redundancy, what is exposed, what is vacant; each with its culprit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mofconf.analyses.impact import Hit, Step, exposed, lost_redundancy, reason, told
from mofconf.analyses.must import Musts, musts, supports
from mofconf.analyses.working import Working, dependents, working
from mofconf.catalog import Found
from mofconf.graph import Graph, State
from mofconf.kinds.relation import ChangeClass
from mofconf.plan.consequence import Consequence
from mofconf.plan.culprits import Culprits
from mofconf.plan.differences import Change, Differences
from mofconf.plan.hanging import left_hanging
from mofconf.workspace import Workspace

TRAVELS = (ChangeClass.AVAILABILITY, ChangeClass.SECURITY)
"""The classes of change that everything depending on the resource should look at."""


def consequences(base: Workspace, head: Workspace, found: Differences) -> tuple[Consequence, ...]:
    """Everything that the change brings about, in the order of outcomes and addresses."""
    gone = gone_from(base, head, found)
    before = working(base.graph)
    after = working(head.graph, gone)
    who = Culprits(base, head, found, gone)
    hits: list[Consequence] = [
        *_outages(head.graph, before, after, found, who, gone),
        *_redundancy(base, head, found, gone, after, who),
        *left_hanging(base, head, found),
    ]
    hit_so = {(hit.address, step.targets) for hit in hits if hit.outcome in _WORSE for step in hit.why[:1]}
    hits = [hit for hit in hits if hit.outcome != "broken" or (hit.address, hit.why[0].targets) not in hit_so]
    worst = {hit.address for hit in hits}
    changed = {change.address for change in found.changes}
    hits += [hit for hit in _exposed(base, head, found) if hit.address not in worst | changed]
    return tuple(hits)


_WORSE = ("down", "degraded")
"""What says more than that a reference is broken."""


def gone_from(base: Workspace, head: Workspace, found: Differences) -> Mapping[str, str]:
    """What the change removed and the head still refers to: the head's node for it, and the address that it had."""
    removed = {change.address for change in found.of("remove")}
    gone: dict[str, str] = {}
    if not removed:
        return gone
    for _, one in head.catalog.odd:
        if one.found in (Found.MISSING, Found.WRONG_KIND) and one.target in head.graph.nodes:
            was, target, _ = base.catalog.resolve(one.text, one.link)
            if was in (Found.YES, Found.FORMER) and target in removed:
                gone[one.target] = target
    return gone


def _outages(
    graph: Graph,
    before: Working,
    after: Working,
    found: Differences,
    who: Culprits,
    gone: Mapping[str, str],
) -> list[Consequence]:
    now = found.renamed
    was_down = {now.get(address, address) for address in before.down}
    was_less = was_down | {now.get(address, address) for address in before.degraded}
    hits = []
    for address in sorted(after.down - was_down - gone.keys()):
        if graph.nodes[address] is not State.RETIRED:
            why = _renamed_steps(reason(graph, after, address), gone)
            hits.append(Consequence(address, "down", why, culprits=who.of_outage(why, address)))
    for address in sorted(after.degraded - was_less):
        why = _renamed_steps(reason(graph, after, address), gone)
        hits.append(Consequence(address, "degraded", why, culprits=who.of_outage(why, address)))
    restored = {now.get(one, one) for one in before.down if base_present(before, one)} - after.down
    hits += [
        Consequence(address, "restored") for address in sorted(restored) if graph.nodes.get(address) is State.PRESENT
    ]
    return hits


def base_present(before: Working, address: str) -> bool:
    """Whether something was down in the base because of something else, not because it was retired itself."""
    return address in before.because


def _renamed_steps(steps: Sequence[Step], gone: Mapping[str, str]) -> tuple[Step, ...]:
    """Steps with what was removed under the address that it had."""
    return tuple(step._replace(targets=tuple(gone.get(one, one) for one in step.targets)) for step in steps)


def _redundancy(
    base: Workspace,
    head: Workspace,
    found: Differences,
    gone: Mapping[str, str],
    after: Working,
    who: Culprits,
) -> list[Consequence]:
    """Single points of failure that the head has and the base had not, for everything that both have."""
    # Nothing else can have lost anything: the cost follows the change.
    reached = sorted(dependents(head.graph, [*who.structural, *gone]))
    formerly = {now: was for was, now in found.renamed.items()}
    # What is new has lost nothing, and there may be thousands of it; what is removed has nothing left to lose.
    both = [address for address in reached if formerly.get(address, address) in base.catalog.entries]
    reached = [address for address in both if address in head.graph.nodes]
    known = [formerly.get(address, address) for address in reached]
    new = musts(head.graph, gone, of=reached)
    old = musts(base.graph, of=known, like=new, renamed=found.renamed)
    lost = lost_redundancy(reached, old, new)
    supporting = supports(base.graph, [formerly.get(address, address) for address in lost], new, found.renamed)
    hits = []
    for address, found_risks in lost.items():
        if address in after.down or not _counts(address):
            continue
        # What nobody declares may be anything: that is a finding, and no statement about failures.
        risks = tuple(one for one in found_risks if head.graph.nodes[one] is not State.MISSING)
        redundant = tuple(one for one in risks if new.has(supporting[address], one))
        fresh = tuple(one for one in risks if one not in redundant and one != address)
        for outcome, which in (("at risk", redundant), ("single point", fresh)):
            if which:
                culprits = who.of_risks(address, which)
                instead = _instead(old, new, address) if outcome == "single point" else ()
                hits.append(Consequence(address, outcome, who.why_alone(address, which[0]), which, culprits, instead))
    return hits


def _instead(old: Musts, new: Musts, address: str) -> tuple[str, ...]:
    """The single points of failure that something had, and has no more."""
    return tuple(sorted(old.names(old.masks[address] & ~new.masks[address])))


def _counts(address: str) -> bool:
    return address.startswith(("Service/", "Asset/"))


def _exposed(base: Workspace, head: Workspace, found: Differences) -> list[Consequence]:
    """Who should look at the change because it travels to them, and who has a promise or a right to be told."""
    travelling = [change.address for change in found.changes if _travels(change)]
    hits: dict[str, Consequence] = {}
    present = [address for address in travelling if address in head.graph.nodes]
    for hit in exposed(head.graph, present):
        hits[hit.address] = _consequence(hit)
    beside = [
        change.address
        for change in found.changes
        if change.action == "add"
        or any(field.change_class is not ChangeClass.COSMETIC for field in change.fields)
        or change.action == "rename"
    ]
    services = [address for address in [*beside, *hits] if address in head.graph.nodes]
    for hit in told(head.graph, dict.fromkeys(services)):
        if head.graph.nodes[hit.address] is not State.MISSING:  # whom nobody declares nobody can tell
            hits.setdefault(hit.address, _consequence(hit))
    for change in found.of("remove"):
        for hit in told(base.graph, [change.address]):
            now = found.renamed.get(hit.address, hit.address)
            if now in head.graph.nodes:
                hits.setdefault(now, _consequence(hit)._replace(address=now))
    return [hits[address] for address in sorted(hits)]


def _travels(change: Change) -> bool:
    return any(field.change_class in TRAVELS for field in change.fields)


def _consequence(hit: Hit) -> Consequence:
    culprit = hit.why[-1].targets[-1] if hit.why else ""
    source = hit.why[-1].source if hit.why else ""
    return Consequence(hit.address, hit.outcome, hit.why, culprits=(culprit if culprit != hit.address else source,))
