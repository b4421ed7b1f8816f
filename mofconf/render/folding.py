"""Folded sections within a budget of bytes: long ones are cut between rows, and what is left out is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from mofconf.render.markup import html, prose

_LONGEST_LIST = 180  # bytes of the names of what is left out


class Fold(NamedTuple):
    """A section that unfolds. ``before`` opens that in which the rows stand, ``after`` closes it; ``open``: it is
    unfolded from the start. ``total`` is how many things the rows tell of, where a row is not one of them."""

    title: str
    note: str
    before: str
    rows: tuple[str, ...]
    after: str = ""
    open: bool = False
    total: int | None = None

    @property
    def opening(self) -> str:
        """Everything above the rows."""
        title = f"<b>{html(self.title)}</b>" if self.title else ""
        note = f" ({html(self.note)})" if self.note else ""
        start = "<details open>" if self.open else "<details>"
        return f"{start}\n<summary>{title}{note}</summary>\n\n" + (self.before if self.rows else "")

    def closing(self, left_out: int) -> str:
        """Everything below the rows."""
        after = self.after if self.rows else ""
        if left_out:
            every = left_out == len(self.rows)
            unit = "" if self.total is None else " row" if left_out == 1 else " rows"
            more = f"{left_out:,}{unit} too long to be shown here" if every else f"and {left_out:,} more{unit}"
            after += f"\n{more}\n"
        return after + "\n</details>\n\n"


def size(text: str) -> int:
    """The number of bytes in UTF-8."""
    return len(text.encode())


def fitted(folds: Sequence[Fold], budget: int) -> str:
    """The sections in at most ``budget`` bytes.

    Every section gets its fair share, so that a long one does not push the others out. Where even the titles
    find no room, the last sections are left out.
    """
    full = [_size(fold, len(fold.rows)) for fold in folds]
    for number in range(len(folds), -1, -1):
        left_out = _left_out(folds[number:])
        shares = _shares(full[:number], budget - size(left_out))
        kept = folds[:number]
        if all(_least(fold) <= share for fold, share in zip(kept, shares, strict=True)):
            return "".join(_cut(fold, share) for fold, share in zip(kept, shares, strict=True)) + left_out
    return ""


def _shares(wanted: Sequence[int], budget: int) -> list[int]:
    """What each gets of the budget: those that want little get it, the others the same share of the rest."""
    shares = [0] * len(wanted)
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    for done, number in enumerate(order):
        shares[number] = min(wanted[number], max(0, budget) // (len(order) - done))
        budget -= shares[number]
    return shares


def _size(fold: Fold, rows: int) -> int:
    return size(fold.opening) + sum(map(size, fold.rows[:rows])) + size(fold.closing(len(fold.rows) - rows))


def _least(fold: Fold) -> int:
    """The least that a section takes: a row or two may be shorter than the words that they are left out."""
    return min(_size(fold, 0), _size(fold, len(fold.rows)))


def _cut(fold: Fold, share: int) -> str:
    if _size(fold, len(fold.rows)) <= share:
        return fold.opening + "".join(fold.rows) + fold.closing(0)
    room = share - size(fold.opening) - size(fold.closing(len(fold.rows)))
    rows = sum(1 for so_far in accumulate(map(size, fold.rows)) if so_far <= room)
    return fold.opening + "".join(fold.rows[:rows]) + fold.closing(len(fold.rows) - rows)


def _left_out(folds: Sequence[Fold]) -> str:
    if not folds:
        return ""
    numbers = [len(fold.rows) if fold.total is None else fold.total for fold in folds]
    names = ", ".join(f"{prose(fold.title)} ({number:,})" for fold, number in zip(folds, numbers, strict=True))
    if size(names) > _LONGEST_LIST:
        names = f"{len(folds):,} sections with {sum(len(fold.rows) for fold in folds):,} rows"
    return f"Left out, as there is no more room here: {names}.\n"
