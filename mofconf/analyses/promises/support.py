"""The check `hours`: when the SLA promises that somebody answers, everybody behind it answers too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mofconf.analyses.promises.hours import Clock, gap, spoken
from mofconf.analyses.promises.results import Check, Outcome, Point, settled


def hours(clock: Clock, sla: str, promised: str, agreements: Iterable[str]) -> Check:
    """Whether the support hours of the SLA (the Calendar ``promised``) lie within those of all agreements."""
    return settled(
        "hours",
        _points(clock, sla, promised, agreements),
        "no agreement stands behind it",
        f"all agreements behind it cover its support hours, {_called(promised)}",
    )


def _points(clock: Clock, sla: str, promised: str, agreements: Iterable[str]) -> Iterator[Point]:
    wanted = clock.named(promised)
    if wanted is None:
        own = "supportHours" if clock.has_support(sla) or not clock.agreed(sla) else "hours"
        yield Point(Outcome.UNDECIDED, f"nobody can tell the hours of {promised}", promised, sla, (own,))
        return
    for agreement in agreements:
        name = clock.support(agreement)
        given = clock.named(name) if name else None
        if given is None:
            why = f"{agreement} states no support hours" if not name else f"nobody can tell the hours of {name}"
            yield Point(Outcome.UNDECIDED, why, agreement, agreement, ("supportHours",))
            continue
        left = gap(wanted, given)
        field = ("supportHours",) if clock.has_support(agreement) else ("hours",)
        if left is None:
            reason = f"the support hours of {agreement} are {_called(name)}"
            yield Point(Outcome.HOLDS, reason, agreement, agreement, field)
            continue
        week = 60 * 24 * 7
        numbers = {"promised a week": wanted.share * week, "agreed a week": given.share * week}
        zone = wanted.zone if given.name == "24x7" else given.zone
        reason = (
            f"the support hours of {agreement} are {_called(name)}, and {_called(promised)} is promised: "
            f"nobody answers on {spoken(left, zone)}, for example"
        )
        yield Point(Outcome.BROKEN, reason, agreement, agreement, field, numbers=numbers)


def _called(calendar: str) -> str:
    """A Calendar as people call it."""
    return calendar.removeprefix("Calendar/")
