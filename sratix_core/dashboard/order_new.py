"""An order that staff place for somebody: what and for whom, then its price, then placed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.catalog.availability import OfferState, offers
from sratix_core.catalog.hot import SoldOut
from sratix_core.checkout.taking import priced
from sratix_core.checkout.taxes import business
from sratix_core.dashboard.returns import must_see_money
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.orders.desk import Wanted, placing
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer
from sratix_core.payments import stored
from sratix_core.payments.providers import providers_for
from sratix_core.pricing.rules import rules_of
from sratix_core.pricing.summary import Summary, summary_of
from sratix_core.shop.amounts import chosen_prices, field_of, open_told, typed_amounts
from sratix_core.shop.promo import may_guess_values
from sratix_core.values.locale import own_name
from sratix_core.values.money import Money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request

ROUTE = "dashboard.order_new"
PAGE = "dashboard/order_new.jinja2"
NUMBER = "q-"


@dataclass(frozen=True)
class Offered:
    """What the order costs at this moment, and what of it is to be paid by whom."""

    price: Summary
    parts: list[stored.Part]
    due: Money


@view_config(route_name=ROUTE, request_method="GET", permission=ORDER_EDIT, renderer=PAGE)
def new(request: Request) -> dict[str, Any]:
    must_see_money(request)
    return _page(request, the_event(request), {"locale": request.tenant.default_locale}, {}, None)


@view_config(route_name=ROUTE, request_method="POST", permission=ORDER_EDIT, renderer=PAGE)
def place(request: Request) -> Any:
    """The price first; the same form once more, with the total that was shown, places the order, and one order only."""
    must_see_money(request)
    paused = _count_code(request)
    event = the_event(request)
    if paused is not None:
        return _page(
            request, event, dict(request.POST), refused_fields(request, paused, rest="value_code"), None
        )
    given = _key(request)
    key = given or request.ctx.ids.new()
    known = _placed(request, event, key)
    if known:
        return HTTPSeeOther(known)
    offered = None
    try:
        wanted = _read(request, event, key)
        offered = _offered(request, event, wanted)
        total = offered.price.total
        if given is None or request.POST.get("seen") != str(total.minor):
            return _page(request, event, {**request.POST, "key": str(key)}, {}, offered)
        with placing(request.ctx, event, replace(wanted, seen=total)) as order:
            code = order.code
    except IntegrityError:
        request.tm.abort()  # the twin of this very post was faster: its order is the one
        request.tm.begin()
        known = _placed(request, the_event(request), key)
        if not known:
            raise
        return HTTPSeeOther(known)
    except (SoldOut, Invalid, Refused) as error:
        return _page(request, event, dict(request.POST), _errors(request, error), offered)
    return HTTPSeeOther(f"{path(request, 'dashboard.order', event, code=code)}?done=placed")


def _errors(request: Request, error: SoldOut | Invalid | Refused) -> dict[str, str]:
    """What is wrong, beside the field that a person changes."""
    rest = {"promo": "code", "value": "value_code"}.get(error.code.partition("_")[0], "")
    found = {}
    for name, words in refused_fields(request, error, rest=rest).items():
        kind = name.removeprefix("q_")
        place = field_of(name) or (f"{NUMBER}{kind}" if kind != name else "" if name == "quantity" else name)
        found[place] = words
    return found


def _count_code(request: Request) -> Refused | None:
    """As in the shop: staff learn no faster which codes of value are good. Why no more is looked up for now."""
    code = request.POST.get("value_code", "").strip()
    if code:
        request.tm.abort()  # a try is written in a unit of its own, and SQLite has one writer
        request.tm.begin()
        try:
            may_guess_values(request, [code])
        except Refused as error:
            return error
    return None


def _key(request: Request) -> uuid.UUID | None:
    """What names the order of this form, which comes with its price: twice the same is the same order."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _placed(request: Request, event: Event, key: uuid.UUID) -> str:
    """The page of the order that this form has placed already."""
    code = request.db.scalar(select(Order.code).where(Order.id == key, Order.event_id == event.id))
    return f"{path(request, 'dashboard.order', event, code=code)}?done=placed" if code else ""


def _read(request: Request, event: Event, key: uuid.UUID) -> Wanted:
    """The order as it was typed. Raises `Invalid`."""
    form = Form(request.POST)
    numbers = {
        offer.ticket_type.id: form.integer(f"{NUMBER}{offer.ticket_type.id}", 0, 100, required=False) or 0
        for offer in offers(request.ctx, event, staff=True)
    }
    name, email = form.text("buyer_name", 160), form.email("buyer_email")
    texts = {
        n: form.text(n, 160, required=False) or "" for n in ("buyer_company", "buyer_vat_number", "code")
    }
    code = form.text("value_code", 60, required=False)
    form.check()
    return Wanted(
        lines=[(kind, number) for kind, number in numbers.items() if number],
        buyer=Buyer(name or "", email or "", texts["buyer_company"]),
        provider=request.POST.get("provider") or None,
        locale=request.POST.get("locale", ""),
        promo_code=texts["code"],
        value_codes=[code] if code else [],
        prices=chosen_prices(typed_amounts(request.POST), numbers, event.currency),
        vat_number=texts["buyer_vat_number"],
        order_id=key,
        hidden=True,
    )


def _offered(request: Request, event: Event, wanted: Wanted) -> Offered:
    ctx, currency = request.ctx, event.currency
    found = priced(
        ctx,
        event,
        dict(wanted.lines),
        wanted.promo_code,
        business(ctx, wanted.vat_number),
        wanted.prices,
        True,
    )
    price = summary_of(
        found.lines,
        currency,
        tax_included=found.tax_included,
        rounding_minor=found.rounding_minor,
        code=wanted.promo_code,
        code_minor=found.code_minor,
    )
    parts = stored.chosen(ctx, wanted.value_codes, price.total, found.value_minor)
    return Offered(price, parts, Money(price.total.minor - stored.covered(parts), currency))


def _page(
    request: Request, event: Event, values: Mapping[str, Any], errors: dict[str, str], offered: Offered | None
) -> dict[str, Any]:
    t, ctx, locale = request.t, request.ctx, request.locale_name
    home = path(request, "dashboard.orders", event)
    ways = providers_for(ctx, offered.due) if offered is not None and offered.due.minor else []
    return screen(
        request,
        event,
        [(t("Orders"), home), (t("New order"), None)],
        rows=[_row(offer, values) for offer in offers(ctx, event, staff=True)],
        locales=[(code, own_name(code)) for code in request.tenant.locales],
        values=values,
        errors=errors,
        price=offered.price if offered is not None else None,
        parts=[{"title": p.provider.title(locale), "amount": p.amount} for p in offered.parts]
        if offered
        else [],
        due=offered.due if offered is not None else None,
        ways=[(p.name, p.title(locale)) for p in ways],
        action=path(request, ROUTE, event),
        cancel_href=home,
    )


def _row(offer: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    kind = offer.ticket_type
    amount = f"a-{kind.id}"
    return {
        "id": f"{NUMBER}{kind.id}",
        "name": kind.name,
        "price": offer.price,
        "left": offer.left,
        "state": offer.state.value,
        "hidden": kind.visibility,
        "most": offer.max_quantity,
        "may": offer.state == OfferState.ON_SALE,
        "amount": amount,
        "open": open_told(rules_of(kind).open_price, offer.list_price, values.get(amount)),
    }
