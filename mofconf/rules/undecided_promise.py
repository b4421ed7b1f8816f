"""The rule undecided-promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mofconf.analyses.dependability.wording import between, percent
from mofconf.analyses.promises.results import Check, Input, Outcome
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
    bare, bounded = [], []
    for sla in promises.slas:
        check = promises.check(sla, "availability")
        known = promises.figure(sla)
        if known is None or check.outcome is not Outcome.UNDECIDED:
            continue
        service = promises.services[sla]
        if service in promises.reached.bare:
            bare.append(sla)
            continue
        if service in promises.reached.bounded:
            bounded.append(sla)
            continue
        reached = "" if known.reached == (0, 1) else f" ({between(known.reached, known.target)})"
        yield Finding(
            f"{sla} promises {percent(known.target)}, and nobody can tell whether {service} reaches it{reached}: "
            f"{check.reason}",
            evidence.place(sla, "targets", "availability"),
            sla,
            ("targets", "availability"),
            _step(evidence, sla, check),
            subject=service,
        )
    if bare:
        why = f"nothing behind {promises.services[bare[0]]} states an availability"
        hint = "state availability where it is known, or once for many under defaults in the project file"
        yield _of_all(evidence, bare, why, hint, "nothing stated")
    if bounded:
        why = f"so much stands behind {promises.services[bounded[0]]} that only bounds are worked out here"
        yield _of_all(evidence, bounded, why, "`mofconf promises` works out what is reached", "too much for a figure")


def _of_all(evidence: Evidence, slas: Sequence[str], why: str, hint: str, subject: str) -> Finding:
    """What is said once, of the first, where it is so with several."""
    path = ("targets", "availability")
    more = f" (and so it is with {len(slas) - 1} more)" if len(slas) > 1 else ""
    said = f"nobody can tell whether {slas[0]} is kept: {why}{more}"
    return Finding(said, evidence.place(slas[0], *path), slas[0], path, hint, subject=subject)


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
