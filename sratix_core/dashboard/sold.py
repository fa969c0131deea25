"""What an order sold of value, on its page in the dashboard."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.shell import path, the_event, uuid_in
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.payments.selling import mail_again
from sratix_core.payments.sold import sold_by
from sratix_core.web.request import Request


def sold_value(request: Request, event: Event, order: Order, may_edit: bool) -> list[dict[str, Any]]:
    """[{title, holder, amount, state, made, mail_href}]: the units of value of an order."""
    return [
        {
            "title": sold.unit.ticket_type.name,
            "holder": sold.unit.attendee.name,
            "amount": sold.amount,
            "state": sold.state,
            "made": sold.made,
            "mail_href": path(request, "dashboard.order_sold_mail", event, code=order.code, ticket=sold.id)
            if may_edit and sold.is_good
            else "",
        }
        for sold in sold_by(request.ctx, order)
    ]


@view_config(route_name="dashboard.order_sold_mail", request_method="POST", permission=ORDER_EDIT)
def mailed(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    mail_again(request.ctx, order, uuid_in(request, "ticket"))
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=sent")
