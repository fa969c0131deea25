"""A buyer at their order: found by the secret link, and what they may do with it by themselves."""

from __future__ import annotations

from typing import Any

from sratix_core.context import TenantContext
from sratix_core.errors import NotFound
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.queries import buyer_order
from sratix_core.orders.states import OrderState
from sratix_core.refunds.own_exchange import may_exchange
from sratix_core.shop.frame import address, content_here, uuid_in
from sratix_core.tickets.models import Ticket
from sratix_core.web.limits import LOOKUP
from sratix_core.web.request import Request


class BuyerPage:
    """The order that code and secret of this address open, `whole` with its lines and tickets. Raises `NotFound` for every wrong pair."""

    def __init__(self, request: Request, *, whole: bool = True) -> None:
        request.limit(LOOKUP)
        self.request, self.ctx = request, request.ctx
        self.content = content_here(request)
        self.event: Event = self.content.event
        self.code, self.secret = request.matchdict["code"], request.matchdict["secret"]
        self.order: Order = buyer_order(self.ctx, self.event, self.code, self.secret, whole=whole)
        request.response.headers["Cache-Control"] = "private, no-store"
        request.response.headers["Referrer-Policy"] = "strict-origin"

    def path(self, route: str = "shop.order", **parts: Any) -> str:
        return address(self.request, route, self.event, code=self.code, secret=self.secret, **parts)

    def ticket(self) -> Ticket:
        """The ticket of this order that the address names."""
        ticket_id = uuid_in(self.request, "ticket")
        for ticket in self.order.tickets:
            if ticket.id == ticket_id:
                return ticket
        raise NotFound("ticket")

    def may_cancel(self) -> bool:
        return buyer_may_cancel(self.ctx, self.event, self.order)

    def may_return(self) -> bool:
        """Paid orders, where the event's rules leave it to the buyer."""
        paid = self.order.state == OrderState.PAID and self.order.price.minor > 0
        open_ = self.order.outstanding.minor
        begun = self.event.starts_at <= self.ctx.clock.now()
        return paid and self.content.policy.self_service and not open_ and not begun

    def may_exchange(self) -> bool:
        """Paid orders of which nothing is outstanding, where the event's rules leave it to the buyer."""
        return self.content.policy.exchanges and may_exchange(self.ctx, self.order)


def buyer_may_cancel(ctx: TenantContext, event: Event, order: Order) -> bool:
    """Free and unpaid orders; money that was received goes back through the organizer."""
    free = order.total.minor == 0 and order.state == OrderState.PAID
    return event.starts_at > ctx.clock.now() and (free or order.state == OrderState.AWAITING_PAYMENT)
