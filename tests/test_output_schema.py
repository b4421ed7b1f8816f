"""What the commands write with ``-o json`` fits ``schemas/report.schema.json``, and is described there in full."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from commands import run
from conftest import ROOT
from estates import TODAY

from mofconf.cli import COMMANDS
from mofconf.render.json_schema import ANSWERS

WITHOUT = {"init", "new", "schema", "demo", "export"}
"""Commands that write something else, and the demo, which answers with a plan."""

QUESTIONS: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "main...autumn-tidying"),
    "plan backwards": ("plan", "autumn-tidying..main"),
    "plan of nothing": ("plan", "main..main"),
    "plan of the work tree": ("plan", "HEAD"),
    "impact, outage": ("impact", "Location/dc-east"),
    "impact, change": ("impact", "Asset/shop-db-1", "--mode", "change"),
    "impact, removal": ("impact", "Team/platform", "Service/payment", "Partner/nimbusfold", "--mode", "removal"),
    "impact, why": ("impact", "Location/dc-east", "--why", "Service/checkout"),
    "impact, untouched": ("impact", "Customer/schools", "--why", "Service/checkout"),
    "promises": ("promises", "-r", "autumn-tidying"),
    "promises on the work tree": ("promises",),
    "availability": ("availability",),
    "availability, what if": ("availability", "web-shop", "--down", "dc-east", "--set", "cart.availability=90%..99%"),
    "cuts": ("cuts", "Service/checkout"),
    "cuts, what if": ("cuts", "checkout", "--order", "1", "--without", "dc-east"),
    "cfia": ("cfia",),
    "cfia, down": ("cfia", "Service/checkout", "--down", "Service/checkout"),
    "importance": ("importance", "Service/checkout"),
    "importance, ends": ("importance", "Service/checkout", "--set", "Service/cart.availability=90%..99%"),
    "recovery": ("recovery", "Service/web-shop"),
    "recovery, a site down": ("recovery", "kind=Service", "--down", "Location/dc-east"),
    "simulate": ("simulate", "Service/checkout", "--months", "60", "--mttr", "4h"),
    "validate": ("validate",),
    "list": ("list",),
    "list of nothing": ("list", "label:colour=mauve"),
    "show": ("show", "Service/checkout"),
    "show, missing": ("show", "Person/oskar-lind"),
    "graph": ("graph", "--all"),
    "explain": ("explain",),
    "explain a rule": ("explain", "dangling-reference"),
    "explain a kind": ("explain", "Service"),
    "explain a field": ("explain", "Service.needs"),
    "explain fields": ("explain", "owner"),
    "explain a relation": ("explain", "runs", "on"),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is answered on the demo's repository, in whose work tree one file is broken and one service is renamed."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    said = {"demo": run("demo", folder, "--at", str(TODAY), "-o", "json").data}
    home = folder / "brambletide"
    (home / "catalog" / "service" / "ad.yaml").write_text("kind: Service\nname: [", encoding="utf-8")
    renamed = home / "catalog" / "service" / "recommendation.yaml"
    text = renamed.read_text(encoding="utf-8")
    renamed.write_text(text.replace("name: recommendation\n", "name: suggestions\n"), encoding="utf-8")
    for question, arguments in QUESTIONS.items():
        where = () if arguments[0] == "explain" else ("-C", home, "--at", str(TODAY))
        said[question] = run(*arguments, *where, "-o", "json").data
    return said


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema that others read, from its file."""
    return dict(json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8")))


def closed(schema: Any) -> Any:
    """The schema without room for keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {"additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else {}
    return {**{key: closed(inner) for key, inner in schema.items()}, **rest}


def test_what_is_written_fits(answers: dict[str, Any], schema: dict[str, Any]) -> None:
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for question, answer in answers.items():
        assert [error.message for error in validator.iter_errors(answer)] == [], question


def test_what_is_written_is_described(answers: dict[str, Any], schema: dict[str, Any]) -> None:
    """A new key is told in mofconf/render/json_answers.py or json_lookups.py, and so in the reference."""
    validator = jsonschema.Draft7Validator(closed(schema))
    for question, answer in answers.items():
        assert {error.message for error in validator.iter_errors(answer)} == set(), question
        said = [one for one in ANSWERS if (one.command, one.topic) == (answer["command"], topic_of(answer))]
        assert len(said) == 1
        assert answer["verdict"] is None or answer["verdict"]["state"] in said[0].states, question


def topic_of(answer: dict[str, Any]) -> str:
    return str(answer["data"].get("topic", ""))


def keys_of(value: Any, above: str = "") -> Iterator[str]:
    """The paths of all keys within a value, without the indices of lists."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield f"{above}{key}"
        yield from keys_of(inner, f"{above}{key}.")
    for inner in value if isinstance(value, list) else ():
        yield from keys_of(inner, above)


def described(schema: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, inner in schema.get("properties", {}).items():
        yield f"{above}{key}"
        yield from described(inner, f"{above}{key}.")
    if "items" in schema:
        yield from described(schema["items"], above)


def test_what_is_described_is_written(answers: dict[str, Any]) -> None:
    """Every key occurs in one of the answers, so the test above has looked at it."""
    for one in ANSWERS:
        about = (one.command, one.topic)
        data = [given["data"] for given in answers.values() if (given["command"], topic_of(given)) == about]
        assert set(described(one.data)) <= {key for each in data for key in keys_of(each)}, one.says


def test_every_command_is_described_and_asked() -> None:
    answering = COMMANDS.keys() - WITHOUT
    assert {one.command for one in ANSWERS} == answering == {command for command, *_ in QUESTIONS.values()}


@pytest.mark.parametrize(
    ("question", "path", "value"),
    [
        ("plan", ("changes", 0, "action"), "explode"),
        ("plan", ("changes", 0, "former"), None),
        ("plan", ("consequences", 0, "outcome"), "sad"),
        ("plan", ("consequences", 0, "why"), None),
        ("plan", ("resources", "base"), -1),
        ("impact, outage", ("mode",), "panic"),
        ("impact, outage", ("hits", 0, "why", 0, "targets"), "Asset/a"),
        ("validate", ("resources", "Asset"), "many"),
        ("list", ("resources", 0, "state"), "lost"),
        ("show", ("resource", "edges", 0, "relation"), None),
        ("graph", ("edges", 0, "effect"), "hurts"),
        ("explain", ("rules", 0, "severity"), "off"),
        ("explain a rule", ("reason",), None),
        ("explain a kind", ("fields", 0, "class"), "other"),
        ("explain a relation", ("outage",), "yes"),
    ],
)
def test_what_does_not_fit_is_refused(
    question: str, path: tuple[str | int, ...], value: Any, answers: dict[str, Any], schema: dict[str, Any]
) -> None:
    validator = jsonschema.Draft7Validator(schema)
    for wrong in (value, ...):
        answer = json.loads(json.dumps(answers[question]))
        at = answer["data"]
        for step in path[:-1]:
            at = at[step]
        if wrong is ...:
            del at[path[-1]]
        else:
            at[path[-1]] = wrong
        # How many resources there are of a kind is the one key that may be missing.
        assert validator.is_valid(answer) == (wrong is ... and path == ("resources", "Asset")), wrong
