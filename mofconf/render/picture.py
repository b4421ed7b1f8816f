"""A picture made ready to draw: every end of a line is a node, and a large one is cut to what can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mofconf.report import Line, Node, Picture, Tone

_MOST_REST_NODES = 8  # above that, all that is hidden becomes one node


class Excerpt(NamedTuple):
    """The part of a picture that is drawn. ``hidden_lines`` is how many lines found no room."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    hidden_lines: int = 0


def completed(picture: Picture) -> Picture:
    """The picture with each node once, and with a node for every end of a line that has none."""
    nodes = {node.id: node for node in reversed(picture.nodes)}
    order = dict.fromkeys(node.id for node in picture.nodes)
    for line in picture.lines:
        for end in (line.source, line.target):
            if end not in nodes:
                nodes[end] = Node(end, end)
                order[end] = None
    return Picture(tuple(nodes[name] for name in order), picture.lines)


def excerpt(picture: Picture, most_nodes: int, most_lines: int) -> Excerpt:
    """At most so many nodes and lines: those that something is said about, then the best connected.

    What is left out becomes nodes that say how many they stand for, one a group, with the lines that lead
    there.
    """
    picture = completed(picture)
    stands_for = _hidden(picture, most_nodes)
    more = Counter(stands_for.values())
    nodes = [node for node in picture.nodes if node.id not in stands_for]
    nodes += [rest._replace(label=f"+{number:,} more") for rest, number in more.items()]
    rests = {rest.id for rest in more}
    inside: list[Line] = []
    leading: dict[tuple[str, str], Line] = {}
    for line in sorted(picture.lines):
        source, target = (stands_for[end].id if end in stands_for else end for end in (line.source, line.target))
        if source not in rests and target not in rests:
            inside.append(line)
        elif source != target:
            bundle = leading.get((source, target), line)
            leading[source, target] = Line(source, target, soft=bundle.soft and line.soft)
    lines = [*inside, *leading.values()]
    return Excerpt(tuple(nodes), tuple(lines[:most_lines]), max(0, len(lines) - most_lines))


def by_group(nodes: Iterable[Node]) -> Mapping[str, list[Node]]:
    """The nodes of each group, those without one first, groups in alphabetical order."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.group, []).append(node)
    return dict(sorted(groups.items()))


def _hidden(picture: Picture, most: int) -> Mapping[str, Node]:
    """For every node that finds no room the one that stands for it."""
    if len(picture.nodes) <= most:
        return {}
    degree = Counter(end for line in picture.lines for end in (line.source, line.target))
    ranked = sorted(picture.nodes, key=lambda node: (node.tone in (Tone.PLAIN, Tone.MUTED), -degree[node.id]))
    # The nodes that stand for the others need room too.
    groups = {node.group for node in ranked[max(0, most - _MOST_REST_NODES) :]}
    if len(groups) > _MOST_REST_NODES:
        groups = {""}
    hidden = ranked[max(0, most - len(groups)) :]
    rests = {group: Node(f"\0{group}", "", group, Tone.MUTED) for group in groups}
    return {
        node.id: rests[node.group if node.group in rests else ""]
        for node in sorted(hidden, key=lambda node: (node.group, node.id))
    }
