"""Paying an order at once: to the provider and back, and a page that waits without claiming anything."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.payments.attempts import begun_of, latest_payment
from sratix_core.payments.calls import RETURNED
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.paying import begin, begin_question, question_of
from sratix_core.payments.providers import known_provider, leads_to, providers_for
from sratix_core.payments.settling import settle
from sratix_core.payments.states import OPEN
from sratix_core.plugins.paying import Begun, IEmbeds
from sratix_core.shop.frame import Localized, address, frame
from sratix_core.shop.orders import BuyerPage
from sratix_core.values.money import Money
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request
from sratix_core.web.security import allow_hosts, may_lead_to

REFRESH = 4
"""Seconds until the waiting page asks again."""


def ways_to_pay(request: Request, total: Money) -> list[dict[str, str]]:
    """What a buyer may choose from for this amount; the page's form may lead to each of them."""
    locale, found = request.locale_name, providers_for(request.ctx, total) if total.minor else []
    may_lead_to(request, leads_to(request.ctx, *(p.name for p in found)))
    return [{"name": p.name, "title": p.title(locale), "help": p.help(locale), "icon": p.icon} for p in found]


def to_provider(request: Request, event: Event, order: Order, secret: str) -> Response:
    """Begin the payment of a placed order and lead there; where it was begun before, lead there again.

    The intent commits before the provider is called. Without an answer the buyer's page says so and offers it again.
    """
    ctx, page = request.ctx, address(request, "shop.order", event, code=order.code, secret=secret)
    attempt = begin(ctx, order)
    begun = begun_of(ctx, attempt)
    if begun is None:
        attempt_id, asked = attempt.id, begin_question(ctx, order, attempt)
        request.checkpoint()
        attempt = settle(ctx, attempt_id, asked.answer())
        begun = begun_of(ctx, attempt)
    return _to(page, attempt, begun)


def _to(page: str, attempt: PaymentAttempt, begun: Begun | None) -> Response:
    if begun is None:
        known = "payment_declined" if attempt.state not in OPEN else "payment_unreachable"
        return HTTPSeeOther(f"{page}?done={known}")
    if not begun.redirect:
        return HTTPSeeOther(page + "payment/")
    return HTTPSeeOther(begun.redirect)


@view_config(route_name="shop.payment", request_method="POST", permission=PUBLIC)
def paid_now(request: Request) -> Response:
    """Go on with the payment of an order that waits for it."""
    request.limit(CHECKOUT)
    page = BuyerPage(request)
    if not page.order.is_payable:
        return HTTPSeeOther(page.path())
    return to_provider(request, page.event, page.order, page.secret)


@view_config(
    route_name="shop.payment", request_method="GET", permission=PUBLIC, renderer="shop/payment.jinja2"
)
def payment_page(request: Request) -> Any:
    """The fields of a provider that takes payments on our page."""
    page = BuyerPage(request)
    attempt = latest_payment(page.ctx, page.order.id)
    begun = begun_of(page.ctx, attempt) if attempt is not None else None
    provider: Any = known_provider(page.ctx, attempt.provider) if attempt is not None else None
    if begun is None or attempt is None or not IEmbeds.providedBy(provider):
        return HTTPSeeOther(page.path())
    fields: Markup = provider.fields(request, begun, request.host_url + page.path() + RETURNED)
    for directive, hosts in provider.sources.items():
        allow_hosts(request, request.response, directive, hosts)
    return frame(
        request,
        event=Localized(page.event, request.locale_name),
        order=page.order,
        due=attempt.amount,
        fields=fields,
        test_mode=attempt.mode == "test",
        back_href=page.path(),
        canonical="",
    )


@view_config(
    route_name="shop.payment_return",
    request_method="GET",
    permission=PUBLIC,
    writes=True,
    renderer="shop/payment_waiting.jinja2",
)
def returned(request: Request) -> Any:
    """The buyer is back: what the provider says now is what they are told. Asking twice changes nothing."""
    page = BuyerPage(request)
    ctx, order = page.ctx, page.order
    attempt = latest_payment(ctx, order.id)
    if not order.is_payable or attempt is None:
        return HTTPSeeOther(page.path())
    asked = question_of(ctx, attempt.id)
    if asked is not None:
        attempt_id, order_id, here = attempt.id, order.id, page.path()
        request.checkpoint()
        attempt = settle(ctx, attempt_id, asked.answer())
        if not ctx.db.get_one(Order, order_id).is_payable:
            return HTTPSeeOther(here)
        page = BuyerPage(request)
        order = page.order
    if attempt.state not in OPEN:
        return HTTPSeeOther(page.path() + "?done=payment_declined")
    begun = begun_of(ctx, attempt)
    may_lead_to(request, leads_to(ctx, attempt.provider))
    return frame(
        request,
        event=Localized(page.event, request.locale_name),
        order=order,
        due=attempt.amount,
        asked=asked is not None,
        until=attempt.ends_at,
        again=REFRESH,
        go_on=page.path("shop.payment") if begun is not None else "",
        back_href=page.path(),
        canonical="",
    )
