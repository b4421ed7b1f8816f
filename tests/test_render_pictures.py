"""Graphs as pictures: Mermaid within its limits, Graphviz and GraphML in full, whatever the names are."""

from __future__ import annotations

import io
import re

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.samples import GRAPH, HOSTILE

from mofconf.render import FORMATS, Screen
from mofconf.render.mermaid import flowchart
from mofconf.render.visible import visible
from mofconf.report import Branch, Line, Node, Picture, Report, Tone

PIPE = Screen(width=None, colour=False)
NODE = re.compile(r'^ +(n\d+|more)\["([^"]*)"\](?::::[a-z]+)?$')
GROUP = re.compile(r'^  subgraph g\d+\["([^"]*)"\]$')
EDGE = re.compile(r'^  (n\d+) (-->|-\.->)(?:\|"([^"]*)"\|)? (n\d+)$')
STYLE = re.compile(r"^  classDef [a-z]+ [a-z0-9#:,-]+$")


def read(text: str) -> tuple[dict[str, str], list[tuple[str, str, str, str]]]:
    """The nodes and edges of a flow chart, every line of which has to be one of the five that we write."""
    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    nodes, edges = {}, []
    for line in lines:
        if node := NODE.match(line):
            assert node[1] not in nodes
            nodes[node[1]] = label(node[2])
        elif edge := EDGE.match(line):
            edges.append((nodes[edge[1]], edge[2], label(edge[3] or ""), nodes[edge[4]]))
        elif group := GROUP.match(line):
            label(group[1])
        else:
            assert line == "  end" or STYLE.match(line), line
    return nodes, edges


def label(text: str) -> str:
    """The characters that Mermaid shows. Whatever it could understand has to be a code."""
    assert not re.search(r"[^\w\s/.()#;\x80-\U0010ffff-]|_|^\d+[.)]|^[-+*]", text), text
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def estate(size: int, groups: int = 2, fan: int = 3) -> Picture:
    return Picture(
        tuple(Node(f"Service/s-{n}", f"s-{n}", f"group {n % groups}") for n in range(size)),
        tuple(Line(f"Service/s-{n}", f"Service/s-{(n * 7 + m) % size}") for n in range(size) for m in range(fan)),
    )


def test_a_small_graph_is_drawn_in_full() -> None:
    nodes, edges = read(flowchart(GRAPH.picture))
    assert set(nodes.values()) == {"Checkout", "Orders (primary)", "PSP A", "PSP B", "any of", "Telemetry"}
    assert ("Checkout", "-.->", "start order", "Telemetry") in edges
    assert ("any of", "-->", "first", "PSP A") in edges
    assert len(edges) == 5


@pytest.mark.parametrize("groups", [1, 2, 8, 9, 200])
@pytest.mark.parametrize("size", [59, 60, 61, 68, 300])
@pytest.mark.parametrize("fan", [0, 1, 3])
def test_a_large_graph_keeps_the_limits_and_says_what_is_hidden(size: int, groups: int, fan: int) -> None:
    nodes, edges = read(flowchart(estate(size, groups, fan)))
    assert len(nodes) <= 60
    assert len(edges) <= 100
    shown = [name for name in nodes.values() if name.startswith("s-")]
    hidden = [
        int(found[1].replace(",", "")) for name in nodes.values() if (found := re.match(r"^\+([\d,]+) more$", name))
    ]
    assert len(shown) + sum(hidden) == size
    assert len(shown) >= min(size, 51)
    if fan and not hidden:
        missing = [re.match(r"^\+([\d,]+) more edges$", name) for name in nodes.values()]
        assert len(edges) + sum(int(found[1].replace(",", "")) for found in missing if found) == size * fan


def test_what_is_said_to_be_bad_is_never_hidden() -> None:
    picture = estate(300)
    bad = Node("Service/alone", "alone", tone=Tone.BAD)
    nodes, _ = read(flowchart(picture._replace(nodes=(*picture.nodes, bad))))
    assert "alone" in nodes.values()


def test_hidden_ends_of_lines_lead_to_the_node_that_stands_for_them() -> None:
    star = Picture((), tuple(Line("hub", f"leaf-{n}", soft=n % 2 == 0) for n in range(100)))
    nodes, edges = read(flowchart(star))
    assert len(nodes) == 60  # of 101: the hub, 58 leaves, and one for the other 42
    assert ("hub", "-->", "", "+42 more") in edges


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=300), max_size=70))
def test_any_label_is_drawn_as_it_is(names: list[str]) -> None:
    picture = Picture(
        tuple(Node(str(n), name, name) for n, name in enumerate(names)), (Line("0", "1", "".join(names)),)
    )
    text = flowchart(picture)
    nodes, _ = read(text)
    assert len(text.encode("utf-16-le")) < 100_000
    for name in names[:2] if len(names) < 50 else ():
        assert any(drawn.rstrip("…") in visible(name) for drawn in nodes.values())


def test_the_worst_labels_stay_below_the_limit_of_mermaid() -> None:
    nodes = tuple(Node(str(n), "|" * 999, f"{n}" + "|" * 999) for n in range(60))
    lines = tuple(Line(str(n % 60), str(n // 60), "|" * 999) for n in range(100))
    assert len(flowchart(Picture(nodes, lines))) < 50_000


DOT = re.compile(r'"(?:[^"\\]|\\["\\])*"|->|[\w.#]+|[{}\[\]=,;]')


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5))
def test_dot_is_nothing_but_tokens_of_its_grammar(names: list[tuple[str, str, str]]) -> None:
    picture = Picture(tuple(Node(*name) for name in names), tuple(Line(one[0], one[1], one[2]) for one in names))
    text = FORMATS["dot"](Report("graph", "", picture=picture), PIPE)
    assert DOT.sub("", text).split() == []
    assert text.count("\n") == len(text.splitlines())
    strings = {found[1:-1].replace('\\"', '"').replace("\\\\", "\\") for found in DOT.findall(text) if found[0] == '"'}
    assert {visible(one[0]) for one in names} - strings == set()


def test_dot_draws_soft_edges_dashed_and_groups_as_clusters() -> None:
    text = FORMATS["dot"](GRAPH, PIPE)
    assert '"Service/checkout" -> "Service/telemetry" [label="start order", style=dashed];' in text
    assert text.count("subgraph cluster_") == 2


@pytest.mark.parametrize("report", [GRAPH, HOSTILE, Report("graph", "")], ids=["graph", "hostile", "empty"])
def test_networkx_reads_the_graphml(report: Report) -> None:
    graph = nx.read_graphml(io.BytesIO(FORMATS["graphml"](report, PIPE).encode()))
    picture = report.picture or Picture()
    assert {name: values["label"] for name, values in graph.nodes(data=True)} == {
        visible(node.id): visible(node.label) for node in picture.nodes
    }
    assert {(source, target) for source, target in graph.edges()} == {
        (visible(line.source), visible(line.target)) for line in picture.lines
    }


def test_networkx_reads_what_edges_and_nodes_say() -> None:
    graph = nx.read_graphml(io.BytesIO(FORMATS["graphml"](GRAPH, PIPE).encode()))
    assert graph.edges["Service/checkout", "Service/telemetry"] == {"label": "start order", "soft": True}
    assert graph.nodes["Service/checkout"] == {"label": "Checkout", "group": "Service"}
    assert "group" not in graph.nodes["gate-1"]


@settings(deadline=None)
@given(st.text(min_size=1), st.text())
def test_graphml_is_xml_whatever_the_names(name: str, other: str) -> None:
    picture = Picture((Node(name, other, other),), (Line(name, other, name),))
    text = FORMATS["graphml"](Report("graph", "", picture=picture), PIPE)
    assert len(nx.read_graphml(io.BytesIO(text.encode()))) == len({visible(name), visible(other)})


def test_a_tree_hangs_on_lines() -> None:
    tree = Report("x", "", trees=(Branch("a", (Branch("b", (Branch("c"),)), Branch("d"))), Branch("e")))
    assert FORMATS["tree"](tree, PIPE) == "a\n├─ b\n│  └─ c\n└─ d\ne\n"
    assert FORMATS["tree"](tree, Screen(None, colour=False, unicode=False)) == "a\n|- b\n|  `- c\n`- d\ne\n"
