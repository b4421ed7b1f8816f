"""The scripts in ``docs/ci.md`` do what they say: they are run, with stand-ins for what only a CI system has."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, GitRepository
from test_docs import FOREIGN

from mofconf.documents import Document, SourceFile, read

BASE = "kind: Service\nname: web\nowner: shop-team\n---\nkind: Team\nname: shop-team\n"
CHANGE = BASE.replace("owner: shop-team\n", "owner: shop-team\nneeds: [nothing]\n")

# Keeps the comments of one pull request in a file, and answers as `gh api` and `curl` do.
FORGE = """\
#!{python}
import json, pathlib, subprocess, sys
state, arguments = pathlib.Path({state!r}), sys.argv[1:]
comments = json.loads(state.read_text()) if state.exists() else []
value = lambda name: arguments[arguments.index(name) + 1] if name in arguments else ""
body = (value("-F").removeprefix("body=@") or value("--data-urlencode").removeprefix("body@"))
path = next(one for one in arguments if "/notes" in one or "/comments" in one)
method = value("--method") or value("--request")
if not method:
    wanted = ["--compact-output", value("--jq") or "."]
    subprocess.run(["jq", *wanted], input=json.dumps(comments), text=True, check=True)
elif method == "POST":
    comments.append({{"id": 40 + len(comments), "body": pathlib.Path(body).read_text()}})
else:
    (old,) = [one for one in comments if path.endswith("/" + str(one["id"]))]
    old["body"] = pathlib.Path(body).read_text() + "again"
if method:
    state.write_text(json.dumps(comments))
"""


class Runner:
    """A clone with a topic branch, and the programs that a CI system would have."""

    def __init__(self, folder: Path, **variables: str) -> None:
        if shutil.which("jq") is None or shutil.which("bash") is None:
            pytest.skip("these scripts need bash and jq")
        origin = GitRepository(folder / "origin")
        origin.commit({"catalog/web.yaml": BASE})
        origin.git("switch", "--quiet", "--create", "topic")
        origin.commit({"catalog/web.yaml": CHANGE})
        self.folder = folder / "clone"
        origin.git("clone", "--quiet", ".", str(self.folder))
        self.comments = folder / "comments.json"
        programs = folder / "programs"
        programs.mkdir()
        forge = FORGE.format(python=sys.executable, state=str(self.comments))
        for name, text in {"gh": forge, "curl": forge, "pip": "#!/bin/sh\n", "apt-get": "#!/bin/sh\n"}.items():
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environment = {**GitRepository.environment(), "PATH": path, **variables}

    def run(self, script: str, **variables: str) -> tuple[int, str]:
        """Run a script as the runners do: stop at the first command that fails."""
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=self.folder,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def posted(self) -> list[dict[str, Any]]:
        """The comments as they are now."""
        return list(json.loads(self.comments.read_text()))


def job(number: int) -> Any:
    """The job in one of the examples of another tool."""
    (document,) = read(SourceFile("ci.yml", FOREIGN[number].text.encode()))
    assert isinstance(document, Document)
    found: Any = document.value
    return found["jobs"]["plan"] if "jobs" in found else found["mofconf"]


def test_the_github_workflow(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    runner = Runner(tmp_path, GITHUB_REPOSITORY="you/shop", GITHUB_STEP_SUMMARY=str(summary))
    steps = {step["name"]: step["run"] for step in job(0)["steps"] if "run" in step}
    assert runner.run(steps["Install"]) == (0, "")
    code, log = runner.run(steps["Plan"], BASE="main")
    assert code == 1
    verdict, finding, *_ = log.splitlines()
    assert verdict.startswith("::error title=mofconf plan origin/main...HEAD::breaks a rule: ")
    assert finding.startswith("::error file=catalog/web.yaml,line=4,col=9,title=dangling-reference::")
    assert runner.run(steps["Summary"]) == (0, "")
    assert summary.read_text() == (runner.folder / "plan.md").read_text()
    for end in ("</details>\n", "again"):
        assert runner.run(steps["Comment"], NUMBER="7") == (0, "")
        (comment,) = runner.posted()
        assert comment["body"].startswith("<!-- mofconf:plan -->\n")
        assert comment["body"].rstrip("\n").endswith(end.rstrip("\n"))


def test_the_github_workflow_without_a_plan(tmp_path: Path) -> None:
    runner = Runner(tmp_path, GITHUB_REPOSITORY="you/shop", GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    steps = {step["name"]: step["run"] for step in job(0)["steps"] if "run" in step}
    assert runner.run(steps["Plan"], BASE="elsewhere")[0] == 3
    assert runner.run(steps["Summary"]) == (0, "")
    assert runner.run(steps["Comment"], NUMBER="7") == (0, "")
    assert not runner.comments.exists()


def test_the_gitlab_job(tmp_path: Path) -> None:
    where = {"CI_API_V4_URL": "https://git.example.org/api/v4", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7"}
    runner = Runner(tmp_path, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", **where)
    code, log = runner.run("\n".join(job(1)["script"]))
    assert (code, "1 new error" in log) == (1, True)
    assert all((runner.folder / path).exists() for path in job(1)["artifacts"]["paths"])
    note = "\n".join(job(2)["after_script"])
    assert runner.run(note) == (0, "")
    assert not runner.comments.exists()
    for end in ("</details>", "again"):
        assert runner.run(note, NOTES_TOKEN="given")[0] == 0  # noqa: S106  # it opens nothing
        (comment,) = runner.posted()
        assert comment["body"].rstrip("\n").endswith(end)


def test_the_examples_name_one_place_to_install_from() -> None:
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert text.count("git+https://git.example.org/you/mofconf.git@COMMIT") == 3
