"""The cart: hold the chosen units, and give them back."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.exc import IntegrityError

from sratix_core.catalog.hot import SoldOut
from sratix_core.checkout.models import CartState
from sratix_core.checkout.service import cart_by_secret, release_cart, start_cart
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.shop.checkout import Checkout
from sratix_core.shop.events import event_variables
from sratix_core.shop.frame import address, the_event
from sratix_core.web.forms import refused_fields
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(route_name="shop.cart", request_method="POST", permission=PUBLIC, renderer="shop/event.jinja2")
def open_cart(request: Request) -> Any:
    """Claim the units. The same form posted twice leads to the same cart."""
    request.limit(CHECKOUT)
    event = the_event(request)
    chosen, wanted = _quantities(request)
    secret = request.ctx.keys.mac("cart", request.POST.get("once", "").encode()).hex()[:32]
    there = address(request, "shop.names", event, secret=secret)  # now: a refused insert detaches the event
    if len(request.POST.get("once", "")) >= 16 and _known(request, event, secret):
        return HTTPSeeOther(there)
    try:
        if event.status != "published" or event.ends_at <= request.ctx.clock.now():
            raise Refused("event_not_on_sale")
        given = secret if len(request.POST.get("once", "")) >= 16 else None
        _, secret = start_cart(request.ctx, event, wanted, request.locale_name, given)
    except IntegrityError:
        request.tm.abort()  # the twin of this very post was faster: its cart is the one
        request.tm.begin()
        return HTTPSeeOther(there)
    except (SoldOut, Invalid, Refused) as error:
        words = next(iter(refused_fields(request, error).values()))
        return event_variables(request, event, chosen, {"": words})
    return HTTPSeeOther(address(request, "shop.names", event, secret=secret))


@view_config(route_name="shop.cart", request_method="GET", permission=PUBLIC)
def reloaded(request: Request) -> HTTPSeeOther:
    """Who reloads a refused cart, or changes its language, comes back to the event."""
    query = {"lang": request.GET["lang"]} if "lang" in request.GET else {}
    return HTTPSeeOther(address(request, "shop.event", the_event(request), _query=query))


def _known(request: Request, event: Event, secret: str) -> bool:
    try:
        cart_by_secret(request.ctx, event, secret)
    except NotFound:
        return False
    return True


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
    if step.cart.state == CartState.OPEN:
        release_cart(step.ctx, step.cart)
    return HTTPSeeOther(step.path("shop.names"))
