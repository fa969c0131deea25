"""What an order lacks after a change that costs more: shown to staff, and the change undone."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.catalog.hot import SoldOut
from sratix_core.dashboard.orders import the_order
from sratix_core.dashboard.returns import must_see_money
from sratix_core.dashboard.shell import path, screen
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.refunds.differences import open_difference
from sratix_core.refunds.undoing import undo
from sratix_core.tickets.models import Ticket
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

PAGE = "dashboard/confirm.jinja2"


@view_config(
    route_name="dashboard.order_difference", request_method="GET", permission=ORDER_EDIT, renderer=PAGE
)
def asked(request: Request) -> dict[str, Any]:
    must_see_money(request)
    event, order = the_order(request)
    return _page(request, event, order, "")


@view_config(
    route_name="dashboard.order_difference", request_method="POST", permission=ORDER_EDIT, renderer=PAGE
)
def undone(request: Request) -> Any:
    """Give the holder the ticket type of before."""
    must_see_money(request)
    event, order = the_order(request)
    try:
        with request.ctx.db.begin_nested():
            undo(request.ctx, order)
    except SoldOut as error:
        request.response.status_int = 409
        return _page(request, event, order, sentence(error.code, request.locale_name, **error.data))
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=undone")


def _page(request: Request, event: Event, order: Order, refusal: str) -> dict[str, Any]:
    t, back = request.t, path(request, "dashboard.order", event, code=order.code)
    difference = open_difference(request.ctx, order)
    before = request.db.get_one(Ticket, difference.before_id).ticket_type.name if difference else ""
    said = t(
        "The holder gets a {type} ticket again, at its price of then and with a new code. What was paid of the difference goes back.",
        type=before,
    )
    return screen(
        request,
        event,
        [
            (t("Orders"), path(request, "dashboard.orders", event)),
            (order.code, back),
            (t("Undo the change"), None),
        ],
        question=t("Undo the change of {code}?", code=order.code),
        consequence=refusal or (said if difference else t("Nothing is outstanding for this order.")),
        yes=t("Undo the change") if difference else "",
        no=t("Wait for the money"),
        danger=False,
        action=request.path,
        back_href=back,
    )
