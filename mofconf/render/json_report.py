"""The report as JSON for programs: one versioned envelope, the same for every command."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from mofconf import __version__
from mofconf.diagnostic import Diagnostic, Place, Severity, sort_key
from mofconf.render import Screen
from mofconf.render.picture import completed
from mofconf.report import Json, Report

FORMAT = "mofconf/report"
VERSION = "1.0"  # the minor number rises when something is added, the major one when something changes or goes

# JSON allows them as they are; a terminal obeys some, and UTF-8 has no halves of pairs.
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(report: Report, screen: Screen) -> str:
    """The envelope, with each finding and each item of the data's lists on a line of its own."""
    text = _laid_out(_finite(envelope(report)), "", depth=0) + "\n"
    if not screen.unicode:
        return re.sub(r"[^\x00-\x7e]", _escaped, text)
    return _UNSAFE.sub(_escaped, text)


def envelope(report: Report) -> dict[str, Json]:
    """The values that are written. What a picture shows stands in ``data`` too, where that lacks it."""
    values: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "mofconf_version": __version__,
        "command": report.command,
        "title": report.title,
        "exit_code": report.exit_code,
        "verdict": None,
        "counts": _counts(report.findings or ()),
        "findings": None,
        "data": {**_picture(report), **report.data},
    }
    if report.verdict:
        values["verdict"] = {"state": report.verdict.state, "sentence": report.verdict.sentence}
    if report.findings is not None:
        values["findings"] = [_finding(one) for one in sorted(report.findings, key=_order)]
    if report.text:
        values["text"] = report.text
    return values


def _counts(findings: Sequence[Diagnostic]) -> dict[str, Json]:
    """How many findings there are: those to act on by severity, those of the base by what became of them."""
    to_act_on = Counter(one.severity for one in findings if one.status in ("", "new"))
    others = Counter(one.status for one in findings)
    return {
        **{level.word: to_act_on[level] for level in sorted(Severity, reverse=True)},
        **{status: others[status] for status in ("fixed", "unchanged")},
    }


def _order(finding: Diagnostic) -> tuple[object, ...]:
    return (sort_key(finding), finding.field, finding.subject, finding.status)


def _finding(finding: Diagnostic) -> dict[str, Json]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "address": finding.address or None,
        "field": finding.field or None,
        "message": finding.message,
        "hint": finding.hint or None,
        **_place(finding.place),
        "status": finding.status or None,
        "related": [{**_place(one.place), "message": one.message} for one in finding.related],
    }


def _place(place: Place | None) -> dict[str, Json]:
    file, line, column = place or (None, None, None)
    return {"file": file, "line": line, "column": column}


def _picture(report: Report) -> dict[str, Json]:
    if report.picture is None:
        return {}
    picture = completed(report.picture)
    return {
        "nodes": [
            {"id": node.id, "label": node.label, "group": node.group or None}
            for node in sorted(picture.nodes, key=lambda node: node.id)
        ],
        "lines": [
            {"source": line.source, "target": line.target, "label": line.label or None, "soft": line.soft}
            for line in sorted(picture.lines)
        ],
    }


def _laid_out(value: Json, margin: str, *, depth: int) -> str:
    """JSON that people can read and ``diff`` can compare, without a line for every scalar.

    The encoder written in C works on compact text only, so each item is made by it and put on its line here.
    """
    inner = margin + "  "
    if isinstance(value, dict) and value and depth < 2:
        items = (f"{_compact(key)}: {_laid_out(item, inner, depth=depth + 1)}" for key, item in value.items())
        return "{\n" + ",\n".join(inner + item for item in items) + f"\n{margin}}}"
    if isinstance(value, list) and value and depth < 3:
        return "[\n" + ",\n".join(inner + _compact(item) for item in value) + f"\n{margin}]"
    return _compact(value)


_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _finite(value: Json) -> Json:
    """The value in dicts and lists. JSON has no infinity and no NaN: they become null."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_finite(item) for item in value]
    return value


def _escaped(found: re.Match[str]) -> str:
    """These characters occur in strings alone, so the escapes of JSON may stand for them anywhere."""
    return json.dumps(found[0])[1:-1] if ord(found[0]) != 0x7F else r"\u007f"
