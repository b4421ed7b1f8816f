"""Did you mean: the known words that are nearest to one that is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher


def likely(word: str, known: Iterable[str]) -> list[str]:
    """The known words that ``word`` may have meant, best first: one, or up to three that are about as like it.

    Of a name in segments the last one has to be like it, whatever stands before: ``Service/a`` is not like
    ``Service/b``. Before it another namespace may stand, or none.

    >>> likely("ownr", ["owner", "needs"])
    ['owner']
    >>> likely("team-tenat", ["ns/team-tenet", "ns/team-up"])
    ['ns/team-tenet']
    >>> likely("zebra", ["owner", "needs"])
    []
    """
    found: dict[str, float] = {}
    like, best = _likeness_to(_bare(word)), 0.0
    for candidate in known:
        likeness = like(_bare(candidate), max(_LEAST, best - _ABOUT))
        if likeness:
            found[candidate] = likeness
            best = max(best, likeness)
    near = sorted((-likeness, candidate) for candidate, likeness in found.items() if likeness > best - _ABOUT)
    meant = [candidate for likeness, candidate in near if best < 1 or likeness == -1]
    differing = {_bare(candidate): candidate for candidate in reversed(meant)}  # not Service or service
    return [candidate for candidate in meant if differing[_bare(candidate)] == candidate][:_MOST]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question for a hint, or nothing.

    >>> did_you_mean("Servce", ["Service", "Asset"])
    'did you mean Service?'
    """
    found = likely(word, known)
    return f"did you mean {listed(found, 'or')}?" if found else ""


def as_called(addresses: Iterable[str]) -> list[str]:
    """Addresses as people write them: by the name alone, where no two have the same.

    >>> as_called(["Asset/cart", "Service/cart", "Service/web"])
    ['Asset/cart', 'Service/cart', 'web']
    """
    named = [(address, address.partition("/")[2]) for address in addresses]
    count = Counter(name for _, name in named)
    return [name if count[name] == 1 else address for address, name in named]


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


_MOST = 3  # suggestions in one question
_LEAST = 0.7  # how like it the word has to be, of 1 for the same
_ABOUT = 0.05  # what is within this of the best may as well be meant
_ELSEWHERE = 0.85  # how much it counts that the name is in another namespace, or in none
_MERGED = 0.85  # how like it the whole has to be, where one has a sign for the other's separator


def _likeness_to(word: str) -> Callable[[str, float], float]:
    """How like it other words are: 1 where they are the same, and 0 for what is not more like it than a floor."""
    head, _, last = word.rpartition("/")
    whole, tail, before = _Compared(word), _Compared(last), _Compared(head)

    def likeness(other: str, floor: float) -> float:
        if other == word:
            return 1.0
        other_head, _, other_last = other.rpartition("/")
        if other_head == head or (head and other_head and before.ratio(other_head, _LEAST)):
            alike = whole.ratio(other, floor)
            return alike if alike and (not head or tail.ratio(other_last, _LEAST)) else 0.0
        elsewhere = tail.ratio(other_last, floor / _ELSEWHERE) * _ELSEWHERE
        merged = whole.ratio(other, max(floor, _MERGED)) if word.count("/") != other.count("/") else 0.0
        return max(elsewhere, merged)

    return likeness


class _Compared:
    """A word that many others are compared with. Most of them are out of the question after a glance."""

    def __init__(self, word: str) -> None:
        self._length, self._matcher = len(word), SequenceMatcher(autojunk=False)
        self._matcher.set_seq2(word)

    def ratio(self, other: str, least: float) -> float:
        """How like it another word is: 1 for the same, and 0 for what is not more like it than ``least``."""
        here, there = self._length, len(other)
        if abs(here - there) > max(2, here // 3) or 2 * min(here, there) <= least * (here + there):
            return 0.0
        self._matcher.set_seq1(other)
        if self._matcher.quick_ratio() <= least:
            return 0.0
        ratio = self._matcher.ratio()
        return ratio if ratio > least else 0.0


def _bare(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
