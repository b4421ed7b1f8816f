"""The format ``mapping`` on GitLab's own service catalogue, and its tables against the kinds."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from estates import estate, findings
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


MAPPED = """kind: Project
name: p
sources:
  - files: "*.yml"
    format: mapping
    resources:
      - each: "$[*]"
        kind: KIND
        name: $.name
        fields:
          FIELD
# file: a.yml
- {name: a, tier: P1, uses: [b], href: x}
- {name: b, tier: P2, uses: [], href: y}
- {name: c, tier: P1, uses: [b], href: z}
"""

# the kind, one line of ``fields``, and each finding: its place, its rule, and words of its message and its hint
WRONG: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {
    "a field that the kind lacks": (
        "Service",
        "titel: $.href",
        [("mofconf.yaml:11:11", "unknown-field", "Service has no field titel; did you mean title?")],
    ),
    "a field like none": (
        "Service",
        "zebra: $.href",
        [("mofconf.yaml:11:11", "unknown-field", "Service has no field zebra; Service has availability, clusters")],
    ),
    "a field within a field": (
        "Service",
        "clusters.relase: $.href",
        [("mofconf.yaml:11:11", "unknown-field", "clusters has no field relase; did you mean release?")],
    ),
    "a field of an item": (
        "Service",
        "needs: {path: '$.uses[*]', items: {ref: $, efect: {value: none}}}",
        [("mofconf.yaml:11:54", "unknown-field", "needs has no field efect; did you mean effect?")],
    ),
    "a field of an item of a mapping within": (
        "SLA",
        "targets: {path: $, items: {responseTime.percentil: $.href}}",
        [("mofconf.yaml:11:38", "unknown-field", "responseTime has no field percentil; did you mean percentile?")],
    ),
    "a key of one's own is a label": ("Service", "labels.anything/else.x: $.tier", []),
    "a field of an instance is left to the instance": ("Asset", "instances.a.zebra: $.none", []),
    "a field that no kind has": (
        "{path: $.type, value: Service}",
        "ownr: $.href",
        [("mofconf.yaml:11:11", "unknown-field", "no kind has a field ownr; did you mean owner?")],
    ),
    "a field that some kind has": ("{path: $.type, value: Service}", "runsOn: $.none", []),
    "a kind that there is not": (
        "Servce",
        "title: $.href",
        [("mofconf.yaml:8:15", "unknown-kind", "Servce is not a kind; did you mean Service?")],
    ),
    "a constant that does not fit": (
        "Service",
        "criticality: {value: vitl}",
        [
            (
                "mofconf.yaml:11:24",
                "invalid-value",
                "'vitl' is not one of vital, high, medium or low; did you mean vital?",
            )
        ],
    ),
    "a value of the data that is not one of several": (
        "Service",
        "criticality: $.tier",
        [
            (
                "a.yml:1:19",
                "invalid-value",
                "'P1' is not one of vital; alias can translate it to one of these, for example `alias: {P1: vital}`",
            ),
            (
                "a.yml:2:19",
                "invalid-value",
                "'P2' is not one of vital; alias can translate it to one of these, for example `alias: {P2: vital}`",
            ),
            (
                "a.yml:3:19",
                "invalid-value",
                "'P1' is not one of vital; alias can translate it to one of these, for example `alias: {P1: vital}`",
            ),
        ],
    ),
    "a value of the data that is translated": (
        "Service",
        "criticality: {path: $.tier, alias: {P1: vital, P2: low}}",
        [],
    ),
    "a value of the data that is translated wrongly": (
        "Service",
        "criticality: {path: $.tier, alias: {P1: vitl, P2: low}}",
        [
            ("a.yml:1:19", "invalid-value", "'vitl' is not one of vital; did you mean vital?"),
            ("a.yml:3:19", "invalid-value", "'vitl' is not one of vital; did you mean vital?"),
        ],
    ),
    "a value of the data within an item": (
        "Service",
        "needs: {path: '$.uses[*]', items: {ref: $, effect: $}}",
        [
            ("a.yml:1:30", "invalid-value", "effect: 'b' is not one of stops, degrades or none; `alias: {b: stops}`"),
            ("a.yml:3:30", "invalid-value", "effect: 'b' is not one of stops, degrades or none; `alias: {b: stops}`"),
        ],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_mapping_is_said_where_it_can_be_mended(case: str) -> None:
    kind, field, wanted = WRONG[case]
    text = "# file: mofconf.yaml\n" + MAPPED.replace("KIND", kind).replace("FIELD", field)
    others = ("unmatched-mapping", "ownerless-service", "missing-field", "dangling-reference")
    found = [one for one in findings(text) if one.rule not in others]
    assert [(str(one.place), one.rule) for one in found] == [(place, rule) for place, rule, _ in wanted], found
    for one, (_, _, words) in zip(found, wanted, strict=True):
        said = f"{one.message}; {one.hint}"
        assert all(word in said for word in words.split("; ")), said


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("P1", "P1"),
        ("1", '"1"'),
        ("true", '"true"'),
        ("high-ish", "high-ish"),
        ("very high", "very high"),
        ("a: b", '"a: b"'),
    ],
)
def test_the_alias_in_a_hint_is_yaml_that_works(value: str, shown: str) -> None:
    text = "# file: mofconf.yaml\n" + MAPPED.replace("KIND", "Service").replace("FIELD", "criticality: $.tier")
    [one, *_] = findings(text.replace("P1", f'"{value}"', 1), "invalid-value")
    assert f"`alias: {{{shown}: " in one.hint
    written = yaml.safe_load(one.hint.split("`")[1])
    assert list(written["alias"]) == [value]


def test_an_unknown_field_of_a_mapping_leaves_the_rest_of_the_entries_as_it_is() -> None:
    text = "# file: mofconf.yaml\n" + MAPPED.replace("KIND", "Service").replace("FIELD", "titel: $.href")
    workspace = estate(text)
    assert set(workspace.catalog.entries) == {"Project/p", "Service/a", "Service/b", "Service/c"}
    assert workspace.catalog.misfits == ()
    [one] = findings(text, "unknown-field")
    assert (one.address, one.field) == ("Project/p", "sources[0].resources[0].fields.titel")


def test_a_default_that_does_not_fit_is_said_once() -> None:
    text = "# file: mofconf.yaml\nkind: Project\nname: p\ndefaults:\n  - for: {kind: Asset}\n"
    text += "    set: {statuz: live, status: liv}\n# file: catalog/a.yaml\n"
    text += "---\n".join(f"kind: Asset\nname: {name}\n" for name in "abc")
    assert [(str(one.place), one.rule, one.address) for one in findings(text)] == [
        ("mofconf.yaml:5:11", "unknown-field", "Project/p"),
        ("mofconf.yaml:5:33", "invalid-value", "Project/p"),
    ]


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
