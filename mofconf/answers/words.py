"""The words that reports share: counts, lists, reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from mofconf.analyses.impact import Step
from mofconf.diagnostic import Place, field_path
from mofconf.report import Json
from mofconf.spelling import listed


def counted(count: int, word: str, plural: str = "") -> str:
    """A number and its noun.

    >>> counted(1, "file"), counted(2000, "promise"), counted(0, "dependency", "dependencies")
    ('1 file', '2,000 promises', '0 dependencies')
    """
    return f"{count:,} {word if count == 1 else plural or word + 's'}"


def some(words: Sequence[str], most: int = 3) -> str:
    """The first few words, and how many more there are.

    >>> some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    >>> some(["a", "b"])
    'a, b'
    """
    left = len(words) - most
    return ", ".join(words[:most]) + (f" and {left:,} more" if left > 0 else "")


def named(words: Sequence[str], most: int = 3) -> str:
    """The same in a sentence.

    >>> named(["a", "b"]), named(["a", "b", "c", "d"])
    ('a and b', 'a, b, c and 1 more')
    """
    return listed(words) if len(words) <= most else some(words, most)


def counts(sorts: Iterable[str], told: Iterable[tuple[str, str]]) -> dict[str, Json]:
    """How many resources there are of each sort; who is told of twice counts once.

    >>> counts(("down", "degraded"), [("down", "Service/a"), ("down", "Service/a")])
    {'down': 1, 'degraded': 0}
    """
    number = Counter(sort for sort, _ in dict.fromkeys(told))
    return {sort: number[sort] for sort in sorts}


PlaceOf = Callable[[str, tuple[str | int, ...]], Place | None]
"""Where a field of a resource stands."""


def step_data(why: Sequence[Step], place_of: PlaceOf) -> list[Json]:
    """A chain of reasons for programs."""
    return [
        {
            "source": step.source,
            "relation": step.relation,
            "targets": list(step.targets),
            "field": field_path(step.path),
            **place_data(place_of(step.source, step.path)),
        }
        for step in why
    ]


def place_data(place: Place | None) -> dict[str, Json]:
    """A place for programs; nulls where there is none."""
    file, line, column = place or (None, None, None)
    return {"file": file, "line": line, "column": column}
