"""Which role clusters one person or one small team can fill at the same time."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Advice: TypeAlias = Literal["fine", "caution", "avoid"]
"""``caution``: only with something that makes up for it, a second pair of eyes for example."""


class Combination(NamedTuple):
    """Two clusters, and whether they go together. The order of the two has no meaning."""

    one: str
    other: str
    advice: Advice


def combining(one: str, other: str) -> Advice:
    """Whether two clusters go together. A cluster goes with itself, and with what the table does not name."""
    for combination in COMBINATIONS:
        if {one, other} == {combination.one, combination.other}:
            return combination.advice
    return "fine"


COMBINATIONS: tuple[Combination, ...] = (
    Combination("release", "infrastructure", "fine"),
    Combination("release", "support", "caution"),
    Combination("release", "operations", "caution"),
    Combination("release", "partner", "fine"),
    Combination("release", "security", "caution"),
    Combination("release", "service", "caution"),
    Combination("infrastructure", "support", "fine"),
    Combination("infrastructure", "operations", "fine"),
    Combination("infrastructure", "partner", "fine"),
    Combination("infrastructure", "security", "caution"),
    Combination("infrastructure", "service", "caution"),
    Combination("support", "operations", "fine"),
    Combination("support", "partner", "fine"),
    Combination("support", "security", "caution"),
    Combination("support", "service", "caution"),
    Combination("operations", "partner", "fine"),
    Combination("operations", "security", "avoid"),
    Combination("operations", "service", "caution"),
    Combination("partner", "security", "caution"),
    Combination("partner", "service", "fine"),
    Combination("security", "service", "fine"),
)
"""The framework's facts, section 2.5 (combining roles and scaling).

MOF says that roles can be combined in small teams, down to a single person; its own table was not found. All
entries of this one are proposals of this project. In version 2 the cluster Service is part of Support, so its
rows say nothing there.
"""
