"""Ticket types and capacity pools of an event: the list, and the pools."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.catalog.availability import state_at
from sratix_core.catalog.models import PoolKind, TicketType
from sratix_core.catalog.service import (
    create_pool,
    pool_by_id,
    set_capacity,
)
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.orders.figures import by_pool, by_type
from sratix_core.pricing.rules import rules_of
from sratix_core.values.money import Money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request


@view_config(
    route_name="dashboard.types",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_types.jinja2",
)
def types(request: Request) -> dict[str, Any]:
    return _list(request, the_event(request), {}, {})


def _list(request: Request, event: Event, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    pools, now = by_pool(request.ctx, event), request.ctx.clock.now()

    def row(kind: TicketType, sold: int) -> dict[str, Any]:
        mine = [p for p in pools if kind.name in p.types]
        chosen = rules_of(kind).open_price
        left = min((p.pool.capacity - p.pool.taken for p in mine), default=None)
        return {
            "name": kind.name,
            "description": kind.description,
            "price": Money(kind.price_minor, kind.currency),
            "most": Money(chosen.most_minor, kind.currency) if chosen is not None else None,
            "sold": sold,
            "state": state_at(kind, left, now).value,
            "visibility": kind.visibility,
            "sales_start": kind.sales_start,
            "sales_end": kind.sales_end,
            "pools": [p.pool.name for p in mine],
            "is_addon": kind.is_addon,
            "href": path(request, "dashboard.type", event, type=kind.id),
        }

    return screen(
        request,
        event,
        [(request.t("Tickets & pools"), None)],
        types=[row(c.ticket_type, c.sold) for c in by_type(request.ctx, event)],
        pools=[
            {
                "id": str(p.pool.id),
                "name": p.pool.name,
                "kind": p.pool.kind,
                "capacity": p.pool.capacity,
                "taken": p.pool.taken,
                "held": p.held,
                "types": list(p.types),
                "action": path(request, "dashboard.pool", event, pool=p.pool.id),
            }
            for p in pools
        ],
        new_href=path(request, "dashboard.type_new", event),
        pool_action=path(request, "dashboard.types", event),
        values=values,
        errors=errors,
    )


def _refuse(request: Request, event: Event, error: Invalid | Refused) -> dict[str, Any]:
    return _list(request, event, dict(request.POST), refused_fields(request, error, rest="capacity"))


@view_config(
    route_name="dashboard.types",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_types.jinja2",
)
def new_pool(request: Request) -> Any:
    """A pool that several types can draw on."""
    event, form = the_event(request), Form(request.POST)
    capacity = form.integer("capacity", 0, 1_000_000)
    try:
        form.check()
        create_pool(request.ctx, event, PoolKind.SHARED, request.POST.get("name", ""), capacity or 0)
    except Invalid as error:
        return _refuse(request, event, error)
    return HTTPSeeOther(path(request, "dashboard.types", event) + "?done=saved#pools")


@view_config(
    route_name="dashboard.pool",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_types.jinja2",
)
def resize(request: Request) -> Any:
    event, form = the_event(request), Form(request.POST)
    pool = pool_by_id(request.ctx, event, uuid_in(request, "pool"))
    capacity = form.integer("capacity", 0, 1_000_000)
    try:
        form.check()
        set_capacity(request.ctx, event, pool, capacity or 0)
    except (Invalid, Refused) as error:
        return _refuse(request, event, error)
    return HTTPSeeOther(path(request, "dashboard.types", event) + "?done=saved#pools")
