"""The risk discipline: its steps, and the words in which risks are recorded."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.mof.enumeration import Term
from mofconf.mof.version import Version


class RiskStep(NamedTuple):
    """One step of the cycle that every risk goes through. ``since`` is the first version that has it."""

    name: str
    title: str
    does: str
    since: Version = 2


def risk_steps(version: Version) -> tuple[RiskStep, ...]:
    """The steps in their order: five in version 2, six in version 3."""
    return tuple(step for step in RISK_STEPS if step.since <= version)


RISK_STEPS: tuple[RiskStep, ...] = (
    RiskStep("identify", "Identify", "say what exists now (the condition) and what may be lost (the consequence)"),
    RiskStep("analyze", "Analyze and prioritize", "judge probability and impact, and rank by their product"),
    RiskStep("plan", "Plan and schedule", "choose a response, give it an owner and dates, set triggers"),
    RiskStep("track", "Track and report", "watch triggers, the risk itself and the progress of the work, and tell"),
    RiskStep("control", "Control", "carry out what was planned, correct what drifts, retire what is over"),
    RiskStep("learn", "Learn", "keep what worked and what was missed, and improve how risks are handled", since=3),
)
"""The framework's facts, section 3 (risk discipline).

The steps are MOF's: that version 2 has five was seen, their names there are remembered. Nothing here is a
proposal of this project.
"""

RISK_SOURCES: tuple[Term, ...] = (
    Term("people", "somebody errs, leaves or is missing"),
    Term("process", "the way of working is wrong or absent"),
    Term("technology", "hardware or software does not do what it should"),
    Term("external", "weather, law, suppliers, attackers"),
)
"""The framework's facts, sections 3.1 and 7: root causes of risks.

People was seen, the other three are remembered.
"""

RISK_RESPONSES: tuple[Term, ...] = (
    Term("research", "find out more before deciding"),
    Term("accept", "live with it, for a stated reason, and keep watching"),
    Term("avoid", "do not do what brings the risk"),
    Term("transfer", "let somebody else carry it: an insurer, a supplier"),
    Term("mitigate", "act beforehand, so that it becomes less likely or costs less"),
    Term("contingency", "act afterwards, by a plan that a trigger starts"),
)
"""The framework's facts, sections 3.3 and 7: what can be done about a risk.

That there are six, and the names research and accept, were seen; the other names are remembered.
"""

RISK_SITUATIONS: tuple[Term, ...] = (
    Term("resolved", "it is over"),
    Term("consistent", "it goes as planned"),
    Term("variance", "it drifts from the plan: correct it"),
    Term("changed", "it is no longer the risk that was planned for: plan again"),
)
"""The framework's facts, sections 3.4 and 7: how a tracked risk stands. All four are MOF's."""
