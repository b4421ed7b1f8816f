"""The framework's facts against what was published: counts and names, written here by hand."""

from __future__ import annotations

import pytest

from mofconf import mof
from mofconf.mof import Version

SIX = {"release", "infrastructure", "support", "operations", "partner", "security"}

HOW_MANY = [
    # version, clusters, functional roles, functions by quadrant, risk steps
    (2, 6, 29, {"changing": 3, "operating": 8, "supporting": 3, "optimizing": 6}, 5),
    (3, 7, 32, {"changing": 3, "operating": 7, "supporting": 3, "optimizing": 8}, 6),
]


@pytest.mark.parametrize(("version", "clusters", "roles", "functions", "steps"), HOW_MANY)
def test_counts(version: Version, clusters: int, roles: int, functions: dict[str, int], steps: int) -> None:
    assert len(mof.clusters(version)) == clusters
    assert sum(len(mof.functional_roles(version, cluster.name)) for cluster in mof.clusters(version)) == roles
    by_quadrant = dict.fromkeys(functions, 0)
    for smf in mof.smfs(version):
        by_quadrant[smf.quadrant] += 1
    assert by_quadrant == functions
    assert len(mof.risk_steps(version)) == steps


def test_twenty_and_twenty_one_functions() -> None:
    assert (len(mof.smfs(2)), len(mof.smfs(3))) == (20, 21)


def test_version_3_adds_the_cluster_service() -> None:
    assert {cluster.name for cluster in mof.clusters(2)} == SIX
    assert {cluster.name for cluster in mof.clusters(3)} == SIX | {"service"}


def test_what_version_3_did_to_the_functions() -> None:
    second, third = ({smf.name for smf in mof.smfs(version)} for version in (2, 3))
    assert third - second == {"security-management", "infrastructure-engineering"}
    assert second - third == {"print-and-output-management"}


def test_print_and_output_can_be_named_in_both_versions() -> None:
    for version in (2, 3):
        names = [smf.name for smf in mof.selectable_smfs(version)]
        assert names.count("print-and-output-management") == 1
    assert (len(mof.selectable_smfs(2)), len(mof.selectable_smfs(3))) == (20, 22)


FUNCTIONAL_ROLES = [
    # version, cluster, how many
    (2, "release", 5),
    (2, "infrastructure", 5),
    (2, "support", 4),
    (2, "operations", 5),
    (2, "partner", 4),
    (2, "security", 6),
    (2, "service", 0),
    (3, "support", 3),
    (3, "security", 6),
    (3, "service", 4),
]


@pytest.mark.parametrize(("version", "cluster", "count"), FUNCTIONAL_ROLES)
def test_functional_roles(version: Version, cluster: str, count: int) -> None:
    assert len(mof.functional_roles(version, cluster)) == count


def test_service_level_management_moved_from_support_to_service() -> None:
    for version, cluster in ((2, "support"), (3, "service")):
        assert [
            found.name
            for found in mof.clusters(version)
            if "service-level-management" in {role.name for role in mof.functional_roles(version, found.name)}
        ] == [cluster]


QUADRANTS = [
    # version, quadrant, primary clusters, review
    (2, "changing", ("release",), "release-readiness"),
    (2, "operating", ("operations",), "operations"),
    (2, "supporting", ("support",), "sla"),
    (2, "optimizing", ("infrastructure",), "change-initiation"),
    (3, "changing", ("release",), "release-readiness"),
    (3, "operating", ("operations",), "operations"),
    (3, "supporting", ("support",), "sla"),
    (3, "optimizing", ("service", "infrastructure"), "change-initiation"),
]


@pytest.mark.parametrize(("version", "name", "primary", "review"), QUADRANTS)
def test_quadrants(version: Version, name: str, primary: tuple[str, ...], review: str) -> None:
    [quadrant] = [quadrant for quadrant in mof.quadrants(version) if quadrant.name == name]
    assert (quadrant.primary, quadrant.review) == (primary, review)
    assert len(mof.quadrants(version)) == 4


OWNERS = [
    # function, cluster in version 2, cluster in version 3
    ("change-management", "release", "release"),
    ("configuration-management", "release", "release"),
    ("release-management", "release", "release"),
    ("system-administration", "operations", "operations"),
    ("security-administration", "security", "security"),
    ("job-scheduling", "operations", "operations"),
    ("service-desk", "support", "support"),
    ("problem-management", "support", "support"),
    ("service-level-management", "support", "service"),
    ("availability-management", "operations", "infrastructure"),
    ("capacity-management", "infrastructure", "infrastructure"),
    ("financial-management", "infrastructure", "service"),
    ("workforce-management", "infrastructure", "infrastructure"),
    ("service-continuity-management", "infrastructure", "infrastructure"),
    ("security-management", None, "security"),
    ("infrastructure-engineering", None, "infrastructure"),
    ("print-and-output-management", "operations", None),
]


@pytest.mark.parametrize(("name", "second", "third"), OWNERS)
def test_owners_of_functions(name: str, second: str | None, third: str | None) -> None:
    for version, owner in ((2, second), (3, third)):
        assert [smf.owner for smf in mof.smfs(version) if smf.name == name] == ([owner] if owner else [])


REVIEWS = [
    # version, name, title, kind, lead, its cluster, how many clusters are required
    (2, "change-initiation", "Release Approved Review", "release-based", "change manager", "release", 4),
    (2, "release-readiness", "Release Readiness Review", "release-based", "release manager", "release", 6),
    (2, "operations", "Operations Review", "time-based", "operations manager", "operations", 4),
    (2, "sla", "SLA Review", "time-based", "service level manager", "support", 1),
    (3, "change-initiation", "Change Initiation Review", "release-based", "change manager", "release", 5),
    (3, "release-readiness", "Release Readiness Review", "release-based", "release manager", "release", 7),
    (3, "operations", "Operations Review", "time-based", "operations manager", "operations", 4),
    (3, "sla", "SLA Review", "time-based", "service level manager", "service", 2),
]


@pytest.mark.parametrize(("version", "name", "title", "kind", "lead", "cluster", "required"), REVIEWS)
def test_reviews(version: Version, name: str, title: str, kind: str, lead: str, cluster: str, required: int) -> None:
    [review] = [review for review in mof.reviews(version) if review.name == name]
    assert (review.title, review.kind, review.lead, review.cluster) == (title, kind, lead, cluster)
    assert len(review.required) == required
    assert not set(review.required) & set(review.optional)
    assert review.alias == ("release-approved" if name == "change-initiation" else "")
    assert len(mof.reviews(version)) == 4


@pytest.mark.parametrize("version", [2, 3])
def test_nothing_names_what_the_version_does_not_have(version: Version) -> None:
    there = {cluster.name for cluster in mof.clusters(version)}
    for quadrant in mof.quadrants(version):
        assert set(quadrant.primary) <= there
        assert quadrant.review in {review.name for review in mof.reviews(version)}
    for smf in mof.smfs(version):
        assert {smf.owner, *smf.contributors} <= there, smf
        assert smf.owner not in smf.contributors, smf
        assert smf.quadrant in {quadrant.name for quadrant in mof.quadrants(version)}
    for review in mof.reviews(version):
        assert {review.cluster, *review.required, *review.optional} <= there, review
        assert review.cluster in review.required, review
    for rows in (mof.smfs(version), mof.reviews(version), mof.quadrants(version), mof.clusters(version)):
        assert len({row.name for row in rows}) == len(rows)


APPROVALS = [
    # category, priority, who approves
    ("standard", "low", ()),
    ("minor", "medium", ("change-manager",)),
    ("significant", "high", ("cab",)),
    ("major", "low", ("cab", "management")),
    ("minor", "emergency", ("cab-ec",)),
    ("major", "emergency", ("cab-ec",)),
]


@pytest.mark.parametrize(("category", "priority", "approval"), APPROVALS)
def test_approval_paths(category: str, priority: str, approval: tuple[str, ...]) -> None:
    [one] = [row for row in mof.CATEGORIES if row.name == category]
    [other] = [row for row in mof.PRIORITIES if row.name == priority]
    assert mof.approval_path(one, other) == approval
    assert other.review_afterwards == (priority == "emergency")


ENUMERATIONS = [
    ("change.category", mof.CATEGORIES, "standard minor significant major"),
    ("change.priority", mof.PRIORITIES, "low medium high emergency"),
    ("release-readiness decision", mof.RELEASE_DECISIONS, "go no-go conditional"),
    ("risk.step", mof.risk_steps(3), "identify analyze plan track control learn"),
    ("risk.step, version 2", mof.risk_steps(2), "identify analyze plan track control"),
    ("risk.source", mof.RISK_SOURCES, "people process technology external"),
    ("risk.response", mof.RISK_RESPONSES, "research accept avoid transfer mitigate contingency"),
    ("risk.situation", mof.RISK_SITUATIONS, "resolved consistent variance changed"),
    ("agreement", mof.AGREEMENTS, "sla ola uc"),
    ("incident.impact and urgency", mof.LEVELS, "high medium low"),
    ("continuity.option", mof.CONTINUITY_OPTIONS, "none manual reciprocal cold warm hot"),
    ("release.type", mof.RELEASE_CONTENTS, "full delta package"),
    ("release.type, weight", mof.RELEASE_WEIGHTS, "major minor emergency"),
    ("quadrant", mof.quadrants(3), "changing operating supporting optimizing"),
    ("review", mof.reviews(3), "change-initiation release-readiness operations sla"),
    ("cluster", mof.clusters(3), "release infrastructure support operations partner security service"),
]


@pytest.mark.parametrize(("name", "rows", "values"), ENUMERATIONS, ids=[row[0] for row in ENUMERATIONS])
def test_enumerations(name: str, rows: tuple[mof.Term, ...], values: str) -> None:
    assert [row.name for row in rows] == values.split(), name


def test_every_pair_of_clusters_has_one_advice() -> None:
    pairs = [frozenset((row.one, row.other)) for row in mof.COMBINATIONS]
    assert len(pairs) == len(set(pairs)) == 7 * 6 // 2
    assert frozenset.union(*pairs) == SIX | {"service"}
    advice = [row.advice for row in mof.COMBINATIONS]
    assert [advice.count(word) for word in ("fine", "caution", "avoid")] == [10, 10, 1]


COMBINATIONS = [
    ("operations", "security", "avoid"),
    ("security", "operations", "avoid"),
    ("release", "infrastructure", "fine"),
    ("operations", "release", "caution"),
    ("service", "support", "caution"),
    ("partner", "service", "fine"),
    ("release", "release", "fine"),
]


@pytest.mark.parametrize(("one", "other", "advice"), COMBINATIONS)
def test_combining(one: str, other: str, advice: str) -> None:
    assert mof.combining(one, other) == advice
