"""A buyer gives tickets of a paid order back: chooses them, sees what comes back and what does not, and decides."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.checkin.queries import inside_of
from sratix_core.errors import Conflict, Refused
from sratix_core.orders.states import OrderState
from sratix_core.payments.sending import sends_back
from sratix_core.payments.sold import sold_by
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import Quote, buyer_quote, give_back, value_may_return
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized, frame
from sratix_core.tickets.models import LIVE
from sratix_core.values.money import Money
from sratix_core.web.forms import refused_fields
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.refund_words import policy_lines, reasons
from sratix_core.web.request import Request

PAGE = "shop/return.jinja2"
BUYER = "buyer"
"""The reason that is noted."""


@view_config(route_name="shop.return", request_method="GET", permission=PUBLIC, renderer=PAGE)
def asked(request: Request) -> Any:
    """Which tickets; once some are named in the address, what giving them back means."""
    page = BuyerPage(request)
    if not page.may_return():
        return HTTPSeeOther(page.path())
    chosen = ids(request.GET.getall("ticket"))
    if not chosen:
        none = "of" in request.GET
        return _page(page, None, {"": request.t("Choose at least one ticket.")} if none else {})
    return _page(page, buyer_quote(page.ctx, page.order, chosen), {})


@view_config(route_name="shop.return", request_method="POST", permission=PUBLIC, renderer=PAGE)
def given(request: Request) -> Any:
    """Give the named tickets back, at the amount that was shown."""
    page = BuyerPage(request)
    if page.order.state == OrderState.CANCELLED:
        return HTTPSeeOther(page.path())
    chosen, seen = ids(request.POST.getall("ticket")), request.POST.get("seen", "")
    shown = (
        Money(int(seen), page.order.currency)
        if seen.isascii() and seen.isdigit() and len(seen) < 16
        else None
    )
    try:
        give_back(page.ctx, page.order, chosen, ReturnTerms.POLICY, BUYER, seen=shown, by_buyer=True)
    except Conflict as error:
        if error.code != "refund_changed":
            raise
        again = Refused(error.code)
        errors = refused_fields(request, again)
        return _page(page, buyer_quote(page.ctx, page.order, chosen), errors)
    return HTTPSeeOther(page.path() + "?done=returned")


def ids(raw: Sequence[str]) -> list[uuid.UUID]:
    """What is no id is nobody's ticket."""
    found = []
    for each in raw[:100]:
        try:
            found.append(uuid.UUID(each))
        except ValueError:
            continue
    return found


def _value(page: BuyerPage, quote: Quote | None) -> list[dict[str, Any]]:
    """The gift cards of the order that can be given back, or those that were chosen: what was paid, what was spent of it, what is left."""
    chosen = {unit.id for unit in quote.units} if quote else set()
    told = []
    for sold in sold_by(page.ctx, page.order):
        left = sold.amount if sold.made is None else sold.made.balance
        if sold.id in chosen or (not quote and sold.state in ("waiting", "open")):
            told.append(
                {
                    "id": str(sold.id),
                    "name": sold.unit.attendee.name,
                    "type_name": Localized(sold.unit.ticket_type, page.request.locale_name).name,
                    "mark": sold.made.mark if sold.made is not None else "",
                    "amount": sold.amount,
                    "spent": sold.amount - left,
                    "left": left,
                }
            )
    return told


def _page(page: BuyerPage, quote: Quote | None, errors: dict[str, str]) -> dict[str, Any]:
    request, order, ctx = page.request, page.order, page.ctx
    inside, nothing = inside_of(ctx, order.tickets), Money(0, order.currency)
    value = _value(page, quote) if quote or value_may_return(ctx, order) else []
    return frame(
        request,
        event=Localized(page.event, request.locale_name),
        order=order,
        errors=errors,
        tickets=[
            {
                "id": str(ticket.id),
                "name": ticket.attendee.name or request.t("Name still open"),
                "type_name": Localized(ticket.ticket_type, request.locale_name).name,
            }
            for ticket in order.tickets
            if ticket.state in LIVE and ticket.id not in inside
        ],
        value=value,
        paid=quote.worth + sum((each["spent"] for each in value), nothing) if quote else nothing,
        spent=sum((each["spent"] for each in value), nothing),
        rules=policy_lines(request, page.content.policy, page.event),
        quote=quote,
        chosen=[str(t.id) for t in quote.tickets] if quote else [],
        why=reasons(request, quote.verdict.steps, order.currency, page.event.timezone) if quote else [],
        by_itself=all(sends_back(ctx, p) for p in order.payments),
        action=page.path("shop.return"),
        back_href=page.path(),
        canonical="",
    )
