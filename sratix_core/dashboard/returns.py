"""Staff give tickets of a paid order back, take something off its price as a favour, and send what is owed the way it came."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT
from sratix_core.dashboard.orders import the_order
from sratix_core.dashboard.shell import path, screen
from sratix_core.errors import Conflict, Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.payments.sending import sends_back
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import REASONS, give_back, quote, send_soon
from sratix_core.shop.returns import ids
from sratix_core.tickets.models import HOLDING, TicketState
from sratix_core.values.money import Money, format_money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.messages import sentence
from sratix_core.web.refund_words import reasons
from sratix_core.web.request import Request

PAGE = "dashboard/return.jinja2"
CONFIRM = "dashboard/confirm.jinja2"

REASON_WORDS = {
    "goodwill": "Goodwill",
    "illness": "Illness",
    "event_changed": "The event changed",
    "booking_mistake": "Booked by mistake",
    "double_booking": "Booked twice",
    "other": "Something else",
}


def must_see_money(request: Request) -> None:
    """Who may not see amounts decides on none."""
    if not request.may(MONEY_VIEW):
        raise HTTPForbidden


@view_config(route_name="dashboard.order_return", request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
def asked(request: Request) -> dict[str, Any]:
    """Which tickets, and by whose rules: each choice with its amount."""
    must_see_money(request)
    event, order = the_order(request)
    chosen = ids(request.GET.getall("ticket"))
    return _page(request, event, order, chosen, {}, {})


@view_config(route_name="dashboard.order_return", request_method="POST", permission=ORDER_EDIT, renderer=PAGE)
def given(request: Request) -> Any:
    """Give back what was chosen, at the amount that was shown."""
    must_see_money(request)
    event, order = the_order(request)
    chosen, form = ids(request.POST.getall("ticket")), Form(request.POST)
    terms = form.choice("terms", list(ReturnTerms))
    reason = form.choice("reason", REASONS, required=terms != ReturnTerms.POLICY)
    try:
        form.check()
        seen = form.integer(f"seen_{terms}", 0, 2**53, required=False)
        shown = Money(seen, order.currency) if seen is not None else None
        with request.ctx.db.begin_nested():
            give_back(request.ctx, order, chosen, ReturnTerms(terms or ""), reason or "by_policy", seen=shown)
    except (Invalid, Refused, Conflict) as error:
        if isinstance(error, Conflict) and error.code != "refund_changed":
            raise
        refusal = Refused(error.code) if isinstance(error, Conflict) else error
        errors = refused_fields(request, refusal)
        return _page(request, event, order, chosen, dict(request.POST), errors)
    return _back(request, event, order, "returned")


def _back(request: Request, event: Event, order: Order, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + f"?done={done}")


def _page(
    request: Request,
    event: Event,
    order: Order,
    chosen: Sequence[uuid.UUID],
    values: Mapping[str, Any],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    t, ctx, back = request.t, request.ctx, path(request, "dashboard.order", event, code=order.code)
    live = [ticket for ticket in order.tickets if ticket.state in HOLDING]
    picked = [x.id for x in live if x.id in set(chosen)]
    quotes = {terms: quote(ctx, order, picked, terms) for terms in ReturnTerms} if picked else {}
    by_policy = quotes.get(ReturnTerms.POLICY)
    return screen(
        request,
        event,
        [
            (t("Orders"), path(request, "dashboard.orders", event)),
            (order.code, back),
            (t("Give back"), None),
        ],
        order=order,
        tickets=[
            {
                "id": str(x.id),
                "holder": x.attendee.name
                or (order.buyer_name if x.state == TicketState.VALUE else t("Name still open")),
                "type_name": x.ticket_type.name,
                "picked": x.id in picked or not chosen,
            }
            for x in live
        ],
        quotes=quotes,
        whole=by_policy.whole if by_policy else False,
        count=len(picked),
        why=reasons(request, by_policy.verdict.steps, order.currency, event.timezone) if by_policy else [],
        by_itself=all(sends_back(ctx, p) for p in order.payments),
        reasons=[("", t("Choose"))] + [(code, t(words)) for code, words in REASON_WORDS.items()],
        values={"terms": ReturnTerms.POLICY.value, **values},
        errors=errors,
        action=path(request, "dashboard.order_return", event, code=order.code),
        back_href=back,
    )


@view_config(
    route_name="dashboard.order_credit", request_method="GET", permission=ORDER_EDIT, renderer=CONFIRM
)
def favour_asked(request: Request) -> dict[str, Any]:
    must_see_money(request)
    return _favour_question(request, *the_order(request), {}, {})


@view_config(
    route_name="dashboard.order_credit", request_method="POST", permission=ORDER_EDIT, renderer=CONFIRM
)
def favour(request: Request) -> Any:
    """Take an amount off the price; the tickets stay valid."""
    must_see_money(request)
    event, order = the_order(request)
    form = Form(request.POST)
    amount = form.money("amount", order.currency)
    try:
        form.check()
        assert amount is not None
        with request.ctx.db.begin_nested():
            credit(request.ctx, order, amount, "favour")
    except (Invalid, Refused) as error:
        errors = refused_fields(request, error, rest="amount")
        if isinstance(error, Refused):
            errors = {"amount": sentence(error.code, request.locale_name, **error.data)}
        return _favour_question(request, event, order, request.POST, errors)
    send_soon(request.ctx, order)
    return _back(request, event, order, "credited")


def _favour_question(
    request: Request, event: Event, order: Order, values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    t, price = request.t, format_money(order.price, request.locale_name)
    by_itself = all(sends_back(request.ctx, p) for p in order.payments)
    then = (
        t("It goes back the way it was paid at once.")
        if by_itself
        else t("It is owed back then, and yours to transfer.")
    )
    asked = (
        t("The tickets stay valid. {then} The price is {price} now.", then=then, price=price)
        if order.payments
        else t(
            "The tickets stay as they are and the buyer pays that much less. The price is {price} now.",
            price=price,
        )
    )
    return screen(
        request,
        event,
        [(order.code, path(request, "dashboard.order", event, code=order.code)), (t("Favour"), None)],
        question=t("Take something off the price of {code}?", code=order.code),
        consequence=asked,
        yes=t("Take it off"),
        no=t("Leave the price"),
        danger=False,
        action=request.path,
        back_href=path(request, "dashboard.order", event, code=order.code),
        fields=[
            {
                "name": "amount",
                "label": t("Amount in {currency}", currency=order.currency),
                "value": values.get("amount", ""),
                "error": errors.get("amount"),
            }
        ],
    )
