"""The buyer's own invoices: where they go, having them issued, and fetching the files."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.invoices import papers, settings
from sratix_core.invoices.billing import LENGTHS, buyer_of, save_address
from sratix_core.invoices.models import Invoice
from sratix_core.invoices.service import issue
from sratix_core.invoices.shares import standing
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized, frame, uuid_in
from sratix_core.web.messages import sentence
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(
    route_name="shop.billing", request_method="GET", permission=PUBLIC, renderer="shop/billing.jinja2"
)
def billing(request: Request) -> dict[str, Any]:
    page = _open_page(request)
    to = buyer_of(page.ctx, page.order)
    return _billing_page(page, {name: getattr(to, name) for name in LENGTHS}, {})


@view_config(
    route_name="shop.billing", request_method="POST", permission=PUBLIC, renderer="shop/billing.jinja2"
)
def billing_saved(request: Request) -> Any:
    page = _open_page(request)
    values = {name: str(request.POST.get(name, "")) for name in LENGTHS}
    try:
        save_address(page.ctx, page.order, values)
    except Invalid as error:
        request.response.status_int = 422
        said = {k: sentence(c, request.locale_name) for k, c in error.fields.items()}
        return _billing_page(page, values, said)
    return HTTPSeeOther(page.path() + "?done=billing")


def _open_page(request: Request) -> BuyerPage:
    """The page of an order whose address may still be written: afterwards the organizer corrects the invoice."""
    page = BuyerPage(request)
    if not settings.is_set_up(page.ctx):
        raise NotFound("document")
    if standing(page.ctx, page.order.id).left > 0:
        raise Refused("invoice_issued")
    return page


def _billing_page(page: BuyerPage, values: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    return frame(
        page.request,
        event=Localized(page.event, page.request.locale_name),
        code=page.code,
        action=page.path("shop.billing"),
        back_href=page.path(),
        values=values,
        errors=errors,
        canonical="",
    )


@view_config(route_name="shop.invoices", request_method="POST", permission=PUBLIC)
def invoice_asked(request: Request) -> Response:
    page = BuyerPage(request)
    if not settings.read(page.ctx).by_buyers:
        raise Refused("invoice_by_organizer")
    issue(page.ctx, page.order)
    return HTTPSeeOther(page.path() + "?done=invoiced")


@view_config(route_name="shop.invoice", request_method="GET", permission=PUBLIC)
def invoice_file(request: Request) -> Response:
    page, invoice_id = BuyerPage(request), uuid_in(request, "invoice")
    invoice = _own(page, invoice_id)
    file, data = papers.file_of(page.ctx, invoice, request.matchdict["output"])
    response = Response(data, content_type=file.content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _own(page: BuyerPage, invoice_id: uuid.UUID) -> Invoice:
    """A document of this order alone. Raises `NotFound` for any other."""
    invoice = page.ctx.db.get(Invoice, invoice_id)
    if invoice is None or invoice.order_id != page.order.id:
        raise NotFound("invoice")
    return invoice
