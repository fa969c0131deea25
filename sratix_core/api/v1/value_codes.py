"""Codes of gift cards and the like in the body of an order: counted before they are looked up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from msgspec import Meta

from sratix_core.context import TenantContext
from sratix_core.payments import stored
from sratix_core.shop.promo import may_guess
from sratix_core.web.request import Request

Code = Annotated[str, Meta(max_length=60, description="Wrong ones are counted by address.")]
ValueCodes = Annotated[
    list[Code],
    Meta(
        max_length=stored.MOST,
        description="Codes of gift cards and the like: each pays what it can of what those before it leave. Not of such value itself.",
    ),
]

VALUE = ("value_unknown", "value_blocked", "value_ended", "value_spent", "value_currency", "value_for_value")
"""Why a code of value is refused."""


def count_values(request: Request, codes: Sequence[str]) -> None:
    """Count a try of each code in a unit of its own, which outlives a refusal (P4). Raises `Refused("promo_paused")`."""
    for typed in dict.fromkeys(codes):
        may_guess(request, partial(_opens, typed))


def _opens(typed: str, ctx: TenantContext) -> bool:
    return stored.opened(ctx, typed) is not None
