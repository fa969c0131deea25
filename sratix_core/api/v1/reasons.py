"""Why? The rules behind a refusal or a price, by the reference that was on the screen or by the order."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import msgspec

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_LOOKUP
from sratix_core.api.framework import EVENT, TENANT, Call, endpoint
from sratix_core.api.v1.common import sees_money
from sratix_core.decisions.service import by_reference
from sratix_core.orders.queries import order_by_code
from sratix_core.web.messages import sentence

TAG = "Why?"


class StepOut(msgspec.Struct):
    """One rule that was asked: whether it let through, and what it found."""

    rule: str
    passed: bool
    found: dict[str, Any]


class DecisionOut(msgspec.Struct):
    """A refusal and the rules up to it. Kept for 90 days."""

    reference: str
    at: datetime
    code: str
    detail: str
    event_id: uuid.UUID | None
    actor_kind: str
    actor_id: uuid.UUID | None
    steps: list[StepOut]


class PriceOut(msgspec.Struct):
    """How the unit price of an order's line came about."""

    ticket_type_id: uuid.UUID | None
    name: str
    quantity: int
    steps: list[StepOut]


def steps_out(steps: list[dict[str, Any]], seen: bool = True) -> list[StepOut]:
    """Each rule with what it found; amounts only where they are `seen`."""
    hidden = () if seen else ("amount", "currency")
    return [
        StepOut(s["rule"], s["passed"], {k: v for k, v in s["found"].items() if k not in hidden})
        for s in steps
    ]


@endpoint(
    "GET",
    TENANT + "/decisions/{reference}",
    ORDER_LOOKUP,
    "Why something was refused, by the reference of the answer",
    tag=TAG,
    answers=DecisionOut,
)
def get_decision(call: Call) -> DecisionOut:
    found = by_reference(call.ctx, call.word("reference"))
    facts = found.steps[-1]["found"] if found.steps else {}
    return DecisionOut(
        reference=found.reference,
        at=found.at,
        code=found.code,
        detail=sentence(found.code, call.request.locale_name, **facts),
        event_id=found.event_id,
        actor_kind=found.actor_kind,
        actor_id=found.actor_id,
        steps=steps_out(found.steps, sees_money(call)),
    )


@endpoint(
    "GET",
    EVENT + "/orders/{code}/why",
    MONEY_VIEW,
    "Why an order's prices are what they are",
    tag=TAG,
    answers=list[PriceOut],
)
def explain_order(call: Call) -> list[PriceOut]:
    order = order_by_code(call.ctx, call.event, call.word("code"))
    return [
        PriceOut(line.ticket_type_id, line.name, line.quantity, steps_out(line.price_trace))
        for line in order.lines
    ]
