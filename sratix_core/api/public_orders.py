"""Ordering without a token: what the shop's pages do, in one call. Nothing passes here that the shop would refuse."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sratix_core.api.framework import Call, endpoint
from sratix_core.api.public import EVENTS, TAG
from sratix_core.api.public_shapes import (
    InstructionOut,
    Instructions,
    PublicOrder,
    PublicOrderIn,
    PublicPayment,
    PublicProvider,
    PublicQuote,
    PublicQuoteIn,
    PublicTicket,
)
from sratix_core.api.public_value import count_codes, paid_out, values_out
from sratix_core.api.v1.common import Money, amount_of, money, picked
from sratix_core.api.v1.order_lines import LINE_AMOUNTS, LineOut, facts
from sratix_core.api.v1.ordering import BOUGHT_FIELDS, BUYING, at_lines, prices_in
from sratix_core.api.v1.value_codes import VALUE
from sratix_core.checkout.taking import priced
from sratix_core.checkout.taxes import business
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.orders.desk import Wanted, placing
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder
from sratix_core.orders.queries import buyer_order
from sratix_core.orders.secrets import secret_of
from sratix_core.orders.service import cancel_order
from sratix_core.orders.states import OrderState
from sratix_core.payments import stored
from sratix_core.payments.attempts import begun_of, open_attempt_of
from sratix_core.payments.paying import pays_online
from sratix_core.payments.providers import instructions_for, providers_for, title_of
from sratix_core.plugins.paying import Begun
from sratix_core.shop.buyers import BuyerPage, buyer_may_cancel
from sratix_core.shop.frame import Localized, the_event
from sratix_core.shop.paying import pay_online
from sratix_core.tickets.models import TicketState
from sratix_core.tickets.service import payloads
from sratix_core.tickets.terms import short_code
from sratix_core.values.money import Money as Amount
from sratix_core.web.limits import CHECKOUT, LOOKUP
from sratix_core.web.permissions import PUBLIC

EVENT = EVENTS + "/{event}"
ORDER = EVENT + "/orders/{code}/{secret}"
PAYING = ("order_state", "not_paid_online", "order_changed")
CODES = (*BUYING, "promo_paused", *VALUE)


def _declare(method: str, path: str, summary: str, route: str, answers: Any, **also: Any) -> Any:
    more: dict[str, Any] = {"route": route, "security": "public", "answers": answers, **also}
    return endpoint(method, path, PUBLIC, summary, tag=TAG, **more)


@_declare(
    "POST",
    EVENT + "/quotes",
    "What an order would cost, and how it can be paid; nothing is held",
    "api.public_quotes",
    PublicQuote,
    body=PublicQuoteIn,
    writes=False,
    first=lambda request: count_codes(request, PublicQuoteIn, LOOKUP),
    errors=tuple(code for code in CODES if code not in ("sold_out", "buyer_limit", "no_provider")),
    fields=(("quantity", "lines"), ("buyer_vat_number", "vat_number")),
)
def quote_public_order(call: Call) -> PublicQuote:
    body, ctx, event = call.body, call.ctx, the_event(call.request)
    quantities: Counter[Any] = Counter()
    for line in body.lines:
        quantities[line.ticket_type_id] += line.quantity
    prices = prices_in(body.lines, event.currency)
    with at_lines(body.lines):
        company = business(ctx, body.vat_number)
        found = priced(ctx, event, quantities, body.promo_code.strip(), company, prices)
    total, locale = Amount(found.total_minor, event.currency), call.request.locale_name
    chosen = stored.chosen(ctx, body.value_codes, total, found.value_minor)
    due = Amount(total.minor - stored.covered(chosen), event.currency)

    def shown(minor: int) -> Money:
        return Money(minor, event.currency)

    return PublicQuote(
        lines=[
            picked(x, LineOut, **{name: shown(getattr(x, f"{name}_minor")) for name in LINE_AMOUNTS})
            for x in found.lines
        ],
        total=money(total),
        tax=shown(found.tax_minor),
        tax_included=found.tax_included,
        rounding=shown(found.rounding_minor),
        code_discount=shown(found.code_minor),
        value=values_out(chosen, locale),
        due=money(due),
        providers=[PublicProvider(p.name, p.title(locale), p.help(locale)) for p in providers_for(ctx, due)]
        if due.minor
        else [],
    )


@_declare(
    "POST",
    EVENT + "/orders",
    "Place an order as a guest",
    "api.public_orders",
    PublicOrder,
    body=PublicOrderIn,
    status=201,
    first=lambda request: count_codes(request, PublicOrderIn, CHECKOUT),
    errors=(*CODES, "cart_changed", "value_changed"),
    fields=BOUGHT_FIELDS,
)
def create_public_order(call: Call) -> PublicOrder:
    request, ctx, event = call.request, call.ctx, the_event(call.request)
    mine = request.claimed
    order = ctx.db.get(Order, mine) if mine is not None else None
    if order is not None:
        return _told(call, event, order) or _paid_online(call, event, order)
    with at_lines(call.body.lines), placing(ctx, event, _wanted(call, event)) as order:
        told = _told(call, event, order)
    return told or _paid_online(call, event, order, event)


def _told(call: Call, event: Event, order: Order) -> PublicOrder | None:
    """The order as it was placed; None while its payment is to be begun first."""
    secret = secret_of(call.ctx, order)
    call.created(order.code, secret)
    if order.state == OrderState.AWAITING_PAYMENT and pays_online(call.ctx, order.provider):
        return None
    return _order(call, event, order, secret)


def _wanted(call: Call, event: Event) -> Wanted:
    """The body as an order; made under a key it takes the id of the claim, so that a repeat finds it."""
    body, known = call.body, call.ctx.tenant.locales
    spoken = call.request.locale_name
    buyer = Buyer(body.buyer.name, body.buyer.email, body.buyer.company)
    return Wanted(
        lines=[(line.ticket_type_id, line.quantity) for line in body.lines],
        buyer=buyer,
        holders=_holders(body, buyer),
        provider=body.provider,
        locale=body.locale or (spoken if spoken in known else ""),
        promo_code=body.promo_code.strip(),
        value_codes=body.value_codes,
        prices=prices_in(body.lines, event.currency),
        vat_number=body.buyer.vat_number,
        seen=amount_of(body.total, "total") if body.total is not None else None,
        order_id=call.request.claimed,
    )


def _holders(body: PublicOrderIn, buyer: Buyer) -> list[Holder]:
    """Who comes; as in the shop the first ticket has a name, and where nobody is named it is the buyer's."""
    if not body.attendees:
        count = sum(line.quantity for line in body.lines)
        return [Holder(buyer.name, buyer.email), *[Holder()] * (count - 1)]
    if not body.attendees[0].name.strip():
        raise Invalid({"name_0": "required"})
    return [Holder(h.name, h.email) for h in body.attendees]


@_declare(
    "GET",
    ORDER,
    "An order, for whoever has its code and secret",
    "api.public_order",
    PublicOrder,
)
def get_public_order(call: Call) -> PublicOrder:
    page = BuyerPage(call.request)
    return _order(call, page.event, page.order, page.secret)


@_declare(
    "POST",
    ORDER + "/payments",
    "Go on with the payment of an order, or begin it again",
    "api.public_payments",
    PublicOrder,
    errors=PAYING,
)
def pay_public_order(call: Call) -> PublicOrder:
    call.request.limit(CHECKOUT)
    page = BuyerPage(call.request)
    return _paid_online(call, page.event, page.order)


@_declare(
    "POST",
    ORDER + "/cancellation",
    "Cancel one's own order, while nothing is paid for it",
    "api.public_cancellation",
    PublicOrder,
    errors=("cancel_by_organizer", "order_state", "order_changed"),
)
def cancel_public_order(call: Call) -> PublicOrder:
    page = BuyerPage(call.request)
    if page.order.state != OrderState.CANCELLED:
        if not page.may_cancel():
            raise Refused("cancel_by_organizer")
        cancel_order(call.ctx, page.order, "buyer")
        call.ctx.db.expire_all()  # tickets were changed by statements
    return _order(call, page.event, buyer_order(call.ctx, page.event, page.code, page.secret), page.secret)


def _paid_online(call: Call, event: Event, order: Order, placed_in: Event | None = None) -> PublicOrder:
    """Begin the payment, which commits what was done, and tell the order as it is then."""
    code, secret = order.code, secret_of(call.ctx, order)
    begun, trouble, _ = pay_online(call.request, order, placed_in, guest=True)
    return _order(call, event, buyer_order(call.ctx, event, code, secret), secret, begun, trouble)


def _order(
    call: Call,
    event: Event,
    order: Order,
    secret: str,
    begun: Begun | None = None,
    trouble: Any = "",
) -> PublicOrder:
    call.headers |= {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    codes = payloads(call.ctx, event, order.tickets)

    def url(route: str, **parts: Any) -> str:
        at = {"tenant": call.ctx.tenant.slug, "event": event.slug, "code": order.code, "secret": secret}
        return str(call.request.route_url(route, **at, **parts))

    tickets = [
        PublicTicket(
            id=t.id,
            number=short_code(t.id),
            ticket_type_id=t.ticket_type_id,
            type=Localized(t.ticket_type, call.request.locale_name).name,
            attendee_name=t.attendee.name,
            attendee_email=t.attendee.email,
            state=TicketState(t.state),
            qr=codes.get(t.id),
            qr_url=url("shop.ticket_png", ticket=t.id) if t.id in codes else None,
        )
        for t in order.tickets
    ]
    payment = None
    if order.is_payable:
        payment = _payment(call, order, begun, trouble, url("shop.payment"))
    return picked(
        order,
        PublicOrder,
        **facts(order, True),
        secret=secret,
        url=url("shop.order"),
        can_cancel=buyer_may_cancel(call.ctx, event, order),
        value=paid_out(call, order),
        payment=payment,
        tickets=tickets,
    )


def _payment(call: Call, order: Order, begun: Begun | None, trouble: Any, page: str) -> PublicPayment:
    ctx, locale = call.ctx, call.request.locale_name
    if begun is None and not trouble and pays_online(ctx, order.provider):
        attempt = open_attempt_of(ctx, order.id)
        begun = begun_of(ctx, attempt) if attempt is not None else None
    told = instructions_for(ctx, order, locale)
    return PublicPayment(
        provider=order.provider,
        title=title_of(ctx, order.provider, locale),
        due=money(order.outstanding),
        url=(begun.redirect or page) if begun is not None else "",
        instructions=Instructions(
            told.intro, [InstructionOut(x.label, x.value) for x in told.lines], told.note
        )
        if told is not None
        else None,
        trouble=trouble,
    )
