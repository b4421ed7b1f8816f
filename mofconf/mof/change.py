"""How a change is classified, and who has to approve it for that reason."""

from __future__ import annotations

from typing import NamedTuple


class Category(NamedTuple):
    """How much a change is worth looking at: resources, effect on the business, experience.

    ``approval`` names who approves it, in this order; empty means approved in advance.
    """

    name: str
    meaning: str
    approval: tuple[str, ...]


class Priority(NamedTuple):
    """How soon a change has to come.

    ``approval`` names who approves it instead of those whom the category names; empty means that the category
    decides. ``review_afterwards``: records are completed and the change is reviewed once it is made.
    """

    name: str
    meaning: str
    approval: tuple[str, ...] = ()
    review_afterwards: bool = False


def approval_path(category: Category, priority: Priority) -> tuple[str, ...]:
    """Who approves a change, in this order.

    Priority and category are two questions: an emergency has a path of its own.
    """
    return priority.approval or category.approval


CHANGE_MANAGER = "change-manager"
CAB = "cab"
CAB_EC = "cab-ec"
MANAGEMENT = "management"

CATEGORIES: tuple[Category, ...] = (
    Category("standard", "known, of low risk and done by script: approved in advance, only recorded", ()),
    Category("minor", "little effect and few resources: the change manager decides alone", (CHANGE_MANAGER,)),
    Category("significant", "felt by the business: the change advisory board decides", (CAB,)),
    Category("major", "felt by all of the business: the board decides, and then management", (CAB, MANAGEMENT)),
)
"""The framework's facts, section 4.1 (request for change), the table of categories.

The four categories are MOF's. Who approves which rests on sources about ITIL and on memory, not on the text
of MOF's own guide. Nothing here is a proposal of this project.
"""

PRIORITIES: tuple[Priority, ...] = (
    Priority("low", "waits for the next release that is planned anyway"),
    Priority("medium", "cannot wait for that release"),
    Priority("high", "goes out as soon as it is built and tested"),
    Priority(
        "emergency",
        "goes out as soon as possible, with approval and development cut short",
        (CAB_EC,),
        review_afterwards=True,
    ),
)
"""The framework's facts, section 4.1 (request for change), the table of priorities.

All four are MOF's. That an emergency is a priority and no category, approved by the emergency committee of
the board (CAB/EC), is too. Nothing here is a proposal of this project.
"""
