"""What a graph is made of: nodes and their states, edges, and the gates under which a node works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from mofconf.kinds.relation import NEEDS, Relation


class State(Enum):
    """How much is known of a node."""

    PRESENT = "present"
    RETIRED = "retired"  # declared, but no longer there
    UNKNOWN = "unknown"  # its document cannot be read or does not fit
    MISSING = "missing"  # somebody refers to it, nobody declares it


class Edge(NamedTuple):
    """One reference: ``source`` ⟨relation⟩ ``target``, written at ``path`` in the source."""

    source: str
    target: str
    relation: Relation
    path: tuple[str | int, ...]


class Gate(NamedTuple):
    """One condition for working: at least ``at_least`` of ``members`` work; below ``full_at`` it is degraded.

    A hard need of one thing is a gate with one member. With ``effect`` ``degrades`` or ``none`` it is no condition
    for being up. ``path`` is where it is written.
    """

    members: tuple[str, ...]
    at_least: int = 1
    full_at: int = 1
    effect: str = "stops"
    tolerates: timedelta | None = None
    failover: Decimal | None = None
    relation: Relation = NEEDS
    path: tuple[str | int, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it was written as a group: only there does a missing member count as down."""
        return len(self.members) != 1 or self.at_least != 1


class Graph(NamedTuple):
    """Nodes by address, edges both ways, and for each node that needs something its gates.

    ``wholes`` are the resources with instances: they have no failures of their own. ``consumers`` has for each node
    the gates that it is a member of, each with the node that has the gate; gates without effect are left out. ``weak``
    are the gates that too few members are there for, whatever fails; ``retired`` are the nodes that are retired.
    """

    nodes: Mapping[str, State]
    out: Mapping[str, tuple[Edge, ...]]
    into: Mapping[str, tuple[Edge, ...]]
    gates: Mapping[str, tuple[Gate, ...]]
    wholes: frozenset[str]
    consumers: Mapping[str, tuple[tuple[str, Gate], ...]]
    weak: tuple[tuple[str, Gate], ...]
    retired: tuple[str, ...] = ()

    def edges(self) -> Iterator[Edge]:
        """All edges, by source and in the order of its fields."""
        for address in self.out:
            yield from self.out[address]
