"""The buyer's page of an order, opened by its secret link: tickets, how to pay, names, cancellation, documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.checkin.queries import inside_of
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.orders.service import cancel_order, resend
from sratix_core.orders.states import OrderState
from sratix_core.payments.attempts import begun_of
from sratix_core.payments.paying import pays_online
from sratix_core.payments.providers import instructions_for, leads_to, requests_payment, title_of
from sratix_core.payments.requests import open_request
from sratix_core.pricing.summary import Summary
from sratix_core.refunds.differences import open_difference
from sratix_core.refunds.returning import returns_of, value_may_return
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized, address, frame
from sratix_core.shop.invoice_links import invoice_section
from sratix_core.shop.sold import told
from sratix_core.shop.values import paid_by_card
from sratix_core.tickets import qr
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.tickets.outputs import output_named, outputs_for
from sratix_core.tickets.service import payloads, rename
from sratix_core.tickets.terms import short_code
from sratix_core.values.money import Money
from sratix_core.web.limits import Limit
from sratix_core.web.messages import sentence
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.refund_words import policy_lines
from sratix_core.web.request import Request
from sratix_core.web.security import may_lead_to

MAILS = Limit("order-mails", 3, 900)
"""Resending: three at once, then one every five minutes, per order."""


@view_config(route_name="shop.order", request_method="GET", permission=PUBLIC, renderer="shop/order.jinja2")
def order_page(request: Request) -> dict[str, Any]:
    page = BuyerPage(request)
    ctx, order, locale = page.ctx, page.order, request.locale_name
    codes = payloads(ctx, page.event, order.tickets)
    inside = inside_of(ctx, order.tickets)
    named_outputs = outputs_for(ctx) if codes else []
    pays = order.state == OrderState.AWAITING_PAYMENT and pays_online(ctx, order.provider)
    if pays:
        may_lead_to(request, leads_to(ctx, order.provider))
    changes = page.may_exchange()
    returned = returns_of(ctx, order) if order.credited_minor or order.kept_minor else []
    return frame(
        request,
        event=Localized(page.event, locale),
        order=order,
        told=_told(page),
        tickets=[_ticket(page, t, codes.get(t.id), t.id in inside, changes) for t in order.admissions],
        sold=told(page),
        difference=open_difference(ctx, order),
        difference_href=page.path("shop.difference"),
        due=order.outstanding,
        by_card=paid_by_card(ctx, order, locale),
        how_paid=title_of(ctx, order.provider, locale),
        instructions=_instructions(page),
        documents=[
            {
                "text": request.t("All tickets in one file"),
                "kind": o.title,
                "href": page.path("shop.document", output=o.name),
            }
            for o in named_outputs
        ],
        calendar_href=address(request, "shop.event_ics", page.event),
        resend_href=page.path("shop.resend")
        if order.state in {OrderState.PAID, OrderState.AWAITING_PAYMENT}
        else "",
        cancel_href=page.path("shop.cancel") if page.may_cancel() else "",
        pay_href=page.path("shop.payment") if pays else "",
        asked=_asked(page) if pays and requests_payment(ctx, order.provider) else None,
        return_href=page.path("shop.return") if page.may_return() else "",
        give_back=_comes_back(page),
        returns=returned,
        taken_off=Money(order.credited_minor - sum(r.back_minor for r in returned), order.currency),
        doors_at=page.event.starts_at,
        invoices=invoice_section(page),
        canonical="",
        flash=[{"text": request.t(words)} for words in (_done(request),) if words],
    )


def _comes_back(page: BuyerPage) -> list[str]:
    """What comes back, and until when: of tickets by the event's rules, of gift cards what is left, while those give anything back."""
    request, order = page.request, page.order
    if order.state != OrderState.PAID or not order.total.minor:
        return []
    value = order.value_units and page.may_return() and value_may_return(page.ctx, order)
    lines = policy_lines(request, page.content.policy, page.event) if order.admissions else []
    return [*lines, request.t("Of a gift card comes back what is left on it.")] if value else lines


DONE = {
    "sent": "The mail is on its way again.",
    "cancelled": "The order is cancelled.",
    "named": "The name is saved.",
    "exchanged": "Your ticket is another one now. The new code is on its way by mail.",
    "difference": "Your ticket is another one now. It is valid once the difference is paid.",
    "undone": "Your ticket is what it was before. The new code is on its way by mail.",
    "returned": "Given back. A mail with the amount is on its way to you.",
    "payment_left": "You left the payment. Nothing was charged, and your seats are still held.",
    "payment_declined": "The payment did not go through. Nothing was charged: try again, or another card.",
    "requested": "Your order is placed. The invoice is on its way to you by mail.",
    "request_later": "Your order is placed. The invoice follows by mail, as soon as the payment service answers.",
    "request_refused": "The invoice could not be made. Nothing is charged: try again, or write to the organizer.",
    "payment_unreachable": "The payment service does not answer at the moment. Nothing was charged: try again in a minute.",
    "billing": "The billing address is saved.",
    "invoiced": "Your invoice is issued. The file is here in a moment.",
}


def _told(page: BuyerPage) -> Summary:
    """How the price is told, types in the reader's language; one that was renamed since is called what it was sold as."""
    locale, summary = page.request.locale_name, page.order.summary
    names = {t.ticket_type.name: Localized(t.ticket_type, locale).name for t in page.order.tickets}
    return replace(summary, rows=[replace(row, name=names.get(row.name, row.name)) for row in summary.rows])


def _done(request: Request) -> str:
    return DONE.get(request.GET.get("done", ""), "")


def _ticket(
    page: BuyerPage, ticket: Ticket, payload: str | None, inside: bool, changes: bool
) -> dict[str, Any]:
    live = ticket.state in LIVE
    name = Localized(ticket.ticket_type, page.request.locale_name).name
    return {
        "id": ticket.id,
        "number": short_code(ticket.id),
        "holder": ticket.attendee.name,
        "type_name": name,
        "state": ticket.state,
        "qr": Markup(qr.svg(payload)) if payload else "",  # noqa: S704 -- drawn by us from base32
        "png_href": page.path("shop.ticket_png", ticket=ticket.id) if payload else "",
        "rename_href": page.path("shop.ticket", ticket=ticket.id) if live and not inside else "",
        "exchange_href": page.path("shop.exchange", ticket=ticket.id)
        if changes and ticket.state == TicketState.VALID and not inside
        else "",
        "inside": inside,
    }


def _asked(page: BuyerPage) -> dict[str, str]:
    """The request for payment of an order: the address of its page, empty until its provider has sent it."""
    attempt = open_request(page.ctx, page.order)
    begun = begun_of(page.ctx, attempt) if attempt is not None else None
    return {"href": begun.redirect if begun is not None else ""}


def _instructions(page: BuyerPage) -> Markup | str:
    if not page.order.is_payable:
        return ""
    found = instructions_for(page.ctx, page.order, page.request.locale_name)
    if found is None:
        return ""
    code = Markup(found.picture.svg) if found.picture else ""  # noqa: S704 -- drawn by an installed plugin, see `Picture`
    return Markup(render("shop/_instructions.jinja2", {"how": found, "code": code}, request=page.request))  # noqa: S704


@view_config(route_name="shop.ticket_png", request_method="GET", permission=PUBLIC)
def ticket_png(request: Request) -> Response:
    page = BuyerPage(request)
    ticket = page.ticket()
    code = payloads(page.ctx, page.event, [ticket]).get(ticket.id)
    if code is None:
        raise NotFound("ticket")
    response = Response(qr.png(code), content_type="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'inline; filename="{page.code}-{short_code(ticket.id)}.png"'
    return response


@view_config(route_name="shop.document", request_method="GET", permission=PUBLIC)
def document(request: Request) -> Response:
    page = BuyerPage(request)
    output = output_named(page.ctx, request.matchdict["output"])
    valid = [t for t in page.order.tickets if t.state == TicketState.VALID]
    if output is None or not valid:
        raise NotFound("document")
    response = Response(output.render(page.ctx, valid), content_type=output.content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="{page.code}-{output.name}"'
    if output.content_type == "application/pdf":
        response.headers["Content-Disposition"] = f'attachment; filename="{page.code}.pdf"'
    return response


@view_config(route_name="shop.resend", request_method="POST", permission=PUBLIC)
def mail_again(request: Request) -> Response:
    page = BuyerPage(request)
    request.limit(MAILS, str(page.order.id))
    resend(page.ctx, page.order)
    return HTTPSeeOther(page.path() + "?done=sent")


@view_config(route_name="shop.cancel", request_method="POST", permission=PUBLIC)
def cancelled(request: Request) -> Response:
    page = BuyerPage(request)
    if page.order.state == OrderState.CANCELLED:
        return HTTPSeeOther(page.path())
    if not page.may_cancel():
        raise Refused("cancel_by_organizer")
    cancel_order(page.ctx, page.order, "buyer")
    return HTTPSeeOther(page.path() + "?done=cancelled")


@view_config(
    route_name="shop.cancel", request_method="GET", permission=PUBLIC, renderer="shop/confirm.jinja2"
)
def cancel_asked(request: Request) -> Any:
    """The question as a page, for browsers without a script."""
    page, t = BuyerPage(request), request.t
    if not page.may_cancel():
        return HTTPSeeOther(page.path())
    return frame(
        request,
        event=Localized(page.event, request.locale_name),
        question=t("Cancel order {code}?", code=page.code),
        consequence=t("Your tickets become void and their seats go to others. This cannot be undone."),
        yes=t("Cancel {code}", code=page.code),
        no=t("Keep the tickets"),
        action=page.path("shop.cancel"),
        back_href=page.path(),
        canonical="",
    )


@view_config(
    route_name="shop.ticket", request_method="GET", permission=PUBLIC, renderer="shop/ticket_name.jinja2"
)
def ticket_name(request: Request) -> dict[str, Any]:
    page = BuyerPage(request)
    ticket = page.ticket()
    return _name_page(page, ticket, {"name": ticket.attendee.name, "email": ticket.attendee.email}, {})


def _name_page(
    page: BuyerPage, ticket: Ticket, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    return frame(
        page.request,
        event=Localized(page.event, page.request.locale_name),
        ticket=ticket,
        type_name=Localized(ticket.ticket_type, page.request.locale_name).name,
        back_href=page.path(),
        action=page.path("shop.ticket", ticket=ticket.id),
        values=values,
        errors=errors,
        canonical="",
    )


@view_config(
    route_name="shop.ticket", request_method="POST", permission=PUBLIC, renderer="shop/ticket_name.jinja2"
)
def ticket_named(request: Request) -> Any:
    page = BuyerPage(request)
    ticket = page.ticket()
    if ticket.id in inside_of(page.ctx, [ticket]):
        raise Refused("ticket_in_use")
    values = {k: request.POST.get(k, "") for k in ("name", "email")}
    try:
        rename(page.ctx, ticket, values["name"], values["email"])
    except Invalid as error:
        request.response.status_int = 422
        return _name_page(
            page, ticket, values, {k: sentence(c, request.locale_name) for k, c in error.fields.items()}
        )
    return HTTPSeeOther(page.path() + "?done=named")
