"""Which findings a change brings, which it mends, and which were there before."""

from __future__ import annotations

import re
from collections import defaultdict, deque
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
    ``renamed`` are the declared renames and the offered ones: another name for a thing mends nothing.
    What was wrong with a resource that is ``unknown`` now is not mended: it counts as unchanged.
    """
    gone, come = sorted(base, key=sort_key), sorted(head, key=sort_key)
    there: set[int] = set()
    # What nobody has touched may still say the former name, so subjects are compared as they are written first.
    for words in ({}, _words(renamed)) if renamed else ({},):
        gone = _unmatched(gone, come, there, renamed, words)
    found = [one._replace(status="unchanged" if number in there else "new") for number, one in enumerate(come)]
    for finding in gone:
        lost = renamed.get(finding.address, finding.address) in unknown
        found.append(finding._replace(status="unchanged" if lost else "fixed", hint=""))
    return tuple(found)


def of_status(findings: Iterable[Diagnostic], status: str) -> list[Diagnostic]:
    """The findings that are new, fixed or unchanged."""
    return [finding for finding in findings if finding.status == status]


def _unmatched(
    base: Iterable[Diagnostic],
    head: Sequence[Diagnostic],
    there: set[int],
    renamed: Mapping[str, str],
    words: Mapping[str, str],
) -> list[Diagnostic]:
    """What the base found and the head does not. The numbers of what both find are put into ``there``."""
    waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number, finding in enumerate(head):
        if number not in there:
            waiting[_identity(finding, {}, {})].append(number)
    left = []
    for finding in base:
        numbers = waiting.get(_identity(finding, renamed, words))
        if numbers:
            there.add(numbers.popleft())
        else:
            left.append(finding)
    return left


def _identity(finding: Diagnostic, renamed: Mapping[str, str], words: Mapping[str, str]) -> tuple[str, ...]:
    address = renamed.get(finding.address, finding.address)
    subject = [
        renamed.get(word) or _NAME.sub(lambda name: words.get(name[0], name[0]), word)
        for word in finding.subject.split(" ")
    ]
    if address and address in subject:
        # It is about several together, a knot: which of them comes first depends on their names.
        return finding.rule, *sorted(subject)
    if not address or address.startswith("Project/"):
        # A side without a project file is read as the other's says, and has no address for what is wrong in that.
        return finding.rule, *sorted(subject)
    return finding.rule, address, _INDEX.sub("", finding.field), *sorted(subject)


_INDEX = re.compile(r"\[\d+\]")
_NAME = re.compile(r"[\w./-]*\w")


def _words(renamed: Mapping[str, str]) -> Mapping[str, str]:
    """How people write what was renamed, and how they write it now: by its address, or by its name alone."""
    return {
        **{old.partition("/")[2]: new.partition("/")[2] for old, new in renamed.items()},
        **renamed,
    }
