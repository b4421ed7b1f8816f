"""A workspace is checked: the rules, one file each, and the table of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING

from mofconf.diagnostic import Diagnostic, Severity, field_path, sort_key
from mofconf.kinds.settings import Settings
from mofconf.rules.agreement_expires_first import agreement_expires_first
from mofconf.rules.ambiguous_reference import ambiguous_reference
from mofconf.rules.backup_misses_rpo import backup_misses_rpo
from mofconf.rules.broken_promise import broken_promise
from mofconf.rules.containment_cycle import containment_cycle
from mofconf.rules.contradicting_values import contradicting_values
from mofconf.rules.customerless_business_service import customerless_business_service
from mofconf.rules.dangling_reference import dangling_reference
from mofconf.rules.dependency_cycle import dependency_cycle
from mofconf.rules.double_counted_supplier import double_counted_supplier
from mofconf.rules.duplicate_key import duplicate_key
from mofconf.rules.expired_agreement import expired_agreement
from mofconf.rules.former_name_used import former_name_used
from mofconf.rules.implausible_availability import implausible_availability
from mofconf.rules.impossible_group import impossible_group
from mofconf.rules.invalid_value import invalid_value
from mofconf.rules.leaver_still_referenced import leaver_still_referenced
from mofconf.rules.misplaced_resource import misplaced_resource
from mofconf.rules.missing_field import missing_field
from mofconf.rules.optimistic_redundancy import optimistic_redundancy
from mofconf.rules.ownerless_service import ownerless_service
from mofconf.rules.recovery_misses_rto import recovery_misses_rto
from mofconf.rules.repeated_address import repeated_address
from mofconf.rules.restore_time_gap import restore_time_gap
from mofconf.rules.retired_still_needed import retired_still_needed
from mofconf.rules.rule import Evidence, Finding, Rule
from mofconf.rules.self_reference import self_reference
from mofconf.rules.single_instance_behind_vital_service import single_instance_behind_vital_service
from mofconf.rules.single_point_of_failure import single_point_of_failure
from mofconf.rules.support_hours_gap import support_hours_gap
from mofconf.rules.uncovered_by_agreement import uncovered_by_agreement
from mofconf.rules.uncovered_dependency_on_partner import uncovered_dependency_on_partner
from mofconf.rules.undecided_promise import undecided_promise
from mofconf.rules.unfollowed_reference import unfollowed_reference
from mofconf.rules.unknown_field import unknown_field
from mofconf.rules.unknown_functional_role import unknown_functional_role
from mofconf.rules.unknown_kind import unknown_kind
from mofconf.rules.unknown_tag import unknown_tag
from mofconf.rules.unmatched_mapping import unmatched_mapping
from mofconf.rules.unreadable_document import unreadable_document
from mofconf.rules.unset_variable import unset_variable
from mofconf.rules.unstaffed_role_cluster import unstaffed_role_cluster
from mofconf.rules.wrong_kind_of_reference import wrong_kind_of_reference
from mofconf.workspace import Workspace

if TYPE_CHECKING:
    from mofconf.analyses.promises.promising import Promises

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        unreadable_document,
        duplicate_key,
        unknown_tag,
        unknown_kind,
        unknown_field,
        missing_field,
        invalid_value,
        repeated_address,
        dangling_reference,
        ambiguous_reference,
        former_name_used,
        wrong_kind_of_reference,
        self_reference,
        contradicting_values,
        unmatched_mapping,
        unset_variable,
        unfollowed_reference,
        dependency_cycle,
        containment_cycle,
        retired_still_needed,
        impossible_group,
        misplaced_resource,
        ownerless_service,
        customerless_business_service,
        uncovered_dependency_on_partner,
        expired_agreement,
        unstaffed_role_cluster,
        unknown_functional_role,
        leaver_still_referenced,
        single_instance_behind_vital_service,
        single_point_of_failure,
        broken_promise,
        undecided_promise,
        implausible_availability,
        optimistic_redundancy,
        double_counted_supplier,
        uncovered_by_agreement,
        agreement_expires_first,
        support_hours_gap,
        restore_time_gap,
        recovery_misses_rto,
        backup_misses_rpo,
    )
}
"""Every rule by its name: first what keeps a document from being read, then references, shape, and people."""


OF_PROMISES = frozenset(
    {
        *("broken-promise", "undecided-promise", "single-point-of-failure", "optimistic-redundancy"),
        *("uncovered-by-agreement", "agreement-expires-first", "support-hours-gap", "restore-time-gap"),
        *("recovery-misses-rto", "backup-misses-rpo"),
    }
)
"""The rules that work out figures and chains of agreements. In a large estate that takes as long as all the rest."""

FEW = 2_000
"""Among so many resources they cost next to nothing."""

ALWAYS = RULES.keys() - OF_PROMISES
"""The rules that look at what is written, and at how it hangs together."""

READING: tuple[str, ...] = (
    "unreadable-document",
    "unknown-kind",
    "unknown-field",
    "missing-field",
    "invalid-value",
)
"""The rules whose findings mean that something is not known."""


def usual(workspace: Workspace, few: int = FEW) -> AbstractSet[str]:
    """The rules that are asked where nobody says which: all of them, but among many resources those of promises."""
    return RULES.keys() if len(workspace.catalog.entries) <= few else ALWAYS


def judge(
    workspace: Workspace,
    today: date,
    by: Settings | None = None,
    rules: Collection[str] = RULES.keys(),
    promises: Promises | None = None,
) -> tuple[Diagnostic, ...]:
    """What rules find in a workspace, in the order of the files.

    ``by`` are the settings that judge (severities, where ``off`` is not at all; the version of the framework; roles);
    by default the workspace's own. ``rules`` are the names of the rules that are asked, ``promises`` the promises that
    they look at; by default all.
    """
    evidence = Evidence(workspace, today, by or workspace.settings, frozenset(RULES), promises)
    severities = evidence.judge.severities
    asked = [rule for rule in RULES.values() if rule.name in rules and severities.get(rule.name) != "off"]
    return _findings(evidence, asked, severities)


def unknowns(workspace: Workspace, today: date) -> tuple[Diagnostic, ...]:
    """What cannot be read, or does not fit: whoever answers a question without it has to say so."""
    found = workspace.catalog.unreadables or workspace.catalog.misfits or workspace.problems or workspace.flaws
    if not found:
        return ()
    evidence = Evidence(workspace, today, workspace.settings, frozenset(RULES))
    return _findings(evidence, [RULES[name] for name in READING], {})


def _findings(evidence: Evidence, rules: Iterable[Rule], severities: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    found = [
        _diagnostic(rule, finding, Severity.of(severities.get(rule.name, rule.severity.word)))
        for rule in rules
        for finding in rule.check(evidence)
    ]
    return tuple(sorted(dict.fromkeys(found), key=sort_key))


def _diagnostic(rule: Rule, finding: Finding, severity: Severity) -> Diagnostic:
    return Diagnostic(
        rule.name,
        severity,
        finding.message,
        finding.place,
        finding.address,
        field_path(finding.path),
        finding.hint,
        finding.related,
        finding.subject,
    )
