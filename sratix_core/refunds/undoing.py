"""A change that nobody paid for, taken back: the type and the price of before, with a new code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.audit.service import record
from sratix_core.errors import Refused
from sratix_core.messages.service import queue
from sratix_core.orders.credits import shares_of
from sratix_core.orders.models import Order
from sratix_core.payments.attempts import ask_soon
from sratix_core.refunds.differences import open_difference
from sratix_core.refunds.exchanging import Exchange, held, paid_for, swap
from sratix_core.refunds.returning import send_soon
from sratix_core.tickets.models import Ticket
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def undo(ctx: TenantContext, order: Order) -> Ticket:
    """Give the holder the type of before again, at what it was worth; what was paid of the difference goes back.

    Raises `Refused("no_difference")` where nothing is outstanding, `SoldOut` where the type of before has no place any more.
    """
    asked = open_difference(ctx, order)
    if asked is None:
        raise Refused("no_difference", order=order.code)
    order, ticket = held(ctx, order, ctx.db.get_one(Ticket, asked.ticket_id))
    ctx.db.refresh(asked)
    if (
        asked.undone_at is not None or not order.outstanding.minor
    ):  # somebody was faster: the buyer, or a colleague
        raise Refused("no_difference", order=order.code)
    kind = ctx.db.get_one(Ticket, asked.before_id).ticket_type
    worth = Money(sum(share.minor for share in shares_of(ctx, order, [ticket])), order.currency)
    back = Exchange(ticket, kind, paid_for(ctx, order, kind, asked.worth_minor), worth)
    asked.undone_at = ctx.clock.now()
    fresh = swap(ctx, order, back, worth.minor, waits=False)
    facts = {"ticket": str(ticket.id), "fresh": str(fresh), "amount": asked.amount_minor}
    record(ctx, "ticket.exchange_undone", "order", order.id, event_id=order.event_id, **facts)
    queue(ctx, "tickets_resent", order.buyer_email, order.locale, order=order, again=True)
    ask_soon(ctx, [order.id])
    ctx.db.flush()
    ctx.db.expire(order)
    send_soon(ctx, order)
    return ctx.db.get_one(Ticket, fresh)
