"""Invoices of one order: what was issued, issuing, a proforma, and the address it goes to."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import FINANCE_VIEW, MONEY_VIEW, ORDER_EDIT, SETTINGS_EDIT
from sratix_core.dashboard.invoices import KINDS
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.invoices.billing import LENGTHS, buyer_of, save_address
from sratix_core.invoices.models import InvoiceKind
from sratix_core.invoices.queries import of_order
from sratix_core.invoices.service import issue, proforma
from sratix_core.invoices.settings import is_set_up
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.orders.states import HOLDS_UNITS
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request


def invoice_card(request: Request, event: Event, order: Order) -> dict[str, Any] | None:
    """What the order's page shows of invoices; None for whoever sees no money, and for a free order."""
    if not request.may(MONEY_VIEW) or not order.total.minor:
        return None
    may_edit, ready, here = request.may(ORDER_EDIT), is_set_up(request.ctx), {"code": order.code}
    sees = request.may(FINANCE_VIEW)
    found = of_order(request.ctx, order) if ready else []
    issued = [d for d in found if d.kind == InvoiceKind.INVOICE]
    issues = may_edit and ready and order.state in HOLDS_UNITS
    return {
        "documents": [
            {
                "label": d.label or request.t("Proforma"),
                "kind": request.t(KINDS[InvoiceKind(d.kind)][0]),
                "at": d.issued_at,
                "total": d.total,
                "href": path(request, "dashboard.invoice", invoice=d.id) if sees else "",
            }
            for d in found
        ],
        "issue_href": path(request, "dashboard.order_invoice", event, **here)
        if issues and not issued
        else "",
        "proforma_href": path(request, "dashboard.order_proforma", event, **here)
        if issues and not issued
        else "",
        "billing_href": path(request, "dashboard.order_billing", event, **here) if may_edit else "",
        "settings_href": path(request, "dashboard.invoice_settings")
        if not ready and request.may(SETTINGS_EDIT)
        else "",
    }


def _the_order(request: Request) -> tuple[Event, Order]:
    event = the_event(request)
    return event, order_by_code(request.ctx, event, request.matchdict["code"])


def _after(request: Request, event: Event, order: Order, invoice_id: Any) -> HTTPSeeOther:
    """To the invoice for whoever may read it, else back to the order."""
    if request.grants.allows(FINANCE_VIEW):
        return HTTPSeeOther(path(request, "dashboard.invoice", invoice=invoice_id) + "?done=issued")
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=issued")


@view_config(route_name="dashboard.order_invoice", request_method="POST", permission=ORDER_EDIT)
def issue_invoice(request: Request) -> HTTPSeeOther:
    event, order = _the_order(request)
    return _after(request, event, order, issue(request.ctx, order).id)


@view_config(route_name="dashboard.order_proforma", request_method="POST", permission=ORDER_EDIT)
def make_proforma(request: Request) -> HTTPSeeOther:
    event, order = _the_order(request)
    return _after(request, event, order, proforma(request.ctx, order).id)


@view_config(
    route_name="dashboard.order_billing",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/order_billing.jinja2",
)
def billing(request: Request) -> dict[str, Any]:
    event, order = _the_order(request)
    to = buyer_of(request.ctx, order)
    return _billing_page(request, event, order, {name: getattr(to, name) for name in LENGTHS}, {})


@view_config(
    route_name="dashboard.order_billing",
    request_method="POST",
    permission=ORDER_EDIT,
    renderer="dashboard/order_billing.jinja2",
)
def save(request: Request) -> Any:
    event, order = _the_order(request)
    values = {name: str(request.POST.get(name, "")) for name in LENGTHS}
    try:
        save_address(request.ctx, order, values)
    except Invalid as error:
        return _billing_page(request, event, order, values, refused_fields(request, error))
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=saved")


def _billing_page(
    request: Request, event: Event, order: Order, values: dict[str, str], errors: dict[str, str]
) -> dict[str, Any]:
    t, here = request.t, path(request, "dashboard.order", event, code=order.code)
    return screen(
        request,
        event,
        [
            (t("Orders"), path(request, "dashboard.orders", event)),
            (order.code, here),
            (t("Billing address"), None),
        ],
        order=order,
        action=path(request, "dashboard.order_billing", event, code=order.code),
        cancel_href=here,
        values=values,
        errors=errors,
    )
