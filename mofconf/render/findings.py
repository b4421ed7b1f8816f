"""Which findings a reader sees, in which order, and in which words they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mofconf.diagnostic import Diagnostic, Severity, sort_key
from mofconf.render.visible import visible
from mofconf.report import Report

_TURN = {"new": 0, "": 0, "fixed": 1, "unchanged": 2}


def shown(report: Report, *, worst_first: bool = False) -> list[Diagnostic]:
    """The findings in the order of reading: new ones first, then fixed ones.

    In a plan, what was there before is only counted, unless the report asks for it.
    """
    # Who mends files goes through them one by one, as with the linters that they know: by file. Who decides whether a
    # change may be merged asks for the worst: by severity. There a comment that is cut loses what matters least, too.
    return sorted(
        (one for one in report.findings or () if report.all_findings or one.status != "unchanged"),
        key=lambda one: (
            _TURN.get(one.status, 0),
            -one.severity if worst_first or one.status else 0,
            sort_key(one),
        ),
    )


def fresh(report: Report) -> list[Diagnostic]:
    """The findings that somebody has to act on: in a plan the new ones, elsewhere all."""
    return sorted((one for one in report.findings or () if one.status in ("", "new")), key=sort_key)


def tally(findings: Sequence[Diagnostic]) -> str:
    """How many there are: by status in a plan, by severity elsewhere.

    >>> tally(())
    'none'
    """
    if not findings:
        return "none"
    statuses = Counter(one.status for one in findings)
    if set(statuses) != {""}:
        new = f"{statuses['new'] + statuses['']:,} new" if statuses["new"] + statuses[""] else "none new"
        rest = [f"{statuses[word]:,} {word}" for word in ("fixed", "unchanged") if statuses[word]]
        return ", ".join([new, *rest])
    levels = Counter(one.severity for one in findings)
    return ", ".join(counted(levels[level], level.word) for level in sorted(Severity, reverse=True) if levels[level])


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "edge"), counted(1200, "edge")
    ('1 edge', '1,200 edges')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def label(finding: Diagnostic) -> str:
    """How bad it is, and in a plan that it is fixed or was there before: ``error``, ``fixed error``."""
    word = finding.severity.word
    return f"{finding.status} {word}" if finding.status in ("fixed", "unchanged") else word


def where(finding: Diagnostic) -> str:
    """The place on one line; without one the address; without both the program itself."""
    return visible(str(finding.place)) if finding.place else visible(finding.address) or "mofconf"


def plain(finding: Diagnostic) -> list[str]:
    """One line that programs can read, and below it, indented, where else to look and what to do.

    The line is ``path:line:column: severity rule: message``.
    """
    lines = [f"{where(finding)}: {label(finding)} {visible(finding.rule)}: {visible(finding.message)}"]
    lines += [f"  see {visible(str(one.place))}: {visible(one.message)}" for one in finding.related]
    if finding.hint:
        lines.append(f"  help: {visible(finding.hint)}")
    return lines
