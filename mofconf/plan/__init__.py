"""Two workspaces become one judgement: what differs, what that brings about, and which findings come and go."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mofconf.diagnostic import Diagnostic, Severity
from mofconf.kinds.relation import ChangeClass
from mofconf.plan.consequence import Consequence
from mofconf.plan.consequences import consequences
from mofconf.plan.differences import Differences, differences
from mofconf.plan.findings import compared, of_status
from mofconf.plan.kept import Kept
from mofconf.plan.promises import LIMITS, Limits, promises
from mofconf.rules import ALWAYS, judge, usual
from mofconf.workspace import Workspace


class Plan(NamedTuple):
    """What is known of a change before it is merged.

    ``state`` is the verdict in a word: ``nothing``, ``cosmetic``, ``moved``, ``renamed``, ``clean``, ``gaps``
    (something has no owner or no promise any more, or nobody can tell whether a promise is kept), ``risks``
    (redundancy lost), ``findings`` (new errors), ``breaks`` (something is down, degraded or left with a broken
    reference, or a promise is broken), ``emptied`` (every resource goes), ``unknown``.
    """

    base: Workspace
    head: Workspace
    differences: Differences
    consequences: tuple[Consequence, ...]
    findings: tuple[Diagnostic, ...]
    state: str
    kept: Kept

    def of(self, *outcomes: str) -> tuple[Consequence, ...]:
        """The consequences with one of these outcomes."""
        return tuple(one for one in self.consequences if one.outcome in outcomes)


def plan(base: Workspace, head: Workspace, today: date, limits: Limits = LIMITS) -> Plan:
    """The judgement of a change from ``base`` to ``head``. Rules and severities are those of the base.

    ``limits`` are those of promises.
    """
    found = differences(base, head)
    results = consequences(base, head, found) if found.changes else ()
    unknown = {change.address for change in found.of("unknown") if change.address in base.catalog.entries}
    renamed = {**found.renamed, **{offer.removed: offer.added for offer in found.offers}}
    kept = promises(base, head, found, today, limits)
    few = limits.room.small
    rules = ALWAYS if ALWAYS in (usual(base, few), usual(head, few)) else usual(head, few)
    findings = compared(
        (*judge(base, today, rules=rules - _OF_FIGURES), *judge(base, today, rules=_OF_FIGURES, promises=kept.base)),
        (
            *judge(head, today, base.settings, rules - _OF_FIGURES),
            *judge(head, today, base.settings, _OF_FIGURES, kept.head),
        ),
        renamed,
        unknown,
    )
    # Without a project file that can be read nobody knows which files there are.
    unreliable = bool(base.settings.broken and head.settings.broken)
    state = "emptied" if _emptied(base, head) else _state(found, results, findings, kept)
    if found.of("unknown") or found.unread or unreliable:
        state = "unknown"
    return Plan(base, head, found, results, findings, state, kept)


_OF_FIGURES = frozenset({"broken-promise", "undecided-promise"})
"""The rules about figures that a change may move; they look only at the promises that it reaches."""


def _emptied(base: Workspace, head: Workspace) -> bool:
    """Whether nothing is left but perhaps the project. Nothing is then left to break either, and that is not clean."""
    return _describes(base) and not _describes(head)


def _describes(side: Workspace) -> bool:
    return any(not address.startswith("Project/") for address in side.catalog.entries)


def _state(found: Differences, results: tuple[Consequence, ...], findings: tuple[Diagnostic, ...], kept: Kept) -> str:
    outcomes = {one.outcome for one in results}
    if outcomes & {"down", "degraded", "broken"} or any(one.breaks for one in kept.promises):
        return "breaks"
    if any(finding.severity is Severity.ERROR for finding in of_status(findings, "new")):
        return "findings"
    if any(one.outcome in ("at risk", "single point") and len(one.risks) > len(one.instead) for one in results):
        return "risks"
    missed = any(one.is_missed for one in kept.recoveries)
    if missed or outcomes & {"vacant", "orphaned"} or any(one.opens or one.drops for one in kept.promises):
        return "gaps"
    if not found.changes:
        return "moved" if found.moved else "nothing"
    fields = [field for change in found.changes for field in change.fields]
    actions = {change.action for change in found.changes}
    if actions == {"rename"} and not fields:
        return "renamed"
    if actions == {"change"} and all(field.change_class is ChangeClass.COSMETIC for field in fields):
        return "cosmetic"
    return "clean"
