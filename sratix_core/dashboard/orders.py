"""The orders of an event, and one order with everything that happened to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT, ORDER_VIEW
from sratix_core.audit.queries import history_of
from sratix_core.checkin.queries import admissions_of
from sratix_core.dashboard.history import timeline
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.events.models import Event
from sratix_core.messages.queries import messages_of
from sratix_core.orders.figures import figures_of
from sratix_core.orders.models import Order
from sratix_core.orders.queries import count_by_state, list_orders, order_by_code
from sratix_core.orders.secrets import secret_of
from sratix_core.orders.service import cancel_order, mark_paid, resend
from sratix_core.orders.states import OrderState, may
from sratix_core.payments.providers import title_of
from sratix_core.shop.frame import address
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.tickets.service import rotate, ticket_by_id, void
from sratix_core.values.money import Money, format_money
from sratix_core.web.forms import Form
from sratix_core.web.request import Request

TABS = (
    ("All", ""),
    ("Awaiting payment", OrderState.AWAITING_PAYMENT.value),
    ("Paid", OrderState.PAID.value),
    ("Cancelled", OrderState.CANCELLED.value),
    ("Lapsed", OrderState.EXPIRED.value),
    ("Paid too late", OrderState.PAID_AFTER_EXPIRY.value),
)


@view_config(
    route_name="dashboard.orders",
    request_method="GET",
    permission=ORDER_VIEW,
    renderer="dashboard/orders.jinja2",
)
def orders(request: Request) -> dict[str, Any]:
    event, ctx, t = the_event(request), request.ctx, request.t
    state, search = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    found = list_orders(
        ctx, event, state=state or None, search=search, cursor=request.GET.get("cursor") or None
    )
    counts = count_by_state(ctx, event)
    total = sum(counts.values())
    revenue = Money(figures_of(ctx, [event])[event.id].revenue_minor, event.currency)
    here = path(request, "dashboard.orders", event)

    def link(**query: str) -> str:
        kept = {k: v for k, v in query.items() if v}
        return f"{here}?{urlencode(kept)}" if kept else here

    return screen(
        request,
        event,
        [(t("Orders"), None)],
        rows=[_row(request, event, o) for o in found.orders],
        words=t("{n} orders · {amount} paid", n=total, amount=format_money(revenue, request.locale_name)),
        views=[
            (t(text), link(state=value, q=search), counts.get(value, 0) if value else total, value == state)
            for text, value in TABS
            if not value or counts.get(value) or value == state
        ],
        q=search,
        list_href=here,
        keep=[("state", state)] if state else [],
        filters=[],
        sort={},
        pages={
            "words": t("{n} shown, newest first", n=len(found.orders)),
            "newer": link(state=state, q=search) if request.GET.get("cursor") else None,
            "older": link(state=state, q=search, cursor=found.older or "") if found.older else None,
        },
        filtered=bool(search or state),
        shop_href=address(request, "shop.event", event) if event.status == "published" else None,
    )


def _row(request: Request, event: Event, order: Order) -> dict[str, Any]:
    return {
        "code": order.code,
        "href": path(request, "dashboard.order", event, code=order.code),
        "buyer_name": order.buyer_name,
        "buyer_email": order.buyer_email,
        "what": ", ".join(f"{line.quantity} {line.name}" for line in order.lines),
        "state": order.state,
        "total": order.total,
        "created_at": order.created_at,
        "expires_at": order.expires_at,
    }


def the_order(request: Request) -> tuple[Event, Order]:
    event = the_event(request)
    return event, order_by_code(request.ctx, event, request.matchdict["code"])


@view_config(
    route_name="dashboard.order",
    request_method="GET",
    permission=ORDER_VIEW,
    renderer="dashboard/order.jinja2",
)
def order_page(request: Request) -> dict[str, Any]:
    event, order = the_order(request)
    return _order_variables(request, event, order, {}, {})


def _order_variables(
    request: Request, event: Event, order: Order, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    ctx, t = request.ctx, request.t
    may_edit = request.may(ORDER_EDIT)
    here = {"code": order.code}
    pays = may_edit and any(may(order.state, s) for s in (OrderState.PAID, OrderState.PAID_AFTER_EXPIRY))
    slots = [m for m in ctx.hooks.page_slot(request=request, slot="order.side", subject=order) if m]
    return screen(
        request,
        event,
        [(t("Orders"), path(request, "dashboard.orders", event)), (order.code, None)],
        order=_order(request, order),
        tickets=_tickets(request, event, order, may_edit),
        history=timeline(request, order, history_of(ctx, order)),
        mails=[
            {
                "kind": t(MAIL_WORDS.get(m.kind, m.kind)),
                "to": m.recipient,
                "state": m.state,
                "at": m.sent_at or m.created_at,
            }
            for m in messages_of(ctx, order)
        ],
        buyer_href=address(request, "shop.order", event, code=order.code, secret=secret_of(ctx, order))
        if may_edit
        else None,
        why_href=path(request, "dashboard.why_order", event, **here),
        print_href=path(request, "dashboard.order_print", event, **here),
        pay_href=path(request, "dashboard.order_payment", event, **here) if pays else "",
        cancel_href=path(request, "dashboard.order_cancel", event, **here)
        if may_edit and may(order.state, OrderState.CANCELLED)
        else "",
        resend_href=path(request, "dashboard.order_mail", event, **here)
        if may_edit and order.state in {OrderState.PAID, OrderState.AWAITING_PAYMENT}
        else "",
        actions=_actions(request, order),
        slot=Markup("").join(slots),
        values=values,
        errors=errors,
    )


MAIL_WORDS = {
    "order_confirmation": "Confirmation with tickets",
    "order_placed_unpaid": "How to pay",
    "order_cancelled": "Cancellation",
    "ticket_voided": "Ticket voided",
    "tickets_resent": "Tickets again",
}


def _actions(request: Request, order: Order) -> list[dict[str, Any]]:
    found = [a for answer in request.ctx.hooks.order_actions(request=request, order=order) for a in answer]
    return [
        {"label": a.label, "href": a.url, "icon": "banknote", "tone": a.tone, "confirm": a.confirm}
        for a in found
    ]


def _order(request: Request, order: Order) -> dict[str, Any]:
    names = (
        "code",
        "state",
        "total",
        "currency",
        "buyer_name",
        "buyer_email",
        "buyer_company",
        "locale",
        "lines",
        "payments",
    )
    times = ("created_at", "expires_at", "paid_at")
    plain = order.provider.replace("_", " ").capitalize()  # the plugin is off: its own words are not there
    title = title_of(request.ctx, order.provider, request.locale_name) or plain
    return {**{n: getattr(order, n) for n in (*names, *times)}, "provider_title": title}


def _tickets(request: Request, event: Event, order: Order, may_edit: bool) -> list[dict[str, Any]]:
    doors = admissions_of(request.ctx, order.tickets)

    def door(ticket: Ticket) -> str:
        found = doors.get(ticket.id)
        return "expected" if found is None else "inside" if found.inside else "left"

    return [
        {
            "id": ticket.id,
            "holder": ticket.attendee.name,
            "email": ticket.attendee.email,
            "type_name": ticket.ticket_type.name,
            "state": ticket.state,
            "admission": door(ticket),
            "rotate_href": path(request, "dashboard.ticket_rotate", event, ticket=ticket.id)
            if may_edit and ticket.state == TicketState.VALID
            else "",
            "void_href": path(request, "dashboard.ticket_void", event, ticket=ticket.id)
            if may_edit and ticket.state in LIVE
            else "",
        }
        for ticket in order.tickets
    ]


@view_config(
    route_name="dashboard.order_print",
    request_method="GET",
    permission=ORDER_VIEW,
    renderer="dashboard/order_print.jinja2",
)
def order_print(request: Request) -> dict[str, Any]:
    event, order = the_order(request)
    return {
        "event": event,
        "order": _order(request, order),
        "tickets": _tickets(request, event, order, False),
        "printed_at": request.ctx.clock.now(),
        "back_href": path(request, "dashboard.order", event, code=order.code),
    }


def _back(request: Request, event: Event, code: str, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(path(request, "dashboard.order", event, code=code) + f"?done={done}")


@view_config(
    route_name="dashboard.order_payment",
    request_method="POST",
    permission=ORDER_EDIT,
    renderer="dashboard/order.jinja2",
)
def pay(request: Request) -> Any:
    """Record money that arrived, under the reference of the bank."""
    event, order = the_order(request)
    form = Form(request.POST)
    reference = (
        form.text("reference", 120, required=False) or f"{order.code}-{request.ctx.clock.now():%Y%m%d%H%M%S}"
    )
    if not form.ok:
        request.response.status_int = 422
        errors = dict(form.summary(request.locale_name))
        return _order_variables(request, event, order, dict(request.POST), errors)
    paid = mark_paid(request.ctx, order, reference)
    return _back(request, event, order.code, "paid" if paid.state == OrderState.PAID else "late")


@view_config(route_name="dashboard.order_cancel", request_method="POST", permission=ORDER_EDIT)
def cancel(request: Request) -> HTTPSeeOther:
    event, order = the_order(request)
    cancel_order(request.ctx, order, "organizer")
    return _back(request, event, order.code, "cancelled")


@view_config(route_name="dashboard.order_mail", request_method="POST", permission=ORDER_EDIT)
def mail(request: Request) -> HTTPSeeOther:
    event, order = the_order(request)
    resend(request.ctx, order)
    return _back(request, event, order.code, "sent")


@view_config(route_name="dashboard.ticket_rotate", request_method="POST", permission=ORDER_EDIT)
def rotate_ticket(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    ticket = rotate(request.ctx, ticket_by_id(request.ctx, event, uuid_in(request, "ticket")))
    return _back(request, event, ticket.order.code, "rotated")


@view_config(route_name="dashboard.ticket_void", request_method="POST", permission=ORDER_EDIT)
def void_ticket(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    ticket = void(request.ctx, ticket_by_id(request.ctx, event, uuid_in(request, "ticket")), "organizer")
    return _back(request, event, ticket.order.code, "voided")
