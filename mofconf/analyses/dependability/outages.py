"""Outages as intervals on a line of time, many at once, and what they do to each other [door: numpy].

Some outages are a pair of arrays: when they start, ascending, and when they end; none touches the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times: TypeAlias = NDArray[np.float64]


class Outages(NamedTuple):
    """When something is down, in seconds."""

    starts: Times
    ends: Times


def renewal(rng: np.random.Generator, up: float, down: float, first: float, last: float) -> Outages:
    """The outages of something that works for ``up`` seconds and is down for ``down``, in the mean and at random.

    Both are exponential. It starts as it is met at any time: down with the share of time that it is down.
    """
    import numpy as np

    begins_down = bool(rng.random() * (up + down) < down)
    count = int((last - first) / (up + down) * 1.1) + 16
    lengths = np.empty((0, 2))
    while lengths.sum() < last - first:
        fresh = np.column_stack((rng.exponential(up, count), rng.exponential(down, count)))
        if begins_down and not len(lengths):
            fresh[0, 0] = 0.0
        lengths = np.concatenate((lengths, fresh))
    ends = first + np.cumsum(lengths).reshape(-1, 2)
    before = ends[:, 0] < last
    return Outages(ends[before, 0], np.minimum(ends[before, 1], last))


def none() -> Outages:
    """No outage."""
    import numpy as np

    return Outages(np.empty(0), np.empty(0))


def together(several: Sequence[Outages]) -> Outages:
    """When at least one of them is down."""
    import numpy as np

    if len(several) == 1:
        return several[0]
    starts = np.concatenate([one.starts for one in several]) if several else np.empty(0)
    if not len(starts):
        return none()
    ends = np.concatenate([one.ends for one in several])
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order])
    fresh = np.concatenate(([True], starts[1:] > ends[:-1]))
    return Outages(starts[fresh], ends[np.concatenate((fresh[1:], [True]))])


def of_at_least(count: int, several: Sequence[Outages]) -> Outages:
    """When at least ``count`` of them are down at once."""
    import numpy as np

    if count == 1:
        return together(several)
    starts = np.concatenate([one.starts for one in several])
    ends = np.concatenate([one.ends for one in several])
    times = np.concatenate((starts, ends))
    steps = np.concatenate((np.ones(len(starts), dtype=np.int64), -np.ones(len(ends), dtype=np.int64)))
    order = np.lexsort((-steps, times))  # where one ends as another starts, there is no gap
    times, enough = times[order], np.cumsum(steps[order]) >= count
    before = np.concatenate(([False], enough[:-1]))
    starts, ends = times[enough & ~before], times[~enough & before]
    lasting = ends > starts
    return Outages(starts[lasting], ends[lasting])


def longer_than(length: float, outages: Outages) -> Outages:
    """What is left of them for somebody who does without for ``length`` seconds."""
    long = outages.ends - outages.starts > length
    return Outages(outages.starts[long] + length, outages.ends[long])


def cut(outages: Outages, every: float) -> Outages:
    """The same, but none goes on over a multiple of ``every`` seconds: there it ends, and the next one starts."""
    import numpy as np

    if not len(outages.starts):
        return outages
    cuts = np.arange(np.ceil(outages.starts[0] / every), np.ceil(outages.ends[-1] / every)) * every
    before = np.searchsorted(outages.starts, cuts) - 1
    cuts = cuts[(before >= 0) & (cuts < outages.ends[before])]
    return Outages(np.sort(np.concatenate((outages.starts, cuts))), np.sort(np.concatenate((outages.ends, cuts))))


def chosen(outages: Outages, which: NDArray[np.bool_]) -> Outages:
    """Some of them."""
    return Outages(outages.starts[which], outages.ends[which])


def between(outages: Outages, borders: Times) -> Times:
    """How many seconds it is down between each border and the next one."""
    import numpy as np

    total = np.concatenate(([0.0], np.cumsum(outages.ends - outages.starts)))
    begun = np.searchsorted(outages.starts, borders)
    beyond = np.maximum(np.concatenate(([-np.inf], outages.ends))[begun] - borders, 0.0)
    found: Times = np.diff(total[begun] - beyond)
    return found
