"""What can be done with several orders at once: the question that names the consequence, then the act, order by order.

An order that the act is no longer possible for is left as it is and counted; the others are done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.events.models import Event
from sratix_core.orders.bulk import cancel_orders, picked, resend_orders
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS, OrderState, may
from sratix_core.values.money import Money, format_money
from sratix_core.web.request import Request

MAILS = "Each buyer gets the mail of their order as it reads now. Cancelled and lapsed orders are left out."
CANCELS = "Their tickets admit nobody from now on, the seats are free again and the buyers are told. This cannot be undone."


def _ask(
    request: Request, fits: Callable[[Order], bool], words: Callable[[list[Order]], tuple[str, str, str]]
) -> Any:
    event = the_event(request)
    orders = [o for o in picked(request.ctx, event, request.GET.getall("code")) if fits(o)]
    question, consequence, yes = words(orders)
    return screen(
        request,
        event,
        [(request.t("Orders"), path(request, "dashboard.orders", event)), (question, None)],
        question=question,
        consequence=consequence,
        yes=yes if orders else "",
        action=request.path,
        back_href=path(request, "dashboard.orders", event),
        danger=False,
        hidden=[("code", o.code) for o in orders],
    )


def _back(request: Request, event: Event, done: int) -> HTTPSeeOther:
    return HTTPSeeOther(path(request, "dashboard.orders", event) + f"?done=bulk&n={done}")


@view_config(
    route_name="dashboard.orders_mails",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_mails(request: Request) -> Any:
    t = request.t
    return _ask(
        request,
        lambda order: order.state in HOLDS_UNITS,
        lambda orders: (
            t("Send one mail again?") if len(orders) == 1 else t("Send {n} mails again?", n=len(orders)),
            t(MAILS),
            t("Send the mail") if len(orders) == 1 else t("Send {n} mails", n=len(orders)),
        ),
    )


@view_config(route_name="dashboard.orders_mails", request_method="POST", permission=ORDER_EDIT)
def send_mails(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    return _back(request, event, resend_orders(request.ctx, event, request.POST.getall("code")))


@view_config(
    route_name="dashboard.orders_cancellations",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_cancellations(request: Request) -> Any:
    t = request.t

    def words(orders: list[Order]) -> tuple[str, str, str]:
        paid = [o.total_minor for o in orders if o.state == OrderState.PAID]
        worth = format_money(Money(sum(paid), orders[0].currency), request.locale_name) if orders else ""
        consequence = t(CANCELS)
        if sum(paid) and request.may(MONEY_VIEW):
            consequence = t(
                "{text} {amount} were paid and are yours to return.", text=consequence, amount=worth
            )
        if len(orders) == 1:
            return t("Cancel {code}?", code=orders[0].code), consequence, t("Cancel the order")
        return t("Cancel {n} orders?", n=len(orders)), consequence, t("Cancel {n} orders", n=len(orders))

    return {**_ask(request, lambda o: may(o.state, OrderState.CANCELLED), words), "danger": True}


@view_config(route_name="dashboard.orders_cancellations", request_method="POST", permission=ORDER_EDIT)
def cancel(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    done = cancel_orders(request.ctx, event, request.POST.getall("code"), "organizer")
    return _back(request, event, done)
