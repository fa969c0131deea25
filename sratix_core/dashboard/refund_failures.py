"""A transfer to a buyer that came back: seen on a statement by a person, and booked back, so that the money is owed again."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.orders import the_order
from sratix_core.dashboard.returns import must_see_money
from sratix_core.dashboard.shell import path, screen
from sratix_core.orders.models import Order
from sratix_core.payments.failures import by_hand, failures_of, record_failure
from sratix_core.payments.models import Refund
from sratix_core.payments.refunds import refunds_of
from sratix_core.values.locale import format_date
from sratix_core.values.money import format_money
from sratix_core.web.forms import Form
from sratix_core.web.request import Request

PAGE = "dashboard/confirm.jinja2"


def can_have_failed(request: Request, order: Order) -> list[Refund]:
    """The order's refunds that a person sent and that did not come back."""
    found = [r for r in refunds_of(order) if by_hand(request.ctx, r)]
    returned = failures_of(request.ctx, order) if found else {}
    return [r for r in found if r.id not in returned]


@view_config(
    route_name="dashboard.order_refund_failure", request_method="GET", permission=ORDER_EDIT, renderer=PAGE
)
def asked(request: Request) -> dict[str, Any]:
    must_see_money(request)
    _, order = the_order(request)
    return _page(request, order, {})


@view_config(
    route_name="dashboard.order_refund_failure", request_method="POST", permission=ORDER_EDIT, renderer=PAGE
)
def came_back(request: Request) -> Any:
    """Book one of the order's transfers back."""
    must_see_money(request)
    event, order = the_order(request)
    form = Form(request.POST)
    refund = form.choice("refund", [str(r.id) for r in can_have_failed(request, order)])
    if refund is None:
        request.response.status_int = 422
        return _page(request, order, dict(form.summary(request.locale_name)))
    record_failure(request.ctx, order, uuid.UUID(refund))
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=refund_failed")


def _page(request: Request, order: Order, errors: dict[str, str]) -> dict[str, Any]:
    t, back = request.t, path(request, "dashboard.order", order.event, code=order.code)
    options = [(str(r.id), _words(request, order, r)) for r in can_have_failed(request, order)]
    asked = {
        "name": "refund",
        "label": t("Transfer"),
        "options": options,
        "value": "",
        "error": errors.get("refund"),
    }
    return screen(
        request,
        order.event,
        [
            (t("Orders"), path(request, "dashboard.orders", order.event)),
            (order.code, back),
            (t("Came back"), None),
        ],
        question=t("Which transfer came back?"),
        consequence=t(
            "The books take it back and the money is owed to {name} again. It can't be undone.",
            name=order.buyer_name,
        )
        if options
        else t("No transfer of this order can have come back."),
        yes=t("It came back") if options else "",
        no=t("Not yet"),
        danger=False,
        action=request.path,
        back_href=back,
        fields=[asked] if options else [],
    )


def _words(request: Request, order: Order, refund: Refund) -> str:
    day = format_date(refund.paid_back_at, order.event.timezone, request.locale_name)
    return f"{format_money(refund.amount, request.locale_name)}, {day}, {refund.reference}"
