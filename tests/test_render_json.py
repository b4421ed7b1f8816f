"""JSON for programs: it says what the report says, fits its schema, and is text that any reader takes."""

from __future__ import annotations

import json
import math
from types import MappingProxyType

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.samples import CLEAN, EVIL, GRAPH, HOSTILE, LONG, PLAN, VALIDATION

from mofconf import __version__
from mofconf.diagnostic import Diagnostic, Place, Related, Severity
from mofconf.render import FORMATS, Screen
from mofconf.render.json_schema import envelope
from mofconf.report import Json, Report

PIPE = Screen(width=None, colour=False)
VALIDATOR = jsonschema.Draft7Validator(envelope())
"""These reports are invented; what commands put into ``data`` is tested with their own output."""


def read(report: Report) -> dict[str, Json]:
    value: dict[str, Json] = json.loads(FORMATS["json"](report, PIPE))
    VALIDATOR.validate(value)
    return value


def test_a_finding_has_all_its_keys() -> None:
    assert read(Report("validate", "shop", findings=(LONG,)))["findings"] == [
        {
            "rule": "contradicting-values",
            "severity": "error",
            "address": "Asset/db-primary",
            "field": "location",
            "message": LONG.message,
            "hint": LONG.hint,
            "file": "catalog/infrastructure/databases/production/europe/primary-and-replicas.yaml",
            "line": 117,
            "column": 11,
            "status": None,
            "related": [
                {
                    "file": "catalog/infrastructure/hosts/europe.yaml",
                    "line": 38,
                    "column": 3,
                    "message": "Asset/host-17 is placed here",
                }
            ],
        }
    ]


def test_the_envelope_stays_what_programs_were_promised() -> None:
    value = read(PLAN)
    assert list(value)[:2] == ["format", "version"]
    assert (value["format"], value["version"]) == ("mofconf/report", "1.0")
    assert value["verdict"] == {
        "state": "blocked",
        "sentence": "blocked: 1 promise broken, 2 approvals missing",
    }
    assert value["data"] == PLAN.data
    assert len(value["findings"]) == 17  # unchanged ones too
    assert read(CLEAN)["findings"] == []
    assert read(GRAPH)["findings"] is None


def test_the_envelope_says_who_made_it_how_it_left_and_how_much_there_is() -> None:
    value = read(PLAN._replace(exit_code=1))
    assert (value["mofconf_version"], value["exit_code"]) == (__version__, 1)
    assert value["counts"] == {"error": 1, "warning": 1, "note": 0, "fixed": 1, "unchanged": 14}
    assert read(VALIDATION)["counts"] == {
        **{level.word: sum(one.severity is level for one in VALIDATION.findings or ()) for level in Severity},
        "fixed": 0,
        "unchanged": 0,
    }
    nothing = read(GRAPH)
    assert nothing["exit_code"] is None
    assert set(nothing["counts"].values()) == {0}


def test_a_graph_is_there_as_data() -> None:
    data = read(GRAPH)["data"]
    assert [node["id"] for node in data["nodes"]] == sorted(node.id for node in GRAPH.picture.nodes)
    assert {(line["source"], line["target"]) for line in data["lines"]} == {
        (line.source, line.target) for line in GRAPH.picture.lines
    }
    assert [line["target"] for line in data["lines"] if line["soft"]] == ["Service/telemetry"]
    assert read(GRAPH._replace(data={"nodes": [], "lines": []}))["data"] == {"nodes": [], "lines": []}


def test_order_of_findings_is_that_of_the_files() -> None:
    places = [(one["file"] or "", one["line"] or 0) for one in read(VALIDATION)["findings"]]
    assert places == sorted(places)


def test_no_number_that_json_lacks() -> None:
    data = {"a": math.nan, "b": [math.inf, {"c": -math.inf}], "d": 0.1}
    assert read(Report("x", "", data=data))["data"] == {"a": None, "b": [None, {"c": None}], "d": 0.1}


def test_any_mapping_and_any_sequence_will_do() -> None:
    data = MappingProxyType({"a": MappingProxyType({"b": (1, 2)}), "c": range(2)})
    assert read(Report("x", "", data=data))["data"] == {"a": {"b": [1, 2]}, "c": [0, 1]}


def test_hostile_text_comes_back_as_it_was_and_is_no_escape_sequence_before() -> None:
    text = FORMATS["json"](HOSTILE, PIPE)
    assert json.loads(text)["title"] == EVIL
    assert json.loads(text.encode()) == read(HOSTILE)
    assert not set("\x1b\x9b\u202e\x00\x7f") & set(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), JSON), st.booleans())
def test_any_value_comes_back(data: dict[str, Json], unicode: bool) -> None:  # noqa: FBT001  (hypothesis draws it)
    text = FORMATS["json"](Report("x", "", data=data), Screen(None, colour=False, unicode=unicode))
    assert json.loads(text.encode())["data"] == data
    assert unicode or text.isascii()


PLACES = st.builds(Place, st.text(), st.integers(1), st.integers(1))


@settings(deadline=None)
@given(
    st.builds(
        Diagnostic,
        st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True),
        st.sampled_from(Severity),
        st.text(),
        st.none() | PLACES,
        related=st.lists(st.builds(Related, PLACES, st.text()), max_size=2).map(tuple),
        status=st.sampled_from(["", "new", "fixed", "unchanged"]),
    )
)
def test_any_finding_fits_the_schema(finding: Diagnostic) -> None:
    assert read(Report("plan", "", findings=(finding,)))["findings"][0]["message"] == finding.message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "other"),
        (("version",), "2.0"),
        (("verdict", "state"), None),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "status"), "old"),
        (("findings", 0, "line"), 0),
        (("findings", 0, "rule"), "Not A Rule"),
        (("findings", 0, "related"), None),
        (("data",), []),
    ],
)
def test_the_schema_refuses_what_is_wrong(path: tuple[str | int, ...], value: Json) -> None:
    whole = read(PLAN)
    at = whole
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not VALIDATOR.is_valid(whole)
    del at[path[-1]]
    assert not VALIDATOR.is_valid(whole)
