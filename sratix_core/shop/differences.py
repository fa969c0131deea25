"""The rest of an order that changed: paid by card or transfer, with the pages that took its price; or the change is undone."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.catalog.hot import SoldOut
from sratix_core.errors import Invalid, Refused
from sratix_core.orders.moves import locked
from sratix_core.payments.paying import pays_online
from sratix_core.payments.providers import provider_named
from sratix_core.refunds.differences import open_difference
from sratix_core.refunds.undoing import undo
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized, frame
from sratix_core.shop.paying import to_provider, ways_to_pay
from sratix_core.web.forms import refused_fields
from sratix_core.web.limits import CHECKOUT
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

PAGE = "shop/difference.jinja2"


@view_config(route_name="shop.difference", request_method="GET", permission=PUBLIC, renderer=PAGE)
def asked(request: Request) -> Any:
    """What is outstanding, until when, and the ways to pay it."""
    page = BuyerPage(request)
    return HTTPSeeOther(page.path()) if open_difference(page.ctx, page.order) is None else _page(page, {})


@view_config(route_name="shop.difference", request_method="POST", permission=PUBLIC, renderer=PAGE)
def chosen(request: Request) -> Any:
    """To the payment page for it, or to the account to transfer it to."""
    request.limit(CHECKOUT)
    page = BuyerPage(request)
    ctx, order = page.ctx, page.order
    if open_difference(ctx, order) is None:
        return HTTPSeeOther(page.path())
    try:
        wanted = provider_named(ctx, request.POST.get("provider"), page.event, order.outstanding.minor)
    except (Invalid, Refused) as error:
        return _page(page, refused_fields(request, error))
    order = locked(ctx, order)
    order.provider = wanted.name
    ctx.db.flush()
    if pays_online(ctx, wanted.name):
        return to_provider(request, page.event, order, page.secret)
    return HTTPSeeOther(page.path())


@view_config(route_name="shop.difference_undone", request_method="POST", permission=PUBLIC, renderer=PAGE)
def undone(request: Request) -> Any:
    """The buyer would rather have the ticket of before."""
    page = BuyerPage(request)
    try:
        with page.ctx.db.begin_nested():
            undo(page.ctx, page.order)
    except SoldOut as error:
        return _page(page, refused_fields(request, Refused(error.code, **error.data)))
    return HTTPSeeOther(page.path() + "?done=undone")


def _page(page: BuyerPage, errors: dict[str, str]) -> dict[str, Any] | Response:
    request, order = page.request, page.order
    difference = open_difference(page.ctx, order)
    return frame(
        request,
        event=Localized(page.event, request.locale_name),
        order=order,
        due_at=difference.due_at if difference else None,
        overdue=difference is not None and difference.due_at < page.ctx.clock.now(),
        ways=ways_to_pay(request, order.outstanding),
        chosen=order.provider,
        errors=errors,
        action=page.path("shop.difference"),
        undo_href=page.path("shop.difference_undone"),
        back_href=page.path(),
        canonical="",
    )
