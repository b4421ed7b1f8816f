"""What a reference means: its relation, and what flows along it when the target fails, goes or changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ChangeClass(Enum):
    """What kind of thing a field says, and so how far a change of it travels (section 1 of the analyses)."""

    COSMETIC = "cosmetic"  # to nobody
    OWNERSHIP = "ownership"  # to those who are named
    CONTRACT = "contract"  # to promises and those who hold them
    AVAILABILITY = "availability"  # to everything that depends on it
    SECURITY = "security"  # to everything that depends on it
    SCHEDULE = "schedule"  # to what is planned


COSMETIC = ChangeClass.COSMETIC
OWNERSHIP = ChangeClass.OWNERSHIP
CONTRACT = ChangeClass.CONTRACT
AVAILABILITY = ChangeClass.AVAILABILITY
SECURITY = ChangeClass.SECURITY
SCHEDULE = ChangeClass.SCHEDULE


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, which is quick: every edge has one
class Relation:
    """One row of the table of relations. It reads aloud: ⟨Kind⟩ ⟨relation⟩ ⟨Kind⟩.

    ``outage``: an outage of the target can take the source down. ``removal``: what the source is when the target is
    gone (``broken``, ``vacant``, ``orphaned``). ``change``: what the source is when the target changes (``exposed``,
    ``recomputed``, ``notified``, ``rescheduled``; empty for nothing).
    """

    name: str
    inverse: str
    outage: bool = False
    removal: str = "broken"
    change: str = "notified"


NEEDS = Relation("needs", "is needed by", outage=True, change="exposed")
RUNS_ON = Relation("runs on", "runs", outage=True, change="exposed")
PART_OF = Relation("is part of", "has the part", outage=True, change="exposed")
LOCATED_IN = Relation("is located in", "is the place of", outage=True, change="exposed")
PROMISES = Relation("promises", "is promised by", change="recomputed")
SUPPLIED_BY = Relation("is supplied by", "supplies")
CARRIED_BY = Relation("is carried by", "carries")
USED_BY = Relation("is used by", "uses")
OWNED_BY = Relation("is owned by", "owns", removal="vacant")
STAFFED_BY = Relation("is staffed by", "is a member of", removal="vacant")
LED_BY = Relation("is led by", "leads", removal="vacant")
DEPUTISED_BY = Relation("is deputised by", "deputises for", removal="vacant")
BELONGS_TO = Relation("belongs to", "has the unit", change="")
STANDS_IN = Relation("stands in", "is the environment of", change="")
PROMOTES_TO = Relation("promotes to", "is fed by", change="")
HOLDS = Relation("holds", "is held by")
KEEPS_HOURS_OF = Relation("keeps the hours of", "gives hours to", change="recomputed")
PROTECTS = Relation("protects", "is protected by", removal="orphaned")
KEEPS_COPIES_IN = Relation("keeps copies in", "keeps the copies of")
SERVES = Relation("serves", "is served by", removal="orphaned")
RUNS_AFTER = Relation("runs after", "runs before", change="rescheduled")
TOUCHES = Relation("touches", "is touched by", change="rescheduled")
ABOUT = Relation("is about", "is the subject of", removal="orphaned")

RELATIONS: tuple[Relation, ...] = (
    NEEDS,
    RUNS_ON,
    PART_OF,
    LOCATED_IN,
    PROMISES,
    SUPPLIED_BY,
    CARRIED_BY,
    USED_BY,
    OWNED_BY,
    STAFFED_BY,
    LED_BY,
    DEPUTISED_BY,
    BELONGS_TO,
    STANDS_IN,
    PROMOTES_TO,
    HOLDS,
    KEEPS_HOURS_OF,
    PROTECTS,
    KEEPS_COPIES_IN,
    SERVES,
    RUNS_AFTER,
    TOUCHES,
    ABOUT,
)


class Link:
    """The mark on a field that refers: to which kinds, and which relation that makes.

    ``builtin`` are names that are always there without a document of their own. ``selects`` allows
    ``{select: ...}`` beside names, for fields that say what something is about.
    """

    __slots__ = ("builtin", "kinds", "relation", "selects")

    def __init__(self, *kinds: str, relation: Relation, builtin: tuple[str, ...] = (), selects: bool = False) -> None:
        self.kinds = kinds
        self.relation = relation
        self.builtin = builtin
        self.selects = selects
