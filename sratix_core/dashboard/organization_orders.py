"""What was bought for an organization: its orders, its tickets and who uses them."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_VIEW, ORGANIZATION_NAMES, ORGANIZATION_VIEW
from sratix_core.checkin.queries import inside_of
from sratix_core.dashboard.organization_frame import inside, organization_screen, the_organization
from sratix_core.dashboard.shell import path, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.orders.models import Order
from sratix_core.organizations.models import Organization
from sratix_core.organizations.purchases import (
    name_ticket,
    open_names,
    orders_of,
    ticket_of,
    tickets_of,
)
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.terms import short_code
from sratix_core.web.forms import refused_fields
from sratix_core.web.paging import pages
from sratix_core.web.request import Request


@view_config(
    route_name="dashboard.organization_orders",
    request_method="GET",
    permission=ORGANIZATION_VIEW,
    renderer="dashboard/organization_orders.jinja2",
)
def orders(request: Request) -> dict[str, Any]:
    of = the_organization(request)
    page = orders_of(request.ctx, of.id, request.GET.get("cursor") or None)
    return organization_screen(
        request,
        of,
        request.t("Orders"),
        orders=[order_row(request, o) for o in page.rows],
        pages=pages(request, inside(request, "dashboard.organization_orders", of), page),
    )


def order_row(request: Request, order: Order) -> dict[str, Any]:
    """An order as lists show it; it leads to its page for whoever may open that one."""
    may = request.grants.allows(ORDER_VIEW, order.event_id)
    return {
        "code": order.code,
        "href": path(request, "dashboard.order", order.event, code=order.code) if may else None,
        "event": order.event.name,
        "what": ", ".join(f"{line.quantity} {line.name}" for line in order.bought),
        "buyer": order.buyer_name,
        "state": order.state,
        "total": order.total,
        "placed": order.created_at,
        "due": order.expires_at if order.state == "awaiting_payment" else None,
    }


@view_config(
    route_name="dashboard.organization_tickets",
    request_method="GET",
    permission=ORGANIZATION_VIEW,
    renderer="dashboard/organization_tickets.jinja2",
)
def tickets(request: Request) -> dict[str, Any]:
    of, may = the_organization(request), request.may(ORGANIZATION_NAMES)
    page = tickets_of(request.ctx, of.id, request.GET.get("cursor") or None)
    at_door, now = inside_of(request.ctx, page.rows), request.ctx.clock.now()
    live, nameless = open_names(request.ctx, of.id)
    return organization_screen(
        request,
        of,
        request.t("Tickets"),
        live=live,
        nameless=nameless,
        rows=[
            {
                "number": short_code(t.id),
                "holder": t.attendee.name,
                "email": t.attendee.email,
                "type": t.ticket_type.name,
                "event": t.order.event.name,
                "starts_at": t.order.event.starts_at,
                "order": t.order.code,
                "state": "inside" if t.id in at_door else t.state,
                "name_href": inside(request, "dashboard.organization_ticket", of, ticket=t.id)
                if may and t.id not in at_door and t.order.event.ends_at >= now
                else None,
            }
            for t in page.rows
        ],
        pages=pages(request, inside(request, "dashboard.organization_tickets", of), page),
    )


@view_config(
    route_name="dashboard.organization_ticket",
    request_method="GET",
    permission=ORGANIZATION_NAMES,
    renderer="dashboard/organization_ticket.jinja2",
)
def ask_name(request: Request) -> dict[str, Any]:
    of = the_organization(request)
    ticket = ticket_of(request.ctx, of.id, uuid_in(request, "ticket"))
    return _name_form(request, of, ticket, {"name": ticket.attendee.name, "email": ticket.attendee.email}, {})


@view_config(
    route_name="dashboard.organization_ticket",
    request_method="POST",
    permission=ORGANIZATION_NAMES,
    renderer="dashboard/organization_ticket.jinja2",
)
def name(request: Request) -> Any:
    of, ticket_id = the_organization(request), uuid_in(request, "ticket")
    ticket = ticket_of(request.ctx, of.id, ticket_id)
    typed = {k: v if isinstance(v := request.POST.get(k, ""), str) else "" for k in ("name", "email")}
    try:
        name_ticket(request.ctx, of.id, ticket_id, typed["name"], typed["email"])
    except (Invalid, Refused) as error:
        return _name_form(request, of, ticket, typed, refused_fields(request, error))
    return HTTPSeeOther(inside(request, "dashboard.organization_tickets", of) + "?done=saved")


def _name_form(
    request: Request, of: Organization, ticket: Ticket, values: dict[str, str], errors: dict[str, str]
) -> dict[str, Any]:
    return organization_screen(
        request,
        of,
        ticket.ticket_type.name,
        type_name=ticket.ticket_type.name,
        event_name=ticket.order.event.name,
        number=short_code(ticket.id),
        action=inside(request, "dashboard.organization_ticket", of, ticket=ticket.id),
        back_href=inside(request, "dashboard.organization_tickets", of),
        values=values,
        errors=errors,
    )
