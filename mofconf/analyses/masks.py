"""Sets of numbers as bit masks: a set of a hundred thousand things is one integer."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOT_ZERO = re.compile(rb"[^\0]")


def numbers_in(mask: int) -> Iterator[int]:
    """The numbers in a mask, ascending. Quick for few numbers in a long mask, which is the rule.

    >>> list(numbers_in(0b1000_0000_0101))
    [0, 2, 11]
    """
    for found in _NOT_ZERO.finditer(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        byte, start = found[0][0], found.start() * 8
        while byte:
            lowest = byte & -byte
            yield start + lowest.bit_length() - 1
            byte ^= lowest
