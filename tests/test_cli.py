"""The commands as a user meets them: what they print, where, and with which exit code they leave."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from commands import run
from conftest import GitRepository

from mofconf import rules

CATALOG = {
    "mofconf.yaml": "kind: Project\nname: shop\n",
    "catalog/shop.yaml": "kind: Service\nname: shop\nowner: web\nneeds: [db]\n",
    "catalog/db.yaml": "kind: Asset\nname: db\n",
    "catalog/web.yaml": "kind: Team\nname: web\n",
}


@pytest.fixture
def shop(repository: GitRepository) -> GitRepository:
    """A small repository that is in order."""
    repository.commit(dict(CATALOG))
    return repository


def test_validate_is_clean(shop: GitRepository) -> None:
    said = run("-C", shop.folder, "validate", code=0)
    assert "clean" in said.out
    assert said.err == ""


def test_findings_leave_with_one_at_or_above_fail_on(shop: GitRepository) -> None:
    shop.write("catalog/shop.yaml", "kind: Service\nname: shop\nneeds: [db]\n")
    assert "catalog/shop.yaml:2:7: warning ownerless-service" in run("-C", shop.folder, "validate", code=0).out
    run("-C", shop.folder, "validate", "--fail-on", "warning", code=1)
    shop.write("catalog/shop.yaml", "kind: Service\nname: shop\nneeds: [dbb]\n")
    said = run("-C", shop.folder, "validate", code=1)
    assert "catalog/shop.yaml:3:9: error dangling-reference: there is no Service or Asset dbb" in said.out
    assert "did you mean db?" in said.out
    run("-C", shop.folder, "validate", "--fail-on", "never", code=0)


def test_options_stand_before_the_command_or_behind_it(shop: GitRepository) -> None:
    before = run("-C", shop.folder, "-o", "json", "validate", code=0).data
    assert before == run("validate", "-o", "json", "-C", shop.folder, code=0).data
    assert (before["format"], before["version"], before["command"]) == ("mofconf/report", "1.0", "validate")


def test_several_outputs_at_once(shop: GitRepository, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    said = run("-C", shop.folder, "validate", "-o", "text", "-o", f"json:{file}", code=0)
    assert "clean" in said.out
    assert json.loads(file.read_text())["verdict"]["state"] == "clean"


def test_the_json_says_with_which_code_the_command_left(shop: GitRepository) -> None:
    assert run("-C", shop.folder, "validate", "-o", "json", code=0).data["exit_code"] == 0
    shop.write("catalog/shop.yaml", "kind: Service\nname: shop\nowner: web\nneeds: [db, dbb]\n")
    for command in (("validate",), ("plan",), ("plan", "--detailed-exitcode")):
        said = run("-C", shop.folder, *command, "-o", "json", code=1).data
        assert (said["exit_code"], said["counts"]["error"]) == (1, 1)
    lenient = ("--fail-on", "never", "-o", "json")
    assert run("-C", shop.folder, "plan", *lenient, code=0).data["exit_code"] == 0
    assert run("-C", shop.folder, "plan", "--detailed-exitcode", *lenient, code=10).data["exit_code"] == 10
    assert run("explain", "Service", "-o", "json", code=0).data["exit_code"] == 0


def test_a_plan_and_an_impact_count_their_outcomes(shop: GitRepository) -> None:
    shop.commit({"catalog/db.yaml": None})
    plan = run("-C", shop.folder, "plan", "HEAD~1..HEAD", "-o", "json", code=1).data["data"]
    assert {key: number for key, number in plan["outcomes"].items() if number} == {"down": 1}
    assert plan["actions"] == {"add": 0, "remove": 1, "change": 0, "rename": 0, "unknown": 0}
    hit = run("-C", shop.folder, "impact", "db", "-r", "HEAD~1", "-o", "json", code=0).data["data"]
    assert hit["outcomes"]["down"] == 1
    assert {one["outcome"] for one in hit["hits"]} == {key for key, number in hit["outcomes"].items() if number}


def test_a_dash_is_standard_output(shop: GitRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.folder)
    assert run("validate", "-o", "json:-", code=0).data["command"] == "validate"
    assert run("schema", "team", "-o", "-", code=0).data["title"]
    assert not (shop.folder / "-").exists()


def test_an_answer_that_cannot_be_written_is_not_worked_out(
    shop: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mofconf.rules.judge", None)  # asking it would be a bug
    file = tmp_path / "none" / "x.json"
    said = run("-C", shop.folder, "validate", "-o", f"json:{file}", "-o", "text", code=3)
    assert said.out == ""
    assert said.err == (
        f"mofconf: could not compute: {file} cannot be written: there is no folder {file.parent}\n"
        "  help: make the folder, or name a file in one that exists\n"
    )


def test_a_file_without_rights_is_said_in_a_line(
    shop: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    file = tmp_path / "x.json"
    assert run("-C", shop.folder, "validate", "-o", f"json:{file}", code=3).err == (
        f"mofconf: could not compute: {file} cannot be written: permission denied\n"
        "  help: name a file that you may write to\n"
    )


USAGE = {
    "no such command": (["valdate"], "did you mean validate?"),
    "no such format": (["validate", "-o", "jsn"], "there is no format 'jsn'"),
    "a format of another command": (["validate", "-o", "mermaid"], "there is no format 'mermaid' here"),
    "no date": (["validate", "--at", "yesterday"], "is not a date"),
    "a date in another form": (["validate", "--at", "20260101"], "write it as YYYY-MM-DD, for example 2026-11-22"),
    "a date by its week": (["validate", "--at", "2026-W47-7"], "write it as YYYY-MM-DD"),
    "a day that no month has": (["validate", "--at", "2026-02-30"], "there is no day 2026-02-30"),
    "two answers on one screen": (["validate", "-o", "json", "-o", "markdown"], "for example -o markdown:report.md"),
    "the same answer twice": (["validate", "-o", "text", "-o", "text"], "for example -o text:report.txt"),
    "two answers in a pipe": (["validate", "-o", "text", "-o", "json:-"], "text and json would both be printed"),
    "two answers in one file": (["validate", "-o", "json:x.out", "-o", "text:./x.out"], "would both be written to"),
    "a format and no file": (["validate", "-o", "json:"], "there is no file behind json:"),
    "a revision of a variable that is empty": (["validate", "--revision", ""], "is a variable empty?"),
    "a base of one": (["list", "--base", " "], "is a variable empty?"),
    "no such resource": (["impact", "chekout"], "there is no chekout"),
    "no such kind": (["list", "kind=Servce"], "did you mean Service?"),
    "no such field": (["list", "ownr=web"], "did you mean owner?"),
    "one folder only": (["plan", "--from", "."], "--from and --to go together"),
    "no duration": (["impact", "db", "--for", "2"], "is not a length of time"),
    "a file for what is only printed": (["new", "service", "x", "-o", "text:x.txt"], "the answer is only printed here"),
    "a file for what is only said": (["init", "-o", "text:x.txt"], "the answer is only printed here"),
    "no such kind to write": (["new", "servce", "x"], "did you mean Service?"),
    "no such thing to explain": (["explain", "dangling-referense"], "dangling-reference"),
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE.keys())
def test_wrong_usage_leaves_with_two_and_a_next_step(shop: GitRepository, arguments: list[str], message: str) -> None:
    said = run("-C", shop.folder, *arguments, code=2)
    assert message in said.err
    assert "Traceback" not in said.err


UNAVAILABLE = {
    "no such folder": ["-C", "nowhere", "validate"],
    "no such revision": ["plan", "nope..HEAD"],
    "a revision like an option": ["plan", "--", "--upload-pack=x..HEAD"],
    "no such project file": ["--project", "nope.yaml", "validate"],
    "a file in a folder that does not exist": ["validate", "-o", "json:no/such/folder.json"],
    "a file that is a folder": ["validate", "-o", "json:catalog"],
    "a schema in a folder that does not exist": ["schema", "-o", "no/such/folder.json"],
    "a schema that is a folder": ["schema", "-o", "catalog"],
    "a file in a file": ["validate", "-o", "json:catalog/db.yaml/report.json"],
}


@pytest.mark.parametrize("arguments", UNAVAILABLE.values(), ids=UNAVAILABLE.keys())
def test_what_the_world_refuses_leaves_with_three_and_a_next_step(
    shop: GitRepository, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop.folder)
    said = run(*arguments, code=3)
    assert said.err.startswith("mofconf: could not compute: ")
    assert "\n  help: " in said.err


def test_plan_of_the_work_tree_against_the_default_branch(shop: GitRepository) -> None:
    assert "nothing changes" in run("-C", shop.folder, "plan", code=0).out
    shop.write("catalog/db.yaml", "kind: Asset\nname: db\ncategory: hardware\n")
    said = run("-C", shop.folder, "plan", code=0)
    assert "~ Asset/db" in said.out
    assert "main...work tree" in said.out


def test_a_branch_behind_its_base_shows_only_its_own_changes(shop: GitRepository) -> None:
    shop.git("checkout", "--quiet", "-b", "proposal")
    shop.commit({"catalog/cache.yaml": "kind: Asset\nname: cache\n"})
    shop.git("checkout", "--quiet", "main")
    shop.commit({"catalog/queue.yaml": "kind: Asset\nname: queue\n"})
    three = run("-C", shop.folder, "plan", "main...proposal", "-o", "json").data["data"]["changes"]
    assert [(one["address"], one["action"]) for one in three] == [("Asset/cache", "add")]
    two = run("-C", shop.folder, "plan", "main..proposal", "-o", "json").data["data"]["changes"]
    assert {one["address"]: one["action"] for one in two} == {"Asset/cache": "add", "Asset/queue": "remove"}


def test_detailed_exit_codes(shop: GitRepository) -> None:
    run("-C", shop.folder, "plan", "--detailed-exitcode", code=0)
    shop.write("catalog/db.yaml", "kind: Asset\nname: db\ncategory: hardware\n")
    run("-C", shop.folder, "plan", "--detailed-exitcode", code=10)
    shop.write("catalog/db.yaml", "kind: Asset\nname: db\ncategory: hardwaer\n")
    run("-C", shop.folder, "plan", "--detailed-exitcode", code=1)


def test_a_bare_repository(shop: GitRepository, tmp_path: Path) -> None:
    shop.commit({"catalog/cache.yaml": "kind: Asset\nname: cache\n"})
    bare = tmp_path / "bare.git"
    shop.git("clone", "--quiet", "--bare", ".", str(bare))
    assert "+ Asset/cache" in run("-C", bare, "plan", "HEAD~1..HEAD", code=0).out
    assert run("-C", bare, "validate", "-o", "json").data["data"]["resources"]["Asset"] == 2
    assert "name two revisions" in run("-C", bare, "plan", code=3).err


def test_a_project_file_from_outside(shop: GitRepository, tmp_path: Path) -> None:
    project = tmp_path / "mine.yaml"
    project.write_text('kind: Project\nname: mine\nsources: [{files: "catalog/db.yaml"}]\n')
    data = run("-C", shop.folder, "--project", project, "validate", "-o", "json").data
    assert data["data"]["resources"] == {"Asset": 1, "Project": 1}


def test_a_subfolder_with_a_project_of_its_own(shop: GitRepository) -> None:
    for path, text in CATALOG.items():
        shop.write(f"sub/{path}", text.replace("name: shop", "name: kiosk"))
    shop.commit()
    inside = run("-C", shop.folder / "sub" / "catalog", "list", "kind=Service", "-o", "json").data["data"]["resources"]
    assert [one["address"] for one in inside] == ["Service/kiosk"]
    assert inside[0]["file"] == "catalog/shop.yaml"
    shop.write("sub/catalog/shop.yaml", "kind: Service\nname: kiosk\nneeds: [nothing]\n")
    said = run("-C", shop.folder / "sub", "validate", "-o", "github", code=1).out
    assert "::error file=sub/catalog/shop.yaml,line=3" in said


def test_a_side_without_project_file_is_read_with_the_others(repository: GitRepository) -> None:
    compose = "services:\n  web: {}\n"
    repository.commit({"compose.yaml": compose})
    repository.commit({"mofconf.yaml": "kind: Project\nname: p\nsources: [{files: compose.yaml, format: compose}]\n"})
    data = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json").data["data"]
    assert [(one["address"], one["action"]) for one in data["changes"]] == [("Project/p", "add")]
    assert data["notes"][0] == "the base has no project file, so its files are found as the head's project file says"


def test_a_first_project_file_that_finds_nothing_makes_nothing_vanish(repository: GitRepository) -> None:
    repository.commit({"catalog/a.yaml": "kind: Location\nname: hall\n"})
    repository.commit({"mofconf.yaml": "kind: Project\nname: p\nsources: [{files: 'services/*.yaml'}]\n"})
    made = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json").data
    assert made["verdict"]["state"] == "emptied"
    assert [(one["address"], one["action"]) for one in made["data"]["changes"]] == [
        ("Location/hall", "remove"),
        ("Project/p", "add"),
    ]
    assert [(one["rule"], one["status"]) for one in made["findings"]] == [("unmatched-mapping", "new")]


HUSHED = "kind: Project\nname: p\nseverities: {dangling-reference: off, ownerless-service: off}\n"


@pytest.mark.parametrize("base", [None, "kind: Project\nname: p\n", "kind: Project\nname: [\n"])
def test_a_change_cannot_silence_its_own_findings(repository: GitRepository, base: str | None) -> None:
    repository.commit({"catalog/db.yaml": "kind: Asset\nname: db\n", **({"mofconf.yaml": base} if base else {})})
    repository.commit({"mofconf.yaml": HUSHED, "catalog/web.yaml": "kind: Service\nname: web\nneeds: [nowhere]\n"})
    said = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json", code=1).data
    new = {one["rule"] for one in said["findings"] if one["status"] == "new"}
    assert new == {"dangling-reference", "ownerless-service"}
    assert "Project/p" in {one["address"] for one in said["data"]["changes"]}


def test_defaults_of_a_change_do_not_judge_it(repository: GitRepository) -> None:
    filled = "kind: Project\nname: p\ndefaults: [{for: {kind: Service}, set: {owner: web}}]\n"
    repository.commit({"mofconf.yaml": "kind: Project\nname: p\n", "catalog/t.yaml": "kind: Team\nname: web\n"})
    repository.commit({"mofconf.yaml": filled, "catalog/s.yaml": "kind: Service\nname: shop\n"})
    said = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json").data
    assert [one["rule"] for one in said["findings"] if one["status"] == "new"] == ["ownerless-service"]


def test_a_broken_project_file_is_a_finding_and_not_a_removal(repository: GitRepository) -> None:
    project = "kind: Project\nname: p\nsources: [{files: compose.yaml, format: compose}]\n"
    repository.commit({"mofconf.yaml": project, "compose.yaml": "services:\n  web: {}\n"})
    repository.commit({"mofconf.yaml": project.replace("format: compose", "format: compost")})
    said = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json", code=1).data
    assert "remove" not in {one["action"] for one in said["data"]["changes"]}
    assert [one["rule"] for one in said["findings"] if one["status"] == "new"] == ["invalid-value"]


def test_a_repository_without_commits_and_a_folder_without_git(repository: GitRepository, tmp_path: Path) -> None:
    repository.write("catalog/db.yaml", "kind: Asset\nname: db\n")
    assert "+ Asset/db" in run("-C", repository.folder, "plan", code=0).out
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "a.mofconf.yaml").write_text("kind: Asset\nname: db\n")
    assert "clean" in run("-C", plain, "validate", code=0).out
    assert "lies in no git repository" in run("-C", plain, "plan", code=3).err


def test_impact_modes_and_reasons(shop: GitRepository) -> None:
    assert "1 down" in run("-C", shop.folder, "impact", "db", code=0).out
    why = run("-C", shop.folder, "impact", "Asset/db", "--why", "shop", code=0).out
    assert "Service/shop needs Asset/db" in why
    assert "1 exposed" in run("-C", shop.folder, "impact", "db", "--mode", "change", code=0).out
    removal = run("-C", shop.folder, "impact", "web", "--mode", "removal", "-o", "json", code=0).data["data"]
    assert [(one["address"], one["outcome"]) for one in removal["hits"]] == [("Service/shop", "vacant")]


def test_list_show_and_graph(shop: GitRepository) -> None:
    assert "Asset/db" in run("-C", shop.folder, "list", "+shop", code=0).out
    shown = run("-C", shop.folder, "show", "shop", code=0).out
    assert "catalog/shop.yaml:4:9" in shown
    assert "└─ Asset/db" in run("-C", shop.folder, "graph", "shop", code=0).out.replace("`--", "└─")
    for style, begins in (("mermaid", "flowchart"), ("dot", "digraph"), ("graphml", "<?xml"), ("json", "{")):
        assert run("-C", shop.folder, "graph", "shop", "-o", style, code=0).out.lstrip().startswith(begins)


def test_init_and_new_in_an_empty_folder_are_clean(tmp_path: Path) -> None:
    run("-C", tmp_path, "init", code=0)
    run("-C", tmp_path, "new", "asset", "orders-db", code=0)
    assert (tmp_path / "catalog" / "asset" / "orders-db.yaml").is_file()
    run("-C", tmp_path, "validate", "--fail-on", "note", code=0)
    assert "already" in run("-C", tmp_path, "new", "asset", "orders-db", code=2).err
    before = (tmp_path / "mofconf.yaml").read_text()
    assert "nothing to write" in run("-C", tmp_path, "init", code=0).out
    assert (tmp_path / "mofconf.yaml").read_text() == before


def test_every_new_resource_fits_its_kind(tmp_path: Path) -> None:
    from mofconf.kinds import KINDS

    for kind in KINDS:
        if kind != "Project":
            run("-C", tmp_path, "new", kind.lower(), "thing", code=0)
    data = run("-C", tmp_path, "validate", "-o", "json").data
    assert len(data["data"]["resources"]) == len(KINDS) - 1
    # A service without a team, and a promise behind which nothing states an availability.
    assert {one["rule"] for one in data["findings"]} == {"ownerless-service", "undecided-promise"}


SLOW = """kind: SLA
name: shop-acme
service: shop
recovery: {rto: 1h}
---
kind: Service
name: shop
owner: sales
recoveryTime: 50m
---
kind: Team
name: sales
"""


def test_promises_are_judged_with_all_the_rest(repository: GitRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large estate where that is asked for; everywhere else where it is not asked to be left out."""
    repository.write("mofconf.yaml", "kind: Project\nname: shop\n")
    repository.write("catalog/a.yaml", SLOW)
    repository.commit()
    repository.write("catalog/a.yaml", SLOW.replace("50m", "2h"))

    def found(*asked: str) -> tuple[list[str], bool]:
        data = run("-C", repository.folder, "validate", *asked, "-o", "json", code=0).data
        return [one["rule"] for one in data["findings"]], data["data"]["promises"]

    assert found() == found("--promises") == (["recovery-misses-rto"], True)
    assert found("--no-promises") == ([], False)
    said = run("-C", repository.folder, "validate", "--no-promises", code=0).out
    assert "2 files, 4 resources, promises not judged (--promises)" in said
    [new] = run("-C", repository.folder, "plan", "-o", "json", code=0).data["findings"]
    assert (new["rule"], new["status"]) == ("recovery-misses-rto", "new")
    monkeypatch.setattr("mofconf.rules.usual", partial(rules.usual, few=3))
    assert found() == ([], False)
    assert found("--promises") == (["recovery-misses-rto"], True)


def test_init_finds_what_is_there_already(repository: GitRepository) -> None:
    repository.write("compose.yaml", "services:\n  web: {}\n")
    repository.write("compose.override.yaml", "services:\n  web: {}\n")
    repository.write(
        "catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: web}\nspec: {type: team}\n",
    )
    run("-C", repository.folder, "init", code=0)
    data = run("-C", repository.folder, "validate", "-o", "json", code=0).data["data"]
    assert data["resources"] == {"Project": 1, "Service": 1, "Team": 1}


def test_demo_plans_a_change_that_breaks_several_things(tmp_path: Path) -> None:
    said = run("demo", tmp_path / "demo", "--at", "2026-11-22", "-o", "json", code=0)
    data = said.data
    assert data["verdict"]["state"] == "breaks"
    outcomes = {one["outcome"] for one in data["data"]["consequences"]}
    assert {"down", "vacant", "at risk", "single point"} <= outcomes
    assert (tmp_path / "demo" / "plan.md").read_text().startswith("<!-- mofconf:plan -->")
    assert "is not empty" in run("demo", tmp_path / "demo", code=3).err


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, without a terminal."""
    inherited = {key: value for key, value in os.environ.items() if key != "MOFCONF_DEBUG"}
    return subprocess.run(
        [sys.executable, "-m", "mofconf", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=inherited | environment,
        timeout=60,
    )


def test_a_pipe_gets_plain_lines_and_no_progress(shop: GitRepository) -> None:
    long = "a" * 300
    shop.write("catalog/long.yaml", f"kind: Service\nname: {long}\n")
    done = shell("-C", str(shop.folder), "validate")
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    run("-C", shop.folder, "validate", code=0)
    ascii_only = shell("-C", str(shop.folder), "graph", "shop", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ascii_only.returncode == 0
    assert ascii_only.stdout.isascii()


def test_a_bug_is_one_line_with_exit_code_four(shop: GitRepository) -> None:
    code = (
        "import mofconf.rules as r, mofconf.cli as c; r.judge = lambda *a, **b: 1 / 0; c.main(['-C', %r, 'validate'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code % str(shop.folder)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "ZeroDivisionError" in done.stderr
    assert "MOFCONF_DEBUG=1" in done.stderr


def test_a_reader_who_has_read_enough_hears_no_complaint(shop: GitRepository) -> None:
    command = f"{sys.executable} -m mofconf -C {shop.folder} explain | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=60)  # noqa: S602  # a pipe is what is tested
    assert done.stderr == ""


def test_what_cannot_be_read_is_said_by_every_command(shop: GitRepository) -> None:
    shop.write("catalog/shop.yaml", "kind: Service\nname: shop\nowner: web\nneeds:\n\t- db\n")
    for command in (("impact", "db"), ("list",), ("show", "db"), ("graph", "db")):
        said = run("-C", shop.folder, *command, "-o", "json", code=1).data
        assert [(one["rule"], one["line"]) for one in said["findings"]] == [("unreadable-document", 5)], command
    assert "cannot be read" in run("-C", shop.folder, "show", "shopp", code=2).err


def test_services_of_a_broken_compose_file_are_unknown_though_another_file_names_them(
    repository: GitRepository,
) -> None:
    project = "kind: Project\nname: p\nsources: [{files: 'compose*.yaml', format: compose}]\n"
    core = "services:\n  web: {depends_on: [db]}\n  db: {}\n"
    more = "services:\n  web: {depends_on: [cache]}\n  cache: {}\n"
    repository.commit({"mofconf.yaml": project, "compose.yaml": core, "compose.more.yaml": more})
    repository.commit({"compose.yaml": core + "\t- x\n"})
    broken = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json", code=1).data
    assert {one["address"]: one["action"] for one in broken["data"]["changes"]} == {
        "Service/db": "unknown",
        "Service/web": "unknown",
    }
    assert {one["status"] for one in broken["findings"] if one["rule"] == "ownerless-service"} == {"unchanged"}
    repository.commit({"compose.yaml": "services:\n  web: {}\n"})
    mended = run("-C", repository.folder, "plan", "HEAD~1..HEAD", "-o", "json").data
    assert mended["verdict"]["state"] == "unknown"


def test_nothing_read_is_nothing_judged(repository: GitRepository) -> None:
    repository.commit({"README.md": "hello", "infra/mofconf.yaml": "kind: Project\nname: p\n"})
    for command in ("plan", "validate", "list"):
        assert "there is nothing to read" in run("-C", repository.folder, command, code=3).err
    repository.write("other.yaml", "services: {}\n")
    given = ("--project", repository.folder / "other.yaml")
    assert "is no project file" in run("-C", repository.folder, *given, "plan", code=3).err


@pytest.mark.parametrize("name", ["..", "../x", "a/../../x", ".git/hooks", "x/.."])
def test_new_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    run("-C", tmp_path, "new", "service", name, code=2)
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_not_written_over_yaml(shop: GitRepository) -> None:
    run("-C", shop.folder, "validate", "-o", f"json:{shop.folder / 'mofconf.yaml'}", code=3)
    assert (shop.folder / "mofconf.yaml").read_text() == CATALOG["mofconf.yaml"]


@pytest.mark.parametrize("revisions", ["", "..", "..."])
def test_an_empty_variable_is_no_revision(shop: GitRepository, revisions: str) -> None:
    assert "names no revision" in run("-C", shop.folder, "plan", revisions, code=2).err


def test_closed_streams_and_interrupts(shop: GitRepository) -> None:
    command = f"{sys.executable} -m mofconf -C {shop.folder} validate"
    for closed in (">&-", "2>&-", "<&-", "> /dev/full"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {closed}"], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == (3 if "full" in closed else 0)
        assert "Traceback" not in done.stderr
        assert "a bug" not in done.stderr


def test_a_change_that_leaves_nothing_is_not_called_clean(shop: GitRepository) -> None:
    shop.commit(dict.fromkeys(CATALOG))
    said = run("-C", shop.folder, "plan", "HEAD~1..HEAD", code=0).out
    assert "VERDICT  removes everything: all 3 resources, 1 service among them" in said
    assert "the head has no file that is one of its sources" in said
    run("-C", shop.folder, "plan", "HEAD~1..HEAD", "--detailed-exitcode", code=10)


BACKSTAGE = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: %s}\nspec: {type: team}\n"


def test_init_knows_backstage_by_what_stands_in_it(repository: GitRepository) -> None:
    repository.write("catalogs/all.yaml", "# ours\r\n---\r\n" + (BACKSTAGE % "web").replace("\n", "\r\n"))
    repository.write("software.yml", BACKSTAGE.replace("backstage.io/v1alpha1", '"backstage.io/v1beta1"') % "data")
    repository.write("template.yaml", "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\n")
    repository.write("catalog-info.yaml", "not: Backstage\n")
    said = run("-C", repository.folder, "init", code=0).out
    assert "reads catalogs/all.yaml, software.yml as backstage\n" in said
    assert "no source reads 2 YAML files: catalog-info.yaml, template.yaml\n" in said
    data = run("-C", repository.folder, "validate", "-o", "json", code=0).data["data"]
    assert data["resources"] == {"Project": 1, "Team": 2}


def test_init_says_which_yaml_nothing_reads_and_what_to_do(repository: GitRepository) -> None:
    files = {f"services/{name}.yml": "services: []\n" for name in "abcde"}
    tools = {".github/workflows/ci.yml": "on: push\n", ".pre-commit-config.yaml": "repos: []\n", "notes.txt": ""}
    for path, text in (files | tools | {"catalog/a.yaml": "kind: Team\nname: a\n"}).items():
        repository.write(path, text)
    said = run("-C", repository.folder, "init", code=0).out
    assert "no source reads 5 YAML files: services/a.yml, services/b.yml, services/c.yml and 2 more\n  help: " in said
    assert "mofconf explain Project.sources" in said
    again = run("-C", repository.folder, "init", code=0).out
    assert "no source reads 5 YAML files" in again
    rule = "{each: '$.services[*]', kind: Service, name: $.name}"
    mapped = f"sources: [{{files: 'services/*.yml', format: mapping, resources: [{rule}]}}]\n"
    repository.write("mofconf.yaml", "kind: Project\nname: p\n" + mapped)
    assert "no source reads" not in run("-C", repository.folder, "init", code=0).out


def test_a_file_that_another_one_asks_for_is_read(repository: GitRepository) -> None:
    repository.write("compose.yaml", "services:\n  web:\n    extends: {file: parts/base.yml, service: web}\n")
    repository.write("parts/base.yml", "services:\n  web: {}\n")
    assert "no source reads" not in run("-C", repository.folder, "init", code=0).out


def test_a_list_lines_up_whatever_the_kinds_have(shop: GitRepository) -> None:
    shop.write("catalog/more.yaml", "kind: Customer\nname: those-who-buy\ntitle: Buyers\n---\nkind: Team\nname: b\n")
    said = run("-C", shop.folder, "list", code=0).out.splitlines()
    heading = next(line for line in said if line.split() == ["resource", "title", "owner"])
    rows = said[said.index(heading) + 1 :]
    assert [row.split()[0] for row in rows] == sorted(row.split()[0] for row in rows)
    assert len({row.index("catalog/" if "catalog/" in row else "mofconf.yaml") for row in rows}) == 1
    for word, column in (("Buyers", "title"), (" web ", "owner")):
        [at] = {row.index(word) + word.startswith(" ") for row in rows if word in row}
        assert at == heading.index(column)
    assert "owner" not in run("-C", shop.folder, "list", "kind=Customer", code=0).out
