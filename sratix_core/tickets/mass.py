"""Acts on everybody or every order that a list shows: frozen when asked for, done by a worker part by part, counted for whoever waits.

What was confirmed is what is done: who is added to the list later is not touched, who left it meanwhile is passed over.
Each part is a unit of work that takes its row away, so a part is done once however often the job is tried.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sratix_core.audit.service import record
from sratix_core.context import Actor
from sratix_core.errors import NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.run import GiveUp
from sratix_core.jobs.service import enqueue
from sratix_core.orders.bulk import cancel_orders, resend_orders
from sratix_core.orders.models import Order
from sratix_core.tickets.bulk import void_tickets
from sratix_core.tickets.models import MassAct, MassKind, MassPart, Ticket
from sratix_core.tickets.queries import Filters, live_rows

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

KIND = "tickets.mass"
MOST = 100_000
PART = 50
"""Tickets or orders of one unit of work: it holds their pools for less than a second."""

PARTS_OF_A_JOB = 20
"""A job is over long before its lease is; a thousand tickets take seconds."""


def matching(ctx: TenantContext, event: Event, filters: Filters, kind: MassKind) -> list[uuid.UUID]:
    """The tickets of the list, or each of their orders once, by id. Raises `Refused("too_many_at_once")`."""
    column = Ticket.id if kind == MassKind.VOID else Ticket.order_id
    query = live_rows(ctx, event, filters).with_only_columns(column).distinct().order_by(column)
    return not_too_many(list(ctx.db.scalars(query.limit(MOST + 1))))


def not_too_many(ids: list[uuid.UUID]) -> list[uuid.UUID]:
    """What was found, asked for up to one beyond `MOST`. Raises `Refused("too_many_at_once")`."""
    if len(ids) > MOST:
        raise Refused("too_many_at_once", most=MOST)
    return ids


def ask(ctx: TenantContext, event: Event, kind: MassKind, ids: list[uuid.UUID], act_id: uuid.UUID) -> MassAct:
    """Leave the act for a worker; asked for again under the same id, by two at once too, it is the one that is there.

    Raises `NotFound` for an id that is another event's.
    """
    try:
        with ctx.db.begin_nested():
            return _left(ctx, event, kind, ids, act_id)
    except IntegrityError:
        if ctx.db.get(MassAct, act_id) is None:
            raise
        return act_by_id(ctx, event, act_id)


def _left(
    ctx: TenantContext, event: Event, kind: MassKind, ids: list[uuid.UUID], act_id: uuid.UUID
) -> MassAct:
    act = MassAct(
        id=act_id,
        event_id=event.id,
        kind=kind,
        asked_by=ctx.actor.id if ctx.actor.kind == "user" else None,
        asked_at=ctx.clock.now(),
        total=len(ids),
    )
    ctx.db.add(act)
    ctx.db.flush()
    for start in range(0, len(ids), PART):
        whole = b"".join(one.bytes for one in ids[start : start + PART])
        ctx.db.add(MassPart(id=ctx.ids.new(), act_id=act.id, position=start // PART, ids=whole))
    ctx.db.flush()
    enqueue(ctx, KIND, {"act": act.id}, dedupe=f"{KIND}:{act.id}")
    record(ctx, "tickets.mass_asked", "mass_act", act.id, event_id=event.id, kind=kind, count=act.total)
    return act


def act_by_id(ctx: TenantContext, event: Event, act_id: uuid.UUID) -> MassAct:
    """How far it is. Raises `NotFound`."""
    act = ctx.db.scalar(select(MassAct).where(MassAct.id == act_id, MassAct.event_id == event.id))
    if act is None:
        raise NotFound("mass_act")
    return act


def under_way(ctx: TenantContext, event: Event, most: int = 3) -> list[MassAct]:
    """Those that a worker is not through with, the latest first."""
    open_ = select(MassAct).where(MassAct.event_id == event.id, MassAct.finished_at.is_(None))
    return list(ctx.db.scalars(open_.order_by(MassAct.id.desc()).limit(most)))


def work(run: JobRun) -> None:
    """The handler: some parts, each in a unit of its own, as the person who asked; the rest is left to a job that follows."""
    act_id = uuid.UUID(run.payload["act"])
    for _ in range(PARTS_OF_A_JOB):
        with run.begin() as ctx:
            run.keep(ctx)
            if not _next_part(ctx, act_id):
                run.finish(ctx)
                return
    with run.begin() as ctx:
        enqueue(ctx, KIND, {"act": act_id}, dedupe=f"{KIND}:{act_id}:{_act(ctx, act_id).seen}")
        run.finish(ctx)


def _next_part(ctx: TenantContext, act_id: uuid.UUID) -> bool:
    """Do one part; False when there was none left, and the act is over."""
    act = _act(ctx, act_id)
    parts = select(MassPart).where(MassPart.act_id == act_id).order_by(MassPart.position)
    part = ctx.db.scalar(parts.limit(1))
    if part is None:
        act.finished_at = act.finished_at or ctx.clock.now()
        return False
    by = replace(ctx, actor=Actor("user", act.asked_by)) if act.asked_by else ctx
    ids = [uuid.UUID(bytes=part.ids[at : at + 16]) for at in range(0, len(part.ids), 16)]
    act.done += _do(by, ctx.db.get_one(Event, act.event_id), MassKind(act.kind), ids)
    act.seen += len(ids)
    ctx.db.delete(part)
    return True


def _act(ctx: TenantContext, act_id: uuid.UUID) -> MassAct:
    act: MassAct | None = ctx.db.get(MassAct, act_id, with_for_update=True, populate_existing=True)
    if act is None:
        raise GiveUp("unknown_act")
    return act


def _do(ctx: TenantContext, event: Event, kind: MassKind, ids: list[uuid.UUID]) -> int:
    if kind == MassKind.VOID:
        return void_tickets(ctx, event, ids, "organizer")
    found = ctx.db.scalars(select(Order.code).where(Order.event_id == event.id, Order.id.in_(ids)))
    codes = sorted(found)
    return (
        cancel_orders(ctx, event, codes, "organizer")
        if kind == MassKind.CANCEL
        else resend_orders(ctx, event, codes)
    )


JOBS = (JobKind(KIND, work, lease=timedelta(minutes=5)),)
