"""Rows for a plugin's tables, marked with the name of their tenant, and its hooks asked with real things in hand."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Table, insert, select

from sratix_core import hookspecs
from sratix_core.context import TenantContext
from sratix_core.db.base import Base
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.queries import order_by_code
from sratix_core.plugindev.world import EVENT, TENANTS, World
from sratix_core.tickets.models import Ticket


def rows(world: World, tables: list[Table]) -> dict[str, str]:
    """Put a row of each tenant into each table; the mark that its text carries, by tenant."""
    marks = {slug: f"mark-of-{slug}-{uuid.UUID(int=n + 7).hex[-6:]}" for n, slug in enumerate(TENANTS)}
    for slug in TENANTS:
        with world.ctx(slug) as ctx:
            known = _core_ids(ctx)
            for table in tables:
                values = _row(ctx, table, known, marks[slug])
                ctx.db.execute(insert(_model(table)), [values])
                known[table.name] = values["id"]
    return marks


def ids(world: World, tables: list[Table], tenant: str) -> dict[str, str]:
    """What the holes of an address are filled with: real ids of `tenant`, by the usual names."""
    with world.ctx(tenant) as ctx:
        known = _core_ids(ctx)
        found = {"ticket": known["tickets"], "order": known["orders"], "code": world.orders[tenant]}
        for table in tables:
            mine = ctx.db.scalars(select(_model(table)).limit(1)).first()
            if mine is not None:
                found.setdefault("id", mine.id)
                found[table.name.rsplit("_", 1)[-1].removesuffix("s")] = mine.id
    return {name: str(value) for name, value in found.items()}


def ask_all(ctx: TenantContext, code: str) -> None:
    """Ask and tell every hook that takes a context, with an order of this tenant."""
    event = event_by_slug(ctx, EVENT)
    order = order_by_code(ctx, event, code)
    given = {"ctx": ctx, "order": order, "event": event}
    for name, function in vars(hookspecs).items():
        if hasattr(function, "sratix_spec"):
            takes = set(function.__code__.co_varnames[: function.__code__.co_argcount])
            if "ctx" in takes and takes <= set(given):
                getattr(ctx.hooks, name)(**{k: given[k] for k in takes})


def _core_ids(ctx: TenantContext) -> dict[str, Any]:
    ticket = ctx.db.scalars(select(Ticket).order_by(Ticket.id).limit(1)).one()
    return {
        "tickets": ticket.id,
        "orders": ticket.order_id,
        "attendees": ticket.attendee_id,
        "ticket_types": ticket.ticket_type_id,
        "events": ctx.db.scalars(select(Event.id).limit(1)).one(),
    }


def _model(table: Table) -> Any:
    return next(m.class_ for m in Base.registry.mappers if m.local_table is table)


def _row(ctx: TenantContext, table: Table, known: dict[str, Any], mark: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "tenant_id":
            continue
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if column.name == "id":
            values["id"] = ctx.ids.new()
        elif target is not None:
            values[column.name] = known.get(target)
        elif isinstance(column.type, JSON):
            values[column.name] = {"text": mark}
        else:
            kind = getattr(column.type, "impl_instance", column.type)
            values[column.name] = _value(ctx, kind.python_type, mark, getattr(kind, "length", None))
    return values


def _value(ctx: TenantContext, kind: type, mark: str, length: int | None) -> Any:
    made: dict[type, Any] = {
        str: mark[:length],
        int: 1,
        bool: True,
        float: 1.0,
        bytes: mark.encode(),
        datetime: ctx.clock.now(),
        date: ctx.clock.now().date(),
        uuid.UUID: ctx.ids.new(),
    }
    return made.get(kind)
