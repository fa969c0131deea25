"""One order with everything that happened to it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT, ORDER_VIEW
from sratix_core.audit.queries import history_of
from sratix_core.checkin.queries import admissions_of
from sratix_core.checkin.reverting import last_passes
from sratix_core.dashboard.giving_back import giving_back
from sratix_core.dashboard.history import timeline
from sratix_core.dashboard.order_invoices import invoice_card
from sratix_core.dashboard.order_money import can_send, money_story
from sratix_core.dashboard.order_organization import bought_for
from sratix_core.dashboard.order_requests import new_request_href, request_card
from sratix_core.dashboard.questions import BY_HAND
from sratix_core.dashboard.reverting import undo_href
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.dashboard.sold import sold_value
from sratix_core.events.models import Event
from sratix_core.messages.queries import messages_of
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.orders.secrets import secret_of
from sratix_core.orders.service import cancel_order, resend
from sratix_core.orders.states import OrderState, may
from sratix_core.payments.providers import title_of
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back, refunds_of
from sratix_core.shop.frame import address
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.tickets.service import rotate, ticket_by_id, void
from sratix_core.web.forms import Form
from sratix_core.web.request import Request


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
    pays = pays or (may_edit and order.is_payable)
    owed = owed_back(order)
    then = owed_back(order, over=True)
    sendable = can_send(request, order)
    slots = [m for m in ctx.hooks.page_slot(request=request, slot="order.side", subject=order) if m]
    return screen(
        request,
        event,
        [(t("Orders"), path(request, "dashboard.orders", event)), (order.code, None)],
        order=_order(request, order),
        tickets=_tickets(request, event, order, may_edit),
        sold=sold_value(request, event, order, may_edit),
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
        why_href=path(request, "dashboard.why_order", event, **here) if request.may(MONEY_VIEW) else "",
        print_href=path(request, "dashboard.order_print", event, **here),
        pay_href=path(request, "dashboard.order_payment", event, **here) if pays else "",
        owed_back=owed if owed.minor and request.may(MONEY_VIEW) else None,
        owed_then=then if then.minor and request.may(MONEY_VIEW) else None,
        **giving_back(request, event, order, may_edit),
        story=money_story(request, order) if request.may(MONEY_VIEW) else [],
        ask_href=new_request_href(request, event, order, may_edit) if request.may(MONEY_VIEW) else "",
        asked=request_card(request, event, order, may_edit) if request.may(MONEY_VIEW) else None,
        send_back=sendable if sendable.minor else None,
        send_back_href=path(request, "dashboard.order_send_back", event, **here)
        if may_edit and sendable.minor and request.may(MONEY_VIEW)
        else "",
        refund_sources=[(value, t(words)) for value, words in BY_HAND.items()],
        refund_href=path(request, "dashboard.order_refund", event, **here)
        if may_edit and owed.minor and request.may(MONEY_VIEW)
        else "",
        cancel_href=path(request, "dashboard.order_cancel", event, **here)
        if may_edit and may(order.state, OrderState.CANCELLED)
        else "",
        resend_href=path(request, "dashboard.order_mail", event, **here)
        if may_edit and order.state in {OrderState.PAID, OrderState.AWAITING_PAYMENT}
        else "",
        actions=_actions(request, order),
        bought_for=bought_for(request, event, order),
        invoices=invoice_card(request, event, order),
        slot=Markup("").join(slots),
        values=values,
        errors=errors,
    )


MAIL_WORDS = {
    "order_confirmation": "Confirmation with tickets",
    "order_placed_unpaid": "How to pay",
    "payment_reminder": "Payment reminder",
    "order_cancelled": "Cancellation",
    "ticket_voided": "Ticket voided",
    "tickets_resent": "Tickets again",
    "tickets_given_back": "Tickets given back",
    "difference_asked": "Difference to pay",
    "event_called_off": "Event cancelled",
    "invoice_sent": "Invoice",
    "credit_note_sent": "Credit note",
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
        "price",
        "outstanding",
        "kept",
        "credited_minor",
        "currency",
        "buyer_name",
        "buyer_email",
        "buyer_company",
        "buyer_vat_number",
        "locale",
        "lines",
        "summary",
        "payments",
    )
    times = ("created_at", "expires_at", "paid_at")
    plain = order.provider.replace("_", " ").capitalize()  # the plugin is off: its own words are not there
    title = title_of(request.ctx, order.provider, request.locale_name) or plain
    shown = {n: getattr(order, n) for n in (*names, *times)}
    sees = request.may(MONEY_VIEW)
    return {**shown, "provider_title": title, "refunds": refunds_of(order), "sees_money": sees}


def _tickets(request: Request, event: Event, order: Order, may_edit: bool) -> list[dict[str, Any]]:
    doors, sees_money = admissions_of(request.ctx, order.admissions), request.may(MONEY_VIEW)
    passes = last_passes(request.ctx, list(doors))

    waits = (
        order.state == OrderState.PAID
    )  # a ticket that waits here took another's place: it is undone, not voided

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
            "undo_href": undo_href(request, passes[ticket.id], "order") if ticket.id in passes else "",
            "rotate_href": path(request, "dashboard.ticket_rotate", event, ticket=ticket.id)
            if may_edit and ticket.state == TicketState.VALID
            else "",
            "exchange_href": path(request, "dashboard.ticket_exchange", event, ticket=ticket.id)
            if may_edit and sees_money and ticket.state == TicketState.VALID and not order.outstanding.minor
            else "",
            "void_href": path(request, "dashboard.ticket_void", event, ticket=ticket.id)
            if may_edit and ticket.state in LIVE and not (waits and ticket.state == TicketState.RESERVED)
            else "",
        }
        for ticket in order.admissions
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
