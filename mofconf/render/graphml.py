"""A picture as GraphML, in full, for programs that compute with graphs."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mofconf.render import Screen
from mofconf.render.picture import completed
from mofconf.render.visible import visible
from mofconf.report import Picture, Report

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="group" for="node" attr.name="group" attr.type="string"/>
  <key id="relation" for="edge" attr.name="label" attr.type="string"/>
  <key id="soft" for="edge" attr.name="soft" attr.type="boolean"/>
  <graph id="mofconf" edgedefault="directed">"""


def render(report: Report, _: Screen) -> str:
    """A directed graph whose nodes go by their address. Two edges may run between the same nodes."""
    return "".join(line + "\n" for line in _lines(completed(report.picture or Picture())))


def _lines(picture: Picture) -> Iterator[str]:
    yield _HEAD
    for node in sorted(picture.nodes, key=lambda node: node.id):
        group = f'<data key="group">{_xml(node.group)}</data>' if node.group else ""
        yield f'    <node id="{_xml(node.id)}"><data key="label">{_xml(node.label)}</data>{group}</node>'
    for line in sorted(picture.lines):
        label = f'<data key="relation">{_xml(line.label)}</data>' if line.label else ""
        soft = f'<data key="soft">{str(line.soft).lower()}</data>'
        yield f'    <edge source="{_xml(line.source)}" target="{_xml(line.target)}">{label}{soft}</edge>'
    yield "  </graph>"
    yield "</graphml>"


def _xml(text: str) -> str:
    """Characters that XML forbids are control characters and halves of pairs: they stand written out."""
    return escape(visible(text))
