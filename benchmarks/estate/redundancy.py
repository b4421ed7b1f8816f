"""A graph of redundant things for measuring availability: sites, zones, racks, switches, hosts, databases, services.

Domains of about a hundred nodes each have hosts in three racks of three zones, databases with replicas in different
racks, and services with instances. Services need databases and services of their own domain, some a platform that
many use, a few something of another domain. Without locality instances stand on any host of the whole estate.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

from mofconf.analyses.dependability.figures import Chance
from mofconf.analyses.dependability.structure import Event
from mofconf.graph import Gate, Graph, State

NODES_OF_A_SITE = 3_000
RACKS, HOSTS_OF_A_RACK, DATABASES, SERVICES = 3, 4, 5, 10  # of a domain
DOMAINS_WITH_PLATFORM = 10  # one domain of so many has services that everybody may use


class Grid(NamedTuple):
    """A graph, the services in it, and how available each node is by itself."""

    graph: Graph
    services: list[str]
    availability: Mapping[str, float]


def make_grid(size: int, seed: int = 1, *, near: bool = True) -> Grid:
    """An estate of at least so many nodes. ``near=False`` gives up locality."""
    return _Grid(size, seed, near=near).make()


def chances_of(grid: Grid, events: Iterable[Event]) -> Mapping[Event, Chance]:
    """How probable the events of a structure are. There are only those of nodes."""
    return {event: Chance(grid.availability[event.address], grid.availability[event.address]) for event in events}


def edited(grid: Grid, dice: random.Random) -> Grid:
    """The same with one edit: a figure, a need more, a need less, or another host of the domain."""
    gates, availability = dict(grid.graph.gates), dict(grid.availability)
    service = dice.choice(grid.services)
    kind = dice.randrange(4)
    if kind == 0:
        node = dice.choice([*availability])
        availability[node] = _availability(dice.random())
    elif kind == 1:  # only what was there before it, so that there are no circles
        earlier = grid.services[: grid.services.index(service)][-40:]
        gates[service] = (*gates[service], *(_one(one) for one in dice.sample(earlier, min(1, len(earlier)))))
    elif kind == 2:
        gates[service] = gates[service][:-1] if len(gates[service]) > 1 else gates[service]
    else:
        instance = dice.choice(gates[service][0].members)
        domain = service.removeprefix("Service/").partition("-")[0]
        gates[instance] = (_one(dice.choice([node for node in gates if node.startswith(f"Asset/host-{domain}-")])),)
    return grid._replace(graph=grid.graph._replace(gates=gates), availability=availability)


class _Grid:
    def __init__(self, size: int, seed: int, *, near: bool) -> None:
        self._size, self._seed, self._near = size, seed, near
        self._dice = random.Random(seed)
        self._gates: dict[str, tuple[Gate, ...]] = {}
        self._wholes: set[str] = set()
        self._services: list[str] = []
        self._platform: list[str] = []
        self._racks: list[list[str]] = []  # of all domains, each with its hosts

    def make(self) -> Grid:
        zones = [self._site(site) for site in range(max(1, self._size // NODES_OF_A_SITE))]
        racks = [[self._rack(f"{d}-{n}", z) for n, z in enumerate(self._dice.choice(zones))] for d in self._domains()]
        for domain, own in enumerate(racks):
            self._racks += own
            if self._near:
                self._domain(domain, own)
        if not self._near:  # all hosts are there before anything stands on them
            for domain in range(len(racks)):
                self._domain(domain, self._racks)
        nodes = dict.fromkeys(self._gates, State.PRESENT)
        gates = {node: found for node, found in self._gates.items() if found}
        graph = Graph(nodes, {}, {}, gates, frozenset(self._wholes), {}, ())
        # Each by its name, so that an edit elsewhere changes no other figure.
        own = {node: _availability(crc32(f"{self._seed} {node}".encode()) / 2**32) for node in nodes}
        return Grid(graph, self._services, own)

    def _domains(self) -> range:
        racks = RACKS * (2 + HOSTS_OF_A_RACK)
        databases = round(DATABASES * (1 + 8 / 3))
        services = round(SERVICES * (1 + 7 / 3))
        return range(max(1, round(self._size / (racks + databases + services))))

    def _add(self, address: str, *gates: Gate) -> str:
        self._gates[address] = gates
        return address

    def _site(self, number: int) -> list[str]:
        site = self._add(f"Location/site-{number}")
        return [self._add(f"Location/site-{number}-{zone}", _one(site)) for zone in "abc"]

    def _rack(self, name: str, zone: str) -> list[str]:
        rack = self._add(f"Location/rack-{name}", _one(zone))
        switch = self._add(f"Asset/switch-{name}", _one(rack))
        return [self._add(f"Asset/host-{name}-{number}", _one(rack), _one(switch)) for number in range(HOSTS_OF_A_RACK)]

    def _domain(self, domain: int, racks: list[list[str]]) -> None:
        databases = [self._database(f"{domain}-{number}", racks) for number in range(DATABASES)]
        own: list[str] = []
        for number in range(SERVICES):
            own.append(self._service(f"{domain}-{number}", racks, databases, own))
        if domain % DOMAINS_WITH_PLATFORM == 0:
            self._platform += own[:2]
        self._services += own

    def _database(self, name: str, racks: list[list[str]]) -> str:
        replicas = self._instances(f"Asset/database-{name}", self._dice.choice((2, 3, 3)), racks)
        majority = len(replicas) == 3 and self._dice.random() < 0.5
        whole = self._add(f"Asset/database-{name}", Gate(replicas, 2 if majority else 1, len(replicas)))
        self._wholes.add(whole)
        return whole

    def _service(self, name: str, racks: list[list[str]], databases: list[str], own: list[str]) -> str:
        dice = self._dice
        instances = self._instances(f"Asset/process-{name}", dice.choice((2, 2, 3)), racks)
        needs = dice.sample(databases, dice.choice((1, 1, 2)))
        needs += dice.sample(own, min(len(own), dice.choice((0, 1, 1, 2))))
        needs += [dice.choice(self._platform)] if self._platform and dice.random() < 0.3 else []
        needs += [dice.choice(self._services[-40:])] if self._services and dice.random() < 0.1 else []
        return self._add(f"Service/{name}", Gate(instances, 1, len(instances)), *map(_one, dict.fromkeys(needs)))

    def _instances(self, name: str, count: int, racks: list[list[str]]) -> tuple[str, ...]:
        """So many of them, in racks that are all different."""
        chosen = self._dice.sample(racks, count)
        return tuple(
            self._add(f"{name}/{number}", _one(self._dice.choice(hosts))) for number, hosts in enumerate(chosen)
        )


def _one(address: str) -> Gate:
    return Gate((address,))


def _availability(share: float) -> float:
    """From 99 % to 99.999 %, as many of each order."""
    return float(1 - 10 ** -(2 + 3 * share))
