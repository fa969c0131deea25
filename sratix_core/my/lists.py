"""What is coming up, what is over, and what was bought: asked tenant by tenant, shown together, page by page."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pyramid.view import view_config

from sratix_core.catalog.models import TicketType
from sratix_core.context import TenantContext
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, falls, page_of
from sratix_core.events.models import Event
from sratix_core.events.queries import localized
from sratix_core.my.shell import my_screen
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.secrets import secret_of
from sratix_core.tickets.mine import ORDERS, PAGE, TICKETS, my_orders, my_tickets, over_tenants, types_in
from sratix_core.tickets.models import Ticket
from sratix_core.web.paging import pages
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request

Place = tuple[Any, uuid.UUID]


@view_config(route_name="my", request_method="GET", permission=SIGNED_IN, renderer="my/tickets.jinja2")
def coming(request: Request) -> dict[str, Any]:
    return my_screen(request, **_groups(request, past=False))


@view_config(route_name="my.past", request_method="GET", permission=SIGNED_IN, renderer="my/tickets.jinja2")
def past(request: Request) -> dict[str, Any]:
    return my_screen(request, request.t("Past"), **_groups(request, past=True))


@view_config(route_name="my.orders", request_method="GET", permission=SIGNED_IN, renderer="my/orders.jinja2")
def orders(request: Request) -> dict[str, Any]:
    email, cursor = request.identity.email, request.GET.get("cursor") or None
    found = [
        ((placed, order_id), shown)
        for ctx in over_tenants(request.runtime, email, request.actor)
        for placed, order_id, shown in _orders(request, ctx, my_orders(ctx, email, cursor))
    ]
    page = _together(found, ORDERS, cursor)
    rows = [row for _, row in page.rows]
    return my_screen(request, request.t("My orders"), rows=rows, pages=pages(request, request.path, page))


def _groups(request: Request, *, past: bool) -> dict[str, Any]:
    """One for each event on the page, the next one first and of those that are over the last, with the tickets in it."""
    email, cursor = request.identity.email, request.GET.get("cursor") or None
    found = [
        ((ticket.id, ticket.id), (ticket.order.event, event_facts(request, ctx, ticket.order.event), _ticket(request, ctx, ticket)))
        for ctx in over_tenants(request.runtime, email, request.actor)
        for ticket in my_tickets(ctx, email, past=past, cursor=cursor)
    ]  # fmt: skip
    page = _together(found, TICKETS, cursor)
    groups: dict[Any, dict[str, Any]] = {}
    for _, (event, facts, ticket) in reversed(page.rows):  # of one event as they were bought
        groups.setdefault(event.id, {**facts, "tickets": []})["tickets"].append(ticket)
    by_start = sorted(groups.values(), key=lambda group: group["starts_at"], reverse=past)
    return {"groups": by_start, "past": past, "pages": pages(request, request.path, page)}


def _together(found: list[tuple[Place, Any]], by: By, cursor: str | None) -> Page[tuple[Place, Any]]:
    """The page of what each tenant has of it."""
    found.sort(key=lambda row: row[0], reverse=falls(by, cursor))
    return page_of(found[: PAGE + 1], cursor, PAGE, lambda row: row[0])


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


def _orders(
    request: Request, ctx: TenantContext, found: list[Order]
) -> Iterator[tuple[datetime, uuid.UUID, dict[str, Any]]]:
    """What is shown of each, with when it was placed and its id."""
    types = types_in(ctx, found)
    for order in found:
        yield order.created_at, order.id, _order(request, ctx, order, types)


def _sold_as(line: OrderLine, kind: TicketType | None, locale: str) -> str:
    """The type in the reader's language; one that was renamed since is called what it was sold as."""
    return localized(kind, "name", locale) if kind is not None and kind.name == line.name else line.name


def _order(
    request: Request, ctx: TenantContext, order: Order, types: Mapping[uuid.UUID | None, TicketType]
) -> dict[str, Any]:
    locale = request.locale_name
    lines = [(line.quantity, _sold_as(line, types.get(line.ticket_type_id), locale)) for line in order.bought]
    return {
        "code": order.code,
        "href": order_href(request, ctx, order),
        "event": localized(order.event, "name", request.locale_name),
        "organizer": ctx.tenant.name,
        "what": ", ".join(f"{quantity} {name}" for quantity, name in lines),
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
