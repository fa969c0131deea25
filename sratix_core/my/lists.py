"""What is coming up, what is over, and what was bought: asked tenant by tenant, shown together."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config

from sratix_core.context import TenantContext
from sratix_core.events.models import Event
from sratix_core.events.queries import localized
from sratix_core.my.shell import my_screen
from sratix_core.orders.models import Order
from sratix_core.orders.secrets import secret_of
from sratix_core.tickets.mine import my_orders, my_tickets, over_tenants
from sratix_core.tickets.models import Ticket
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request


@view_config(route_name="my", request_method="GET", permission=SIGNED_IN, renderer="my/tickets.jinja2")
def coming(request: Request) -> dict[str, Any]:
    groups = [g for g in _groups(request) if not g["over"]]
    return my_screen(request, groups=groups, past=False)


@view_config(route_name="my.past", request_method="GET", permission=SIGNED_IN, renderer="my/tickets.jinja2")
def past(request: Request) -> dict[str, Any]:
    groups = [g for g in reversed(_groups(request)) if g["over"]]
    return my_screen(request, request.t("Past"), groups=groups, past=True)


@view_config(route_name="my.orders", request_method="GET", permission=SIGNED_IN, renderer="my/orders.jinja2")
def orders(request: Request) -> dict[str, Any]:
    email = request.identity.email
    rows = [
        _order(request, ctx, order)
        for ctx in over_tenants(request.runtime, email, request.actor)
        for order in my_orders(ctx, email)
    ]
    rows.sort(key=lambda row: row["placed"], reverse=True)
    return my_screen(request, request.t("My orders"), rows=rows)


def _groups(request: Request) -> list[dict[str, Any]]:
    """One for each event, the next one first, with the tickets in it."""
    email, now = request.identity.email, request.runtime.sources.clock.now()
    found: list[dict[str, Any]] = []
    for ctx in over_tenants(request.runtime, email, request.actor):
        by_event: dict[Any, dict[str, Any]] = {}
        for ticket in my_tickets(ctx, email):
            event = ticket.order.event
            group = by_event.setdefault(event.id, {**event_facts(request, ctx, event), "tickets": []})
            group["over"] = event.ends_at < now
            group["tickets"].append(_ticket(request, ctx, ticket))
        found += by_event.values()
    return sorted(found, key=lambda group: group["starts_at"])


def event_facts(request: Request, ctx: TenantContext, event: Event) -> dict[str, Any]:
    """What a ticket says about its event, in the reader's language."""
    venue = event.venue
    return {
        "name": localized(event, "name", request.locale_name),
        "organizer": ctx.tenant.name,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "timezone": event.timezone,
        "place": ", ".join(p for p in (venue.name, venue.city) if p) if venue else "",
        "cancelled": event.status == "cancelled",
    }


def _ticket(request: Request, ctx: TenantContext, ticket: Ticket) -> dict[str, Any]:
    return {
        "holder": ticket.attendee.name,
        "type": localized(ticket.ticket_type, "name", request.locale_name),
        "state": ticket.state,
        "href": request.route_path("my.ticket", tenant=ctx.tenant.slug, ticket=ticket.id),
    }


def _order(request: Request, ctx: TenantContext, order: Order) -> dict[str, Any]:
    return {
        "code": order.code,
        "href": order_href(request, ctx, order),
        "event": localized(order.event, "name", request.locale_name),
        "organizer": ctx.tenant.name,
        "what": ", ".join(f"{line.quantity} {line.name}" for line in order.bought),
        "total": order.total,
        "state": order.state,
        "placed": order.created_at,
        "due": order.expires_at if order.state == "awaiting_payment" else None,
    }


def order_href(request: Request, ctx: TenantContext, order: Order) -> str | None:
    """The buyer's page of the order, whose secret the buyer alone is given; None while its event shows no pages."""
    if order.event.status not in {"published", "cancelled"}:
        return None
    secret = secret_of(ctx, order)
    where = {"tenant": ctx.tenant.slug, "event": order.event.slug}
    return str(request.route_path("shop.order", code=order.code, secret=secret, **where))
