"""Looking one order up: for people who may not see them all, and nothing of it that is not theirs to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_LOOKUP, ORDER_VIEW
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.events.models import Event
from sratix_core.orders.lookup import MOST, look_up
from sratix_core.web.request import Request

ROUTE = "dashboard.order_lookup"
LONGEST = 254


@view_config(
    route_name=ROUTE, request_method="GET", permission=ORDER_LOOKUP, renderer="dashboard/order_lookup.jinja2"
)
def lookup(request: Request) -> dict[str, Any]:
    event, q = the_event(request), request.GET.get("q", "").strip()[:LONGEST]
    found = look_up(request.ctx, event, q) if q else []
    return screen(
        request,
        event,
        [(request.t("Look up an order"), None)],
        q=q,
        here=path(request, ROUTE, event),
        most=MOST if len(found) == MOST else 0,
        rows=[
            {
                "code": each.code,
                "email": each.buyer_email,
                "state": each.state,
                "placed": each.created_at,
                "href": path(request, "dashboard.order", event, code=each.code)
                if request.may(ORDER_VIEW)
                else "",
            }
            for each in found
        ],
    )


def order_links(request: Request, event: Event) -> Callable[[str], str]:
    """Where a code leads this person, for any number of codes: the order, its short look-up, or nowhere."""
    if request.may(ORDER_VIEW):
        orders = path(request, "dashboard.orders", event)
        return lambda code: f"{orders}{code}/"
    found = f"{path(request, ROUTE, event)}?q=" if request.may(ORDER_LOOKUP) else ""
    return lambda code: found and f"{found}{code}"


def order_href(request: Request, event: Event, code: str) -> str:
    """As `order_links`, for one code."""
    return order_links(request, event)(code)
