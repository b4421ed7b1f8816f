"""Which version of the framework is meant: 2 and 3 differ in clusters, functions, names and owners."""

from __future__ import annotations

from typing import Literal, TypeAlias

Version: TypeAlias = Literal[2, 3]
"""The version of the Microsoft Operations Framework: 2 stands for 2.0 and 2.1, 3 for 3.0."""

BOTH: tuple[Version, ...] = (2, 3)
"""For rows that are the same in both versions."""
