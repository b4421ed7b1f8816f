"""A picture for Graphviz, in full."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.render import Screen
from mofconf.render.picture import by_group, completed
from mofconf.render.visible import visible
from mofconf.report import Picture, Report, Tone

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: ", penwidth=2",
    Tone.GOOD: ', color="#1a7f37"',
    Tone.WARN: ', color="#bf8700"',
    Tone.BAD: ', color="#cf222e", penwidth=2',
    Tone.MUTED: ', color="#8c959f", fontcolor="#6e7781"',
}


def render(report: Report, _: Screen) -> str:
    """A directed graph with a cluster for each group. Soft edges are dashed."""
    return "".join(line + "\n" for line in _lines(completed(report.picture or Picture())))


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph mofconf {"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style=rounded, fontname="Helvetica"];'
    yield '  edge [color="#57606a", fontname="Helvetica", fontsize=10];'
    for number, (group, nodes) in enumerate(by_group(picture.nodes).items(), 1):
        if group:
            yield f"  subgraph cluster_{number} {{"
            yield f'    label={_quoted(group)}; color="#d0d7de"; fontname="Helvetica";'
        for node in nodes:
            label = _quoted(node.label or node.id)
            yield f"{'    ' if group else '  '}{_quoted(node.id)} [label={label}{_STYLES[node.tone]}];"
        if group:
            yield "  }"
    for line in sorted(picture.lines):
        about = ", ".join(
            [
                *([f"label={_quoted(line.label)}"] if line.label else []),
                *(["style=dashed"] if line.soft else []),
            ]
        )
        yield f"  {_quoted(line.source)} -> {_quoted(line.target)}{f' [{about}]' if about else ''};"
    yield "}"


def _quoted(text: str) -> str:
    """A string of Graphviz, with backslashes doubled: \\N and the like mean something in a label."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
