"""What is exported for other fault tree programs: it means the same, and they can read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from commands import run
from estates import estate, load_files
from hypothesis import HealthCheck, given, settings
from test_dependability import CASES, estate_of, estates
from truth import Thing

from mofconf.analyses.dependability import unrolling
from mofconf.analyses.dependability.fault_tree import FaultTree
from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.open_psa import read
from mofconf.analyses.dependability.open_psa_writing import written
from mofconf.analyses.dependability.structure import View, structure
from mofconf.analyses.dependability.study import Study
from mofconf.analyses.dependability.top_event import TopEvent
from mofconf.analyses.dependability.unrolling import TooKnottedError, unrolled
from mofconf.workspace import Workspace


def tree_of(workspace: Workspace, view: View) -> FaultTree:
    inputs = Inputs(workspace.catalog, workspace.graph)
    found = structure(inputs.graph, [view])
    return unrolled(found, view, inputs.chances(found.events))


def check(workspace: Workspace, addresses: Sequence[str]) -> None:
    """What is exported, read back, gives 1 less the availability; and it is such as other programs take it.

    Where the availability is only known within bounds, what is read back has to be within them.
    """
    study = Study(workspace.catalog, workspace.graph, addresses)
    for address in addresses:
        for full, available in ((False, study.up(address)), (True, study.full(address))):
            tree = tree_of(workspace, View(address, full=full))
            text = written(tree, address)
            assert_others_take_it(text)
            found = read(text)
            assert found.tree is not None, found.problems
            probability = TopEvent(found.tree).probability()
            if available.exact:
                assert probability == pytest.approx([1 - available.low] * 2, abs=1e-12)
            else:
                assert probability.low > 1 - available.high - 1e-12
                assert probability.high < 1 - available.low + 1e-12


def assert_others_take_it(text: str) -> None:
    """The parts of the published schema, and of what programs say they ask beyond it, that a tree could break."""
    root = ET.fromstring(text)  # noqa: S314  # it is our own
    assert [one.tag for one in root] == ["define-fault-tree", "model-data"]
    defined = [one for one in root.iter() if one.tag.startswith("define-")]
    names = [one.attrib["name"] for one in defined]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) for name in names)
    kinds = {one.attrib["name"]: one.tag.removeprefix("define-") for one in defined}
    for one in root.iter():
        inner = [part for part in one if part.tag not in ("label", "attributes")]
        if one.tag in ("and", "or", "atleast"):
            assert len({ET.tostring(part) for part in inner}) == len(inner) >= 2
        if one.tag == "atleast":
            assert 2 <= int(one.attrib["min"]) < len(inner)
        if one.tag == "define-gate":
            assert len(inner) == 1
        if one.tag in ("gate", "basic-event", "house-event"):
            assert kinds[one.attrib["name"]] == one.tag
        if one.tag == "label":
            assert (one.text or "").strip()
    used = {one.attrib["name"] for one in root.iter() if one.tag in ("gate", "basic-event", "house-event")}
    assert len(set(names) - used) == 2  # the tree and its top


@pytest.mark.parametrize("case", CASES)
def test_exported_figures(case: str) -> None:
    check(estate_of(CASES[case][1]), ["Service/s"])


@given(estates(things=8, tolerant=False))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_exported_estates_agree_with_their_availability(things: list[Thing]) -> None:
    check_all(things)


@given(estates(things=5, tolerant=True))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_exported_estates_that_tolerate_outages_do_too(things: list[Thing]) -> None:
    check_all(things)


def check_all(things: list[Thing]) -> None:
    workspace = estate("---\n".join(thing.written() for thing in things))
    check(workspace, [f"{'Service' if thing.name.startswith('s') else 'Asset'}/{thing.name}" for thing in things])


def test_the_reference_catalogue(reference: Workspace) -> None:
    services = [address for address in reference.catalog.entries if address.startswith("Service/")]
    check(reference, services[::4])  # all would take ten seconds, and need mostly the same


@pytest.fixture(scope="module")
def reference(root: Path) -> Workspace:
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in [root / "mofconf.yaml", *sorted((root / "catalog").rglob("*.yaml"))]
    }
    return load_files(files)


KNOTS: Mapping[str, int] = {  # how things need each other, and the gates of the tree
    "s: a, a: s": 4,
    "s: a, a: b, b: s": 6,
    "s: a b, a: s, b: s": 6,
    "s: a b, a: b s, b: a s": 9,
    "s: a, a: b, b: a": 5,
    "s: a": 2,
}


@pytest.mark.parametrize("knot", KNOTS)
def test_a_knot_costs_as_many_rounds_as_it_is_gone_back_in(knot: str) -> None:
    needs = dict(part.split(": ") for part in knot.split(", "))
    names = sorted({name for one in needs.items() for name in " ".join(one).split()})
    lines = [f"{n} | 90% | needs: [{', '.join(needs.get(n, '').split())}]" for n in names]
    workspace = estate_of("\n".join(lines))
    check(workspace, ["Service/s"])
    assert len(tree_of(workspace, View("Service/s")).gates) <= KNOTS[knot]


def test_a_knot_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"a{number}" for number in range(10)]
    workspace = estate_of("\n".join(f"{one} | 90% | needs: [{', '.join({*names} - {one})}]" for one in names))
    assert len(tree_of(workspace, View("Asset/a0")).gates) <= 100
    monkeypatch.setattr(unrolling, "MOST_GATES", 90)
    with pytest.raises(TooKnottedError, match="and 9 others need each other"):
        tree_of(workspace, View("Asset/a0"))


def test_a_member_that_is_named_twice_counts_twice() -> None:
    check(estate_of("s | 100% | needs: [{atLeast: 2, of: [a, a, b, c]}]\na | 90%\nb | 80%\nc | 70%"), ["Service/s"])


def test_names_that_others_would_take_for_the_same_are_kept_apart() -> None:
    workspace = estate_of("s | 99% | needs: [a-1, A_1, a.1]\na-1 | 98%\nA_1 | 97%\na.1 | 96%")
    check(workspace, ["Service/s"])
    assert "Asset_A_1_fails_2" in tree_of(workspace, View("Service/s")).events


def test_what_nobody_states_has_no_probability_and_a_note_says_so(tmp_path: Path) -> None:
    (tmp_path / "mofconf.yaml").write_text("apiVersion: mofconf/v1\nkind: Project\nname: test\n")
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(
        "kind: Service\nname: s\navailability: 99%\nneeds: [{anyOf: [a, b]}]\n---\nkind: Asset\nname: a\n---\n"
        "kind: Asset\nname: b\navailability: {low: 90%, high: 99%}\n"
    )
    said = run("export", "open-psa", "Service/s", "-C", tmp_path, code=0)
    found = read(said.out).tree
    assert found is not None
    assert found.events == {"Service_s_fails": 0.01, "Asset_a_fails": None, "Asset_b_fails": None}
    assert "2 events without a probability" in said.err
    assert '"Asset/a itself fails"' in said.err
    assert "between 0.9 and 0.99" in said.out


def test_the_command_writes_a_file_and_refuses_what_is_no_tree(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "tree.xml"
    run("export", "open-psa", "Service/checkout", "-C", root, "-o", file, code=0)
    assert read(file.read_bytes()).tree is not None
    wrong = {
        ("kind=Service",): "export wants one service, asset or location, and kind=Service matches",
        ("kind=Team,name=nobody",): "nothing matches kind=Team,name=nobody",
        ("Service/checkout", "-o", "json"): "here -o names a file",
        ("Service/nowhere",): "there is no Service/nowhere",
    }
    for arguments, message in wrong.items():
        assert message in run("export", "open-psa", *arguments, "-C", root, code=2).err
    team = next(path.stem for path in sorted((root / "catalog" / "team").glob("*.yaml")))
    refused = run("export", "open-psa", f"Team/{team}", "-C", root, code=2).err
    assert "export wants a service, an asset or a location" in refused


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "mofconf.yaml").write_text("apiVersion: mofconf/v1\nkind: Project\nname: test\n")
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text("kind: Service\nname: s\navailability: 99%\n")
    (tmp_path / "catalog" / "b.yaml").write_text("kind: Service\nname: [\n")
    said = run("export", "open-psa", "Service/s", "-C", tmp_path, code=1)
    assert "mofconf: error: catalog/b.yaml" in said.err
    assert read(said.out).tree is not None
