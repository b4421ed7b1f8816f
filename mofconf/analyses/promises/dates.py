"""The check `dates`: nothing that carries the promise ends before it, and nobody forgot to look at it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mofconf.analyses.promises.results import Check, Outcome, Point, settled
from mofconf.catalog import Catalog
from mofconf.kinds.agreement import Agreement
from mofconf.kinds.contract import Contract


def dates(catalog: Catalog, today: date, sla: str, agreements: Iterable[str]) -> Check:
    """Whether agreements last as long as the SLA, and reviews are up to date."""
    return settled(
        "dates",
        _points(catalog, today, sla, agreements),
        "neither the SLA nor an agreement behind it states a date",
        "nothing behind it ends before it does, and every review is up to date",
    )


def ends_first(agreement: Agreement, sla: Agreement, today: date) -> bool:
    """Whether an agreement has not ended yet, and ends before what it carries."""
    ends = agreement.expires
    return ends is not None and ends >= today and sla.expires is not None and ends < sla.expires


def _points(catalog: Catalog, today: date, sla: str, agreements: Iterable[str]) -> Iterator[Point]:
    promise = _agreement(catalog, sla)
    if promise is None:
        return
    for address in (sla, *agreements):
        agreement = _agreement(catalog, address)
        if agreement is None:
            continue
        found = list(_of_one(address, agreement, promise, today))
        yield from found
        if not found and (agreement.expires or agreement.review):
            end = f"lasts until {agreement.expires}" if agreement.expires else "has no end"
            field = ("expires",) if agreement.expires else ("review",)
            yield Point(Outcome.HOLDS, f"{address} {end}", address, address, field)


def _of_one(address: str, agreement: Agreement, promise: Agreement, today: date) -> Iterator[Point]:
    ended = agreement.expires is not None and agreement.expires < today
    if ended:
        yield Point(Outcome.BROKEN, f"{address} ended on {agreement.expires}", address, address, ("expires",))
    if agreement is not promise and ends_first(agreement, promise, today):
        reason = f"{address} ends on {agreement.expires}, and the SLA lasts until {promise.expires}"
        yield Point(Outcome.BROKEN, reason, address, address, ("expires",))
    begins = max(filter(None, (promise.effective, today)))
    if agreement is not promise and agreement.effective is not None and agreement.effective > begins:
        reason = f"{address} begins on {agreement.effective}, later than the SLA"
        yield Point(Outcome.BROKEN, reason, address, address, ("effective",))
    due = review_due(agreement)
    if due is not None and due < today and not ended:
        reason = f"the review of {address} was due on {due}"
        yield Point(Outcome.BROKEN, reason, address, address, ("review",))
    if isinstance(agreement, Contract) and agreement.notice and agreement.expires and not ended:
        last = _moved(agreement.expires, -agreement.notice)
        if last is not None and last < today:
            reason = f"{address} runs out on {agreement.expires}, and the last day for notice was {last}"
            yield Point(Outcome.HOLDS, reason, address, address, ("notice",))


def review_due(agreement: Agreement) -> date | None:
    """The day by which an agreement is to be looked at again."""
    if agreement.review is None:
        return None
    last = agreement.review.last or agreement.effective
    return None if last is None else _moved(last, agreement.review.every)


def _moved(day: date, by: timedelta) -> date | None:
    """A day so much later or earlier; ``None`` where no calendar reaches."""
    try:
        return day + by
    except OverflowError:
        return None


def _agreement(catalog: Catalog, address: str) -> Agreement | None:
    entry = catalog.entries.get(address)
    return entry.resource if entry is not None and isinstance(entry.resource, Agreement) else None
