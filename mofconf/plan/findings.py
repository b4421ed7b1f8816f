"""Which findings a change brings, which it mends, and which were there before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from mofconf.diagnostic import Diagnostic, sort_key


def compared(
    base: Sequence[Diagnostic],
    head: Sequence[Diagnostic],
    renamed: Mapping[str, str],
    unknown: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """All findings with their status: new, fixed or unchanged. They are matched as multisets.

    Two are the same when rule, address (through renames), field (whatever the index in a list) and subject agree.
    What was wrong with a resource that is ``unknown`` now is not mended: it counts as unchanged.
    """
    known = Counter(_identity(finding, renamed) for finding in base)
    left = Counter(_identity(finding, {}) for finding in head)
    found = []
    for finding in sorted(head, key=sort_key):
        identity = _identity(finding, {})
        status = "new"
        if known[identity] > 0:
            known[identity] -= 1
            status = "unchanged"
        found.append(finding._replace(status=status))
    for finding in sorted(base, key=sort_key):
        identity = _identity(finding, renamed)
        if left[identity] > 0:
            left[identity] -= 1
        else:
            gone = renamed.get(finding.address, finding.address) in unknown
            found.append(finding._replace(status="unchanged" if gone else "fixed", hint=""))
    return tuple(found)


def of_status(findings: Iterable[Diagnostic], status: str) -> list[Diagnostic]:
    """The findings that are new, fixed or unchanged."""
    return [finding for finding in findings if finding.status == status]


def _identity(finding: Diagnostic, renamed: Mapping[str, str]) -> tuple[str, str, str, str]:
    field = re.sub(r"\[\d+\]", "", finding.field)
    subject = " ".join(sorted(renamed.get(word, word) for word in finding.subject.split(" ")))
    return finding.rule, renamed.get(finding.address, finding.address), field, subject
