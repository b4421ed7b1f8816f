"""The report for the log of a GitHub workflow: annotations as far as GitHub shows them, then text."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Diagnostic, Severity
from mofconf.render import Screen
from mofconf.render.findings import counted, fresh
from mofconf.render.text import render_with
from mofconf.render.visible import visible
from mofconf.report import Report, Tone, Verdict

MOST = 9  # GitHub shows ten of a level and silently drops the others; the tenth says how many there are
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_OF_TONE = {Tone.BAD: "error", Tone.WARN: "warning"}
_JUDGING = ("plan", "impact")  # the verdict of a validation only counts what is annotated anyway


def render(report: Report, screen: Screen) -> str:
    """Annotations of the verdict and of the findings to act on, then the report with the findings left over.

    A verdict stands in no file; it is one of the nine of its level.
    """
    left: list[Diagnostic] = []
    lines: list[str] = []
    verdict = report.verdict if report.command in _JUDGING else None
    if verdict:
        title = _property(" ".join(f"mofconf {report.command} {report.title}".split()))
        lines.append(f"::{_level(verdict)} title={title}::{_data(visible(verdict.sentence))}")
    for severity, level in _LEVELS.items():
        findings = [one for one in fresh(report) if one.severity is severity]
        most = MOST - (verdict is not None and _level(verdict) == level)
        lines += [_annotation(level, one, report.root) for one in findings[:most]]
        if rest := findings[most:]:
            more = counted(len(rest), f"more {severity.word}")
            lines.append(f"::{level} title=mofconf::{more}, listed in the log of this step")
            left += rest
    text = "".join(line + "\n" for line in lines) + ("\n" if lines else "") + render_with(report, left)
    return text if screen.unicode else text.encode("ascii", "backslashreplace").decode()


def _level(verdict: Verdict) -> str:
    """The level of the verdict: what is good news is a notice."""
    return _OF_TONE.get(verdict.tone, "notice")


def _annotation(level: str, finding: Diagnostic, root: str) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in _properties(finding, root))
    return f"::{level} {properties}::{_data(_message(finding))}"


def _properties(finding: Diagnostic, root: str) -> Iterator[tuple[str, str]]:
    if finding.place:
        yield "file", f"{root}/{finding.place.file}" if root else finding.place.file
        yield "line", str(finding.place.line)
        yield "col", str(finding.place.column)
    yield "title", finding.rule


def _message(finding: Diagnostic) -> str:
    lines = [visible(finding.message)]
    lines += [f"see {visible(str(one.place))}: {visible(one.message)}" for one in finding.related]
    if finding.hint:
        lines.append(f"help: {visible(finding.hint)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A line end in a path has to arrive as one, or GitHub does not find the file."""
    shown = "\n".join("\r".join(visible(part) for part in line.split("\r")) for line in text.split("\n"))
    return _data(shown).replace(":", "%3A").replace(",", "%2C")
