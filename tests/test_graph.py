"""A catalog becomes a graph: edges both ways, gates, states of nodes, and knots."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from estates import estate

from mofconf.graph import State, containments, cycle_within, knots
from mofconf.kinds.relation import BELONGS_TO, LOCATED_IN, PART_OF, RUNS_ON

ESTATE = """
kind: Service
name: shop
owner: crew
customers: [acme]
supplier: vendor
environment: prod
hours: 24x7
needs:
  - db
  - Asset/web
  - {anyOf: [x, nowhere], failover: 99%}
  - {atLeast: 2, of: [x, y, db]}
  - {ref: kafka, atLeast: 1}
  - {ref: hints, effect: degrades, tolerates: 4h}
  - gone
  - twice
  - oldname
  - Team/crew
---
kind: Asset
name: db
runsOn: host
holds: [orders]
---
kind: Asset
name: host
location: rack
partOf: chassis
---
kind: Asset
name: web
---
kind: Asset
name: x
---
kind: Asset
name: y
---
kind: Asset
name: chassis
---
kind: Asset
name: kafka
needs: [zk]
owner: crew
runsOn: host
instances: {a: {}, b: {needs: []}, c: {status: withdrawn}}
up: {atLeast: 2, fullAt: 3, failover: 90%}
---
kind: Asset
name: zk
---
kind: Service
name: hints
nonsense: 1
---
kind: Service
name: gone
lifecycle: retired
---
kind: Service
name: twice
---
kind: Asset
name: twice
---
kind: Asset
name: renamed
formerly: [oldname]
---
kind: Location
name: rack
partOf: dc
---
kind: Location
name: dc
---
kind: Team
name: crew
members: [ana]
partOf: company
roles: [{cluster: release, lead: ana, deputies: [ben]}]
---
kind: Team
name: company
---
kind: Person
name: ana
---
kind: Person
name: ben
---
kind: DataSet
name: orders
---
kind: OLA
name: care
team: crew
supports: [shop, {select: "kind=Asset,runsOn=host"}]
---
kind: Contract
name: deal
partner: vendor
covers: [shop]
---
kind: SLA
name: promise
service: shop
customers: [acme]
"""

GRAPH = estate(ESTATE).graph

EDGES: dict[str, list[str]] = {
    "Service/shop": [
        "is owned by Team/crew",
        "is supplied by Partner/vendor",
        "is used by Customer/acme",
        "needs Asset/db",
        "needs Asset/db",
        "needs Asset/kafka",
        "needs Asset/renamed",
        "needs Asset/web",
        "needs Asset/x",
        "needs Asset/x",
        "needs Asset/y",
        "needs Service/gone",
        "needs Service/hints",
        "needs Service/nowhere",
        "stands in Environment/prod",
    ],
    "Asset/db": ["holds DataSet/orders", "runs on Asset/host"],
    "Asset/host": ["is located in Location/rack", "is part of Asset/chassis"],
    "Asset/kafka": ["is owned by Team/crew", "needs Asset/kafka/a", "needs Asset/kafka/b", "needs Asset/kafka/c"],
    "Asset/kafka/a": ["is owned by Team/crew", "needs Asset/zk", "runs on Asset/host"],
    "Asset/kafka/b": ["is owned by Team/crew", "runs on Asset/host"],
    "Location/rack": ["is part of Location/dc"],
    "Team/crew": [
        "belongs to Team/company",
        "is deputised by Person/ben",
        "is led by Person/ana",
        "is staffed by Person/ana",
    ],
    "OLA/care": [
        "is carried by Team/crew",
        "promises Asset/db",
        "promises Asset/kafka",
        "promises Asset/kafka/a",
        "promises Asset/kafka/b",
        "promises Asset/kafka/c",
        "promises Service/shop",
    ],
    "Contract/deal": ["is supplied by Partner/vendor", "promises Service/shop"],
    "SLA/promise": ["is used by Customer/acme", "promises Service/shop"],
    "Service/hints": [],
    "Asset/web": [],
}


@pytest.mark.parametrize("address", EDGES)
def test_what_a_resource_refers_to(address: str) -> None:
    edges = GRAPH.out.get(address, ())
    assert sorted(f"{edge.relation.name} {edge.target}" for edge in edges) == EDGES[address]


def test_every_edge_stands_both_ways() -> None:
    there = sorted(GRAPH.edges(), key=repr)
    assert there == sorted((edge for edges in GRAPH.into.values() for edge in edges), key=repr)
    for address in GRAPH.nodes:
        assert all(edge.source == address for edge in GRAPH.out.get(address, ()))
        assert all(edge.target == address for edge in GRAPH.into.get(address, ()))
    for edge in GRAPH.edges():
        assert {edge.source, edge.target} <= GRAPH.nodes.keys()


GATES: dict[str, list[str]] = {
    "Service/shop": [
        "1/1 of Asset/db",
        "1/1 of Asset/web",
        "1/1 of Asset/x Service/nowhere",
        "2/2 of Asset/x Asset/y Asset/db",
        "1/1 of Asset/kafka/a Asset/kafka/b Asset/kafka/c",
        "1/1 of Service/hints degrades",
        "1/1 of Service/gone",
        "1/1 of Asset/renamed",
    ],
    "Asset/db": ["1/1 of Asset/host"],
    "Asset/host": ["1/1 of Location/rack", "1/1 of Asset/chassis"],
    "Asset/kafka": ["2/3 of Asset/kafka/a Asset/kafka/b Asset/kafka/c"],
    "Asset/kafka/a": ["1/1 of Asset/host", "1/1 of Asset/zk"],
    "Asset/kafka/b": ["1/1 of Asset/host"],
    "Location/rack": ["1/1 of Location/dc"],
}


@pytest.mark.parametrize("address", GATES)
def test_under_what_conditions_a_resource_works(address: str) -> None:
    gates = [
        f"{gate.at_least}/{gate.full_at} of {' '.join(gate.members)}" + f" {gate.effect}".replace(" stops", "")
        for gate in GRAPH.gates[address]
    ]
    assert sorted(gates) == sorted(GATES[address])


def test_only_what_needs_something_has_gates() -> None:
    assert {address for address in GRAPH.gates if not address.startswith(("Service", "Asset", "Location"))} == set()
    assert all(gate.relation.outage for gates in GRAPH.gates.values() for gate in gates)


def test_a_gate_keeps_what_else_was_said() -> None:
    shop = {gate.path: gate for gate in GRAPH.gates["Service/shop"]}
    assert shop["needs", 2].failover == Decimal("0.99")
    tolerated = shop["needs", 5].tolerates
    assert tolerated is not None
    assert tolerated.total_seconds() == 4 * 3600
    assert GRAPH.gates["Asset/kafka"][0].failover == Decimal("0.9")
    assert ("needs", 7) not in shop  # ambiguous: nobody knows what is meant
    assert ("needs", 9) not in shop  # of a kind that nobody can need


STATES = {
    "Service/gone": State.RETIRED,
    "Asset/kafka/c": State.RETIRED,
    "Asset/kafka": State.PRESENT,
    "Service/hints": State.UNKNOWN,
    "Service/nowhere": State.MISSING,
    "Partner/vendor": State.MISSING,
    "Environment/prod": State.MISSING,
    "Service/shop": State.PRESENT,
}


def test_how_much_is_known_of_each() -> None:
    assert {address: GRAPH.nodes[address] for address in STATES} == STATES
    assert "Calendar/24x7" not in GRAPH.nodes
    assert list(GRAPH.nodes) == sorted(GRAPH.nodes)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("kind: Service\nname: a\nlifecycle: pipeline", State.PRESENT),
        ("kind: Service\nname: a\nlifecycle: retiring", State.PRESENT),
        ("kind: Service\nname: a\nlifecycle: retired", State.RETIRED),
        ("kind: Asset\nname: a\nstatus: stock", State.PRESENT),
        ("kind: Asset\nname: a\nstatus: maintenance", State.PRESENT),
        ("kind: Asset\nname: a\nstatus: withdrawn", State.RETIRED),
        ("kind: Asset\nname: a\nstatus: disposed", State.RETIRED),
    ],
)
def test_what_counts_as_no_longer_there(status: str, state: State) -> None:
    assert list(estate(status + "\n").graph.nodes.values()) == [state]


# needs of services by one letter, and the knots
KNOTS: dict[str, tuple[dict[str, str], list[str]]] = {
    "none": ({"a": "b", "b": "c", "c": ""}, []),
    "a pair": ({"a": "b", "b": "a"}, ["a b"]),
    "a ring": ({"a": "b", "b": "c", "c": "a"}, ["a b c"]),
    "two rings that touch are one": ({"a": "b", "b": "a, c", "c": "b"}, ["a b c"]),
    "two rings, one behind the other": ({"a": "b", "b": "a, c", "c": "d", "d": "c"}, ["a b", "c d"]),
    "itself": ({"a": "a"}, []),
    "a soft need": ({"a": "{ref: b, effect: degrades}", "b": "a"}, []),
    "a start order": ({"a": "{ref: b, effect: none}", "b": "a"}, []),
    "a group with a way out": ({"a": "{anyOf: [b, c]}", "b": "a", "c": ""}, []),
    "a group without": ({"a": "{anyOf: [b, c]}", "b": "a", "c": "a"}, ["a b c"]),
    "a group whose way out is missing": ({"a": "{anyOf: [b, x]}", "b": "a"}, ["a b"]),
    "a lone need of what is missing is none": ({"a": "b, x", "b": "a"}, ["a b"]),
    "two of three with one way out": ({"a": "{atLeast: 2, of: [b, c, d]}", "b": "a", "c": "a", "d": ""}, ["a b c"]),
    "two of three with two": ({"a": "{atLeast: 2, of: [b, c, d]}", "b": "a", "c": "", "d": ""}, []),
    "what only hangs on a knot is not in it": ({"a": "b", "b": "a", "c": "a"}, ["a b"]),
    "what a knot hangs on is not in it": ({"a": "b", "b": "a, c", "c": ""}, ["a b"]),
}


@pytest.mark.parametrize("case", KNOTS)
def test_knots_are_what_cannot_start_cold(case: str) -> None:
    needs, wanted = KNOTS[case]
    text = "---\n".join(f"kind: Service\nname: {name}\nneeds: [{needed}]\n" for name, needed in needs.items())
    graph = estate(text).graph
    found = knots(graph)
    assert [" ".join(one.removeprefix("Service/") for one in knot) for knot in found] == wanted
    for knot in found:
        cycle = cycle_within(graph, knot)
        assert cycle[0] == cycle[-1] == min(knot)
        assert set(cycle) <= set(knot)
        for one, other in pairwise(cycle):
            assert any(other in gate.members and gate.effect == "stops" for gate in graph.gates[one])


def test_what_is_retired_is_no_way_out_of_a_knot() -> None:
    text = "kind: Service\nname: a\nneeds: [{anyOf: [b, c]}]\n---\nkind: Service\nname: b\nneeds: [a]\n---\n"
    assert knots(estate(text + "kind: Service\nname: c\n").graph) == []
    assert knots(estate(text + "kind: Service\nname: c\nlifecycle: retired\n").graph) == [("Service/a", "Service/b")]


def test_the_cycle_is_a_shortest_one_and_always_the_same() -> None:
    text = "---\n".join(
        f"kind: Service\nname: {name}\nneeds: [{needed}]\n"
        for name, needed in {"a": "d, c", "b": "a", "c": "b", "d": "b, a"}.items()
    )
    graph = estate(text).graph
    [knot] = knots(graph)
    assert cycle_within(graph, knot) == ["Service/a", "Service/d", "Service/a"]


def test_containments_look_at_the_relations_that_are_asked_for() -> None:
    text = "kind: Asset\nname: a\nrunsOn: b\n---\nkind: Asset\nname: b\npartOf: a\n---\n"
    text += "kind: Team\nname: t\npartOf: u\n---\nkind: Team\nname: u\npartOf: t\n"
    graph = estate(text).graph
    assert containments(graph, (RUNS_ON, PART_OF)) == [("Asset/a", "Asset/b")]
    assert containments(graph, (RUNS_ON,)) == []
    assert containments(graph, (BELONGS_TO, LOCATED_IN)) == [("Team/t", "Team/u")]
