"""The kind OLA."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.agreement import Agreement
from mofconf.kinds.relation import CARRIED_BY, CONTRACT, COSMETIC, PROMISES, Link
from mofconf.kinds.subject import Subjects
from mofconf.kinds.values import Name


class OLA(Agreement):
    """An operational level agreement: what one team promises the others, so that an SLA can hold."""

    kind: Annotated[Literal["OLA"], COSMETIC]
    team: Annotated[Name, CONTRACT, Link("Team", relation=CARRIED_BY)]
    """The team that promises."""
    supports: Annotated[Subjects, CONTRACT, Link("Service", "Asset", relation=PROMISES, selects=True)] = ()
    """What it promises this for. The targets hold for each of them."""
