"""The kind Contract."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.agreement import Agreement
from mofconf.kinds.money import Money
from mofconf.kinds.relation import CONTRACT, COSMETIC, PROMISES, SUPPLIED_BY, Link
from mofconf.kinds.subject import Subjects
from mofconf.kinds.values import Duration, Maybe, Name, Text


class Contract(Agreement):
    """An underpinning contract: what a partner promises, legally binding.

    It is no node of its own in the graph of failures: its availability target is taken for what it covers where that
    states none.
    """

    kind: Annotated[Literal["Contract"], COSMETIC]
    partner: Annotated[Name, CONTRACT, Link("Partner", relation=SUPPLIED_BY)]
    """Who promises it."""
    covers: Annotated[Subjects, CONTRACT, Link("Service", "Asset", relation=PROMISES, selects=True)] = ()
    """What the partner promises this for. The targets hold for each of them."""
    cost: Annotated[Maybe[Money], CONTRACT] = None
    """What it costs, once or per period."""
    notice: Annotated[Maybe[Duration], CONTRACT] = None
    """How long before its end it has to be cancelled or renewed."""
    penalties: Annotated[tuple[Text, ...], CONTRACT] = ()
    """What a breach costs the partner."""
    exit: Annotated[Text, CONTRACT] = ""
    """What happens at its end."""
