"""The JSON Schemas: valid, current, of one mind with the models, and what editors make most of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from mofconf.documents import Document, SourceFile, read
from mofconf.formats.draft import Draft
from mofconf.formats.native import draft_of
from mofconf.kinds import KINDS
from mofconf.kinds.examples import EXAMPLES
from mofconf.kinds.reading import Entry, fit
from mofconf.schemas import schema_of, schema_of_all

HERE = Path(__file__).parent / "schemas"


def documents(text: str) -> list[Document]:
    read_ones = read(SourceFile("test.yaml", text.encode()))
    assert all(isinstance(one, Document) for one in read_ones), read_ones
    return [one for one in read_ones if isinstance(one, Document)]


def corpus(folder: str) -> list[Any]:
    """Every document in a folder of the corpus, under its file and number."""
    return [
        pytest.param(document, id=f"{file.stem}-{number}")
        for file in sorted((HERE / folder).glob("*.yaml"))
        for number, document in enumerate(documents(file.read_text()), 1)
    ]


@cache
def validator(kind: str = "") -> Draft7Validator:
    return Draft7Validator(schema_of(kind) if kind else schema_of_all())


def schema_says(value: Any, kind: str = "") -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator(kind).iter_errors(value)]


def models_say(document: Document) -> list[str]:
    draft = draft_of(document)
    assert isinstance(draft, Draft)
    return [fault.message for one in fit(draft) if not isinstance(one, Entry) for fault in one.faults]


def as_document(value: Any) -> Document:
    """A value as the document that says it: JSON is YAML, but for infinity."""
    return documents(json.dumps(value).replace("Infinity", ".inf"))[0]


GOOD, BAD = corpus("good"), corpus("bad")
EXCEPTIONS: list[Any] = documents((HERE / "exceptions.yaml").read_text())[0].value  # type: ignore[assignment]  # a list


@pytest.mark.parametrize("document", GOOD)
def test_both_take_what_is_good(document: Document) -> None:
    assert models_say(document) == []
    assert schema_says(document.value) == []
    assert schema_says(document.value, document.value["kind"]) == []


@pytest.mark.parametrize("document", BAD)
def test_both_refuse_what_is_bad(document: Document) -> None:
    assert models_say(document) != []
    assert schema_says(document.value) != []
    kind = document.value.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        assert schema_says(document.value, kind) != []


@pytest.mark.parametrize("one", EXCEPTIONS, ids=lambda one: one["reason"])
def test_they_disagree_only_where_that_is_written_down(one: Any) -> None:
    assert (schema_says(one["document"]) == []) == (one["schema"] == "good")
    faults = models_say(as_document(one["document"]))
    assert (faults == []) != (one["schema"] == "good")
    assert all(re.search(one["message"], fault) for fault in faults)


def test_corpus_covers_every_kind_and_every_field() -> None:
    kinds = [(one.values[0].value["kind"], one.values[0].value) for one in GOOD]
    fields = {kind: schema_of(kind)["properties"] for kind in KINDS}
    agreements = {field: {"SLA", "OLA", "Contract"} for field in fields["SLA"]}
    for kind in KINDS:
        # Fields that several kinds share are read by the same code, so one of these kinds has to show them.
        alike = {
            field: agreements.get(field, {kind}) if kind in ("OLA", "Contract") else {kind} for field in fields[kind]
        }
        for field, those in alike.items():
            shown = any(field in value and (name in those or field in COMMON) for name, value in kinds)
            assert shown, f"no good document shows {kind}.{field}"
    faulty = [one.values[0].value.get("kind") for one in BAD]
    assert [kind for kind in KINDS if kind not in faulty] == []


COMMON = ("apiVersion", "title", "description", "labels", "links", "formerly")

# What a careless hand may put in the place of a value.
SLIPS = st.sampled_from(
    [
        *("null", "true", "3", "-1", "1.5", '""', '"text"', '"two words"', '"99%"', '"1h"', '"2026-01-01"', '"live"'),
        *("[]", "{}", '["a"]', "[null]", "[3]", '{"a": "b"}', '{"select": "x"}'),
    ]
).map(json.loads)


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a document."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*above, key)
        yield from paths(inner, (*above, key))


@st.composite
def slipped(draw: st.DrawFn) -> Any:
    """A good document after a slip or two: a value replaced, dropped or added."""
    value = json.loads(json.dumps(draw(st.sampled_from(GOOD)).values[0].value))
    for _ in range(draw(st.integers(1, 2))):
        ways = list(paths(value))
        *way, last = draw(st.sampled_from(ways)) if ways else ("kind",)
        around = value
        for part in way:
            around = around[part]
        slip = draw(st.sampled_from(["replace", "drop", "add"]))
        if slip == "drop":
            del around[last]
        elif slip == "add" and isinstance(around, dict):
            around[
                draw(st.sampled_from(["extra", "owner", "title", "needs", "format", "key", "up", "mttr", "ref", "of"]))
            ] = draw(SLIPS)
        else:
            around[last] = draw(SLIPS)
    return value


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(slipped())
def test_they_agree_on_slips_of_the_hand(value: Any) -> None:
    by_schema, by_models = schema_says(value), models_say(as_document(value))
    if not by_schema and by_models:
        known = [one["message"] for one in EXCEPTIONS if one["schema"] == "good"]
        assert all(any(re.search(message, fault) for message in known) for fault in by_models), by_models
    assert not by_schema or by_models, by_schema


def test_reference_catalogue_fits(root: Path) -> None:
    files = [root / "mofconf.yaml", *sorted((root / "catalog").rglob("*.yaml"))]
    found = {
        f"{file.relative_to(root)}: {said}"
        for file in files
        for document in documents(file.read_text())
        for said in schema_says(document.value)
    }
    assert len(files) > 100
    assert found == set()


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_every_schema_is_a_schema_without_leftovers(kind: str) -> None:
    schema = schema_of(kind) if kind else schema_of_all()
    Draft7Validator.check_schema(schema)
    text = json.dumps(schema)
    assert "$defs" not in text
    for reference in re.findall(r'"#/definitions/(\w+)"', text):
        assert reference in schema["definitions"]
    titles = re.findall(r'"title": "([^"]*)"', text)
    assert [title for title in titles if re.search(r"[a-z][A-Z]", title) and title not in KINDS] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_may_be_written_and_left_empty(kind: str) -> None:
    """An instance may: its key says enough. So may the sides of a project's translations and conditions."""
    schema = schema_of(kind)
    definitions = {name: one for name, one in schema["definitions"].items() if name in _closed(schema)}
    for owner, one in {kind: schema, **definitions}.items():
        for field in next(form for form in (one, *one.get("anyOf", ())) if "properties" in form)["properties"]:
            assert not Draft7Validator({**_field(one, field), "definitions": schema["definitions"]}).is_valid(None), (
                f"{owner}.{field}"
            )


def _closed(schema: Any) -> list[str]:
    return [
        name
        for name, one in schema["definitions"].items()
        if any("properties" in form for form in (one, *one.get("anyOf", ())))
    ]


def _field(schema: Any, field: str) -> Any:
    return next(form for form in (schema, *schema.get("anyOf", ())) if "properties" in form)["properties"][field]


def test_editors_are_told_of_kinds_in_our_order() -> None:
    schema = schema_of_all()
    kind = schema["properties"]["kind"]
    assert kind["enum"] == list(KINDS)
    assert len(kind["markdownEnumDescriptions"]) == len(KINDS)
    assert all(kind["markdownEnumDescriptions"])
    assert [one["label"] for one in schema["defaultSnippets"]] == [f"new {kind}" for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_example_and_snippet_of_a_kind_fit(kind: str) -> None:
    [document] = documents(EXAMPLES[kind])
    assert document.value["kind"] == kind  # type: ignore[index, call-overload]  # a mapping
    assert models_say(document) == []
    assert schema_says(document.value) == []
    body = json.dumps(schema_of(kind)["defaultSnippets"][0]["body"])
    filled = json.loads(re.sub(r"\$\{\d+[:|]([^}|,]*)[^}]*\}", r"\1", body))
    assert schema_says(filled) == []


def test_names_that_exist_are_suggested_and_others_allowed() -> None:
    known = {"Team": ["web", "data"], "Service": ["a", "both"], "Asset": ["both", "db"], "Calendar": ["office"]}
    schema = schema_of_all(known)
    Draft7Validator.check_schema(schema)
    lists = {name: one["enum"] for name, one in schema["definitions"].items() if name.startswith("Known")}
    assert lists == {
        "KnownAsset": ["both", "db"],
        "KnownAssetOrLocation": ["both", "db"],
        "KnownCalendar": ["24x7", "office"],
        "KnownDataSetOrAssetOrService": ["Asset/both", "Service/both", "a", "db"],
        "KnownService": ["a", "both"],
        "KnownServiceOrAsset": ["Asset/both", "Service/both", "a", "db"],
        "KnownTeam": ["data", "web"],
        "KnownTeamOrPerson": ["data", "web"],
    }
    text = json.dumps(schema)
    assert all(f'"#/definitions/{name}"' in text for name in lists)
    checked = Draft7Validator(schema)
    for one in GOOD:
        assert list(checked.iter_errors(one.values[0].value)) == []
    assert list(checked.iter_errors({"kind": "Service", "name": "x", "owner": "not a name"})) != []
