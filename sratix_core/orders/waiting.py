"""Tickets of a paid order that wait for the rest of its price: issued by a change that costs more, valid once nothing is outstanding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.analytics import metrics
from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.messages.service import queue
from sratix_core.orders.moves import set_tickets
from sratix_core.orders.states import OrderState
from sratix_core.tickets.models import TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


def admit_waiting(ctx: TenantContext, order: Order) -> bool:
    """Make them valid and mail them if the order has all its money; whether there were any. For whoever holds the order's row."""
    if order.state != OrderState.PAID or order.outstanding.minor:
        return False
    came = set_tickets(ctx, order, (TicketState.RESERVED,), TicketState.VALID)
    if not came:
        return False
    figures = metrics.tickets_moved(TicketState.RESERVED, TicketState.VALID, came)
    record(ctx, "order.rest_settled", "order", order.id, event_id=order.event_id)
    emit(ctx, "order.changed", "order", order.id, event_id=order.event_id, figures=figures)
    queue(ctx, "tickets_resent", order.buyer_email, order.locale, order=order, again=True)
    ctx.db.flush()
    return True
