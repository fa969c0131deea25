"""How an order ends: cancelled or expired; and its mail, sent again."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.analytics import metrics
from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import release
from sratix_core.errors import Refused
from sratix_core.invoices import credits as invoices
from sratix_core.ledger.accounts import Act
from sratix_core.ledger.acts import taken_back
from sratix_core.ledger.posting import post
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.moves import move, set_tickets
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.attempts import ask_soon
from sratix_core.payments.selling import hold, take_back_all, units_of
from sratix_core.payments.stored import return_owed
from sratix_core.promotions import uses
from sratix_core.tickets.models import HOLDING, LIVE, TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

SWEEP_BATCH = 200


def cancel_order(
    ctx: TenantContext, order: Order, reason: str, *, keep: bool = False, tell: bool = True
) -> Order:
    """Cancel the order: its tickets admit nobody from now on and its units are free again.

    Raises `Refused("value_was_spent")` where value that it sold was spent already; what was not ends here.
    With `keep` what is left of its price stays with the organizer; else all that was paid is owed back. `tell` mails the buyer.
    """
    kept = order.price.minor if keep and order.state == OrderState.PAID else 0
    before = move(
        ctx, order, OrderState.CANCELLED, closed_at=ctx.clock.now(), expires_at=None, kept_minor=kept
    )
    sold = units_of(ctx, order) if before == OrderState.PAID else []
    figures = metrics.order_moved(before, order.state, order.price.minor)
    freed: Counter[uuid.UUID] = Counter()
    # A paid order may have tickets that wait for the rest of its price; no other has valid ones.
    held_in = LIVE if before == OrderState.PAID else (TicketState.RESERVED,)
    for held in (*held_in, TicketState.VALUE) if order.value_minor else held_in:
        gone = set_tickets(ctx, order, (held,), TicketState.VOID)
        freed += gone
        for name, n in metrics.tickets_moved(held, TicketState.VOID, gone).items():
            figures[name] = figures.get(name, 0) + n
    if before in HOLDS_UNITS and not kept:
        post(ctx, taken_back(order, Act.CREDIT_NOTE if before == OrderState.PAID else Act.VOID))
        invoices.on_end(ctx, [order])
    release(ctx, units_for(ctx, freed))
    uses.give_back(ctx, orders=[order.id] if order.promo_code_id else [])
    hold(ctx, [order], sold)
    if not keep:
        take_back_all(ctx, order, sold)
    return_owed(ctx, [order])
    if before in HOLDS_UNITS:
        ask_soon(ctx, [order.id])
    record(ctx, "order.cancelled", "order", order.id, event_id=order.event_id, reason=reason)
    emit(ctx, "order.cancelled", "order", order.id, event_id=order.event_id, figures=figures)
    if tell:
        queue(ctx, "order_cancelled", order.buyer_email, order.locale, order=order)
    ctx.db.flush()
    ctx.hooks.notify("order_cancelled", ctx=ctx, order=order)
    return order


def expire_orders(ctx: TenantContext) -> int:
    """End unpaid orders past their term, each exactly once; how many. One statement when there are none."""
    due = (
        select(Order)
        .where(Order.state == OrderState.AWAITING_PAYMENT, Order.expires_at <= ctx.clock.now())
        .order_by(Order.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    orders = list(ctx.db.scalars(due))
    freed: Counter[uuid.UUID] = Counter()
    for order in orders:
        before = move(ctx, order, OrderState.EXPIRED, closed_at=ctx.clock.now())
        figures = metrics.order_moved(before, order.state, order.price.minor)
        for held in HOLDING if order.value_minor else LIVE:
            lapsed = set_tickets(ctx, order, (held,), TicketState.LAPSED)
            freed += lapsed
            for name, n in metrics.tickets_moved(held, TicketState.LAPSED, lapsed).items():
                figures[name] = figures.get(name, 0) + n
        record(ctx, "order.expired", "order", order.id, event_id=order.event_id)
        emit(ctx, "order.expired", "order", order.id, event_id=order.event_id, figures=figures)
    if orders:
        post(ctx, *(taken_back(order, Act.VOID) for order in orders))
        invoices.on_end(ctx, orders)
        release(ctx, units_for(ctx, freed))
        uses.give_back(ctx, orders=[order.id for order in orders if order.promo_code_id])
        return_owed(ctx, orders)
        ask_soon(ctx, [order.id for order in orders])
    return len(orders)


def resend(ctx: TenantContext, order: Order) -> None:
    """Send the order's mail again, as it would read now. Raises `Refused` for an order that ended or awaits a person."""
    if order.state not in HOLDS_UNITS:
        raise Refused("order_state", state=order.state, target="resent")
    kind = "tickets_resent" if order.state == OrderState.PAID else "order_placed_unpaid"
    queue(ctx, kind, order.buyer_email, order.locale, order=order, again=True)
    record(ctx, "order.resent", "order", order.id, event_id=order.event_id)
