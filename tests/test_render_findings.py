"""Which findings stand first: in a judgement the worst, where somebody mends files those of one file together."""

from __future__ import annotations

import re
from itertools import product

import pytest

from mofconf.diagnostic import Diagnostic, Place, Severity
from mofconf.render import FORMATS, Screen
from mofconf.report import Report, Verdict

PIPE = Screen(width=None, colour=False)
LEVELS = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
MIXED = tuple(
    Diagnostic("a-rule", severity, f"{severity.word} of {file}", Place(file, line), status=status)
    for line, (file, severity, status) in enumerate(product("ab", LEVELS, ("new", "fixed")), 1)
)
WITHOUT_STATUS = tuple(one._replace(status="") for one in MIXED if one.status == "new")

BY_FILE = [f"{level} of {file}" for file in "ab" for level in ("note", "warning", "error")]
BY_SEVERITY = [f"{level} of {file}" for level in ("error", "warning", "note") for file in "ab"]

ORDERS = {
    "text of a validation": ("text", "validate", WITHOUT_STATUS, BY_FILE),
    "text of a plan": ("text", "plan", MIXED, BY_SEVERITY * 2),
    "text of a plan without anything new": (
        "text",
        "plan",
        tuple(one for one in MIXED if one.status == "fixed"),
        BY_SEVERITY,
    ),
    "markdown of a validation": ("markdown", "validate", WITHOUT_STATUS, BY_SEVERITY),
    "markdown of a plan": ("markdown", "plan", MIXED, BY_SEVERITY * 2),
    "annotations": ("github", "validate", WITHOUT_STATUS, BY_SEVERITY),
}


@pytest.mark.parametrize(("name", "command", "findings", "expected"), ORDERS.values(), ids=ORDERS.keys())
def test_findings_stand_where_readers_look_for_them(
    name: str, command: str, findings: tuple[Diagnostic, ...], expected: list[str]
) -> None:
    report = Report(command, "shop", Verdict("x", "y"), findings=findings[::-1])
    said = FORMATS[name](report, PIPE)
    assert re.findall(r"(?:note|warning|error) of [ab]", said) == expected


def test_the_summary_of_a_validation_counts_by_severity() -> None:
    said = FORMATS["text"](Report("validate", "shop", findings=WITHOUT_STATUS), PIPE)
    assert "Findings   2 errors, 2 warnings, 2 notes\n" in said
