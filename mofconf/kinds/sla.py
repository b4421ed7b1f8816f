"""The kind SLA."""

from __future__ import annotations

from typing import Annotated, Literal

from mofconf.kinds.agreement import Agreement
from mofconf.kinds.relation import CONTRACT, COSMETIC, PROMISES, USED_BY, Link
from mofconf.kinds.values import Name, Text


class SLA(Agreement):
    """A service level agreement: what the business is promised about a service."""

    kind: Annotated[Literal["SLA"], COSMETIC]
    service: Annotated[Name, CONTRACT, Link("Service", relation=PROMISES)]
    """The service that is promised."""
    customers: Annotated[tuple[Name, ...], CONTRACT, Link("Customer", relation=USED_BY)] = ()
    """Whom it is promised to."""
    signatories: Annotated[tuple[Text, ...], COSMETIC] = ()
    """Who signed it, on both sides."""
    penalties: Annotated[tuple[Text, ...], CONTRACT] = ()
    """What a breach costs."""
