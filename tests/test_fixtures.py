"""Known answers on real input that nobody here wrote: see SOURCES.tsv among the fixtures."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import run
from conftest import GitRepository

COMPOSE = """\
kind: Project
name: real
sources: [{files: ["%s"], format: compose}]
severities: {ownerless-service: off}
"""
BACKSTAGE = 'kind: Project\nname: real\nsources: [{files: "catalogs/*.yaml", format: backstage}]\n'
GITLAB = """\
kind: Project
name: gitlab
sources:
  - files: services/service-catalog.yml
    format: mapping
    resources:
      - each: "$.services[*]"
        kind: Service
        name: "$.name"
        fields:
          title: "$.friendly_name"
          teams: "$.teams[*]"
          needs: "$.technical.dependencies[*].service"
          labels.tier: "$.tier"
      - each: "$.teams[*]"
        kind: Team
        name: "$.name"
        fields: {contact: "$.slack_channel"}
severities: {ownerless-service: off}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project file outside of what it describes."""
    return tmp_path / "project.yaml"


def validated(folder: Path, project: Path, text: str) -> dict[str, Any]:
    """What ``validate`` says of a folder read with a project file from outside."""
    project.write_text(text)
    return run("-C", folder, "--project", project, "validate", "-o", "json").data


def rules(data: dict[str, Any]) -> list[str]:
    """The rules that found something."""
    return sorted({finding["rule"] for finding in data["findings"]})


def test_otel_head_three_files_are_one_estate(fixtures: Path, project: Path) -> None:
    names = 'compose.yaml", "compose.full.yaml", "compose.observability.yaml'
    data = validated(fixtures / "otel-demo" / "head", project, COMPOSE % names)
    assert data["data"]["resources"] == {"Project": 1, "Service": 28}
    assert data["data"]["edges"] == 58
    assert data["findings"] == []


def test_govuk_eighteen_files_are_one_estate(fixtures: Path, project: Path) -> None:
    data = validated(fixtures / "govuk-docker-2019-06", project, COMPOSE % "**/docker-compose.yml")
    assert data["data"]["resources"] == {"Project": 1, "Service": 44}
    assert (data["data"]["edges"], data["data"]["files"]) == (76, 18 + 1)
    assert data["findings"] == []


def test_gitlab_through_a_mapping(fixtures: Path, project: Path) -> None:
    data = validated(fixtures / "gitlab-catalog-2019-02", project, GITLAB)
    assert data["data"]["resources"] == {"Project": 1, "Service": 24, "Team": 11}
    # `friendly_name` stands nowhere in that file, and mofconf says so. The circle is in it, and gitaly needs itself.
    assert [(one["rule"], one["file"], one["line"]) for one in data["findings"]] == [
        ("unmatched-mapping", "project.yaml", 11),
        ("dependency-cycle", "services/service-catalog.yml", 200),
        ("self-reference", "services/service-catalog.yml", 840),
    ]
    where = ("-C", fixtures / "gitlab-catalog-2019-02", "--project", project)
    assert len(run(*where, "graph", "kind=Service", "-o", "json").data["data"]["edges"]) == 30 - 4


def test_giantswarm_one_component_more_and_one_owner_changed(fixtures: Path, project: Path) -> None:
    project.write_text(BACKSTAGE)
    pair = fixtures / "giantswarm-backstage"
    sides = ("--from", pair / "before-32fd308", "--to", pair / "after-32fd308")
    data = run("plan", *sides, "--project", project, "-o", "json").data
    assert [(one["address"], one["action"]) for one in data["data"]["changes"]] == [
        ("Service/giantswarm/aws-resolver-rules-operator", "change"),
        ("Service/giantswarm/crossplane", "add"),
    ]
    (owner,) = data["data"]["changes"][0]["fields"]
    assert (owner["path"], owner["class"]) == ("owner", "ownership")
    assert (owner["before"], owner["after"]) == ("Team/giantswarm/team-phoenix", "Team/giantswarm/unspecified")
    assert data["data"]["resources"] == {"base": 327 + 1, "head": 328 + 1}
    repeated = [one for one in data["findings"] if one["rule"] == "repeated-address"]
    assert [one["status"] for one in repeated] == ["unchanged"]


def history(repository: GitRepository, before: Path, after: Path, project: str) -> None:
    """A repository whose last two commits are the pair."""
    for state in (before, after):
        for file in state.iterdir():
            shutil.copy(file, repository.folder)
        repository.commit({"mofconf.yaml": project})


def test_otel_remove_product_reviews(fixtures: Path, repository: GitRepository) -> None:
    pair = fixtures / "otel-demo" / "remove-product-reviews"
    history(repository, pair / "before", pair / "after", COMPOSE % "compose.yaml")
    said = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json", code=0)
    (change,) = said.data["data"]["changes"]
    assert (change["address"], change["action"]) == ("Service/product-reviews", "remove")
    assert said.data["data"]["consequences"] == []
    needed = ("astronomy-db", "llm", "otel-collector", "product-catalog")
    text = run("-C", repository.folder, "plan", "HEAD~1..HEAD", code=0).out
    (line,) = [line for line in text.splitlines() if line.strip().startswith("- Service/product-reviews")]
    assert all(f"Service/{name}" in line for name in needed)
    assert line.count("Service/") == 1 + len(needed)
    assert "was needed by nothing" in line


def test_otel_rename_shipping_is_offered_where_nobody_declares_it(fixtures: Path, repository: GitRepository) -> None:
    pair = fixtures / "otel-demo" / "rename-shipping"
    history(repository, pair / "before", pair / "after", COMPOSE % "docker-compose.yml")
    data = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json").data["data"]
    assert {one["address"]: one["action"] for one in data["changes"]} == {
        "Service/checkoutservice": "change",
        "Service/frontend": "change",
        "Service/shipping": "add",
        "Service/shippingservice": "remove",
    }
    (offer,) = data["renames_offered"]
    assert (offer["removed"], offer["added"]) == ("Service/shippingservice", "Service/shipping")


def test_otel_rename_shipping_is_a_rename_where_it_is_declared(fixtures: Path, repository: GitRepository) -> None:
    pair = fixtures / "otel-demo" / "rename-shipping"
    history(repository, pair / "before", pair / "after", COMPOSE % "docker-compose.yml")
    repository.commit({"catalog/shipping.yaml": "kind: Service\nname: shipping\nformerly: [shippingservice]\n"})
    said = run("-C", repository.folder, "plan", "HEAD~2..HEAD", "-o", "json", code=0).data
    (change,) = said["data"]["changes"]
    assert (change["address"], change["action"], change["former"]) == (
        "Service/shipping",
        "rename",
        "Service/shippingservice",
    )
    assert said["verdict"]["state"] == "renamed"
    assert [one for one in said["data"]["consequences"] if one["outcome"] in ("down", "at risk", "single point")] == []
