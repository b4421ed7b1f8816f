"""Whatever stands in a file, a format makes drafts and problems of it, and never raises."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from formats_shaping import CASES, cases, leaves, shaped, source_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mofconf.formats.draft import Problem

ODD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        3.5,
        10**30,
        float("inf"),
        "",
        " ",
        "::/",
        "/",
        ":",
        "a/b/c",
        "..",
        "../../x",
        "/etc/passwd",
    ),
    *(
        "$",
        "${",
        "${A:-${B",
        "*",
        "{}",
        "!reset",
        "https://example.org",
        "\0",
        "ü" * 100,
        "x" * 5000,
        "Service/web",
    ),
    *([], {}, [[]], [None], {"": None}, {"a": {"b": []}}, ["a", "a"], {"$text": "x"}, {"$yaml": ["x"]}, [{}]),
]


def paths_in(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += paths_in(inner, (*path, key))
    return found


def mutated(value: Any, dice: random.Random) -> Any:
    value = copy.deepcopy(value)
    for _ in range(dice.randint(1, 4)):
        path = dice.choice(paths_in(value))
        odd = copy.deepcopy(dice.choice(ODD))
        if not path:
            if dice.random() < 0.1:
                return odd
            continue
        around = value
        for part in path[:-1]:
            around = around[part]
        around[path[-1]] = odd
    return value


def plain(text: bytes) -> list[Any]:
    """The documents of a file without their tags, which only the reader knows."""
    return list(yaml.safe_load_all(text.replace(b"!reset", b"").replace(b"!override", b"")))


def check(files: Mapping[str, str], project: str) -> None:
    made = shaped(files, source_of(project))
    again = shaped(files, source_of(project))
    assert [draft.value for draft in made.drafts] == [draft.value for draft in again.drafts]
    assert (made.problems, made.wanted) == (again.problems, again.wanted)
    json.dumps([draft.value for draft in made.drafts])
    for draft in made.drafts:
        assert draft.value["kind"] == draft.kind
        assert draft.value["name"] == draft.name
        for path, _ in leaves(draft.value):
            place = draft.place(*path)
            assert place.file in (*files, "mofconf.yaml")
            assert place.file == "mofconf.yaml" or place.line <= files[place.file].count("\n") + 1
    for problem in made.problems:
        assert isinstance(problem, Problem)
        assert problem.message
        assert "None" not in problem.message
    for path in made.wanted:
        assert not path.startswith(("/", ".."))
        assert "://" not in path


@pytest.mark.parametrize("case", cases())
def test_mutated_copies_raise_nothing(case: str) -> None:
    folder = CASES / case
    inputs = {
        str(file.relative_to(folder)): plain(file.read_bytes())
        for file in sorted(folder.rglob("*.y*ml"))
        if file.name not in ("expected.yaml", "mofconf.yaml")
    }
    project = (folder / "mofconf.yaml").read_text()
    dice = random.Random(case)  # noqa: S311  # the same copies in every run
    for _ in range(60):
        path = dice.choice(sorted(inputs))
        mixed = inputs | {path: mutated(inputs[path], dice)}
        if not isinstance(mixed[path], list):
            mixed[path] = [mixed[path]]
        check({name: yaml.safe_dump_all(documents) for name, documents in mixed.items()}, project)


KEYS = st.sampled_from(
    [
        *(
            "services",
            "include",
            "web",
            "depends_on",
            "links",
            "extends",
            "file",
            "service",
            "network_mode",
            "labels",
        ),
        *(
            "environment",
            "volumes_from",
            "profiles",
            "condition",
            "required",
            "path",
            "env_file",
            "x-a",
            "name",
        ),
        *(
            "apiVersion",
            "kind",
            "metadata",
            "spec",
            "owner",
            "dependsOn",
            "providesApis",
            "system",
            "members",
            "targets",
        ),
    ]
)
SCALARS = st.sampled_from(
    [
        *ODD,
        "web",
        "Component",
        "API",
        "Group",
        "Location",
        "backstage.io/v1alpha1",
        "component:web",
        "service:web",
    ]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)
PROJECTS = {
    "compose": 'kind: Project\nname: p\nsources: [{files: "*.yaml", format: compose}]',
    "backstage": 'kind: Project\nname: p\nsources: [{files: "*.yaml", format: backstage}]',
    "mapping": """
kind: Project
name: p
sources:
  - files: "*.yaml"
    format: mapping
    resources:
      - each: $..services.*
        kind: {path: $.kind, value: Service}
        name: {path: [$.name, $..web], key: true, slug: true}
        fields:
          needs: {path: $.depends_on, items: {ref: $..*, effect: $.condition}}
          labels: $.labels
          labels.a: "$..file"
      - {each: "$..*", kind: Service, name: $, fields: {owner: "$[*]", teams: $}, adds: true}
""",
}


@pytest.mark.parametrize("form", sorted(PROJECTS))
@settings(derandomize=True, deadline=None, max_examples=150)
@given(tree=TREES)
def test_anything_at_all_raises_nothing(form: str, tree: object) -> None:
    head = {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": "web"},
        "spec": tree,
    }
    documents = [head if form == "backstage" else {"services": tree}, tree]
    check({"a.yaml": yaml.safe_dump_all(documents)}, PROJECTS[form])
