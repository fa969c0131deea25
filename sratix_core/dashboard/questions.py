"""The question before money moves, people are mailed or things go away, as a page: where a dialog leads without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT, ORDER_EDIT
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import NotFound
from sratix_core.events.programme import session_by_id, speaker_by_id
from sratix_core.invoices.queries import invoice_by_id
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.payments.models import ByHand
from sratix_core.payments.refunds import owed_back
from sratix_core.tickets.service import ticket_by_id
from sratix_core.values.money import format_money
from sratix_core.web.request import Request

PAGE = "dashboard/confirm.jinja2"
BY_HAND = {ByHand.BANK: "From your bank account", ByHand.TILL: "In cash"}
"""What a refund that no provider sent was paid from."""


def _question(
    request: Request, question: str, consequence: str, yes: str, back: str, **more: Any
) -> dict[str, Any]:
    """The page posts to its own address: the question and the act share a route."""
    event = the_event(request)
    return screen(
        request,
        event,
        [(question, None)],
        question=question,
        consequence=consequence,
        yes=yes,
        action=request.path,
        back_href=back,
        **more,
    )


@view_config(route_name="dashboard.order_payment", request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
def pay(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    lacks = order.outstanding if order.outstanding.minor else order.total
    price = format_money(lacks, request.locale_name)
    return _question(
        request,
        t("{price} received from {name}?", price=price, name=order.buyer_name),
        t("The order becomes paid and its tickets are mailed. This is recorded with your name."),
        t("Mark {price} as paid", price=price),
        path(request, "dashboard.order", event, code=order.code),
        danger=False,
        fields=[{"name": "reference", "label": t("Reference on the statement"), "value": ""}],
    )


@view_config(
    route_name="dashboard.invoice_correction", request_method="GET", permission=ORDER_EDIT, renderer=PAGE
)
def correct(request: Request) -> dict[str, Any]:
    t, found = request.t, invoice_by_id(request.ctx, uuid_in(request, "invoice"))
    number = found.label or ""
    question = t("Credit {number} and issue it anew?", number=number)
    return screen(
        request,
        crumbs=[(t("Invoices"), path(request, "dashboard.invoices")), (question, None)],
        question=question,
        consequence=t(
            "An invoice never changes: a credit note takes it back whole, and a new one goes to the billing address as it is now."
        ),
        yes=t("Credit {number}", number=number),
        action=request.path,
        back_href=path(request, "dashboard.invoice", invoice=found.id),
        danger=False,
    )


@view_config(route_name="dashboard.order_refund", request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
def refund(request: Request) -> dict[str, Any]:
    event = the_event(request)
    return refund_question(request, order_by_code(request.ctx, event, request.matchdict["code"]), {}, {})


def refund_question(
    request: Request, order: Order, values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    """With what was typed and what is wrong with it, when it comes back."""
    t = request.t
    price = format_money(owed_back(order), request.locale_name)
    asked: tuple[tuple[str, str, str, list[tuple[str, str]]], ...] = (
        ("amount", t("Amount"), t("Empty for all of it"), []),
        ("source", t("Paid"), "", [(value, t(words)) for value, words in BY_HAND.items()]),
        ("reference", t("Reference on the statement"), "", []),
    )
    return _question(
        request,
        t("{price} sent back to {name}?", price=price, name=order.buyer_name),
        t("This records a transfer you have made; nothing is transferred from here. It can't be taken back."),
        t("Record the refund"),
        path(request, "dashboard.order", order.event, code=order.code),
        danger=False,
        no=t("Not yet"),
        fields=[
            {
                "name": n,
                "label": label,
                "help": said,
                "options": options,
                "value": values.get(n, ""),
                "error": errors.get(n),
            }
            for n, label, said, options in asked
        ],
    )


@view_config(route_name="dashboard.order_cancel", request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
def cancel(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    return _question(
        request,
        t("Cancel order {code}?", code=order.code),
        t("Its {n} tickets become void, their seats go back and the buyer is told.", n=len(order.tickets)),
        t("Cancel {code}", code=order.code),
        path(request, "dashboard.order", event, code=order.code),
    )


@view_config(route_name="dashboard.ticket_rotate", request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
@view_config(route_name="dashboard.ticket_void", request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
def ticket(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    found = ticket_by_id(request.ctx, event, uuid_in(request, "ticket"))
    name = found.attendee.name or found.ticket_type.name
    back = path(request, "dashboard.order", event, code=found.order.code)
    if request.matched_route.name == "dashboard.ticket_void":
        words = t(
            "It no longer opens the door, its seat goes back to the pool and the holder is told by e-mail."
        )
        return _question(
            request, t("Void the ticket of {name}?", name=name), words, t("Void the ticket"), back
        )
    words = t("The old code stops working at every door at once. The new one is mailed.")
    return _question(request, t("Give {name} a new code?", name=name), words, t("Make a new code"), back)


@view_config(route_name="dashboard.event_status", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def event_status(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    if request.matchdict["status"] != "cancelled":
        raise NotFound("status")
    return _question(
        request,
        t("Cancel {name}?", name=event.name),
        t(
            "Sales stop at once and the page says that the event is cancelled. Orders stay as they are; refunds are yours to make."
        ),
        t("Cancel the event"),
        path(request, "dashboard.event", event),
    )


@view_config(
    route_name="dashboard.session_delete", request_method="GET", permission=EVENT_EDIT, renderer=PAGE
)
def session(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    found = session_by_id(request.ctx, event, uuid_in(request, "session"))
    words = t("It leaves the programme. Tickets that draw on its places stay valid.")
    return _question(
        request,
        t("Remove {name}?", name=found.title),
        words,
        t("Remove"),
        path(request, "dashboard.programme", event),
    )


@view_config(
    route_name="dashboard.speaker_delete", request_method="GET", permission=EVENT_EDIT, renderer=PAGE
)
def speaker(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    found = speaker_by_id(request.ctx, event, uuid_in(request, "speaker"))
    words = t("The person leaves the programme and every session.")
    return _question(
        request,
        t("Remove {name}?", name=found.name),
        words,
        t("Remove"),
        path(request, "dashboard.programme", event),
    )
