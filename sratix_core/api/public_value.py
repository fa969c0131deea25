"""Codes in the body of a guest's order: counted before they are looked up, and what the value they open pays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sratix_core.api.framework import Call
from sratix_core.api.parsing import read_body
from sratix_core.api.public_shapes import PaidValue, PublicValue
from sratix_core.api.v1.common import money
from sratix_core.orders.models import Order
from sratix_core.payments import stored
from sratix_core.shop.frame import the_event
from sratix_core.shop.promo import may_guess_values, may_try
from sratix_core.shop.values import paid_by_card
from sratix_core.web.limits import Limit
from sratix_core.web.request import Request


def count_codes(request: Request, shape: Any, limit: Limit) -> None:
    """Count a try of each of the body's codes before the unit of work begins: it outlives a refusal (P4)."""
    request.limit(limit)
    body = read_body(request, shape)
    code = body.promo_code.strip()
    if code:
        may_try(request, the_event(request), code)
    may_guess_values(request, body.value_codes)


def values_out(chosen: Sequence[stored.Part], locale: str) -> list[PublicValue]:
    """What each of these pays of a quote."""
    return [
        PublicValue(
            x.provider.title(locale), x.value.mark, money(x.amount), money(x.value.balance - x.amount)
        )
        for x in chosen
    ]


def paid_out(call: Call, order: Order) -> list[PaidValue]:
    """What value paid of an order."""
    paid = paid_by_card(call.ctx, order, call.request.locale_name)
    return [PaidValue(each["title"], money(each["amount"])) for each in paid]
