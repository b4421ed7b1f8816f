"""The short lists of the framework: what a field of that name may say."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A word of a list and what it means."""

    name: str
    meaning: str


RELEASE_DECISIONS: tuple[Term, ...] = (
    Term("go", "the release may be deployed"),
    Term("no-go", "the release may not be deployed as it is"),
    Term("conditional", "the release may be deployed once the named conditions are met"),
)
"""The framework's facts, section 7: what a Release Readiness Review decides.

Go and no-go are MOF's; conditional is a proposal of this project.
"""

AGREEMENTS: tuple[Term, ...] = (
    Term("sla", "service level agreement: between the business and IT"),
    Term("ola", "operational level agreement: between teams of IT"),
    Term("uc", "underpinning contract: between IT and a supplier, legally binding"),
)
"""The framework's facts, sections 5.1 and 7: kinds of agreements. All of them are MOF's."""

LEVELS: tuple[Term, ...] = (
    Term("high", "many are hit, or it cannot wait"),
    Term("medium", "some are hit, or it can wait for a while"),
    Term("low", "few are hit, or it can wait for long"),
)
"""The framework's facts, sections 5.10 and 7: impact and urgency of an incident. As ITIL has them."""

CONTINUITY_OPTIONS: tuple[Term, ...] = (
    Term("none", "nothing is prepared"),
    Term("manual", "people do the work by hand for as long as it takes"),
    Term("reciprocal", "another organisation lends a hand, and may count on the same"),
    Term("cold", "gradual recovery: empty premises, ready after more than 72 hours"),
    Term("warm", "intermediate recovery: equipment that waits, ready within 24 to 72 hours"),
    Term("hot", "immediate recovery: a second system that runs along, ready at once or within 24 hours"),
)
"""The framework's facts, sections 5.6 and 7: ways to survive a disaster. As ITIL has them, from memory."""

RELEASE_CONTENTS: tuple[Term, ...] = (
    Term("full", "everything that belongs together, changed or not"),
    Term("delta", "only what changed since the last release"),
    Term("package", "several releases that go out as one"),
)
"""The framework's facts, sections 4.2 and 7: releases by what they contain. From memory."""

RELEASE_WEIGHTS: tuple[Term, ...] = (
    Term("major", "new functions for many, numbered 1.0, 2.0"),
    Term("minor", "small improvements and repairs, numbered 1.1, 1.2"),
    Term("emergency", "the repair of few known errors, numbered 1.1.1, 1.1.2"),
)
"""The framework's facts, sections 4.2 and 7: releases by how heavy they are. From memory."""
