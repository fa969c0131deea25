"""What a mail says about money that comes back: how much, by which way, when, and what stays with the organizer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.messages.models import Message
from sratix_core.messages.texts import Texts
from sratix_core.orders.models import Order
from sratix_core.payments.models import Payment
from sratix_core.payments.sending import sends_back
from sratix_core.refunds.models import OrderReturn
from sratix_core.values.money import Money, format_money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KINDS = frozenset({"tickets_given_back", "event_called_off"})


def lead_of(
    ctx: TenantContext, message: Message, order: Order, texts: Texts, language: str, words: dict[str, str]
) -> str:
    """The first paragraph: what ended, what comes back and how, and what does not."""
    made = _return(ctx, message)
    payments = list(ctx.db.scalars(select(Payment).where(Payment.order_id == order.id)))
    came = Money(sum(p.amount_minor for p in payments), order.currency)
    back = made.back if made is not None else came
    kept = made.kept if made is not None else Money(0, order.currency)
    count = made.tickets if made is not None else len(order.tickets)
    value = value_in(made, order)
    said = {**words, "back": format_money(back, language), "kept": format_money(kept, language)}
    parts = [texts.count("ended", count - value, **said)] if count > value or not value else []
    parts += [texts.count("also_ended" if parts else "ended_value", value, **said)] if value else []
    if back.minor:
        way = "sent" if all(sends_back(ctx, p) for p in payments) else "by_hand"
        parts.append(texts.say(f"back_{way}", **said))
    elif came.minor:
        parts.append(texts.say("back_nothing", **said))
    if kept.minor and back.minor:
        parts.append(texts.say("kept", **said))
    return " ".join(part for part in parts if part)


def value_in(made: OrderReturn | None, order: Order) -> int:
    """How many of the things that were given back are value and no tickets; of a whole order without a return, all that it sold."""
    if made is None:
        return len(order.value_units)
    return sum(int(step["found"].get("units", 0)) for step in made.why if step["rule"] == "refund_value")


def is_only_value(ctx: TenantContext, message: Message, order: Order) -> bool:
    """Whether no ticket is among what was given back."""
    made = _return(ctx, message)
    value = value_in(made, order)
    return 0 < value == (made.tickets if made is not None else len(order.tickets))


def _return(ctx: TenantContext, message: Message) -> OrderReturn | None:
    return_id = message.data.get("return_id")
    return ctx.db.get(OrderReturn, uuid.UUID(return_id)) if return_id else None
