"""Which files differ between two states."""

from __future__ import annotations

from collections.abc import Iterable

from mofconf.sources.commit import Commit
from mofconf.sources.tree import Tree


def changed_paths(before: Tree, after: Tree, paths: Iterable[str] | None = None) -> tuple[str, ...]:
    """The files that only one state has, or that have other content there; of ``paths`` only, where given.

    Two commits are compared without reading a file. Elsewhere files are read: name the ``paths`` that matter.
    """
    of_interest = None if paths is None else set(paths)
    old, new = set(before.paths()), set(after.paths())
    if of_interest is not None:
        old, new = old & of_interest, new & of_interest
    both = old & new
    if isinstance(before, Commit) and isinstance(after, Commit):
        differ = {path for path in both if before.entries[path] != after.entries[path]}
    else:
        left, right = before.read(both), after.read(both)
        differ = {path for path in both if left.get(path) != right.get(path)}
    return tuple(sorted(differ | (old ^ new)))
