"""The rule leaver-still-referenced."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Related, Severity
from mofconf.kinds.person import Person
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.ERROR)
def leaver_still_referenced(evidence: Evidence) -> Iterator[Finding]:
    """Somebody who has left is still named somewhere.

    Whoever looks for a person in charge finds somebody who is no longer there.

    Bad:
        kind: Team
        name: payments
        members: [ana]  # ! leaver-still-referenced
        ---
        kind: Person
        name: ana
        end: 2020-06-30

    Good:
        kind: Team
        name: payments
        members: [ben]
        ---
        kind: Person
        name: ana
        end: 2020-06-30
        ---
        kind: Person
        name: ben
    """
    for address, _, person in evidence.of_kind(Person):
        if person.end is not None and person.end < evidence.today:
            for edge in evidence.graph.into.get(address, ()):
                yield Finding(
                    f"{address} left on {person.end}, and {edge.source} still names them",
                    evidence.place(edge.source, *edge.path),
                    edge.source,
                    edge.path,
                    "name somebody else, or take the line out",
                    (Related(evidence.place(address, "end"), "the last day"),),
                    address,
                )
