"""One field over everything: people, orders, organizations, events and pages. The command palette shows the same hits."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import (
    ATTENDEE_VIEW,
    EVENT_VIEW,
    MONEY_VIEW,
    ORDER_VIEW,
    ORGANIZATION_VIEW,
)
from sratix_core.dashboard.order_lookup import order_href
from sratix_core.dashboard.organization_frame import KINDS, inside
from sratix_core.dashboard.shell import path, screen
from sratix_core.orders.models import Order
from sratix_core.search import hits
from sratix_core.search.terms import asked, words
from sratix_core.web.request import Request

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
        (
            t("Organizations"),
            _organizations(request, typed) if looked and request.may(ORGANIZATION_VIEW) else [],
        ),
        (t("Events"), _events(request, typed) if looked else []),
    ]
    found = [{"title": title, "hits": some} for title, some in groups if some]
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
    return [
        {
            "kind": "person",
            "label": ticket.attendee.name or ticket.order.buyer_name,
            "detail": f"{ticket.ticket_type.name} · {ticket.order.event.name}",
            "state": where if ticket.state == "valid" else ticket.state,
            "href": order_href(request, ticket.order.event, ticket.order.code),
        }
        for ticket, where in hits.people(request.ctx, typed)
    ]


def _orders(request: Request, typed: str) -> Hits:
    return [
        {
            "kind": "order",
            "label": order.code,
            "detail": f"{order.buyer_name} · {_what(order)}",
            "state": order.state,
            **({"total": order.total} if request.may(MONEY_VIEW) else {}),
            "href": path(request, "dashboard.order", order.event, code=order.code),
        }
        for order in hits.orders(request.ctx, typed)
    ]


def _what(order: Order) -> str:
    return ", ".join(f"{line.quantity} {line.name}" for line in order.bought)


def _organizations(request: Request, typed: str) -> Hits:
    return [
        {"kind": "organization", "label": one.name, "state": "", "href": inside(request, "dashboard.organization", one),
         "detail": " · ".join(part for part in (request.t(KINDS[one.kind]), one.city) if part)}
        for one in hits.organizations(request.ctx, typed)
    ]  # fmt: skip


def _events(request: Request, typed: str) -> Hits:
    return [
        {"kind": "event", "label": event.name, "detail": "", "state": event.status,
         "href": path(request, "dashboard.event", event)}
        for event in hits.events(request.ctx, typed)
    ]  # fmt: skip


def _pages(nav: list[dict[str, Any]], typed: str) -> Hits:
    wanted = words(typed)
    return [
        {"kind": "page", "label": item["label"], "detail": area["label"] or "", "state": "", "href": item["href"],
         "icon": item["icon"]}
        for area in nav
        for item in area["items"]
        if hits.has(item["label"], wanted)
    ]  # fmt: skip
