"""Who did what, when: the audit stream of a tenant, newest first, each entry with a way to what it is about."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

from pyramid.view import view_config
from sqlalchemy import and_, select

from sratix_core.accounts.permissions import AUDIT_VIEW, MONEY_VIEW
from sratix_core.audit.models import AuditEntry
from sratix_core.audit.queries import AMOUNTS, Filters, listed
from sratix_core.dashboard.acts import ACTIONS, KINDS, name_of, sentence_of
from sratix_core.dashboard.history import WORDS
from sratix_core.dashboard.order_list import type_id as id_of
from sratix_core.dashboard.shell import path, screen
from sratix_core.dashboard.tables import Asked, Column, day_range
from sratix_core.devices.models import Device
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.tenants.models import Member
from sratix_core.tickets.models import Ticket
from sratix_core.values.money import Money, format_money
from sratix_core.web.request import Request

MOST_MEMBERS = 50
AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Nobody reads one; the raw journal has them."""


@view_config(
    route_name="dashboard.audit",
    request_method="GET",
    permission=AUDIT_VIEW,
    renderer="dashboard/audit.jinja2",
)
def audit(request: Request) -> dict[str, Any]:
    t, ctx = request.t, request.ctx
    asked = Asked(
        request,
        path(request, "dashboard.audit"),
        ("actor", "action", "from", "to"),
        (Column("at", "When"),),
        "",
    )
    since, until = day_range(asked, ctx.tenant.timezone)
    actor = id_of(asked["actor"])
    page = listed(ctx, Filters(actor, asked["action"], since, until), asked.cursor)
    members = request.db.execute(
        select(Member.user_id, Member.name).order_by(Member.name).limit(MOST_MEMBERS)
    ).all()
    words = sorted((t(sentence), action) for action, sentence in ACTIONS.items())
    return screen(
        request,
        crumbs=[(t("Audit"), None)],
        rows=_rows(request, page.rows, {m.user_id: m.name for m in members}),
        list_href=asked.here,
        filters=[
            asked.filter(t("Who"), "actor", [(m.name, str(m.user_id)) for m in members]),
            asked.filter(t("What"), "action", words),
        ],
        days={"from": asked["from"], "to": asked["to"], "keep": asked.keep("from", "to"),
              "clear_href": asked.link(**{"from": "", "to": ""})},
        pages=asked.pages(t("{n} shown, newest first", n=len(page.rows)), page),
        filtered=asked.narrowed,
    )  # fmt: skip


def _rows(request: Request, entries: Sequence[AuditEntry], names: dict[Any, str]) -> list[dict[str, Any]]:
    places, devices, currencies = (
        _places(request, entries),
        _devices(request, entries),
        _currencies(request, entries),
    )
    rows = []
    for entry in entries:
        who = names.get(entry.actor_id) or devices.get(entry.actor_id) if entry.actor_id else None
        subject, href = places.get(entry.target_id) or places.get(entry.event_id) or ("", "")
        rows.append(
            {
                "at": entry.at,
                "who": who or request.t(KINDS.get(entry.actor_kind, entry.actor_kind)),
                "person": bool(who),
                "what": request.t(sentence_of(entry.action)),
                "icon": WORDS[entry.action][1] if entry.action in WORDS else "pencil",
                "subject": subject,
                "href": href,
                "data": _facts(request, entry, currencies),
                "seq": entry.seq,
            }
        )
    return rows


def _facts(request: Request, entry: AuditEntry, currencies: dict[Any, str]) -> str:
    """What the entry says besides, amounts as money."""
    currency = currencies.get(entry.event_id)

    def spoken(key: str, value: Any) -> str:
        if key in AMOUNTS and currency and isinstance(value, int):
            return str(format_money(Money(value, currency), request.locale_name))
        said = ("no", "yes")[value] if isinstance(value, bool) else value
        return f"{request.t(name_of(key))} {request.t(name_of(said)) if isinstance(said, str) else said}"

    hidden: frozenset[str] = frozenset() if request.may(MONEY_VIEW) else AMOUNTS
    facts = [
        spoken(k, v)
        for k, v in entry.data.items()
        if isinstance(v, str | int) and k not in hidden and not AN_ID.fullmatch(str(v))
    ]
    if entry.impersonator_id is not None:
        facts.insert(0, request.t("by support, {id}", id=str(entry.impersonator_id)[-8:]))
    return ", ".join(facts)


def _currencies(request: Request, entries: Sequence[AuditEntry]) -> dict[Any, str]:
    ids = {e.event_id for e in entries if e.event_id}
    rows = request.db.execute(select(Event.id, Event.currency).where(Event.id.in_(ids))) if ids else ()
    return {row.id: row.currency for row in rows}


Places = dict[uuid.UUID | None, tuple[str, str]]


def _places(request: Request, entries: Sequence[AuditEntry]) -> Places:
    """Name and address of orders, tickets and events by id; three statements however many entries."""
    ids = {e.target_id for e in entries if e.target_id} | {e.event_id for e in entries if e.event_id}
    if not ids:
        return {}
    of_event = and_(Event.tenant_id == Order.tenant_id, Event.id == Order.event_id)
    orders = select(Order.id, Order.code, Event.slug).join(Event, of_event).where(Order.id.in_(ids))
    tickets = (
        select(Ticket.id, Order.code, Event.slug)
        .join(Order, and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id))
        .join(Event, of_event)
        .where(Ticket.id.in_(ids))
    )
    events = select(Event.id, Event.name, Event.slug).where(Event.id.in_(ids))
    found: Places = {
        e.id: (e.name, path(request, "dashboard.event", e.slug)) for e in request.db.execute(events)
    }
    for query in (orders, tickets):
        for row in request.db.execute(query):
            found[row.id] = (row.code, path(request, "dashboard.order", row.slug, code=row.code))
    return found


def _devices(request: Request, entries: Sequence[AuditEntry]) -> dict[uuid.UUID, str]:
    ids = {e.actor_id for e in entries if e.actor_kind == "device" and e.actor_id}
    found = select(Device.id, Device.name).where(Device.id.in_(ids))
    return {d.id: d.name for d in request.db.execute(found)} if ids else {}
