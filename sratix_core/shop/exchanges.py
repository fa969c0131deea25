"""The buyer takes another ticket type: which ones there are, what each means, and the change at the amount that was shown."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.catalog.availability import OfferState
from sratix_core.catalog.hot import SoldOut
from sratix_core.errors import Conflict, Refused
from sratix_core.payments.sending import sends_back
from sratix_core.refunds.own_exchange import OwnExchange, choices, exchange_own, own_offer
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized, frame
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.values.money import Money
from sratix_core.web.forms import refused_fields
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

PAGE = "shop/exchange.jinja2"


@view_config(route_name="shop.exchange", request_method="GET", permission=PUBLIC, renderer=PAGE)
def asked(request: Request) -> Any:
    """Which types; once one is named in the address, what taking it means."""
    page = BuyerPage(request)
    ticket = page.ticket()
    if not page.may_exchange() or ticket.state != TicketState.VALID:
        return HTTPSeeOther(page.path())
    chosen = _id(request.GET.get("type", ""))
    return _page(page, ticket, own_offer(page.ctx, page.order, ticket, chosen) if chosen else None, {})


@view_config(route_name="shop.exchange", request_method="POST", permission=PUBLIC, renderer=PAGE)
def exchanged(request: Request) -> Any:
    """Take it, at the amount that was shown."""
    page = BuyerPage(request)
    ticket = page.ticket()
    chosen, seen = _id(request.POST.get("type", "")), request.POST.get("seen", "")
    bare = seen.removeprefix("-")
    if chosen is None or not (bare.isascii() and bare.isdigit() and len(bare) < 16):
        return HTTPSeeOther(page.path("shop.exchange", ticket=ticket.id))
    shown = Money(int(seen), page.order.currency)
    try:
        with page.ctx.db.begin_nested():
            fresh = exchange_own(page.ctx, page.order, ticket, chosen, shown)
    except SoldOut as error:
        return _page(page, ticket, None, refused_fields(request, Refused(error.code, **error.data)))
    except Conflict as error:
        if error.code != "refund_changed":
            raise
        errors = refused_fields(request, Refused(error.code))
        return _page(page, ticket, own_offer(page.ctx, page.order, ticket, chosen), errors)
    if fresh.state == TicketState.RESERVED:
        return HTTPSeeOther(page.path("shop.difference") + "?done=difference")
    return HTTPSeeOther(page.path() + "?done=exchanged")


def _id(raw: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


def _page(page: BuyerPage, ticket: Ticket, own: OwnExchange | None, errors: dict[str, str]) -> dict[str, Any]:
    request, ctx, order = page.request, page.ctx, page.order
    found = [] if own else choices(ctx, order, ticket)
    types = [each.ticket_type for each in found if each.state == OfferState.ON_SALE]
    return frame(
        request,
        event=Localized(page.event, request.locale_name),
        order=order,
        holder=ticket.attendee.name or request.t("Name still open"),
        type_name=Localized(ticket.ticket_type, request.locale_name).name,
        types=[
            {
                "id": str(kind.id),
                "name": Localized(kind, request.locale_name).name,
                "own": own_offer(ctx, order, ticket, kind.id),
            }
            for kind in types
        ],
        own=own,
        own_name=Localized(own.asked.ticket_type, request.locale_name).name if own else "",
        by_itself=all(sends_back(ctx, p) for p in order.payments),
        errors=errors,
        action=page.path("shop.exchange", ticket=ticket.id),
        back_href=page.path(),
        canonical="",
    )
