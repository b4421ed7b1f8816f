"""Up, full, must-sets and outcomes against brute force from the definitions, and small known answers by hand."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations, pairwise
from typing import NamedTuple

import pytest
from estates import estate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mofconf.analyses.impact import Mode, impact, lost_redundancy
from mofconf.analyses.must import EVERYTHING, musts
from mofconf.analyses.working import down_alone, working
from mofconf.graph import Graph, State

# --- a description of a small estate, apart from everything that mofconf makes of it -------------------------------


class Need(NamedTuple):
    """One need as a user would write it: ``form`` is name, ref, share, anyOf or atLeast."""

    form: str
    members: tuple[str, ...]
    at_least: int = 1
    effect: str = "stops"
    tolerates: int = 0  # hours; 0: nothing


class Thing(NamedTuple):
    """A service or asset. ``instances`` are names of its instances, with whether each is retired by itself."""

    address: str
    needs: tuple[Need, ...] = ()
    retired: bool = False
    instances: tuple[tuple[str, bool], ...] = ()
    up: int | None = None
    full: int | None = None

    def parts(self) -> list[str]:
        return [f"{self.address}/{name}" for name, _ in self.instances]


def to_yaml(things: Iterable[Thing]) -> str:
    return "---\n".join("".join(f"{line}\n" for line in _lines(thing)) for thing in things)


def _lines(thing: Thing) -> Iterator[str]:
    kind, _, name = thing.address.partition("/")
    gone, here = ("lifecycle: retired", "lifecycle: live")
    if kind == "Asset":
        gone, here = ("status: withdrawn", "status: live")
    yield f"kind: {kind}"
    yield f"name: {name}"
    if thing.retired:
        yield gone
    if thing.needs:
        yield "needs:"
    for need in thing.needs:
        yield f"  - {_written(need)}"
    if thing.instances:
        yield "instances:"
    for instance, retired in thing.instances:
        yield f"  {instance}: {{{gone if retired else here}}}"
    told = {"atLeast": thing.up, "fullAt": thing.full}
    if any(value is not None for value in told.values()):
        yield f"up: {{{', '.join(f'{key}: {value}' for key, value in told.items() if value is not None)}}}"


def _written(need: Need) -> str:
    if need.form == "name":
        return need.members[0]
    fields = {
        "ref": f"ref: {need.members[0]}",
        "share": f"ref: {need.members[0]}, atLeast: {need.at_least}",
        "anyOf": f"anyOf: [{', '.join(need.members)}]",
        "atLeast": f"atLeast: {need.at_least}, of: [{', '.join(need.members)}]",
    }[need.form]
    effect = f", effect: {need.effect}" if need.effect != "stops" else ""
    tolerates = f", tolerates: {need.tolerates}h" if need.tolerates else ""
    return f"{{{fields}{effect}{tolerates}}}"


# --- brute force: the definitions of up and full, word for word -----------------------------------------------------


class Truth:
    """What is up and what is full, as greatest fixpoints, by iterating over sets until nothing changes."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things: dict[str, Thing] = {}
        self.wholes: dict[str, Thing] = {}
        for thing in things:
            if thing.instances:
                self.wholes[thing.address] = thing
                for address, (_, retired) in zip(thing.parts(), thing.instances, strict=True):
                    self.things[address] = Thing(address, thing.needs, retired)
            else:
                self.things[thing.address] = thing
        declared = {*self.things, *self.wholes}
        mentioned = {member for thing in self.things.values() for need in thing.needs for member in need.members}
        self.missing = mentioned - declared
        self.nodes = declared | self.missing
        self.elements = sorted(self.nodes - self.wholes.keys())

    def up(self, failed: Collection[str], lasting: int | None) -> frozenset[str]:
        def works(address: str, good: Collection[str]) -> bool:
            if address in self.wholes:
                whole = self.wholes[address]
                enough = len(whole.instances) if whole.up is None else whole.up
                return sum(part in good for part in whole.parts()) >= enough
            thing = self.things[address]
            return not thing.retired and all(
                self._met(need, good, failed)
                for need in thing.needs
                if need.effect == "stops" and not _tolerated(need, lasting)
            )

        return self._greatest((self.things.keys() | self.wholes.keys()) - set(failed), works)

    def full(self, up: frozenset[str], failed: Collection[str], lasting: int | None) -> frozenset[str]:
        def works(address: str, good: Collection[str]) -> bool:
            if address in self.wholes:
                whole = self.wholes[address]
                enough = len(whole.instances) if whole.full is None else whole.full
                return sum(part in good for part in whole.parts()) >= enough
            for need in self.things[address].needs:
                if _tolerated(need, lasting) or need.effect == "none":
                    continue
                if not self._met(need, good if need.effect == "stops" else up, failed):
                    return False
            return True

        return self._greatest(up, works)

    def must(self, failed: Collection[str], lasting: int | None = None) -> Mapping[str, frozenset[str]]:
        """For everything that is up the single elements whose failure takes it down."""
        before = self.up(failed, lasting)
        found: dict[str, set[str]] = {address: set() for address in before}
        for element in self.elements:
            for address in before - self.up({*failed, element}, lasting):
                found[address].add(element)
        return {address: frozenset(elements) for address, elements in found.items()}

    def _met(self, need: Need, good: Collection[str], failed: Collection[str]) -> bool:
        if need.form in ("name", "ref") or (need.form == "share" and need.members[0] not in self.wholes):
            [target] = need.members
            return target not in failed if target in self.missing else target in good
        members: Iterable[str] = need.members
        if need.form == "share":
            members = self.wholes[need.members[0]].parts()
        return sum(member in good for member in members) >= need.at_least

    @staticmethod
    def _greatest(start: Collection[str], works: object) -> frozenset[str]:
        good = set(start)
        while bad := [address for address in good if not works(address, good)]:  # type: ignore[operator]
            good.difference_update(bad)
        return frozenset(good)


def _tolerated(need: Need, lasting: int | None) -> bool:
    return lasting is not None and need.tolerates > lasting


# --- random estates -------------------------------------------------------------------------------------------------


@st.composite
def estates(draw: st.DrawFn, most: int) -> list[Thing]:
    """Up to ``most`` nodes, instances and missing ones counted."""
    count = draw(st.integers(2, most))
    kinds = draw(st.lists(st.sampled_from(["Service", "Asset"]), min_size=count, max_size=count))
    addresses = [f"{kind}/n{index}" for index, kind in enumerate(kinds)]
    absent = draw(st.integers(0, min(2, count - 2)))
    declared, missing = addresses[: count - absent], addresses[count - absent :]
    wholes: dict[str, int] = {}
    while declared and draw(st.integers(0, 3)) == 0:
        size = draw(st.integers(1, 3))
        if len(declared) <= size + 1:
            break
        # The whole takes the first place, its instances those of the last ones.
        address = next((one for one in declared if one not in wholes), None)
        if address is None:
            break
        wholes[address] = size
        declared = declared[: len(declared) - size]
    wholes = {address: size for address, size in wholes.items() if address in declared}
    targets = [*declared, *missing, *(f"{one}/{'abc'[part]}" for one in wholes for part in range(wholes[one]))]
    things = []
    for address in declared:
        needs = draw(st.lists(needs_of(address, targets, wholes), max_size=3))
        size = wholes.get(address, 0)
        instances = tuple(("abc"[part], draw(st.integers(0, 7)) == 0) for part in range(size))
        up = draw(st.none() | st.integers(1, size)) if size else None
        full = draw(st.none() | st.integers(up or size, size)) if size else None
        retired = not size and draw(st.integers(0, 11)) == 0
        things.append(Thing(address, tuple(needs), retired, instances, up, full))
    return things


@st.composite
def needs_of(draw: st.DrawFn, address: str, targets: list[str], wholes: Mapping[str, int]) -> Need:
    others = [target for target in targets if target != address]
    form = draw(st.sampled_from(["name", "name", "ref", "share", "anyOf", "atLeast", "atLeast"]))
    effect = draw(st.sampled_from(["stops", "stops", "stops", "degrades", "none"]))
    tolerates = draw(st.sampled_from([0, 0, 0, 1, 4]))
    if form == "share" and not [one for one in wholes if one != address]:
        form = "name"
    if form == "name":
        return Need(form, (draw(st.sampled_from(others)),))
    if form == "ref" or len(others) < 2:
        return Need("ref", (draw(st.sampled_from(others)),), 1, effect, tolerates)
    if form == "share":
        whole = draw(st.sampled_from(sorted(one for one in wholes if one != address)))
        return Need(form, (whole,), draw(st.integers(1, wholes[whole])), effect, tolerates)
    members = tuple(draw(st.lists(st.sampled_from(others), min_size=2, max_size=4, unique=True)))
    at_least = 1 if form == "anyOf" else draw(st.integers(1, len(members)))
    return Need(form, members, at_least, effect, tolerates)


def graph_of(things: Iterable[Thing]) -> Graph:
    """The graph of an estate, through the real reading of YAML."""
    workspace = estate(to_yaml(things))
    assert not workspace.catalog.misfits
    assert not workspace.catalog.unreadables
    return workspace.graph


def failure_sets(truth: Truth, seed: int, most: int) -> Iterable[tuple[str, ...]]:
    """All sets of nodes that may fail, or ``most`` of them where there are more."""
    nodes = sorted(truth.nodes)
    every = [chosen for size in range(len(nodes) + 1) for chosen in combinations(nodes, size)]
    return every if len(every) <= most else random.Random(seed).sample(every, most)  # noqa: S311  # a choice of cases


LENGTHS = (None, 2)
"""Hours that an outage lasts. Never the same as what something tolerates, where one might argue."""

property_based = settings(derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def hours(length: int | None) -> timedelta | None:
    return None if length is None else timedelta(hours=length)


def check_working(things: list[Thing], seed: int, most: int) -> None:
    truth, graph = Truth(things), graph_of(things)
    assert set(graph.nodes) == truth.nodes
    assert {address for address, state in graph.nodes.items() if state is State.MISSING} == truth.missing
    for length in LENGTHS:
        for failed in failure_sets(truth, seed, most):
            up = truth.up(failed, length)
            full = truth.full(up, failed, length)
            state = working(graph, failed, hours(length))
            fine = truth.nodes - truth.missing
            assert state.down - truth.missing == fine - up, (failed, length)
            assert state.degraded == up - full, (failed, length)
            assert state.down & truth.missing == truth.missing & set(failed)
            if length is None:
                assert down_alone(graph, failed) == state.down


@settings(property_based, max_examples=120)
@given(estates(7), st.integers())
def test_up_and_full_are_what_the_definitions_say_for_every_set_of_failures(things: list[Thing], seed: int) -> None:
    check_working(things, seed, 128)


@settings(property_based, max_examples=40)
@given(estates(12), st.integers())
def test_up_and_full_are_what_the_definitions_say_in_larger_graphs(things: list[Thing], seed: int) -> None:
    check_working(things, seed, 64)


@settings(property_based, max_examples=2)
@given(estates(10), st.integers())
def test_up_and_full_are_what_the_definitions_say_for_all_of_ten_nodes(things: list[Thing], seed: int) -> None:
    check_working(things, seed, 1024)


@settings(property_based, max_examples=120)
@given(estates(12), st.integers())
def test_what_something_cannot_do_without_is_what_takes_it_down_alone(things: list[Thing], seed: int) -> None:
    truth, graph = Truth(things), graph_of(things)
    for failed in [(), *failure_sets(truth, seed, 6)]:
        for length in LENGTHS:
            wanted = truth.must(failed, length)
            found = musts(graph, failed, hours(length))
            for address in truth.nodes - truth.missing:
                if address in wanted:
                    assert found.of(address) == wanted[address], (address, failed, length)
                    assert found.masks[address] != EVERYTHING
                else:
                    assert found.masks[address] == EVERYTHING, (address, failed, length)


@settings(property_based, max_examples=120)
@given(estates(12), st.integers())
def test_outcomes_are_what_the_definitions_say(things: list[Thing], seed: int) -> None:
    truth, graph = Truth(things), graph_of(things)
    dice = random.Random(seed)  # noqa: S311  # a choice of cases
    for _ in range(4):
        asked = dice.sample(sorted(truth.nodes), dice.randint(1, 2))
        down = dice.sample(sorted(truth.nodes), dice.randint(0, 2))
        for length in LENGTHS:
            wanted = outcomes(truth, asked, down, length)
            found = impact(graph, asked, Mode.OUTAGE, down, hours(length))
            assert {hit.address: hit.outcome for hit in found.hits} == {
                address: outcome for address, (outcome, _) in wanted.items()
            }, (asked, down, length)
            for hit in found.hits:
                if hit.outcome != "down":
                    assert set(hit.risks) == wanted[hit.address][1], (hit, asked, down, length)


def outcomes(
    truth: Truth, asked: Collection[str], down: Collection[str], length: int | None
) -> dict[str, tuple[str, frozenset[str]]]:
    """What happens to each resource, and what further single failure would now take it down and was harmless."""
    failed = {*down, *asked}
    up_before, up_after = truth.up(down, length), truth.up(failed, length)
    full_before = truth.full(up_before, down, length)
    full_after = truth.full(up_after, failed, length)
    must_before, must_after = truth.must(down, length), truth.must(failed, length)
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for address in up_before - set(asked):
        risks = must_after.get(address, frozenset()) - must_before[address]
        if address not in up_after:
            found[address] = ("down", frozenset())
        elif address in full_before and address not in full_after:
            found[address] = ("degraded", risks)
        elif risks:
            found[address] = ("at risk", risks)
    return found


@settings(property_based, max_examples=60)
@given(estates(10), st.integers())
def test_lost_redundancy_is_must_after_minus_must_before(things: list[Thing], seed: int) -> None:
    truth, graph = Truth(things), graph_of(things)
    for failed in failure_sets(truth, seed, 8):
        before, after = truth.must(()), truth.must(failed)
        wanted = {
            address: tuple(sorted(new))
            for address, elements in after.items()
            if (new := elements - before.get(address, frozenset(truth.nodes)))
        }
        # What nobody declares has no redundancy to lose.
        found = lost_redundancy(graph.nodes, musts(graph), musts(graph, failed))
        assert {address: lost for address, lost in found.items() if address not in truth.missing} == wanted


@settings(property_based, max_examples=80)
@given(estates(10), st.integers())
def test_every_reason_leads_back_to_what_failed(things: list[Thing], seed: int) -> None:
    truth, graph = Truth(things), graph_of(things)
    for failed in failure_sets(truth, seed, 12):
        anyway = working(graph).down | working(graph).degraded
        for hit in impact(graph, failed).hits:
            if hit.outcome not in ("down", "degraded"):
                continue
            assert hit.why, hit
            assert hit.why[0].source == hit.address
            for step, following in pairwise(hit.why):
                assert following.source in step.targets
            last = hit.why[-1].targets
            assert set(last) & ({*failed} | anyway | truth.missing), (hit, failed)


# --- known answers, by hand -----------------------------------------------------------------------------------------

CHAIN = """
kind: Service
name: shop
needs: [api]
---
kind: Service
name: api
needs: [db]
---
kind: Asset
name: db
"""

KNOT = """
kind: Service
name: api
needs: [auth, db]
---
kind: Service
name: auth
needs: [api]
---
kind: Asset
name: db
"""

PAIR = """
kind: Service
name: shop
needs: [{anyOf: [a, b]}]
---
kind: Asset
name: a
---
kind: Asset
name: b
"""

PAIR_WITH_A_GAP = """
kind: Service
name: shop
needs: [{anyOf: [a, nowhere]}]
---
kind: Asset
name: a
"""

TWO_OF_THREE_WITH_A_GAP = """
kind: Service
name: shop
needs: [{atLeast: 2, of: [a, b, nowhere]}]
---
kind: Asset
name: a
---
kind: Asset
name: b
"""

LONE_GAP = """
kind: Service
name: shop
needs: [nowhere]
"""

SHARE_OF_A_GAP = """
kind: Service
name: shop
needs: [{ref: nowhere, atLeast: 2}]
"""

SHARE_OF_A_BROKEN_ONE = """
kind: Service
name: shop
needs: [{ref: kafka, atLeast: 2}]
---
kind: Asset
name: kafka
nonsense: true
instances: {a: {}, b: {}, c: {}}
"""

SOFT = """
kind: Service
name: shop
needs:
  - {ref: recommendations, effect: degrades}
  - {ref: telemetry, effect: none}
---
kind: Service
name: recommendations
---
kind: Service
name: telemetry
"""

SOFT_AND_BEYOND = """
kind: Service
name: front
needs: [shop]
---
kind: Service
name: shop
needs: [{ref: recommendations, effect: degrades}]
---
kind: Service
name: recommendations
needs: [{ref: pictures, effect: degrades}]
---
kind: Service
name: pictures
"""

PATIENT = """
kind: Service
name: shop
needs: [{ref: tax, tolerates: 4h}]
---
kind: Service
name: tax
"""

MANY = """
kind: Service
name: strict
needs: [kafka]
---
kind: Service
name: content
needs: [{ref: kafka, atLeast: 1}]
---
kind: Asset
name: kafka
instances: {a: {}, b: {}, c: {}}
up: {atLeast: 2, fullAt: 3}
"""

MANY_WITH_SPARE = MANY.replace("fullAt: 3", "fullAt: 2")

RETIRED = """
kind: Service
name: shop
needs: [{anyOf: [old, new]}]
---
kind: Service
name: legacy-shop
needs: [old]
---
kind: Service
name: old
lifecycle: retired
---
kind: Service
name: new
"""

SITES = """
kind: Service
name: shop
needs: [{anyOf: [a, b]}]
---
kind: Asset
name: a
runsOn: host-1
---
kind: Asset
name: b
partOf: host-2
---
kind: Asset
name: host-1
location: rack-1
---
kind: Asset
name: host-2
location: rack-2
---
kind: Location
name: rack-1
partOf: dc
---
kind: Location
name: rack-2
partOf: dc
---
kind: Location
name: dc
"""

# estate, what fails (an h behind a number: for so long), what is down then, what is degraded then
WORKING: dict[str, tuple[str, str, str, str]] = {
    "a chain breaks at its end": (CHAIN, "Asset/db", "Asset/db Service/api Service/shop", ""),
    "a chain breaks only above": (CHAIN, "Service/api", "Service/api Service/shop", ""),
    "a knot stands by itself": (KNOT, "", "", ""),
    "a knot falls with what it needs": (KNOT, "Asset/db", "Asset/db Service/api Service/auth", ""),
    "a knot falls with one of its own": (KNOT, "Service/auth", "Service/api Service/auth", ""),
    "one of two is enough": (PAIR, "Asset/a", "Asset/a", ""),
    "none of two is not": (PAIR, "Asset/a Asset/b", "Asset/a Asset/b Service/shop", ""),
    "a missing member counts as down": (PAIR_WITH_A_GAP, "Asset/a", "Asset/a Service/shop", ""),
    "a group with a missing member still works": (PAIR_WITH_A_GAP, "", "", ""),
    "a group keeps its size": (TWO_OF_THREE_WITH_A_GAP, "Asset/b", "Asset/b Service/shop", ""),
    "a lone missing need is unknown, and taken as up": (LONE_GAP, "", "", ""),
    "a lone missing need can fail": (LONE_GAP, "Service/nowhere", "Service/nowhere Service/shop", ""),
    "instances of what is missing are unknown too": (SHARE_OF_A_GAP, "", "", ""),
    "instances of what is missing can fail": (
        SHARE_OF_A_GAP,
        "Service/nowhere",
        "Service/nowhere Service/shop",
        "",
    ),
    "instances of what does not fit are unknown too": (SHARE_OF_A_BROKEN_ONE, "", "", ""),
    "a soft need degrades": (SOFT, "Service/recommendations", "Service/recommendations", "Service/shop"),
    "effect none carries nothing": (SOFT, "Service/telemetry", "Service/telemetry", ""),
    "what is degraded degrades whoever needs it hard": (
        SOFT_AND_BEYOND,
        "Service/recommendations",
        "Service/recommendations",
        "Service/front Service/shop",
    ),
    "what is only degraded degrades nobody softly": (
        SOFT_AND_BEYOND,
        "Service/pictures",
        "Service/pictures",
        "Service/recommendations",
    ),
    "a short outage is tolerated": (PATIENT, "2h Service/tax", "Service/tax", ""),
    "a long outage is not": (PATIENT, "5h Service/tax", "Service/shop Service/tax", ""),
    "an outage is unbounded unless said": (PATIENT, "Service/tax", "Service/shop Service/tax", ""),
    "below fullAt it is degraded": (MANY, "Asset/kafka/a", "Asset/kafka/a", "Asset/kafka Service/strict"),
    "at fullAt it is not": (MANY_WITH_SPARE, "Asset/kafka/a", "Asset/kafka/a", ""),
    "below atLeast it is down, but for those content with fewer": (
        MANY,
        "Asset/kafka/a Asset/kafka/b",
        "Asset/kafka Asset/kafka/a Asset/kafka/b Service/strict",
        "",
    ),
    "without instances nobody is content": (
        MANY,
        "Asset/kafka/a Asset/kafka/b Asset/kafka/c",
        "Asset/kafka Asset/kafka/a Asset/kafka/b Asset/kafka/c Service/content Service/strict",
        "",
    ),
    "a retired one counts as down": (RETIRED, "", "Service/legacy-shop Service/old", ""),
    "a retired one is no second leg": (
        RETIRED,
        "Service/new",
        "Service/legacy-shop Service/new Service/old Service/shop",
        "",
    ),
    "a rack takes what stands in it": (SITES, "Location/rack-1", "Asset/a Asset/host-1 Location/rack-1", ""),
    "a site takes everything": (
        SITES,
        "Location/dc",
        "Asset/a Asset/b Asset/host-1 Asset/host-2 Location/dc Location/rack-1 Location/rack-2 Service/shop",
        "",
    ),
}


@pytest.mark.parametrize("case", WORKING)
def test_what_works_and_what_does_not(case: str) -> None:
    text, failing, down, degraded = WORKING[case]
    words = failing.split()
    length = timedelta(hours=int(words.pop(0)[:-1])) if words and words[0][:-1].isdigit() else None
    state = working(estate(text).graph, words, length)
    assert (" ".join(sorted(state.down)), " ".join(sorted(state.degraded))) == (down, degraded)


# estate, resource, its single points of failure
MUSTS: dict[str, tuple[str, str, str]] = {
    "everything in a chain": (CHAIN, "Service/shop", "Asset/db Service/api Service/shop"),
    "everything in a knot": (KNOT, "Service/auth", "Asset/db Service/api Service/auth"),
    "only itself behind a pair": (PAIR, "Service/shop", "Service/shop"),
    "the other one beside a gap": (PAIR_WITH_A_GAP, "Service/shop", "Asset/a Service/shop"),
    "both beside a gap of three": (TWO_OF_THREE_WITH_A_GAP, "Service/shop", "Asset/a Asset/b Service/shop"),
    "a lone gap": (LONE_GAP, "Service/shop", "Service/nowhere Service/shop"),
    "nothing that is soft": (SOFT, "Service/shop", "Service/shop"),
    "the common cause of two legs": (SITES, "Service/shop", "Location/dc Service/shop"),
    "no instance of two of three, and not their sum": (MANY, "Service/strict", "Service/strict"),
    "the other leg beside a retired one": (RETIRED, "Service/shop", "Service/new Service/shop"),
    "nothing of what is down anyway": (RETIRED, "Service/legacy-shop", ""),
}


@pytest.mark.parametrize("case", MUSTS)
def test_single_points_of_failure(case: str) -> None:
    text, address, wanted = MUSTS[case]
    assert " ".join(sorted(musts(estate(text).graph).of(address))) == wanted


def hits(text: str, asked: str, mode: Mode, lasting: timedelta | None = None) -> list[str]:
    found = impact(estate(text).graph, asked.split(), mode, lasting=lasting)
    return [" ".join((hit.outcome, hit.address, *hit.risks)) for hit in found.hits]


AGREED = """
kind: Service
name: shop
owner: sales
customers: [acme]
needs: [db, {ref: telemetry, effect: none}, {ref: hints, effect: degrades}]
---
kind: Service
name: hints
---
kind: Service
name: telemetry
---
kind: Asset
name: db
supplier: vendor
---
kind: Partner
name: vendor
---
kind: Team
name: sales
members: [ana]
---
kind: Person
name: ana
---
kind: Customer
name: acme
---
kind: SLA
name: shop-acme
service: shop
---
kind: OLA
name: db-care
team: sales
supports: [db]
"""

IMPACT: dict[str, tuple[str, str, Mode, list[str]]] = {
    "redundancy is lost": (PAIR, "Asset/a", Mode.OUTAGE, ["at risk Service/shop Asset/b"]),
    "redundancy is lost to a common cause": (
        SITES,
        "Asset/host-1",
        Mode.OUTAGE,
        ["down Asset/a", "at risk Service/shop Asset/b Asset/host-2 Location/rack-2"],
    ),
    "degraded says what is now at risk": (
        MANY,
        "Asset/kafka/a",
        Mode.OUTAGE,
        [
            "degraded Asset/kafka Asset/kafka/b Asset/kafka/c",
            "degraded Service/strict Asset/kafka/b Asset/kafka/c",
        ],
    ),
    "an outage tells those who have a stake": (
        AGREED,
        "Asset/db",
        Mode.OUTAGE,
        [
            "down Service/shop",
            "recomputed OLA/db-care",
            "recomputed SLA/shop-acme",
            "notified Customer/acme",
            "notified Partner/vendor",
            "notified Team/sales",
        ],
    ),
    "a change exposes": (
        AGREED,
        "Service/hints",
        Mode.CHANGE,
        [
            "exposed Service/shop",
            "recomputed SLA/shop-acme",
            "notified Customer/acme",
            "notified Team/sales",
        ],
    ),
    "a change does not flow along effect none": (AGREED, "Service/telemetry", Mode.CHANGE, []),
    "a removal leaves even a start order hanging": (
        AGREED,
        "Service/telemetry",
        Mode.REMOVAL,
        [
            "broken Service/shop",
            "recomputed SLA/shop-acme",
            "notified Customer/acme",
            "notified Team/sales",
        ],
    ),
    "a removed person leaves a vacancy": (AGREED, "Person/ana", Mode.REMOVAL, ["vacant Team/sales"]),
    "a removed team leaves a vacancy": (
        AGREED,
        "Team/sales",
        Mode.REMOVAL,
        ["broken OLA/db-care", "vacant Service/shop", "notified Person/ana"],
    ),
}


@pytest.mark.parametrize("case", IMPACT)
def test_impact(case: str) -> None:
    text, asked, mode, wanted = IMPACT[case]
    assert hits(text, asked, mode) == wanted


def test_an_outage_that_everybody_tolerates_takes_no_redundancy() -> None:
    text = PAIR.replace("{anyOf: [a, b]}", "{anyOf: [a, b], tolerates: 4h}")
    assert hits(text, "Asset/a", Mode.OUTAGE, timedelta(hours=2)) == []
    assert hits(text, "Asset/a", Mode.OUTAGE, timedelta(hours=5)) == ["at risk Service/shop Asset/b"]
