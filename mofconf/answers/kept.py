"""The section of a plan that says which promises it keeps, breaks or leaves open, and what would bring them back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.wording import between, digits, percent
from mofconf.analyses.impact import Step, spoken
from mofconf.analyses.promises.results import Outcome
from mofconf.analyses.promises.wording import minutes
from mofconf.answers.places import place_in
from mofconf.answers.words import counted, some
from mofconf.diagnostic import Place
from mofconf.kinds.relation import ChangeClass
from mofconf.plan import Plan
from mofconf.plan.consequences import gone_from
from mofconf.plan.differences import FieldChange
from mofconf.plan.kept import PromiseChange
from mofconf.report import Cell, Row, Section, Tone

_MOST = 12


def kept(plan: Plan) -> Section:
    """The promises that differ, the broken ones first, then services without a promise that change much."""
    changes = sorted(plan.kept.promises, key=_first)
    rows = [row for one in changes for row in _rows(plan, one)]
    rows += [
        Row(
            (Cell(word, tone), Cell(one.address, Tone.STRONG), Cell(f"recovery: {one.after.reason}")),
            place=place_in(plan, one.address, ("recovery",)),
            because=(f"before: {one.before.reason}",),
        )
        for one in plan.kept.recoveries
        for word, tone in [_RECOVERY[one.after.outcome]]
    ]
    services = sorted(plan.kept.services, key=lambda one: (one.after.low - one.before.low, one.address))
    rows += [
        Row(
            (
                Cell("unpromised", Tone.MUTED),
                Cell(one.address, Tone.STRONG),
                Cell(f"{_between(one.before, one.after)}, {_moved(one.delta, MINUTES, 'month')}"),
            )
        )
        for one in services[:_MOST]
    ]
    if len(services) > _MOST:
        left = f"{counted(len(services) - _MOST, 'more service')} without a promise, all in the JSON output"
        rows.append(Row((Cell("unpromised", Tone.MUTED), Cell(left, Tone.MUTED))))
    rows += [Row((Cell("left out", Tone.WARN), Cell(what, Tone.STRONG), Cell(why))) for what, why in _left_out(plan)]
    return Section("Promises", tuple(rows), total=len(changes) + len(plan.kept.recoveries) + len(services))


_RECOVERY = {
    Outcome.BROKEN: ("misses", Tone.BAD),
    Outcome.UNDECIDED: ("undecided", Tone.WARN),
    Outcome.HOLDS: ("kept again", Tone.GOOD),
    Outcome.NOT_APPLICABLE: ("gone", Tone.MUTED),
}


def _first(change: PromiseChange) -> tuple[bool, bool, bool, str]:
    return not change.breaks, not change.may_break, not change.opens, change.address


def _left_out(plan: Plan) -> Iterator[tuple[str, str]]:
    """What was not worked out, as there is too much of it."""
    bounded, left = plan.kept.bounded, plan.kept.left
    if bounded:
        why = "only bounds are worked out, so much stands behind: `mofconf plan --exact` works out the figures"
        yield counted(len(bounded), "promise"), why
    if left:
        why = "without a promise may change by more than 0.01%: `mofconf plan --exact` works it out"
        yield counted(left, "service"), why


def _rows(plan: Plan, change: PromiseChange) -> Iterator[Row]:
    """What becomes of a promise, and what would bring it back."""
    word, tone = _word(change)
    cells = (Cell(word, tone), Cell(change.address, Tone.STRONG), Cell(_said(change)))
    place = place_in(plan, change.address, ("targets", "availability"))
    yield Row(cells, place=place, because=tuple(_because(plan, change)))
    for address, field, how in _mends(change):
        yield Row((Cell("mended by", Tone.MUTED), Cell(address), Cell(how)), place=place_in(plan, address, field))


def _word(change: PromiseChange) -> tuple[str, Tone]:
    if change.breaks:
        return "breaks", Tone.BAD
    if change.may_break:
        return "may break", Tone.BAD
    if change.opens:
        return "undecided", Tone.WARN
    if change.after is None:
        return "gone", Tone.MUTED
    if change.now is Outcome.BROKEN:
        return "still broken", Tone.WARN
    if change.now is Outcome.UNDECIDED:
        return "undecided", Tone.MUTED
    return ("kept again", Tone.GOOD) if change.was is Outcome.BROKEN else ("kept", Tone.MUTED)


def _said(change: PromiseChange) -> str:
    before, after = change.before, change.after
    if after is None:
        return f"no longer promises {percent(before.target)} of {change.service}" if before is not None else "is gone"
    target = percent(after.target)
    if before is None:
        reached = (
            "of which nothing is known"
            if after.reached == (0, 1)
            else f"which reaches {between(after.reached, after.target)}"
        )
        return f"promises {target} of {change.service}, {reached}"
    if before.target != after.target:
        target = f"{percent(before.target)} -> {target}"
    said = f"{change.service} {_between(before.reached, after.reached, after.target)}, {target} promised"
    was, spent = minutes(before), minutes(after)
    if spent:
        down = was if before.period != after.period else was.partition(" minutes")[0]
        said += f": {spent}" if not was or spent.startswith(f"{down} minutes") else f": {down} -> {spent}"
    if change.delta is None or change.delta.exact:
        return said
    # Where both sides are bounds their distance says little.
    agreed = after.agreed if after.agreed is not None and before.agreed == after.agreed else None
    moved = _moved(change.delta, *((MINUTES, "month") if agreed is None else (agreed, after.period)))
    return f"{said}; {moved}" if moved else said


def _because(plan: Plan, change: PromiseChange) -> Iterator[str]:
    if change.may_break:
        yield "bounds leave open whether it was broken before: `mofconf plan --exact` tells"
    if change.culprits and change.before is not None:
        found = zip(change.culprits, edits(plan, change), strict=True)
        culprits = [f"{one} ({place})" if place else one for one, (_, place) in found]
        actions = {one.address: one.action for one in plan.differences.changes}
        happened = {_HAPPENED.get(actions.get(one, ""), "changed") for one in change.culprits}
        verb = happened.pop() if len(happened) == 1 else "changed"
        way = f": {spoken(_steps(plan, change.way))}" if change.way[1:] else ""
        together = "; it takes all of them to undo that" if len(culprits) > 1 and change.enough else ""
        perhaps = "" if change.proven else "perhaps "
        shared = f"; {change.service} hangs on {named(plan, change.hangs_on)} now" if change.hangs_on else ""
        yield f"{perhaps}{some(culprits)} {verb}{way}{together}{shared}"


_HAPPENED = {"add": "is new", "remove": "was removed"}


def _mends(change: PromiseChange) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """What would have to be better, or be there twice, with the field that says how good it is, where one does."""
    repair, more = change.repair, change.redundancy
    if repair is not None:
        needed = percent(repair.needed, repair.stated, enough=True)
        what = "with a failover of" if repair.field else "alone, at"
        yield repair.address, repair.field, f"{what} {needed} or more: {percent(repair.stated)} is stated"
    if more is not None and change.after is not None:
        reached = percent(more.reached, change.after.target)
        if more.failover is None:
            yield more.address, (), f"with one more instance: {reached}"
        else:
            share = percent(more.failover, enough=True)
            yield (
                more.address,
                (),
                f"with a second one that needs the same: {reached}, or enough if switching works {share} of the time",
            )


def edits(plan: Plan, change: PromiseChange) -> list[tuple[str, Place | None]]:
    """What was edited of each culprit that matters most, and where."""
    fields = change.fields or ("",) * len(change.culprits)
    return [_edited(plan, one, field) for one, field in zip(change.culprits, fields, strict=True)]


def _edited(plan: Plan, address: str, field: str) -> tuple[str, Place | None]:
    change = next((one for one in plan.differences.changes if one.address == address), None)
    if change is None:
        return "", place_in(plan, address, ())
    first = min(change.fields, key=lambda one: (one.path != field, _matter(one)), default=None)
    return (first.path, first.place) if first is not None else ("", change.place)


def _matter(field: FieldChange) -> tuple[bool, bool]:
    """What is promised of what comes before what else agreements say."""
    promised = field.path.startswith(("targets.availability", "service", "covers"))
    return field.change_class is not ChangeClass.AVAILABILITY, not promised


def _steps(plan: Plan, way: Sequence[str]) -> list[Step]:
    """A way from one thing to the next in the head, with what they have to do with each other."""
    gates = plan.head.graph.gates
    return [
        Step(one, (named(plan, other),), gate.path, gate.relation.name)
        for one, other in pairwise(way)
        for gate in [next(gate for gate in gates[one] if other in gate.members)]
    ]


def named(plan: Plan, address: str) -> str:
    """An address, or what was removed under the address that it had."""
    if address in plan.head.catalog.entries:
        return address
    return gone_from(plan.base, plan.head, plan.differences).get(address, address)


def _between(before: Chance, after: Chance, target: float | None = None) -> str:
    was, now = between(before, target), between(after, target)
    return was if was == now else f"{was} -> {now}"


def _moved(delta: Chance, minutes: float, period: str) -> str:
    """What the change of an availability makes of downtime, given how long it could be down in a period.

    Nothing where it may come to any availability at all.
    """
    least, most = -delta.high * minutes, -delta.low * minutes
    if least < 0 < most:
        if most > minutes / 2 or -least > minutes / 2:
            return UNPROVEN
        return f"between {digits(most)} minutes more and {digits(-least)} less downtime a {period}"
    word = "more" if most > 0 else "less"
    low, high = sorted((abs(least), abs(most)))
    if delta.exact:
        return f"{digits(high)} minutes {word} downtime a {period}"
    return f"{f'{digits(low)} to ' if low else 'up to '}{digits(high)} minutes {word} downtime a {period}"


MINUTES = 30 * 24 * 60
"""Of a month."""

UNPROVEN = "unproven whether it works more or less"
