"""The two steps of the checkout: who comes, and how it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.catalog.models import TicketType
from sratix_core.checkout import hot
from sratix_core.checkout.models import Cart, CartState
from sratix_core.checkout.service import CartGone, cart_by_secret, secret_hash
from sratix_core.checkout.taxes import put_vat_number
from sratix_core.errors import Conflict, Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.placing import place_order
from sratix_core.orders.secrets import secret_of
from sratix_core.orders.states import OrderState
from sratix_core.payments.paying import pays_online
from sratix_core.payments.stored import KEPT, Part, covered, kept_with, parts, payable
from sratix_core.pricing.lines import LineKind
from sratix_core.pricing.summary import Summary, summary_of
from sratix_core.shop.frame import Localized, address, frame, the_content
from sratix_core.shop.names import VAT_NUMBER, name_errors, read_names, typed_values, unit_told
from sratix_core.shop.paying import to_provider, ways_to_pay
from sratix_core.shop.promo import code_errors
from sratix_core.shop.saved import chosen_way, saved_ways
from sratix_core.shop.values import put_on, told
from sratix_core.values.money import Money
from sratix_core.web.forms import refused_fields
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.messages import sentence
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


class Line(NamedTuple):
    """The tickets of one type in a cart."""

    ticket_type: TicketType
    quantity: int
    is_value: bool = False


class Checkout:
    """One step of the checkout: the event and the cart that the secret opens, to read. Raises `NotFound`."""

    def __init__(self, request: Request) -> None:
        self.request, self.ctx = request, request.ctx
        self.secret: str = request.matchdict["secret"]
        slug, hashed = request.matchdict["event"], secret_hash(self.secret)
        rows = hot.held(request.runtime.engines, request.tenant.id, slug, hashed)
        if not rows:
            raise NotFound("cart")
        self.held = rows[0]
        content = the_content(request, self.held.event_id, self.held.version)
        self.event, types = content.event, {t.id: t for t in content.types}
        self.lines = [
            Line(types[r.ticket_type_id], r.quantity, r.kind == LineKind.VALUE)
            for r in rows
            if r.ticket_type_id
        ]
        self.rows = rows

    def cart(self) -> Cart:
        """The cart itself, to work on."""
        return cart_by_secret(self.ctx, self.event, self.secret)

    def total(self) -> Money:
        return self.summary().total

    def stored(self) -> list[Part]:
        """What cards pay of it, as far as they can at this moment."""
        return parts(self.ctx, kept_with(self.held.entries), payable(self.total(), self.value()))

    def value(self) -> int:
        """What of the price is value that is sold, in minor units: no other value pays for it."""
        return sum(row.net_minor for row in self.rows if row.kind == LineKind.VALUE)

    def units(self) -> list[tuple[int, Line]]:
        """Each unit with its number, from 1."""
        return list(enumerate((line for line in self.lines for _ in range(line.quantity)), 1))

    def summary(self) -> Summary:
        """What it costs and why, the types in the reader's language."""
        locale, held = self.request.locale_name, self.held
        names = {line.ticket_type.id: Localized(line.ticket_type, locale).name for line in self.lines}
        return summary_of(
            [r._replace(name=names[r.ticket_type_id]) if r.ticket_type_id else r for r in self.rows],
            self.event.currency,
            tax_included=held.quote["terms"]["tax_included"],
            rounding_minor=held.rounding_minor,
            code=held.promo_code,
            code_minor=held.code_discount_minor,
        )

    def page(self, **page: Any) -> dict[str, Any]:
        """The variables both steps share."""
        return frame(
            self.request,
            event=Localized(self.event, self.request.locale_name),
            cart=self.summary(),
            hold={
                "until": self.held.expires_at,
                "now": self.ctx.clock.now(),
                "ended_href": self.path("shop.names"),
            },
            back_href=address(self.request, "shop.event", self.event),
            release_href=self.path("shop.release"),
            canonical="",
            **page,
        )

    def asks_for_vat_number(self) -> bool:
        """Whether a number could change the taxes of this cart."""
        abroad = any(line.get("at_customer") for line in self.held.quote["lines"])
        return abroad and self.ctx.hooks.has("tax_rate")

    def path(self, route: str) -> str:
        return address(self.request, route, self.event, secret=self.secret)

    def gone(self) -> Response | None:
        """Where a cart that is no longer open leads: its order, or the page that says its time is over."""
        held = self.held
        if held.state != CartState.OPEN:
            return self.ended(CartGone(state=held.state, order_id=held.order_id))
        if held.expires_at <= self.ctx.clock.now():
            return self.ended(CartGone(state=CartState.EXPIRED.value, order_id=None))
        return None

    def ended(self, error: CartGone) -> Response:
        order_id = error.data["order_id"]
        if order_id is not None:
            order = self.ctx.db.get(Order, order_id)
            if order is not None:
                return order_redirect(self.request, self.event, order)
        locale = self.request.locale_name
        lines = [
            {"name": Localized(line.ticket_type, locale).name, "quantity": line.quantity}
            for line in self.lines
        ]
        page = frame(
            self.request,
            event=Localized(self.event, locale),
            event_href=address(self.request, "shop.event", self.event),
            lines=lines,
            reason=error.data["state"],
        )
        response = render_to_response("shop/cart_expired.jinja2", page, request=self.request)
        response.status_int = 410
        return response


def order_redirect(request: Request, event: Event, order: Order) -> HTTPSeeOther:
    """To the buyer's page of an order."""
    return HTTPSeeOther(
        address(request, "shop.order", event, code=order.code, secret=secret_of(request.ctx, order))
    )


@view_config(
    route_name="shop.names", request_method="GET", permission=PUBLIC, renderer="shop/checkout_names.jinja2"
)
def names(request: Request) -> Any:
    step = Checkout(request)
    entries = step.held.entries
    values = entries.get("typed") or entries.get("values") or {"mine": True}
    again = request.t("You chose this a moment ago: here is the same cart, and nothing is held twice.")
    flash = [{"text": again, "tone": "info"}] if "again" in request.GET else []
    return step.gone() or names_page(step, values, {}, flash)


def names_page(
    step: Checkout, values: dict[str, Any], errors: dict[str, str], flash: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    """The first step, with `values` in its fields."""
    return step.page(
        action=step.path("shop.names"),
        tickets=[unit_told(step, n, line) for n, line in step.units()],
        values=values,
        errors=errors,
        company=True,
        vat=step.asks_for_vat_number(),
        flash=flash,
        code={"action": step.path("shop.code"), "form": "names", "at": "names"},
    )


@view_config(
    route_name="shop.names", request_method="POST", permission=PUBLIC, renderer="shop/checkout_names.jinja2"
)
def names_posted(request: Request) -> Any:
    """Keep who comes with the cart. What was typed comes back beside what is wrong with it."""
    step = Checkout(request)
    ended = step.gone()
    if ended is not None:
        return ended
    values = typed_values(request)
    try:  # a code that was typed and not applied is meant all the same
        if wrong := code_errors(step):
            return names_page(step, values, wrong)
    except CartGone as error:
        return step.ended(error)
    values.pop("code", None)
    buyer, holders = read_names(values, sum(line.quantity for line in step.lines))
    errors = name_errors(buyer, holders, values, {n for n, line in step.units() if line.is_value})
    if not errors and values.get(VAT_NUMBER, step.held.vat_number) != step.held.vat_number:
        try:
            put_vat_number(step.ctx, step.event, step.cart(), values[VAT_NUMBER])
        except CartGone as error:
            return step.ended(error)
        except (Invalid, Refused) as error:
            return names_page(step, values, refused_fields(request, error))
    if errors:
        request.response.status_int = 422
        return names_page(
            step, values, {k: sentence(code, request.locale_name) for k, code in errors.items()}
        )
    kept = {k: v for k, v in step.held.entries.items() if k == KEPT}
    if not hot.close(step.ctx, step.held.id, {"entries": {**kept, "values": values}}):
        return Checkout(request).gone()  # it ended a moment ago
    return HTTPSeeOther(step.path("shop.pay"))


@view_config(
    route_name="shop.pay", request_method="GET", permission=PUBLIC, renderer="shop/checkout_pay.jinja2"
)
def pay(request: Request) -> Any:
    step = Checkout(request)
    ended = step.gone()
    if ended is not None:
        return ended
    if not step.held.entries.get("values"):
        return HTTPSeeOther(step.path("shop.names"))
    return pay_page(step, {})


def pay_page(step: Checkout, errors: dict[str, str]) -> dict[str, Any]:
    """The second step."""
    buyer, _ = read_names(step.held.entries["values"], 0)
    chosen, total = step.stored(), step.total()
    rest = Money(total.minor - covered(chosen), total.currency)
    methods = ways_to_pay(step.request, rest)
    return step.page(
        action=step.path("shop.pay"),
        names_href=step.path("shop.names"),
        rest=rest,
        gift=told(step, chosen, rest) if total.minor else None,
        methods=methods,
        buyer=buyer,
        terms=[],
        values=dict(step.request.POST),
        errors=errors,
        code={"action": step.path("shop.code"), "form": "pay", "at": "pay"},
        saved=saved_ways(
            step.request, step.event, [m["name"] for m in methods]
        ),  # last: it lets go of the transaction
        organizer=step.request.tenant.name,
    )


@view_config(
    route_name="shop.pay", request_method="POST", permission=PUBLIC, renderer="shop/checkout_pay.jinja2"
)
def pay_posted(request: Request) -> Any:
    """Place the order. The same form posted twice leads to the same order."""
    request.limit(CHECKOUT)
    step = Checkout(request)
    if step.held.state != CartState.OPEN:
        return step.gone()
    if not step.held.entries.get("values"):
        return HTTPSeeOther(step.path("shop.names"))
    buyer, holders = read_names(step.held.entries["values"], sum(line.quantity for line in step.lines))
    try:
        wrong = code_errors(step)
        if (wrong := put_on(step) if wrong is None else wrong) is not None:  # nobody pays an unseen price
            return pay_page(step, wrong) if wrong else HTTPSeeOther(step.path("shop.pay"))
        chosen = step.stored()
        if request.POST.get("seen", "") not in ("", str(step.total().minor - covered(chosen))):
            raise Conflict("cart_changed")
        provider, use = chosen_way(request, step.event)
        order, secret = place_order(step.ctx, step.event, step.cart(), buyer, holders, provider, chosen)
    except CartGone as error:
        return step.ended(error)
    except Conflict as error:  # another tab changed the code
        request.tm.abort()
        request.tm.begin()
        request.response.status_int = 409
        return pay_page(Checkout(request), {"": sentence(error.code, request.locale_name)})
    except (Invalid, Refused) as error:
        return pay_page(step, refused_fields(request, error))
    if order.state == OrderState.AWAITING_PAYMENT and pays_online(step.ctx, order.provider):
        return to_provider(request, step.event, order, secret, placed=True, use=use)
    return HTTPSeeOther(address(request, "shop.order", step.event, code=order.code, secret=secret))
