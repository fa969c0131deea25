"""The cart: hold the chosen units, and give them back."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.exc import IntegrityError

from sratix_core.catalog.hot import SoldOut
from sratix_core.checkout.hot import states_of
from sratix_core.checkout.models import CartState
from sratix_core.checkout.service import release_cart, secret_hash, start_cart
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.promotions.rules import usable
from sratix_core.shop.amounts import chosen_prices, field_of, typed_amounts
from sratix_core.shop.checkout import Checkout
from sratix_core.shop.event import event_variables, the_front
from sratix_core.shop.frame import address, the_event
from sratix_core.shop.once import cart_secrets
from sratix_core.shop.promo import may_try, typed_code
from sratix_core.web.forms import refused_fields
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(
    route_name="shop.cart",
    request_method="POST",
    permission=PUBLIC,
    csrf="origin",  # the page with the form is the same for everybody
    renderer="shop/event.jinja2",
)
def open_cart(request: Request) -> Any:
    """Claim the units. The same form posted twice leads to the same cart."""
    request.limit(CHECKOUT)
    front = the_front(request)
    event = front.event
    chosen, wanted = _quantities(request)
    code, amounts = typed_code(request), typed_amounts(request.POST)
    secret, known = _cart_of_this_post(request, event, wanted, code, amounts)
    if known:
        return HTTPSeeOther(address(request, "shop.names", event, secret=secret, _query={"again": "1"}))
    promo = None
    try:
        if code:
            may_try(request, event, code)
            promo = usable(request.ctx, event, code)
        prices = chosen_prices(amounts, wanted, event.currency)
        _, secret = start_cart(request.ctx, event, wanted, request.locale_name, secret, code, prices)
    except IntegrityError:
        if secret is None:
            raise
        request.tm.abort()  # the twin of this very post was faster: its cart is the one
        request.tm.begin()
    except (SoldOut, Invalid, Refused) as error:
        name, words = next(iter(refused_fields(request, error).items()))
        now = the_front(request)  # what was sold out a moment ago is shown so
        offers = now.offers(request.ctx.clock.now(), unlocked=promo.unlocks if promo else frozenset())
        return event_variables(request, now, offers, {field_of(name): words}, chosen, promo, amounts)
    return HTTPSeeOther(address(request, "shop.names", event, secret=secret))


@view_config(route_name="shop.cart", request_method="GET", permission=PUBLIC)
def reloaded(request: Request) -> HTTPSeeOther:
    """Who reloads a refused cart, or changes its language, comes back to the event."""
    query = {"lang": request.GET["lang"]} if "lang" in request.GET else {}
    return HTTPSeeOther(address(request, "shop.event", the_event(request), _query=query))


def _cart_of_this_post(
    request: Request, event: Event, wanted: dict[uuid.UUID, int], code: str, amounts: dict[str, str]
) -> tuple[str | None, bool]:
    """Its secret and whether it is there and open. After one that ended comes the next; None where nothing names it any more."""
    secrets = cart_secrets(request, event, wanted, code, amounts)
    if not secrets:
        return None, False
    hashes = [secret_hash(secret) for secret in secrets]
    states = states_of(request.runtime.engines, request.tenant.id, hashes)
    for secret, hashed in zip(secrets, hashes, strict=True):
        state = states.get(hashed)
        if state in (None, CartState.OPEN):
            return secret, state is not None
    return None, False


def _quantities(request: Request) -> tuple[dict[str, int], dict[uuid.UUID, int]]:
    """The numbers as typed, and by ticket type. A field that is no number of a type is an error, not a zero."""
    chosen: dict[str, int] = {}
    wanted: dict[uuid.UUID, int] = {}
    for name, raw in request.POST.items():
        if not name.startswith("q-") or not raw.strip():
            continue
        digits = raw.strip()
        number = (
            int(digits)
            if digits.isascii() and digits.removeprefix("-").isdigit() and len(digits) < 10
            else -1
        )
        try:
            kind = uuid.UUID(name.removeprefix("q-"))
        except ValueError:
            continue
        chosen[str(kind)], wanted[kind] = max(0, number), number
    return chosen, wanted


@view_config(route_name="shop.release", request_method="POST", permission=PUBLIC)
def give_back(request: Request) -> Response:
    step = Checkout(request)
    if step.held.state == CartState.OPEN:
        release_cart(step.ctx, step.cart())
    return HTTPSeeOther(step.path("shop.names"))
