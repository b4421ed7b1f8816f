"""The format ``mapping`` on GitLab's own service catalogue, and its tables against the kinds."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from formats_shaping import leaves, shaped, source_of

import mofconf.kinds
from mofconf.formats.draft import Shaped
from mofconf.formats.fields import FREE_MAPS, LIST_FIELDS, ONE_FIELDS
from mofconf.formats.written import slug
from mofconf.kinds.resource import Value

GITLAB = """
kind: Project
name: gitlab
sources:
  - files: services/service-catalog.yml
    format: mapping
    resources:
      - each: "$.teams[*]"
        kind: Team
        name: $.name
        fields:
          contact: $.slack_channel
          onCall: $.oncall_schedule
          links: {path: $.url, items: {title: {value: Handbook}, url: $}}
      - each: "$.services[*]"
        kind: Service
        name: $.name
        fields:
          title: $.label
          teams: $.teams
          description: $.business.business_value
          criticality: {path: $.technical.criticality, alias: {"1": vital, "2": high, "3": medium, "4": low}}
          labels.tier: $.tier
          needs: "$.technical.dependencies[*].service"
"""


@pytest.fixture(scope="module")
def text(fixtures: Path) -> str:
    return (fixtures / "gitlab-catalog-2019-02/services/service-catalog.yml").read_text()


@pytest.fixture(scope="module")
def gitlab(text: str) -> Shaped:
    return shaped({"services/service-catalog.yml": text}, source_of(GITLAB))


def test_gitlab_has_the_known_answers(gitlab: Shaped) -> None:
    services = [draft for draft in gitlab.drafts if draft.kind == "Service"]
    teams = [draft for draft in gitlab.drafts if draft.kind == "Team"]
    needs = [need for draft in services for need in _list(draft.value.get("needs"))]
    assert (len(services), len(teams)) == (24, 11)
    assert len(needs) == 26  # 30 entries, of which 4 are null
    assert set(needs) <= {draft.name for draft in services}
    assert max(len(_list(draft.value.get("teams"))) for draft in services) == 7
    assert {name for draft in services for name in _list(draft.value.get("teams"))} <= {draft.name for draft in teams}
    assert gitlab.problems == ()


def test_every_value_of_gitlab_is_where_it_is_said_to_be(gitlab: Shaped, text: str) -> None:
    lines = text.split("\n")
    checked = 0
    for draft in gitlab.drafts:
        for path, value in leaves(draft.value):
            place = draft.place(*path)
            if place.file == "mofconf.yaml" or path[0] in ("criticality", "description"):
                continue  # a constant, a translation, and texts that are folded over several lines
            assert lines[place.line - 1][place.column - 1 :].lstrip("'\"").startswith(str(value)), (
                draft.address,
                path,
            )
            checked += 1
    assert checked == 191


def test_a_path_that_matches_only_in_one_document_is_matched() -> None:
    project = """
kind: Project
name: p
sources:
  - files: "*.yaml"
    format: mapping
    resources: [{each: "$.services[*]", kind: Service, name: $.name, fields: {title: $.long}}]
"""
    made = shaped(
        {"a.yaml": "services: [{name: a}]", "b.yaml": "services: [{name: b, long: B}]", "c.yaml": "other: 1"},
        source_of(project),
    )
    assert [draft.name for draft in made.drafts] == ["a", "b"]
    assert made.problems == ()


def test_a_wrong_path_to_the_name_is_said_once() -> None:
    project = """
kind: Project
name: p
sources: [{files: "*.yaml", format: mapping, resources: [{each: "$[*]", kind: Service, name: $.nmae}]}]
"""
    made = shaped({"a.yaml": "[{name: a}, {name: b}]"}, source_of(project))
    assert [(problem.rule, problem.hint) for problem in made.problems] == [("unmatched-mapping", "did you mean name?")]


def test_no_documents_make_no_problems() -> None:
    assert shaped({}, source_of(GITLAB)) == Shaped()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Order Service", "order-service"),
        ("Zürich / Süd", "zurich-sud"),
        ("ﬁle", "file"),
        ("a.b_c-d", "a.b_c-d"),
        ("!!!", "u21-u21-u21"),
        ("", "unnamed"),
        ("Ω", "u3c9"),
    ],
)
def test_slug(text: str, name: str) -> None:
    assert slug(text) == name


def test_the_tables_of_fields_agree_with_the_kinds() -> None:
    lists, ones = set(), set()
    for name, annotation in _fields():
        origins = {typing.get_origin(one) for one in (annotation, *typing.get_args(annotation))}
        maps = any(isinstance(origin, type) and issubclass(origin, Mapping) for origin in origins)
        (lists if tuple in origins else set() if maps else ones).add(name)
    assert not LIST_FIELDS - lists
    assert not ONE_FIELDS - ones
    assert not FREE_MAPS & (lists | ones)
    of_resources = {name for name, _ in _fields()} - {"hours"}  # one calendar of a service, or a calendar's week
    assert (
        {"needs", "teams", "members", "customers", "supports", "covers", "holds"}
        <= lists & of_resources
        <= LIST_FIELDS
        | {
            *(
                "annotations",
                "defaults",
                "exclude",
                "files",
                "path",
                "profiles",
                "resources",
                "sources",
            ),  # of a Project
            *(
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            ),  # spans, written as texts
        }
    )


def _fields() -> Iterator[tuple[str, object]]:
    for module in pkgutil.iter_modules(mofconf.kinds.__path__):
        importlib.import_module(f"mofconf.kinds.{module.name}")
    known = [Value]
    for one in known:
        known += one.__subclasses__()
        if one.__module__.startswith("mofconf."):
            for name, field in one.model_fields.items():
                yield field.alias or name, field.annotation


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []
