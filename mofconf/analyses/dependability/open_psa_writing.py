"""Writes fault trees in the XML of the Open-PSA model exchange format, for other fault tree tools to read.

What is written keeps to what all of them understand: names without dots and hyphens, formulas of two and more,
references that say what they refer to, house events in place of constants, and no name used for two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from mofconf.analyses.dependability.fault_tree import FaultTree, Formula, Term


def written(tree: FaultTree, label: str) -> str:
    """A model with one fault tree. Its names have to be such as XML allows; labels may be anything."""
    return "\n".join(_lines(tree, label)) + "\n"


def _lines(tree: FaultTree, label: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<opsa-mef>"
    yield f"  <define-fault-tree name={quoteattr(f'tree_of_{tree.top}')}>"
    yield f"    <label>{_text(label)}</label>"
    for name, term in tree.gates.items():
        yield from _definition(tree, "define-gate", name, list(_term(tree, term, "      ")), "    ")
    yield "  </define-fault-tree>"
    yield "  <model-data>"
    for name, happens in tree.houses.items():
        value = [f'      <constant value="{"true" if happens else "false"}"/>']
        yield from _definition(tree, "define-house-event", name, value, "    ")
    for name, probability in tree.events.items():
        value = [] if probability is None else [f'      <float value="{probability!r}"/>']
        yield from _definition(tree, "define-basic-event", name, value, "    ")
    yield "  </model-data>"
    yield "</opsa-mef>"


def _definition(tree: FaultTree, tag: str, name: str, inner: list[str], indent: str) -> Iterator[str]:
    label = [f"{indent}  <label>{_text(tree.labels[name])}</label>"] if tree.labels.get(name) else []
    if not label and not inner:
        yield f"{indent}<{tag} name={quoteattr(name)}/>"
        return
    yield f"{indent}<{tag} name={quoteattr(name)}>"
    yield from label
    yield from inner
    yield f"{indent}</{tag}>"


def _term(tree: FaultTree, term: Term, indent: str) -> Iterator[str]:
    if isinstance(term, bool):
        yield f'{indent}<constant value="{"true" if term else "false"}"/>'
    elif isinstance(term, str):
        tag = "gate" if term in tree.gates else "house-event" if term in tree.houses else "basic-event"
        yield f"{indent}<{tag} name={quoteattr(term)}/>"
    else:
        yield from _formula(tree, term, indent)


def _formula(tree: FaultTree, formula: Formula, indent: str) -> Iterator[str]:
    yield (
        f'{indent}<{formula.kind} min="{formula.least}">' if formula.kind == "atleast" else f"{indent}<{formula.kind}>"
    )
    for one in formula.terms:
        yield from _term(tree, one, indent + "  ")
    yield f"{indent}</{formula.kind}>"


_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(text: str) -> str:
    """Text on one line, without the characters that XML cannot write even as entities."""
    return escape(" ".join(_NOT_IN_XML.sub("\ufffd", text).split()))
