"""One field over everything: people, orders, events and pages. The command palette shows the same hits without the page around."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config
from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.accounts.permissions import ATTENDEE_VIEW, EVENT_VIEW, ORDER_VIEW
from sratix_core.checkin.models import Admission
from sratix_core.dashboard.order_list import what
from sratix_core.dashboard.shell import path, screen
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.search.models import Kind
from sratix_core.search.queries import find
from sratix_core.search.terms import asked, words
from sratix_core.tickets.models import LIVE, Ticket
from sratix_core.web.request import Request

SHOWN = 6
EVENTS_LOOKED_AT = 300
"""The newest; their names are few, so they are compared here."""

Hits = list[dict[str, Any]]


@view_config(
    route_name="dashboard.search",
    request_method="GET",
    permission=EVENT_VIEW,
    renderer="dashboard/search.jinja2",
)
def search(request: Request) -> dict[str, Any]:
    t, typed = request.t, request.GET.get("q", "").strip()[:100]
    looked = bool(asked(typed))
    groups = [
        (t("People"), _people(request, typed) if looked and request.may(ATTENDEE_VIEW) else []),
        (t("Orders"), _orders(request, typed) if looked and request.may(ORDER_VIEW) else []),
        (t("Events"), _events(request, typed) if looked else []),
    ]
    found = [{"title": title, "hits": hits} for title, hits in groups if hits]
    if request.GET.get("part") == "hits":
        request.override_renderer = "dashboard/_hits.jinja2"
        return {"groups": found}
    page = screen(
        request, crumbs=[(t("Search"), None)], q=typed, looked=looked, here=path(request, "dashboard.search")
    )
    if looked and (pages := _pages(page["shell"]["nav"], typed)):
        found.append({"title": t("Pages"), "hits": pages})
    return {**page, "groups": found}


def _people(request: Request, typed: str) -> Hits:
    hits = find(request.ctx, Kind.ATTENDEE, typed)
    if hits is None or not hits.count:
        return []
    query = (
        select(Ticket, Admission.inside)
        .outerjoin(Admission, and_(Admission.tenant_id == Ticket.tenant_id, Admission.ticket_id == Ticket.id))
        .where(Ticket.attendee_id.in_(hits.refs), Ticket.state.in_(LIVE))
        .order_by(Ticket.fold, Ticket.id)
        .limit(SHOWN)
        .options(
            joinedload(Ticket.attendee),
            joinedload(Ticket.ticket_type),
            joinedload(Ticket.order).joinedload(Order.event),
        )
    )
    return [
        {
            "kind": "person",
            "label": ticket.attendee.name or ticket.order.buyer_name,
            "detail": f"{ticket.ticket_type.name} · {ticket.order.event.name}",
            "state": ticket.state
            if ticket.state != "valid"
            else "expected"
            if inside is None
            else "inside"
            if inside
            else "left",
            "href": path(request, "dashboard.order", ticket.order.event, code=ticket.order.code),
        }
        for ticket, inside in request.db.execute(query)
    ]


def _orders(request: Request, typed: str) -> Hits:
    hits = find(request.ctx, Kind.ORDER, typed)
    if hits is None or not hits.count:
        return []
    query = (
        select(Order)
        .where(Order.id.in_(hits.refs))
        .order_by(Order.created_at.desc(), Order.id.desc())
        .limit(SHOWN)
        .options(joinedload(Order.event), selectinload(Order.lines))
    )
    return [
        {
            "kind": "order",
            "label": order.code,
            "detail": f"{order.buyer_name} · {what(order)}",
            "state": order.state,
            "total": order.total,
            "href": path(request, "dashboard.order", order.event, code=order.code),
        }
        for order in request.db.scalars(query)
    ]


def _events(request: Request, typed: str) -> Hits:
    wanted = words(typed)
    rows = request.db.execute(
        select(Event.name, Event.slug, Event.status).order_by(Event.starts_at.desc()).limit(EVENTS_LOOKED_AT)
    )
    found = [row for row in rows if _has(row.name, wanted)]
    return [
        {"kind": "event", "label": row.name, "detail": "", "state": row.status,
         "href": path(request, "dashboard.event", row.slug)}
        for row in found[:SHOWN]
    ]  # fmt: skip


def _pages(nav: list[dict[str, Any]], typed: str) -> Hits:
    wanted = words(typed)
    return [
        {"kind": "page", "label": item["label"], "detail": area["label"] or "", "state": "", "href": item["href"],
         "icon": item["icon"]}
        for area in nav
        for item in area["items"]
        if _has(item["label"], wanted)
    ]  # fmt: skip


def _has(name: str, wanted: list[str]) -> bool:
    """Whether every word begins one of the name's."""
    has = words(name)
    return all(any(word.startswith(w) for word in has) for w in wanted)
