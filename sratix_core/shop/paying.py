"""Paying an order at once: to the provider and back, and a page that waits without claiming anything."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.payments.attempts import begun_of, latest_payment, opened
from sratix_core.payments.calls import RETURNED
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.paying import begin, begin_placed, begin_question, question_of
from sratix_core.payments.providers import known_provider, leads_to, providers_for, requests_payment
from sratix_core.payments.settling import settle
from sratix_core.payments.states import OPEN, AttemptState
from sratix_core.plugins.paying import Begun, IEmbeds
from sratix_core.saved_methods.service import Use
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized, address, frame
from sratix_core.shop.saved import end_for_others, may_go_on, pay_saved
from sratix_core.values.money import Money
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request
from sratix_core.web.security import allow_hosts, may_lead_to

REFRESH = 4
"""Seconds until the waiting page asks again."""

REQUESTED = {"": "requested", "payment_unreachable": "request_later", "payment_declined": "request_refused"}
"""What is told after placing an order for which its provider sends a request, by the trouble there was."""


def ways_to_pay(request: Request, total: Money) -> list[dict[str, str]]:
    """What a buyer may choose from for this amount; the page's form may lead to each of them."""
    locale, found = request.locale_name, providers_for(request.ctx, total) if total.minor else []
    may_lead_to(request, leads_to(request.ctx, *(p.name for p in found)))
    return [{"name": p.name, "title": p.title(locale), "help": p.help(locale), "icon": p.icon} for p in found]


def to_provider(
    request: Request, event: Event, order: Order, secret: str, *, placed: bool = False, use: Use | None = None
) -> Response:
    """Begin the payment of an order and lead there; where it was begun before, lead there again. `placed`: just now, by this request.

    The intent commits before the provider is called. Without an answer the buyer's page says so and offers it again.
    """
    page, order_id = address(request, "shop.order", event, code=order.code, secret=secret), order.id
    requested = placed and requests_payment(request.ctx, order.provider)
    begun, trouble, saved = pay_online(request, order, event if placed else None, use)
    if requested:  # it is on its way by mail and has days: nobody is led away from their order
        return HTTPSeeOther(f"{page}?done={REQUESTED.get(trouble, trouble)}")
    if saved is not None:
        return pay_saved(request, page, request.db.get_one(Order, order_id), saved)
    if begun is None:
        return HTTPSeeOther(f"{page}?done={trouble}" if trouble else page)
    return HTTPSeeOther(begun.redirect or page + "payment/")


class Going(NamedTuple):
    """Where a buyer goes on to pay, or the `trouble` they are told of; neither for an order that is not paid for any more.

    `saved` is an opened attempt that is paid with a saved method, at once.
    """

    begun: Begun | None
    trouble: str = ""
    saved: PaymentAttempt | None = None


def pay_online(
    request: Request,
    order: Order,
    placed_in: Event | None = None,
    use: Use | None = None,
    *,
    guest: bool = False,
) -> Going:
    """Open the payment of an order, or find the one that is open; `placed_in` is the event of an order that this request placed.

    What was opened with somebody's saved methods is ended for everybody else, and for whoever comes as a `guest`.
    Commits in between: objects loaded before are detached afterwards.
    """
    ctx, order_id = request.ctx, order.id
    # Of a request the intent came with the order.
    if placed_in is None or requests_payment(ctx, order.provider):
        attempt = begin(ctx, order, use)
    else:
        attempt = begin_placed(ctx, order, placed_in, use)
    if attempt.customer_id is not None and (guest or not may_go_on(request, attempt)):
        attempt = end_for_others(request, attempt.id)
        order = ctx.db.get_one(Order, order_id)
        if attempt.state in OPEN or not order.is_payable:
            return Going(None, "payment_unreachable" if attempt.state in OPEN else "")
        attempt = begin(ctx, order, use)
    begun = begun_of(ctx, attempt)
    if begun is None:
        attempt_id, asked = attempt.id, begin_question(ctx, order, attempt)
        somebodys = attempt.customer_id is not None  # then settling notes the provider's name for the person
        request.checkpoint()
        answer = asked.answer()
        if (
            not somebodys
            and isinstance(answer.said, Begun)
            and opened(ctx, order_id, attempt_id, answer.said)
        ):
            return Going(answer.said)
        attempt = settle(ctx, attempt_id, answer)
        begun = begun_of(ctx, attempt)
    if begun is not None:
        return Going(begun, saved=attempt if attempt.method is not None else None)
    return Going(None, "payment_declined" if attempt.state not in OPEN else "payment_unreachable")


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
    if begun is None or attempt is None or not begun.client or not IEmbeds.providedBy(provider):
        return HTTPSeeOther(page.path())
    if not may_go_on(request, attempt):
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
    page = BuyerPage(request, whole=False)
    ctx, order = page.ctx, page.order
    attempt = latest_payment(ctx, order.id)
    if not order.is_payable or attempt is None:
        return HTTPSeeOther(page.path())
    asked = question_of(ctx, attempt.id)
    if asked is not None:
        attempt_id, order_id, here = attempt.id, order.id, page.path()
        request.checkpoint()
        attempt = settle(ctx, attempt_id, asked.answer())
        if attempt.state == AttemptState.SUCCEEDED or not ctx.db.get_one(Order, order_id).is_payable:
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
