"""A gift card put on a cart, or taken off it, from the payment step of the checkout."""

from __future__ import annotations

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.shop.checkout import Checkout, pay_page
from sratix_core.shop.values import put_on, take_off
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(route_name="shop.value", request_method="POST", permission=PUBLIC)
def change_value(request: Request) -> Response:
    request.limit(CHECKOUT)
    step = Checkout(request)
    ended = step.gone()
    if ended is not None:
        return ended
    if "gift_off" in request.POST:
        take_off(step, request.POST["gift_off"])
    elif (wrong := put_on(step)) and step.held.entries.get("values"):
        page = pay_page(step, wrong)
        return render_to_response(
            "shop/checkout_pay.jinja2", page, request=request, response=request.response
        )
    return HTTPSeeOther(step.path("shop.pay"))


@view_config(route_name="shop.value", request_method="GET", permission=PUBLIC)
def reloaded(request: Request) -> HTTPSeeOther:
    """Who reloads a refused code comes back to the payment."""
    return HTTPSeeOther(Checkout(request).path("shop.pay"))
