"""Fault trees against published figures, and against their truth tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mofconf.analyses.dependability.diagrams import BudgetError
from mofconf.analyses.dependability.fault_tree import CircleError, FaultTree, Formula, Term, UndefinedError
from mofconf.analyses.dependability.open_psa import read
from mofconf.analyses.dependability.open_psa_writing import written
from mofconf.analyses.dependability.top_event import NotCoherentError, TopEvent

# The published table: minimal cut sets, and the probability of the top event to six digits.
ARALIA = {
    "chinese": (392, 1.17058e-3),
    "baobab1": (46_188, 1.01708e-4),
    "baobab2": (4_805, 7.13018e-4),
    "das9201": (14_217, 1.34237e-2),
    "das9209": (82_000_000_000, 1.058e-13),
    "edf9205": (21_308, 2.09351e-1),
    "isp9602": (5_197_647, 1.72447e-2),
    "isp9605": (5_630, 1.37171e-5),
    "isp9606": (1_776, 5.43174e-2),
    "elf9601": (151_348, 9.66291e-2),
    "ftr10": (305, 4.48677e-1),
    "edfpa15r": (26_549, 1.8975e-2),
}


@pytest.mark.parametrize("name", ARALIA)
def test_published_trees(fixtures: Path, name: str) -> None:
    found = read((fixtures / "aralia" / f"{name}.xml").read_bytes())
    assert found.tree is not None
    top = TopEvent(found.tree)
    cuts, probability = ARALIA[name]
    assert sum(top.counts()) == cuts
    assert top.probability() == pytest.approx((probability, probability), rel=5e-6)


def test_the_whole_published_folder_is_in_the_table(fixtures: Path) -> None:
    assert {path.stem for path in (fixtures / "aralia").glob("*.xml")} == set(ARALIA)


# Truth tables.

EVENTS = {"a": 0.5, "b": 0.25, "c": 0.125, "d": 1e-9, "e": 0.0, "f": 1.0}
HOUSES = {"on": True, "off": False}


@st.composite
def trees(draw: st.DrawFn, kinds: tuple[str, ...]) -> FaultTree:
    """Random trees; a gate names only gates that come after it."""
    names = [f"g{number}" for number in range(draw(st.integers(1, 6)))]
    gates = {
        name: draw(terms([*names[index + 1 :], *EVENTS, *HOUSES], kinds, depth=2)) for index, name in enumerate(names)
    }
    return FaultTree("g0", gates, EVENTS, HOUSES)


@st.composite
def terms(draw: st.DrawFn, names: list[str], kinds: tuple[str, ...], depth: int) -> Term:
    kind = draw(st.sampled_from([*kinds, "name", "name", "constant"])) if depth else "name"
    if kind == "name":
        return draw(st.sampled_from(names))
    if kind == "constant":
        return draw(st.booleans())
    most = {"not": 1, "xor": 2}.get(kind, 4)
    inner = terms(names, kinds, depth - 1)
    parts = tuple(draw(st.lists(inner, min_size=min(2, most), max_size=most)))
    return Formula(kind, parts, draw(st.integers(0, len(parts))) if kind == "atleast" else 0)


def happens(term: Term, tree: FaultTree, failed: frozenset[str]) -> bool:
    if isinstance(term, bool):
        return term
    if isinstance(term, str):
        return happens(tree.gates[term], tree, failed) if term in tree.gates else term in failed or term == "on"
    found = [happens(one, tree, failed) for one in term.terms]
    least = {"or": 1, "and": len(found)}.get(term.kind, term.least)
    return not found[0] if term.kind == "not" else sum(found) % 2 == 1 if term.kind == "xor" else sum(found) >= least


def worlds() -> Iterator[frozenset[str]]:
    for size in range(len(EVENTS) + 1):
        yield from map(frozenset, combinations(EVENTS, size))


def weight(failed: frozenset[str]) -> float:
    return prod(chance if name in failed else 1 - chance for name, chance in EVENTS.items())


@given(trees(("and", "or", "atleast", "not", "xor")))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_trees_agree_with_their_truth_tables(tree: FaultTree) -> None:
    bad = {failed for failed in worlds() if happens("g0", tree, failed)}
    top = TopEvent(tree)
    expected = sum(map(weight, bad))
    assert top.probability() == pytest.approx((expected, expected), rel=1e-12, abs=1e-30)
    assert top.coherent == all(failed | {one} in bad for failed in bad for one in EVENTS)
    if not top.coherent:
        with pytest.raises(NotCoherentError, match="may prevent"):
            top.counts()
        return
    minimal = {failed for failed in bad if not any(failed - {one} in bad for one in failed)}
    assert {frozenset(found) for found in top.cuts(len(EVENTS))} == minimal
    assert {frozenset(found) for found in top.cuts(1)} == {found for found in minimal if len(found) < 2}
    assert dict(enumerate(top.counts())) == {
        size: sum(len(found) == size for found in minimal) for size in range(len(top.counts()))
    }


@given(trees(("and", "or", "atleast", "not", "xor")))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_reads_the_same(tree: FaultTree) -> None:
    assert read(written(tree, "a <tree> & more"), top="g0") == (tree, ())


@given(trees(("and", "or", "atleast")), st.sets(st.sampled_from(sorted(EVENTS)), max_size=3))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_events_without_a_probability_give_bounds(tree: FaultTree, unknown: set[str]) -> None:
    chances = dict.fromkeys(unknown, None)
    each = [
        TopEvent(tree._replace(events={**EVENTS, **dict(zip(unknown, values, strict=True))})).probability().low
        for values in product((0.0, 1.0), repeat=len(unknown))
    ]
    found = TopEvent(tree._replace(events={**EVENTS, **chances})).probability()
    assert found == pytest.approx((min(each), max(each)), rel=1e-12, abs=1e-30)


def test_small_probabilities_keep_their_digits() -> None:
    tree = FaultTree("top", {"top": Formula("and", ("a", "b"))}, {"a": 3e-11, "b": 7e-13})
    assert TopEvent(tree).probability() == pytest.approx((2.1e-23, 2.1e-23), rel=1e-15, abs=0)


def test_coherent_is_what_a_tree_means_not_how_it_is_written() -> None:
    neither = Formula("not", (Formula("and", (Formula("not", ("a",)), Formula("not", ("b",)))),))
    top = TopEvent(FaultTree("top", {"top": neither}, {"a": 0.1, "b": 0.1}))
    assert sorted(top.cuts(2)) == [("a",), ("b",)]


def test_a_budget_that_is_too_small_is_said() -> None:
    pairs = Formula("or", tuple(Formula("and", (f"a{n}", f"b{n}")) for n in range(20)))
    tree = FaultTree("top", {"top": pairs}, {f"{side}{n}": 0.1 for side in "ab" for n in range(20)})
    assert TopEvent(tree).probability() == pytest.approx([1 - 0.99**20] * 2, rel=1e-12)
    with pytest.raises(BudgetError):
        TopEvent(tree, budget=32)


def test_circles_and_loose_ends_are_named() -> None:
    circle = FaultTree("a", {"a": "b", "b": Formula("or", (Formula("not", ("c",)), "x")), "c": "b"}, {"x": 0.5})
    with pytest.raises(CircleError) as error:
        TopEvent(circle)
    assert error.value.circle == ("b", "c")
    with pytest.raises(UndefinedError, match="gate a names y"):
        TopEvent(FaultTree("a", {"a": "y"}, {}))
    with pytest.raises(UndefinedError, match="there is no gate b"):
        TopEvent(FaultTree("b", {}, {"b": 1.0}))


def test_a_tree_of_twenty_thousand_gates_takes_no_stack() -> None:
    deep = {f"g{n}": Formula("or", (f"g{n + 1}", f"g{n + 1}")) for n in range(20_000)}
    tree = FaultTree("g0", {**deep, "g20000": "a"}, {"a": 0.25})
    assert TopEvent(tree).probability() == (0.25, 0.25)
