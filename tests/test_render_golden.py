"""What every format makes of every sample report, looked at once and then kept (rewrite with --bless)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest
from render.samples import SAMPLES

from mofconf import __version__
from mofconf.render import FORMATS, PICTURE_FORMATS, SHEET_FORMATS, Screen
from mofconf.render.json_schema import envelope
from mofconf.report import Report

PIPE = Screen(width=None, colour=False)
TEXTS = {
    "terminal-120": Screen(120, colour=False),
    "terminal-80": Screen(80, colour=False),
    "terminal-60": Screen(60, colour=False),
    "colour-80": Screen(80, colour=True),
    "ascii-80": Screen(80, colour=False, unicode=False),
}
SUFFIX = {"text": "txt", "json": "json", "markdown": "md", "github": "log", "tree": "txt", "mermaid": "mmd"}
CASES = [
    (f"{sample}.{name}.{SUFFIX.get(name, name)}", sample, name, PIPE)
    for sample, report in SAMPLES.items()
    for name in FORMATS
    if report.picture or name not in PICTURE_FORMATS
    if report.sheet or name not in SHEET_FORMATS
]
CASES += [
    (f"{sample}.text.{screen}.txt", sample, "text", size)
    for sample in ("plan", "validate", "graph", "hostile")
    for screen, size in TEXTS.items()
]


@pytest.mark.parametrize(("file", "sample", "name", "screen"), CASES, ids=[case[0] for case in CASES])
def test_a_format_says_what_it_said(
    golden: Callable[[str, str], None], file: str, sample: str, name: str, screen: Screen
) -> None:
    said = FORMATS[name](SAMPLES[sample], screen)
    golden(f"render/{file}", said.replace(f'"mofconf_version": "{__version__}"', '"mofconf_version": "0.0"'))


def test_no_golden_file_is_left_behind(root: Path) -> None:
    files = {file.name for file in (root / "tests" / "render").iterdir() if file.suffix not in (".py", "")}
    assert files == {case[0] for case in CASES}


def test_the_golden_reports_fit_the_schema(root: Path) -> None:
    jsonschema.Draft7Validator.check_schema(envelope())
    validator = jsonschema.Draft7Validator(envelope())
    files = sorted((root / "tests" / "render").glob("*.json"))
    assert len(files) == len(SAMPLES)
    for file in files:
        validator.validate(json.loads(file.read_bytes()))


def test_the_table_names_every_format(root: Path) -> None:
    folder = root / "mofconf" / "render"
    modules = {file.stem for file in folder.glob("*.py") if "\ndef render(" in file.read_text()}
    assert {"json" if name == "json_report" else name for name in modules} == set(FORMATS)
    assert {*PICTURE_FORMATS, *SHEET_FORMATS} <= set(FORMATS)
    for name in modules:
        assert import_module(f"mofconf.render.{name}").__doc__


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_with_nothing_in_it_renders(name: str) -> None:
    text = FORMATS[name](Report("list", ""), PIPE)
    assert text == "" or text.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_is_the_same_text(name: str) -> None:
    for report in SAMPLES.values():
        turned = report._replace(findings=report.findings and report.findings[::-1])
        assert FORMATS[name](report, PIPE) == FORMATS[name](turned, PIPE)


def test_importing_the_table_imports_nothing_heavy() -> None:
    program = "import sys, mofconf.render; print(sorted({'rich', 'networkx', 'json'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_pipe_needs_no_rich() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from mofconf.render import FORMATS, Screen\n"
        "from render.samples import PLAN\n"
        "FORMATS['text'](PLAN, Screen(None, False)); print('rich' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
