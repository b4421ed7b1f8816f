"""The format ``backstage`` on Giant Swarm's own catalogue, before and after a commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats_shaping import leaves, shaped

from mofconf.formats.draft import Shaped
from mofconf.formats.source import Source

SOURCE = Source(("catalogs/*.yaml",), format="backstage")


def files_of(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*.yaml"))}


@pytest.fixture(scope="module")
def sides(fixtures: Path) -> tuple[Shaped, Shaped]:
    before, after = (
        shaped(files_of(fixtures / "giantswarm-backstage" / f"{side}-32fd308"), SOURCE) for side in ("before", "after")
    )
    return before, after


def test_entities_are_counted_once(sides: tuple[Shaped, Shaped]) -> None:
    assert [len(side.drafts) for side in sides] == [327, 328]
    for side in sides:
        assert len({draft.address for draft in side.drafts}) == len(side.drafts)
        (problem,) = side.problems
        assert (problem.rule, problem.address) == ("repeated-address", "Team/giantswarm/team-phoenix")
        assert problem.place.line == 87
        assert problem.related[0].place.line == 66


def test_exactly_one_component_comes_and_one_owner_changes(sides: tuple[Shaped, Shaped]) -> None:
    before, after = ({draft.address: draft.value for draft in side.drafts} for side in sides)
    assert after.keys() - before.keys() == {"Service/giantswarm/crossplane"}
    assert not before.keys() - after.keys()
    changed = {
        (address, field, before[address].get(field), after[address].get(field))
        for address in before
        for field in before[address].keys() | after[address].keys()
        if before[address].get(field) != after[address].get(field)
    }
    assert changed == {
        (
            "Service/giantswarm/aws-resolver-rules-operator",
            "owner",
            "giantswarm/team-phoenix",
            "giantswarm/unspecified",
        )
    }


def test_a_reference_takes_the_spelling_of_its_entity(sides: tuple[Shaped, Shaped]) -> None:
    owners = {str(draft.value["owner"]) for draft in sides[1].drafts if draft.kind == "Service"}
    assert "giantswarm/team-phoenix" in owners
    assert "giantswarm/team-Phoenix" not in owners


def test_every_value_is_where_it_is_said_to_be(fixtures: Path, sides: tuple[Shaped, Shaped]) -> None:
    lines = {
        path: text.split("\n") for path, text in files_of(fixtures / "giantswarm-backstage" / "after-32fd308").items()
    }
    translated = {"live": "production"}
    for draft in sides[1].drafts:
        for path, value in leaves(draft.value):
            if path == ("kind",):
                continue
            place = draft.place(*path)
            rest = lines[place.file][place.line - 1][place.column - 1 :].lstrip("'\"").lower()
            said = translated.get(str(value), str(value)).removeprefix("giantswarm/").lower()[:60]
            start = rest.removeprefix("group:").removeprefix("giantswarm/")
            assert start.startswith(said.split("\n")[0]) or rest.startswith((">", "|")), (draft.address, path)


def test_annotations_are_labels_only_where_they_are_asked_for(fixtures: Path) -> None:
    source = SOURCE._replace(annotations=("giantswarm.io/latest-release-tag",))
    files = files_of(fixtures / "giantswarm-backstage" / "after-32fd308")
    labels = {
        draft.address: draft.value.get("labels") for draft in shaped(files, source).drafts if draft.kind == "Service"
    }
    assert labels["Service/giantswarm/crossplane"] == {
        "type": "service",
        "giantswarm.io/latest-release-tag": "2.5.2",
    }


def component(name: str, spec: str) -> str:
    head = f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}, namespace: eu}}"
    return f"{head}\nspec: {spec}\n"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("other", "Service/eu/other"),
        ("OTHER", "Service/eu/other"),
        ("component:other", "Service/eu/other"),
        ("Component:EU/other", "Service/eu/other"),
        ("default/other", "Service/other"),
        ("us/other", "Service/us/other"),
        ("resource:db", "Asset/eu/db"),
        ("api:default/orders", "Service/api/orders"),
        ("system:shop", "Service/eu/system/shop"),
        ("{kind: Component, name: other}", "Service/eu/other"),
        ("{kind: resource, namespace: default, name: x/y}", "Asset/x/y"),
    ],
)
def test_references(written: str, address: str) -> None:
    files = {"catalogs/a.yaml": component("web", f"{{dependsOn: [{written!s}]}}") + "---\n" + component("other", "{}")}
    assert shaped(files, SOURCE).drafts[0].value["needs"] == [address]


def test_the_network_is_never_wanted() -> None:
    files = {"catalogs/a.yaml": component("web", "{dependsOn: {$yaml: 'https://example.org/a.yaml'}}")}
    made = shaped(files, SOURCE)
    assert (made.wanted, [problem.rule for problem in made.problems]) == (
        frozenset(),
        ["unfollowed-reference"],
    )


def test_placeholders_that_name_one_another_come_to_an_end() -> None:
    files = {
        "catalogs/a.yaml": component("web", "{owner: {$yaml: ../loop.yaml}}"),
        "loop.yaml": "$yaml: ./loop.yaml",
    }
    assert [problem.rule for problem in shaped(files, SOURCE).problems] == ["invalid-value"]
