"""The format ``compose`` on real files with known answers, and its variables."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats_shaping import leaves, shaped

from mofconf.documents import Document, SourceFile, read
from mofconf.formats.compose import shape
from mofconf.formats.compose_interpolation import fill, read_environment
from mofconf.formats.draft import Shaped
from mofconf.formats.source import Source

SOURCE = Source(("**/*.{yaml,yml}",), format="compose")


def files_of(folder: Path) -> dict[str, str]:
    names = [file for file in sorted(folder.rglob("*")) if file.suffix in (".yaml", ".yml") or file.name == ".env"]
    return {str(file.relative_to(folder)): file.read_text() for file in names}


def edges(made: Shaped) -> set[tuple[str, str]]:
    return {
        (draft.address, need if isinstance(need, str) else need["ref"])
        for draft in made.drafts
        for need in draft.value.get("needs", ())  # type: ignore[attr-defined]  # a list, as every draft here has it
    }


@pytest.mark.parametrize(
    ("folder", "services", "needs"),
    [
        ("govuk-docker-2019-06", 44, 76),
        ("otel-demo/head", 28, 58),
        ("otel-demo/remove-product-reviews/before", 22, 51),
        ("otel-demo/remove-product-reviews/after", 21, 47),
        ("otel-demo/rename-shipping/before", 25, 52),
        ("otel-demo/rename-shipping/after", 25, 52),
    ],
)
def test_known_answers(fixtures: Path, folder: str, services: int, needs: int) -> None:
    made = shaped(files_of(fixtures / folder), SOURCE)
    addresses = {draft.address for draft in made.drafts}
    assert (len(made.drafts), len(addresses), len(edges(made))) == (services, services, needs)
    assert {target for _, target in edges(made)} <= addresses
    assert made.problems == ()


def test_removing_a_service_removes_it_and_what_it_needed(fixtures: Path) -> None:
    before, after = (
        shaped(files_of(fixtures / "otel-demo/remove-product-reviews" / side), SOURCE) for side in ("before", "after")
    )
    gone = {draft.address for draft in before.drafts} - {draft.address for draft in after.drafts}
    assert gone == {"Service/product-reviews"}
    assert edges(before) - edges(after) == {
        ("Service/product-reviews", f"Service/{name}")
        for name in ("product-catalog", "llm", "astronomy-db", "otel-collector")
    }
    assert edges(after) <= edges(before)


def test_renaming_a_service_moves_three_edges(fixtures: Path) -> None:
    before, after = (
        edges(shaped(files_of(fixtures / "otel-demo/rename-shipping" / side), SOURCE)) for side in ("before", "after")
    )
    assert {source for source, target in before - after if target == "Service/shippingservice"} == {
        "Service/checkoutservice",
        "Service/frontend",
    }
    moved = {tuple("Service/shipping" if end == "Service/shippingservice" else end for end in edge) for edge in before}
    assert moved == after
    assert len(before - after) == 3


def test_a_patched_service_is_one_draft_with_places_in_both_files(fixtures: Path) -> None:
    made = shaped(files_of(fixtures / "otel-demo/head"), SOURCE)
    checkout = next(draft for draft in made.drafts if draft.name == "checkout")
    assert str(checkout.place()) == "compose.yaml:114:3"
    assert checkout.place("needs", 0).file == "compose.yaml"
    assert checkout.place("needs", 8).file == "compose.full.yaml"
    assert checkout.value["labels"] == {"service.criticality": "critical"}


@pytest.mark.parametrize("folder", ["govuk-docker-2019-06", "otel-demo/head"])
def test_every_value_is_where_it_is_said_to_be(fixtures: Path, folder: str) -> None:
    files = files_of(fixtures / folder)
    lines = {path: text.split("\n") for path, text in files.items()}
    for draft in shaped(files, SOURCE).drafts:
        for path, value in leaves(draft.value):
            place = draft.place(*path)
            rest = lines[place.file][place.line - 1][place.column - 1 :]
            if path[0] == "labels":
                assert rest.startswith("OTEL_RESOURCE_ATTRIBUTES=")
                assert f"service.criticality={value}" in rest
            elif path != ("kind",):
                assert rest.startswith(str(value).removeprefix("Service/")), (draft.address, path)


def test_files_are_wanted_until_they_are_there() -> None:
    text = b"services: {a: {extends: {file: b/c.yaml, service: a}}}"
    documents = [one for one in read(SourceFile("compose.yaml", text)) if isinstance(one, Document)]
    first = shape(documents, SOURCE, {})
    assert (first.wanted, first.problems) == ({".env", "b/c.yaml"}, ())
    then = shape(documents, SOURCE, dict.fromkeys(first.wanted))
    assert not then.wanted
    assert [problem.message for problem in then.problems] == ["the file b/c.yaml does not exist"]


VARIABLES = {"A": "1", "EMPTY": "", "NAME": "web"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain", "plain"),
        ("$A", "1"),
        ("${A}", "1"),
        ("$$A", "$A"),
        ("$$$A", "$1"),
        ("$NAME-$A", "web-1"),
        ("$NOT", ""),
        ("${NOT:-d}", "d"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${NOT-d}", "d"),
        ("${NOT:-${ALSO_NOT:-${A}}}", "1"),
        ("${A:+other}", "other"),
        ("${EMPTY:+other}", ""),
        ("${EMPTY+other}", "other"),
        ("${NOT+other}", ""),
        ("${A:?must}", "1"),
        ("${EMPTY?must}", ""),
        ("${NOT:-a}b}", "ab}"),
        ("${NOT:-}", ""),
        ("${NOT:-$$}", "$"),
    ],
)
def test_interpolation(text: str, filled: str) -> None:
    assert fill(text, VARIABLES).text == filled
    assert not fill(text, VARIABLES).fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("${1}", "'${1}' is not a variable that Compose understands"),
        ("${A/x/y}", "'${A/x/y}' is not a variable that Compose understands"),
        ("5 $", "'$' is not a variable: write $$ for a dollar sign"),
        ("${X:-" * 40 + "}" * 40, "variables nest deeper than 16"),
    ],
)
def test_what_compose_refuses(text: str, fault: str) -> None:
    assert fill(text, VARIABLES) == (text, (), fault, "see the Compose specification")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("${NOT:?say it}", "the variable NOT must be set: say it"),
        ("${NOT?}", "the variable NOT must be set"),
    ],
)
def test_a_variable_that_must_be_set_names_the_place_for_it(text: str, fault: str) -> None:
    assert fill(text, VARIABLES) == (text, (), fault, "set NOT in .env")


def test_a_variable_that_is_open_is_to_be_closed() -> None:
    assert fill("${A", VARIABLES)[2:] == (
        "'${A' is never closed with }",
        "close it, or write $$ where a dollar sign is meant",
    )


def test_unset_variables_are_told() -> None:
    assert fill("$B ${A} ${C} $B", VARIABLES).unset == ("B", "C")


def test_a_text_cannot_grow_without_end() -> None:
    lines = ["V0=" + "x" * 1000, *(f"V{n}=${{V{n - 1}}}${{V{n - 1}}}${{V{n - 1}}}" for n in range(1, 40))]
    read = read_environment("\n".join(lines), {})
    assert max(map(len, read.variables.values())) < 100_000
    assert read.faults


ENV = """\ufeff# a comment
PLAIN=one two   # and another
HASH=a#b
 export SPACED = x
SINGLE='$PLAIN # stays'
DOUBLE="a\\tb \\"$HASH\\" \\$x"
LINES="one
two"
EMPTY=
UNSET
COLON: yes
"""


def test_env_files() -> None:
    read = read_environment(ENV.replace("\n", "\r\n"), {"GIVEN": "1"})
    assert read.variables == {
        "GIVEN": "1",
        "PLAIN": "one two",
        "HASH": "a#b",
        "SPACED": "x",
        "SINGLE": "$PLAIN # stays",
        "DOUBLE": 'a\tb "a#b" $x',
        "LINES": "one\ntwo",
        "EMPTY": "",
        "COLON": "yes",
    }
    assert read.faults == ()
