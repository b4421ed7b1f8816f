"""``explain`` knows every rule, kind, field and relation; ``schema`` and ``generate`` print what they should."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from commands import run
from jsonschema import Draft7Validator

from mofconf.answers.explain import names, relation_text, report
from mofconf.answers.explained_fields import field_text
from mofconf.answers.reference import table
from mofconf.answers.relations import relation_named, ways
from mofconf.cli import COMMANDS
from mofconf.cli.generate import generated
from mofconf.kinds import KINDS
from mofconf.kinds.fields import every_field, fields_of
from mofconf.kinds.relation import RELATIONS
from mofconf.rules import RULES
from mofconf.schemas import schema_of

# What Python or its libraries call things, and no user should meet.
LEFTOVERS = re.compile(r"NoneType|Annotated|typing|pydantic|snake_case|Literal|tuple|\bNone\b(?!:)|<class|object at")


def text_of(name: str) -> str:
    found = report(name)
    assert found is not None, name
    assert not LEFTOVERS.search(found.text), found.text
    return found.text


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_explained(name: str) -> None:
    text = text_of(name)
    rule = RULES[name]
    flowed = " ".join(text.split())
    assert text.startswith(f"# {name}\n")
    for part in (rule.summary, *rule.reason.split("\n\n")):
        assert " ".join(part.split()) in flowed
    for line in (*rule.bad.splitlines(), *rule.good.splitlines()):
        assert line.replace("# ! ", "# <-- ") in text
    assert re.search(rf"severities:\n      {name}: (error|warning)", text)
    assert f"A{'n' if rule.severity.word == 'error' else ''} {rule.severity.word}, unless" in flowed


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_and_each_of_its_fields_is_explained(kind: str) -> None:
    text = text_of(kind)
    assert text.startswith(f"# {kind}\n")
    for field in fields_of(kind):
        assert f"`{field.path}`" in text
    for field in every_field(fields_of(kind)):
        alone = field_text(f"{kind}.{field.path}", [field])
        assert not LEFTOVERS.search(alone), alone
        assert alone.startswith(f"# {kind}.{field.path}\n")
        assert field.words or field.path.startswith("hours."), field.path  # the names of days say it all
        assert field.type in " ".join(alone.split())


@pytest.mark.parametrize("kind", KINDS)
def test_fields_are_those_of_the_schema(kind: str) -> None:
    schema = schema_of(kind)
    assert {field.path for field in fields_of(kind)} == set(schema["properties"])
    assert {field.path for field in fields_of(kind) if field.required} == set(schema["required"])


def test_every_relation_is_explained_from_both_sides() -> None:
    made = ways()
    for relation in RELATIONS:
        assert relation_named(relation.name) is relation
        assert relation_named(relation.inverse) is relation
        text = relation_text(relation, [one for one in made if one.relation is relation])
        assert text.startswith(f"# {relation.name}\n")
        assert relation.inverse in text
        assert ("can go down with it" in text) is relation.outage


FOUND = [
    # asked for, what it is, its title
    ("", "all", "rules, kinds, relations"),
    ("Dangling_Reference", "rule", "dangling-reference"),
    ("service", "kind", "Service"),
    ("sla", "kind", "SLA"),
    ("Service.needs", "field", "Service.needs"),
    ("service.NEEDS", "field", "Service.needs"),
    ("needs", "field", "needs"),
    ("needs.effect", "field", "needs.effect"),
    ("failover", "field", "needs.failover"),
    ("dataLossTolerance", "field", "Service.dataLossTolerance"),
    ("sla.targets.responseTime.within", "field", "SLA.targets.responseTime.within"),
    ("runs on", "relation", "runs on"),
    ("runs-on", "relation", "runs on"),
    ("owned by", "relation", "is owned by"),
    ("owns", "relation", "is owned by"),
]


@pytest.mark.parametrize(("asked", "topic", "title"), FOUND)
def test_names_are_found(asked: str, topic: str, title: str) -> None:
    found = report(asked)
    assert found is not None
    assert (found.data["topic"], found.title) == (topic, title)


def test_no_line_is_broken_by_a_terminal_of_the_usual_width() -> None:
    lines = [line for name in ("", *names()) for line in _text(name).splitlines()]
    assert not [line for line in lines if len(line) > 80]
    assert not [line for line in lines if line.count("`") % 2]


def test_a_default_is_said_once() -> None:
    parts = [part for name in names() for part in re.split(r"\n## ", _text(name))]
    assert not [part for part in parts if re.search(r"(?sm) Default: .*^- Default: none", part.partition("\n\n")[2])]


def _text(name: str) -> str:
    found = report(name)
    assert found is not None, name
    return found.text


SAID = [
    # asked for, what the answer has to say
    ("Service.owner", "The one team that answers for it."),
    ("Service.owner", "Relation: Service is owned by Team."),
    ("Service.owner", "When the Team is removed: the Service is left vacant."),
    ("Service.owner", "Change class: ownership."),
    ("Service.hours", "the name of a Calendar, or `24x7`"),
    ("Service.lifecycle", "Default: `live`."),
    ("Calendar.hours", "Required."),
    ("Project.frameworkVersion", "Type: `2` or `3`."),
    ("owner", "Asset.owner"),
    ("labels", "## Every kind"),
    ("kind", "## Every kind What sort of resource it is. - Type: `Project`, `Person`"),
    ("availability.percent", "## availability.percent of Location, Asset and Service"),
    ("Asset.runsOn", "When the Asset fails: the one that refers can go down with it."),
    ("needs", "`{atLeast: 2, of: [a, b, c]}` by two of three"),
    ("OLA.supports", "a list of names of Services or Assets, or a selection as `{select: kind=Asset}`"),
    ("Team", "Team carries OLA (`team`)"),
    ("runs on", "the one that refers can go down with it"),
    ("is owned by", "no outage flows"),
]


@pytest.mark.parametrize(("asked", "said"), SAID)
def test_explanations_say(asked: str, said: str) -> None:
    assert said in " ".join(text_of(asked).split())


def test_everything_that_completion_offers_is_explained() -> None:
    offered = names()
    assert len(offered) == len(set(offered)) > 300
    for name in (*RULES, *KINDS, "needs.effect", "Service.owner", "runs on"):
        assert name in offered


UNKNOWN = [
    ("servce", "did you mean Service?"),
    ("dangling-refrence", "did you mean dangling-reference?"),
    ("Service.ownr", "did you mean Service.owner?"),
    ("zzz", "`mofconf explain` lists what there is"),
]


@pytest.mark.parametrize(("asked", "hint"), UNKNOWN)
def test_an_unknown_name_is_wrong_usage_with_a_suggestion(asked: str, hint: str) -> None:
    said = run("explain", asked, code=2)
    assert hint in " ".join(said.err.split())
    assert said.out == ""


def test_explain_prints_its_text_and_its_values() -> None:
    plain = run("explain", "dangling-reference", code=0)
    assert plain.out == text_of("dangling-reference")
    made = run("explain", "runs", "on", "-o", "json", code=0).data
    assert made["data"]["outage"] is True
    assert {"kind": "Asset", "field": "runsOn", "targets": ["Asset"]} in made["data"]["fields"]
    everything = run("explain", "-o", "json", code=0).data["data"]
    assert [one["name"] for one in everything["rules"]] == list(RULES)
    assert [one["name"] for one in everything["kinds"]] == list(KINDS)


def test_schema_prints_the_schema_of_a_kind_whatever_its_case(tmp_path: Path) -> None:
    assert json.loads(run("schema", "sLa", code=0).out) == schema_of("SLA")
    assert json.loads(run("schema", code=0).out)["properties"]["kind"]["enum"] == list(KINDS)
    file = tmp_path / "team.json"
    assert run("schema", "team", "-o", file, code=0).out == ""
    assert json.loads(file.read_text()) == schema_of("Team")
    assert "did you mean Team?" in run("schema", "teem", code=2).err
    assert "-o names a file" in run("schema", "-o", "json", code=2).err
    assert "cannot be written" in run("schema", "-o", tmp_path / "no" / "folder.json", code=3).err


def test_schema_suggests_the_names_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "all.yaml").write_text("kind: Team\nname: web\n---\nkind: Team\nname: data\n")
    schema = json.loads(run("schema", "service", "--with-refs", "-C", tmp_path, code=0).out)
    assert schema["definitions"]["KnownTeam"]["enum"] == ["data", "web"]
    checked = Draft7Validator(schema)
    assert list(checked.iter_errors({"kind": "Service", "name": "a", "owner": "web"})) == []
    assert list(checked.iter_errors({"kind": "Service", "name": "a", "owner": "somebody-new"})) == []
    assert list(checked.iter_errors({"kind": "Service", "name": "a", "owner": "some body"})) != []


def test_generated_files_are_current(root: Path, made: Mapping[str, str]) -> None:
    on_disk = {name: (root / name).read_bytes() if (root / name).is_file() else b"" for name in made}
    stale = [name for name, text in made.items() if on_disk[name] != text.encode()]
    assert stale == [], "run `mofconf generate`"
    kept = {
        file.relative_to(root).as_posix()
        for folder in ("schemas", "docs/reference")
        for file in (root / folder).iterdir()
    }
    assert kept == set(made), "a file that nothing makes any more"


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    """All files that are made from code, as they have to be."""
    return generated()


def test_generate_rewrites_what_is_stale_and_leaves_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mofconf.cli.generate.generated", lambda: {"schemas/a.json": "{}\n", "docs/b.md": "# B\n"})
    assert "source of mofconf" in run("generate", "-C", tmp_path, code=2).err
    (tmp_path / "mofconf" / "schemas").mkdir(parents=True)
    (tmp_path / "mofconf" / "schemas" / "__init__.py").touch()
    assert "docs/b.md is not current" in run("generate", "--check", "-C", tmp_path, code=1).out
    assert not (tmp_path / "docs").exists()
    assert run("generate", "-C", tmp_path, code=0).out == "wrote schemas/a.json\nwrote docs/b.md\n"
    (tmp_path / "schemas" / "a.json").write_text("{}")
    assert run("generate", "-C", tmp_path, code=0).out == "wrote schemas/a.json\n"
    assert run("generate", "--check", "-C", tmp_path, code=0).out == ""


def test_pages_cover_everything_and_their_links_lead_somewhere(made: Mapping[str, str]) -> None:
    pages = {name: text for name, text in made.items() if name.endswith(".md")}
    for name, text in pages.items():
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        anchors = {
            re.sub(r"[^\w -]", "", one).lower().replace(" ", "-")
            for one in re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
        }
        for target in re.findall(r"\]\(#([^)]*)\)", prose):
            assert target in anchors, f"{name} links to #{target}"
        assert "—" not in text
        assert not LEFTOVERS.search(prose)
    assert all(f"\n## {rule}\n" in pages["docs/reference/rules.md"] for rule in RULES)
    assert all(f"\n## {kind}\n" in pages["docs/reference/kinds.md"] for kind in KINDS)
    assert all(f"\n## mofconf {name}\n" in pages["docs/reference/cli.md"] for name in COMMANDS)
    assert "generate" not in re.sub(r"<!--.*?-->", "", pages["docs/reference/cli.md"])


def test_cells_of_tables_stay_in_their_cell() -> None:
    assert table(("a",), [("x | y\nz",)]) == "| a |\n| --- |\n| x \\| y z |"
