"""The form of one ticket type."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.catalog.hot import SoldOut
from sratix_core.catalog.models import PoolKind, TicketType, TypeStatus, Visibility
from sratix_core.catalog.service import (
    TypeDraft,
    own_pool,
    pools_of,
    save_ticket_type,
    ticket_type_by_id,
)
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.dashboard.type_rules import read_rules, rows, rule_values
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.orders.figures import by_type
from sratix_core.payments.selling import sellers
from sratix_core.pricing.rules import MOST_SUGGESTED, rules_of
from sratix_core.values.money import Money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request


@view_config(
    route_name="dashboard.type_new",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_type_form.jinja2",
)
def new(request: Request) -> dict[str, Any]:
    event = the_event(request)
    values = {
        "min_per_order": 1,
        "max_per_order": 10,
        "visibility": "public",
        "status": "active",
        "pools": [],
    }
    return _form(request, event, None, values, {})


@view_config(
    route_name="dashboard.type",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_type_form.jinja2",
)
def edit(request: Request) -> dict[str, Any]:
    event = the_event(request)
    kind = ticket_type_by_id(request.ctx, event, uuid_in(request, "type"))
    zone, own = ZoneInfo(event.timezone), own_pool(request.ctx, kind)
    names = (
        "name",
        "description",
        "min_per_order",
        "max_per_order",
        "max_per_buyer",
        "visibility",
        "status",
        "is_addon",
    )
    values: dict[str, Any] = {n: getattr(kind, n) for n in names}
    values["max_per_buyer"] = kind.max_per_buyer or ""
    values["price"] = str(Money(kind.price_minor, kind.currency).decimal())
    values["capacity"] = own.capacity if own else ""
    values["pools"] = [str(d.pool_id) for d in kind.draws]
    for name in ("sales_start", "sales_end"):
        at: datetime | None = getattr(kind, name)
        values[name] = at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if at else ""
    values |= rule_values(kind, event)
    for code, texts in kind.texts.items():
        values |= {f"{n}-{code}": texts.get(n, "") for n in ("name", "description")}
    return _form(request, event, kind, values, {})


@view_config(
    route_name="dashboard.type_new",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_type_form.jinja2",
)
@view_config(
    route_name="dashboard.type",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/ticket_type_form.jinja2",
)
def save(request: Request) -> Any:
    event = the_event(request)
    kind = (
        ticket_type_by_id(request.ctx, event, uuid_in(request, "type"))
        if "type" in request.matchdict
        else None
    )
    try:
        save_ticket_type(request.ctx, event, _draft(request, event, kind), kind)
    except (Invalid, Refused) as error:
        full = isinstance(error, SoldOut) or error.code == "capacity_taken"
        values = {**dict(request.POST), "pools": request.POST.getall("pools")}
        return _form(
            request, event, kind, values, refused_fields(request, error, rest="capacity" if full else "")
        )
    return HTTPSeeOther(path(request, "dashboard.types", event) + "?done=saved")


def _draft(request: Request, event: Event, kind: TicketType | None) -> TypeDraft:
    form = Form(request.POST)
    shared = {str(p.id): p.id for p in pools_of(request.ctx, event) if p.kind != PoolKind.TICKET_TYPE}
    chosen = [c for c in request.POST.getall("pools") if c in shared]
    price = form.money("price", event.currency)
    draft = {
        "capacity": form.integer("capacity", 0, 1_000_000, required=False),
        "sales_start": form.moment("sales_start", event.timezone, required=False),
        "sales_end": form.moment("sales_end", event.timezone, required=False),
        "min_per_order": form.integer("min_per_order", 1, 100, required=False) or 1,
        "max_per_order": form.integer("max_per_order", 1, 100, required=False) or 10,
        "max_per_buyer": form.integer("max_per_buyer", 1, 1000, required=False),
        "visibility": form.choice("visibility", list(Visibility), required=False) or Visibility.PUBLIC,
        "status": form.choice("status", list(TypeStatus), required=False) or TypeStatus.ACTIVE,
    }
    texts: dict[str, Any] = dict(kind.texts) if kind else {}
    for code in request.tenant.locales[1:]:
        named = {
            n: form.text(f"{n}-{code}", 400, required=False)
            for n in ("name", "description")
            if f"{n}-{code}" in request.POST
        }
        texts[code] = {**texts.get(code, {}), **named}
    rules = read_rules(form, event)
    choices = [name for name, _ in _sold_as(request, kind)]
    sells = form.choice("sells", choices, required=False) or ""
    form.check()
    assert price is not None
    return TypeDraft(
        name=request.POST.get("name", ""),
        description=request.POST.get("description", ""),
        price=price,
        pool_ids=tuple(UUID(c) for c in chosen),
        is_addon=form.flag("is_addon"),
        position=kind.position if kind else len(by_type(request.ctx, event)),
        texts=texts,
        rules=msgspec.structs.replace(rules, sells=sells),
        **draft,  # type: ignore[arg-type]
    )


def _sold_as(request: Request, kind: TicketType | None) -> list[tuple[str, str]]:
    """What a unit can be besides admission, by provider; what the type sells by now stays, also while its plugin is off."""
    found = [(str(p.name), str(p.sold_as(request.locale_name))) for p in sellers(request.ctx)]
    now = rules_of(kind).sells if kind is not None else ""
    if now and now not in dict(found):
        found.append((now, now))
    return [("", request.t("A ticket, for admission")), *found] if found else []


def _form(
    request: Request, event: Event, kind: TicketType | None, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    from sratix_core.values import cldr

    t, locale = request.t, request.locale_name
    sold = sum(
        c.sold for c in by_type(request.ctx, event) if kind is not None and c.ticket_type.id == kind.id
    )
    return screen(
        request,
        event,
        [
            (t("Tickets & pools"), path(request, "dashboard.types", event)),
            (kind.name if kind else t("New ticket type"), None),
        ],
        is_new=kind is None,
        action=path(request, "dashboard.type", event, type=kind.id)
        if kind
        else path(request, "dashboard.type_new", event),
        back_href=path(request, "dashboard.types", event),
        currency=event.currency,
        rule_rows=rows(values),
        suggestions=range(1, MOST_SUGGESTED + 1),
        sold_as=_sold_as(request, kind),
        tax_plugin=request.ctx.hooks.has("tax_rate"),
        sold=sold,
        values=values,
        errors=errors,
        pools=[
            (str(p.id), p.name, t("{taken} of {capacity} taken", taken=p.taken, capacity=p.capacity))
            for p in pools_of(request.ctx, event)
            if p.kind != PoolKind.TICKET_TYPE
        ],
        languages=[(code, cldr.language(code, locale)) for code in request.tenant.locales[1:]],
        timezone=event.timezone,
    )
