"""What ``export`` says: a resource's failure as a fault tree that other programs read, and what they cannot know."""

from __future__ import annotations

from typing import NamedTuple

from mofconf.analyses.dependability.inputs import Inputs
from mofconf.analyses.dependability.open_psa_writing import written
from mofconf.analyses.dependability.structure import View, structure
from mofconf.analyses.dependability.unrolling import unrolled
from mofconf.answers.words import counted
from mofconf.report import Report
from mofconf.spelling import listed
from mofconf.workspace import Workspace

NAMED = 5
"""So many events are named in a note."""


class Export(NamedTuple):
    """The text, and notes on it that are not part of it."""

    report: Report
    notes: tuple[str, ...]


def open_psa(workspace: Workspace, address: str, label: str, *, full: bool = False) -> Export:
    """The tree whose top event is that a resource is down; with ``full``, that it is down or misses something.

    Raises `TooKnottedError`.
    """
    view = View(address, full=full)
    inputs = Inputs(workspace.catalog, workspace.graph)
    found = structure(inputs.graph, [view])
    tree = unrolled(found, view, inputs.chances(found.events))
    text = written(tree, f"{tree.labels[tree.top]}, in {label}")
    unknown = [tree.labels[name] for name, probability in tree.events.items() if probability is None]
    return Export(Report("export", address, text=text, data={"address": address, "text": text}), _notes(unknown))


def _notes(unknown: list[str]) -> tuple[str, ...]:
    if not unknown:
        return ()
    shown = [f'"{one}"' for one in unknown[:NAMED]]
    more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
    names = listed(shown) if not more else ", ".join(shown) + more
    return (
        f"{counted(len(unknown), 'event')} without a probability, because nobody states one value: {names}",
        "other programs find the cut sets of this tree, but no probability: state the availability where it is missing",
    )
