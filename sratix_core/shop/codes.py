"""A promo code put on a cart, or taken off it, from either step of the checkout; nothing that was typed there is lost."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.checkout import hot
from sratix_core.checkout.codes import take_code_off
from sratix_core.checkout.service import CartGone
from sratix_core.errors import Refused
from sratix_core.shop.checkout import Checkout, names_page, pay_page
from sratix_core.shop.frame import address
from sratix_core.shop.names import typed_values
from sratix_core.shop.promo import code_errors
from sratix_core.web.forms import refused_fields
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(route_name="shop.code", request_method="POST", permission=PUBLIC)
def change_code(request: Request) -> Response:
    request.limit(CHECKOUT)
    step = Checkout(request)
    ended = step.gone()
    if ended is not None:
        return ended
    at_pay = "pay" in (request.POST.get("code_at"), request.POST.get("code_off"))
    values = typed_values(request)
    try:
        errors = _off(step) if "code_off" in request.POST else code_errors(step)
    except CartGone as error:
        return step.ended(error)
    if errors:
        return _again(step, values, errors, at_pay)
    if not at_pay:
        typed = {k: v for k, v in values.items() if not k.startswith("code")}
        hot.close(step.ctx, step.held.id, {"entries": {**step.held.entries, "typed": typed}})
    return HTTPSeeOther(step.path("shop.pay" if at_pay else "shop.names"))


def _off(step: Checkout) -> dict[str, str]:
    try:
        take_code_off(step.ctx, step.cart())
    except CartGone:
        raise
    except Refused as error:
        return refused_fields(step.request, error, rest="code")
    return {}


def _again(step: Checkout, values: dict[str, Any], errors: dict[str, str], at_pay: bool) -> Response:
    """The step as it was left, with what is wrong beside the code."""
    if at_pay and step.held.entries.get("values"):
        name, page = "shop/checkout_pay.jinja2", pay_page(step, errors)
    else:
        name, page = "shop/checkout_names.jinja2", names_page(step, values, errors)
    return render_to_response(name, page, request=step.request, response=step.request.response)


@view_config(route_name="shop.code", request_method="GET", permission=PUBLIC)
def reloaded(request: Request) -> HTTPSeeOther:
    """Who reloads a refused code, or changes the language there, comes back to the names."""
    step = Checkout(request)
    query = {"lang": request.GET["lang"]} if "lang" in request.GET else {}
    return HTTPSeeOther(address(request, "shop.names", step.event, secret=step.secret, _query=query))
