"""Annotations in the log of a workflow: escaped as GitHub reads them, and no more than GitHub shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.samples import CLEAN, FINDINGS, PLAN

from mofconf.diagnostic import Diagnostic, Place, Severity
from mofconf.render import FORMATS, Screen
from mofconf.report import Report, Tone, Verdict


def github(report: Report) -> str:
    return FORMATS["github"](report, Screen(width=None, colour=False))


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What a runner understands: its own parser, written from its documentation."""
    found = []
    for line in text.split("\n"):
        if command := re.match(r"::(\w+) (.*?)::(.*)$", line):
            pairs = (pair.split("=", 1) for pair in command[2].split(","))
            properties = {key: read(value, {"%3A": ":", "%2C": ","}) for key, value in pairs}
            found.append((command[1], properties, read(command[3], {})))
    return found


def read(text: str, further: dict[str, str]) -> str:
    for code, character in {"%0D": "\r", "%0A": "\n", **further, "%25": "%"}.items():
        text = text.replace(code, character)
    return text


def findings(number: int, severity: Severity) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic("a-rule", severity, f"{severity.word} number {n}.", Place("a.yaml", n)) for n in range(1, number + 1)
    )


def test_an_annotation_says_where_and_what() -> None:
    assert annotations(github(Report("validate", "", findings=FINDINGS[:1]))) == [
        (
            "error",
            {"file": "catalog/service/billing.yaml", "line": "9", "col": "7", "title": "dangling-reference"},
            "Service/legacy-auth does not exist\nhelp: did you mean Service/auth? Otherwise remove the line.",
        )
    ]


def test_at_most_nine_of_a_level_and_then_the_true_rest() -> None:
    report = Report(
        "validate",
        "",
        findings=findings(9, Severity.ERROR) + findings(10, Severity.WARNING) + findings(300, Severity.NOTE),
    )
    text = github(report)
    levels = [level for level, _, _ in annotations(text)]
    assert [levels.count(level) for level in ("error", "warning", "notice")] == [9, 10, 10]
    assert [message for level, _, message in annotations(text) if "more" in message] == [
        "1 more warning, listed in the log of this step",
        "291 more notes, listed in the log of this step",
    ]
    for finding in report.findings or ():
        assert text.count(finding.message) == 1, "a finding stands once, as annotation or as text"
    assert "9 errors, 10 warnings, 300 notes" in text


LEVELS = {Tone.BAD: "error", Tone.WARN: "warning", Tone.GOOD: "notice", Tone.PLAIN: "notice", Tone.MUTED: "notice"}


@pytest.mark.parametrize(("tone", "level"), LEVELS.items(), ids=LEVELS.values())
@pytest.mark.parametrize("command", ["plan", "impact"])
def test_the_verdict_of_a_judgement_is_annotated_first(command: str, tone: Tone, level: str) -> None:
    report = Report(command, "main...x", Verdict("breaks", "breaks: 100 %, all\nof it", tone), findings=FINDINGS)
    assert annotations(github(report))[0] == (
        level,
        {"title": f"mofconf {command} main...x"},
        "breaks: 100 %, all\\nof it",
    )
    without = annotations(github(report._replace(verdict=None)))
    assert annotations(github(report))[1:] == without


def test_the_verdict_of_a_validation_only_counts_what_is_annotated() -> None:
    report = Report("validate", "shop", Verdict("errors", "1 error", Tone.BAD), findings=FINDINGS[:1])
    assert [one[1]["title"] for one in annotations(github(report))] == ["dangling-reference"]


@pytest.mark.parametrize("number", [7, 8, 9, 10, 300])
def test_the_verdict_is_one_of_the_nine(number: int) -> None:
    report = Report("plan", "", Verdict("breaks", "breaks", Tone.BAD), findings=findings(number, Severity.ERROR))
    text = github(report)
    levels = [level for level, _, _ in annotations(text)]
    assert levels.count("error") == min(number + 1, 10)
    assert ("more error" in text) == (number > 8)
    for finding in report.findings or ():
        assert len(re.findall(rf"{finding.message}$", text, re.MULTILINE)) == 1


def test_only_new_findings_of_a_plan_are_annotated() -> None:
    assert [one[1]["title"] for one in annotations(github(PLAN))] == [
        "mofconf plan main...move-db",
        "dangling-reference",
        "single-instance-behind-vital-service",
    ]
    assert "2 new, 1 fixed, 14 unchanged" in github(PLAN)


def test_without_findings_there_is_the_summary_alone() -> None:
    assert github(CLEAN).startswith("validate  shop\n")


def test_a_finding_without_a_place_has_none() -> None:
    finding = Diagnostic("a-rule", Severity.NOTE, "m")
    assert annotations(github(Report("x", "", findings=(finding,)))) == [("notice", {"title": "a-rule"}, "m")]


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" %:,\r\n="), min_size=1)


@settings(deadline=None)
@given(PRINTABLE)
def test_any_path_and_message_arrive_as_they_are(raw: str) -> None:
    finding = Diagnostic("a-rule", Severity.ERROR, raw.replace("\n", "").replace("\r", ""), Place(raw))
    [(_, properties, message)] = annotations(github(Report("x", "", findings=(finding,))))
    assert properties == {"file": raw, "line": "1", "col": "1", "title": "a-rule"}
    assert message == finding.message


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_makes_one_annotation(file: str, message: str) -> None:
    report = Report("x", message, findings=(Diagnostic("a-rule", Severity.ERROR, message, Place(file)),))
    assert len(annotations(github(report))) == 1
