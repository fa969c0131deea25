"""Looking one order up: less than `order.view` shows, for people at a desk or a door."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_LOOKUP
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.v1.common import picked
from sratix_core.orders.lookup import look_up
from sratix_core.orders.states import OrderState

TAG = "Orders"


class OrderFoundOut(msgspec.Struct):
    """All that a look-up shows of an order."""

    id: uuid.UUID
    code: str
    event_id: uuid.UUID
    buyer_email: str
    state: OrderState
    created_at: datetime


class LookupQuery(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    q: Annotated[str, Meta(max_length=254, description="A whole code or a whole e-mail address.")] = ""


@endpoint(
    "GET",
    EVENT + "/order-lookup",
    ORDER_LOOKUP,
    "Look one order up by its code or the buyer's e-mail",
    tag=TAG,
    query=LookupQuery,
    answers=list[OrderFoundOut],
)
def look_up_order(call: Call) -> list[OrderFoundOut]:
    """At most twenty, the newest first. A part of a code or an address finds nothing."""
    return [picked(found, OrderFoundOut) for found in look_up(call.ctx, call.event, call.query.q)]
