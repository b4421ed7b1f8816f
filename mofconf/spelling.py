"""Did you mean: the known word that is nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like ``word``; empty where nothing looks like it.

    >>> nearest("ownr", ["owner", "needs"])
    'owner'
    >>> nearest("Orders_DB", ["orders-db", "orders"])
    'orders-db'
    >>> nearest("zebra", ["owner", "needs"])
    ''
    """
    best, likeness = "", 0.7
    bare = _bare(word)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(bare)
    for candidate in known:
        other = _bare(candidate)
        if other == bare:
            return candidate
        if abs(len(other) - len(bare)) > max(2, len(bare) // 3):
            continue
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = candidate, ratio
    return best


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question for a hint, or nothing.

    >>> did_you_mean("Servce", ["Service", "Asset"])
    'did you mean Service?'
    """
    found = nearest(word, known)
    return f"did you mean {found}?" if found else ""


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def _bare(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
