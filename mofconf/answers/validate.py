"""What ``validate`` says: whether everything is in order, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mofconf.answers.words import counted
from mofconf.diagnostic import Diagnostic, Severity
from mofconf.report import Report, Tone, Verdict
from mofconf.workspace import Workspace


def report(workspace: Workspace, findings: Sequence[Diagnostic], label: str, *, promises: bool = True) -> Report:
    """The findings of one workspace, with their number as the verdict. ``promises``: whether these were judged, too."""
    count = len(workspace.catalog.entries)
    kinds = Counter(address.partition("/")[0] for address in workspace.catalog.entries)
    read = f"{counted(len(workspace.files), 'file')}, {counted(count, 'resource')}"
    if not promises and kinds["SLA"]:
        read += ", promises not judged (--promises)"
    return Report(
        "validate",
        label,
        verdict(findings, empty=not count and not findings),
        findings=tuple(findings),
        note=read,
        data={
            "files": len(workspace.files),
            "documents": workspace.documents,
            "resources": {kind: kinds[kind] for kind in sorted(kinds)},
            "promises": promises,
            "edges": sum(len(edges) for edges in workspace.graph.out.values()),
        },
    )


def verdict(findings: Sequence[Diagnostic], *, empty: bool = False) -> Verdict:
    """How many findings there are of each severity, in a sentence."""
    if empty:
        return Verdict("empty", "nothing to check: no file was found, see `mofconf init`", Tone.WARN)
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return Verdict("clean", "clean", Tone.GOOD)
    words = [
        counted(counts[severity], severity.word) for severity in sorted(Severity, reverse=True) if counts[severity]
    ]
    worst = max(counts)
    tone = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.PLAIN}[worst]
    return Verdict(f"{worst.word}s", ", ".join(words), tone)
