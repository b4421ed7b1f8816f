"""The rule undecided-promise."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.analyses.promises.results import Check, Input, Outcome
from mofconf.analyses.promises.wording import figure, percent
from mofconf.diagnostic import Severity
from mofconf.kinds.relation import PROMISES
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.NOTE)
def undecided_promise(evidence: Evidence) -> Iterator[Finding]:
    """Whether a promised availability is reached cannot be told.

    Something that the service needs states no availability, or only a range. What is not known may be anything, so
    it neither passes nor fails. The finding names what would decide it. Where nothing at all is stated behind several
    promises that is said once.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets:
          availability: 99.9%  # ! undecided-promise
        ---
        kind: Service
        name: checkout
        availability: 99.99%
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        targets:
          availability: 99.9%
        ---
        kind: Service
        name: checkout
        availability: 99.99%
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        availability: 99.95%
    """
    promises = evidence.promises
    bare = []
    for sla in promises.slas:
        check = promises.check(sla, "availability")
        known = promises.figure(sla)
        if known is None or check.outcome is not Outcome.UNDECIDED:
            continue
        service = promises.services[sla]
        if service in promises.reached.bare:
            bare.append(sla)
            continue
        yield Finding(
            f"{sla} promises {percent(known.target)}, and nobody can tell whether {service} reaches it "
            f"({figure(known.reached, known.target)}): {check.reason}",
            evidence.place(sla, "targets", "availability"),
            sla,
            ("targets", "availability"),
            _step(evidence, sla, check),
            subject=service,
        )
    if bare:
        more = f", nor behind {len(bare) - 1} more" if len(bare) > 1 else ""
        yield Finding(
            f"nobody can tell whether {bare[0]} is kept: nothing behind {promises.services[bare[0]]} states an "
            f"availability{more}",
            evidence.place(bare[0], "targets", "availability"),
            bare[0],
            ("targets", "availability"),
            "state availability where it is known, or once for many under defaults in the project file",
            subject="nothing stated",
        )


def _step(evidence: Evidence, sla: str, check: Check) -> str:
    if not check.inputs:
        return f"`mofconf promises {sla}` works it out with a larger budget"
    first = check.inputs[0]
    contract = _silent_contract(evidence, first)
    if contract:
        return f"{contract} covers {first.address}, and could say targets.availability"
    return f"state the {first.what} of {first.address}; `mofconf promises {sla}` says how much hangs on what is missing"


def _silent_contract(evidence: Evidence, unknown: Input) -> str:
    """The contract that covers something of which nobody states an availability, and states none either."""
    sources = (edge.source for edge in evidence.graph.into.get(unknown.address, ()) if edge.relation is PROMISES)
    return next((one for one in sources if one.startswith("Contract/") and (unknown.low, unknown.high) == (0, 1)), "")
