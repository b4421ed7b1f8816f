"""A picture for Mermaid, small enough for the limits of the places that draw it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mofconf.render import Screen
from mofconf.render.findings import counted
from mofconf.render.picture import Excerpt, by_group, excerpt
from mofconf.render.visible import visible
from mofconf.report import Picture, Report, Tone

MOST_NODES = 60
MOST_LINES = 100  # Mermaid refuses 501, and 500 take it ten seconds
MOST_TEXT = 50_000  # above that Mermaid draws nothing
_LONGEST = (80, 40, 20)  # characters of a label; the first that keeps the text short enough is taken

# Everything that Mermaid or the Markdown inside its labels could understand becomes a character code:
# %%{init}%%, fa:icons, #codes;, `strings`, <tags>, _emphasis_, "1. lists".
_MEANS_SOMETHING = re.compile(r"[^\w /.()\x80-\U0010ffff-]|_|^[-+*]|^\d(?=\d*[.)])")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_CLASSES = {
    Tone.STRONG: "stroke-width:3px",
    Tone.GOOD: "stroke:#1a7f37,stroke-width:2px",
    Tone.WARN: "stroke:#bf8700,stroke-width:2px",
    Tone.BAD: "stroke:#cf222e,stroke-width:3px",
    Tone.MUTED: "stroke-dasharray:3",
}


def render(report: Report, screen: Screen) -> str:
    """A flow chart of the report's picture. What finds no room is collapsed into nodes that say so."""
    return flowchart(report.picture or Picture(), unicode=screen.unicode)


def flowchart(picture: Picture, *, unicode: bool = True) -> str:
    """At most 60 nodes and 100 edges, under 50,000 characters. Without ``unicode`` other letters are codes, too."""
    shown = excerpt(picture, MOST_NODES, MOST_LINES)
    if shown.hidden_lines:
        shown = excerpt(picture, MOST_NODES - 1, MOST_LINES)  # one node says how many edges are missing
    for longest in _LONGEST:
        text = "".join(line + "\n" for line in _lines(shown, longest))
        text = text if unicode else _BEYOND_ASCII.sub(_code, text)
        if len(text.encode("utf-16-le")) // 2 < MOST_TEXT:  # JavaScript counts in halves of pairs
            break
    return text


def _lines(shown: Excerpt, longest: int) -> Iterator[str]:
    ids = {node.id: f"n{number}" for number, node in enumerate(shown.nodes, 1)}
    yield "flowchart LR"
    for number, (group, nodes) in enumerate(by_group(shown.nodes).items(), 1):
        if group:
            yield f'  subgraph g{number}["{_label(group, longest)}"]'
        for node in nodes:
            named = f":::{node.tone.value}" if node.tone in _CLASSES else ""
            label = _label(node.label or node.id, longest)
            yield f'{"    " if group else "  "}{ids[node.id]}["{label}"]{named}'
        if group:
            yield "  end"
    for line in shown.lines:
        arrow = "-.->" if line.soft else "-->"
        if line.label:
            arrow += f'|"{_label(line.label, longest)}"|'
        yield f"  {ids[line.source]} {arrow} {ids[line.target]}"
    if shown.hidden_lines:
        yield f'  more["{_label("+" + counted(shown.hidden_lines, "more edge"), longest)}"]:::muted'
    used = {node.tone for node in shown.nodes} | ({Tone.MUTED} if shown.hidden_lines else set())
    for tone, style in _CLASSES.items():
        if tone in used:
            yield f"  classDef {tone.value} {style}"


def _label(text: str, longest: int) -> str:
    text = visible(text)
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return _MEANS_SOMETHING.sub(_code, text) or " "


def _code(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"
