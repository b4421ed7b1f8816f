"""Money, as people state costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mofconf.kinds.resource import Value
from mofconf.kinds.values import Currency


class Money(Value):
    """An amount in a currency, once or per period."""

    amount: Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]
    """How much, not below zero."""
    currency: Currency
    """The three letters of the currency (ISO 4217)."""
    per: Literal["once", "month", "quarter", "year"] = "once"
    """Whether it is paid once, or again in every such period."""
