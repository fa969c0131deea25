"""What the check-in page shows: who is inside, arrivals over time, the last scans."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, and_, bindparam, func, select

from sratix_core.analytics import metrics
from sratix_core.analytics import queries as rollups
from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Admission, Gate, Scan, ScanResult
from sratix_core.checkin.reverting import Undone, last_passes, undone
from sratix_core.tenancy.prebuilt import Prebuilt, among, each
from sratix_core.tickets.models import Attendee, Ticket, TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


ADMISSIONS = cast("Table", Admission.__table__)


@dataclass(frozen=True)
class Occupancy:
    """Counts of an event's door. `expected` are valid tickets; `arrived` of them came at least once."""

    inside: int
    arrived: int
    entries: int
    exits: int
    refused: int
    expected: int


def occupancy(ctx: TenantContext, event: Event) -> Occupancy:
    """From the rollups; three statements."""
    sums = rollups.read(ctx, [event])[event.id]
    return Occupancy(
        sums.totals[metrics.INSIDE],
        sum(sums.of("arrivals.").values()),
        sums.totals[metrics.ENTRIES],
        sums.totals[metrics.EXITS],
        sums.totals[metrics.REFUSED],
        sum(sums.of(f"tickets.{TicketState.VALID}.").values()),
    )


def by_type(ctx: TenantContext, event: Event) -> list[tuple[str, int, int]]:
    """Per ticket type with valid tickets: name, arrived, sold; four statements."""
    sums = rollups.read(ctx, [event])[event.id].totals
    types = select(TicketType.id, TicketType.name).where(TicketType.event_id == event.id)
    rows = [
        (row.name, sums[metrics.arrivals(row.id)], sums[metrics.tickets(TicketState.VALID, row.id)])
        for row in ctx.db.execute(types.order_by(TicketType.position, TicketType.id))
    ]
    return [row for row in rows if row[2]]


def arrivals_by_day(ctx: TenantContext, event: Event) -> tuple[list[str], list[tuple[date, list[int]]]]:
    """Names of the types of which anybody came, and for each day how many of each; four statements."""
    sums = rollups.read(ctx, [event], since=event.starts_at.date() - timedelta(days=30))[event.id]
    types = select(TicketType.id, TicketType.name).where(TicketType.event_id == event.id)
    came = [
        (row.name, sums.days[metrics.arrivals(row.id)])
        for row in ctx.db.execute(types.order_by(TicketType.position, TicketType.id))
        if sums.totals[metrics.arrivals(row.id)]
    ]
    days = sorted({day for _, by_day in came for day, n in by_day.items() if n})
    return [name for name, _ in came], [(day, [by_day[day] for _, by_day in came]) for day in days]


def arrivals(
    ctx: TenantContext, event: Event, since: datetime, step: timedelta, steps: int
) -> list[tuple[datetime, int]]:
    """First entries per step from `since`, `steps` buckets; counted here because SQL spells buckets differently everywhere."""
    until = since + step * steps
    counts = [0] * steps
    moments = ctx.db.scalars(
        select(Admission.first_at)
        .where(Admission.event_id == event.id, Admission.first_at >= since, Admission.first_at < until)
        .limit(50_000)
    )
    for at in moments:
        counts[int((at - since) / step)] += 1
    return [(since + step * i, n) for i, n in enumerate(counts)]


@dataclass(frozen=True)
class FeedRow:
    """One scan as the feed shows it; `last`: it is the pass that can be undone."""

    scan: Scan
    name: str
    type_name: str
    gate: str
    undone: Undone | None = None
    last: bool = False


def feed(ctx: TenantContext, event: Event, limit: int = 15, result: str | None = None) -> list[FeedRow]:
    """The latest scans, newest first."""
    query = (
        select(Scan, Attendee.name, TicketType.name, Gate.name)
        .outerjoin(Ticket, and_(Ticket.tenant_id == Scan.tenant_id, Ticket.id == Scan.ticket_id))
        .outerjoin(Attendee, and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id))
        .outerjoin(
            TicketType, and_(TicketType.tenant_id == Ticket.tenant_id, TicketType.id == Ticket.ticket_type_id)
        )
        .outerjoin(Gate, and_(Gate.tenant_id == Scan.tenant_id, Gate.id == Scan.gate_id))
        .where(Scan.event_id == event.id)
    )
    if result:
        query = query.where(Scan.result == result)
    rows = ctx.db.execute(query.order_by(Scan.received_at.desc(), Scan.id.desc()).limit(limit)).all()
    passed = [row.Scan for row in rows if row.Scan.result == ScanResult.ADMIT]
    gone = undone(ctx, [s.id for s in passed])
    last = set(last_passes(ctx, {s.ticket_id for s in passed if s.ticket_id}).values())
    return [
        FeedRow(s, name or "", kind or "", gate or "", gone.get(s.id), s.id in last)
        for s, name, kind, gate in rows
    ]


def scans_of(ctx: TenantContext, ticket: Ticket) -> list[FeedRow]:
    """A ticket's own scans, oldest first."""
    rows = ctx.db.execute(
        select(Scan, Gate.name)
        .outerjoin(Gate, and_(Gate.tenant_id == Scan.tenant_id, Gate.id == Scan.gate_id))
        .where(Scan.ticket_id == ticket.id)
        .order_by(Scan.received_at, Scan.id)
        .limit(100)
    )
    return [FeedRow(s, "", "", gate or "") for s, gate in rows]


def inside_of(ctx: TenantContext, tickets: Iterable[Ticket]) -> set[uuid.UUID]:
    """Ids of those tickets whose holder has been let in at least once."""
    ids = [t.id for t in tickets]
    if not ids:
        return set()
    bound = {"in_tenant": ctx.tenant.id, **each("ticket", ids)}
    return {row[0] for row in _admitted(len(ids)).all(ctx.db, bound)}


@cache
def _admitted(count: int) -> Prebuilt:
    return Prebuilt(
        select(ADMISSIONS.c.ticket_id).where(
            ADMISSIONS.c.tenant_id == bindparam("in_tenant"),
            among(ADMISSIONS.c.ticket_id, "ticket", count),
        )
    )


def first_arrival(ctx: TenantContext, event: Event) -> datetime | None:
    """When the first person came, None before."""
    return ctx.db.scalar(select(func.min(Admission.first_at)).where(Admission.event_id == event.id))


def last_arrival(ctx: TenantContext, event: Event) -> datetime | None:
    """When the last person so far came for the first time, None before anybody did."""
    return ctx.db.scalar(select(func.max(Admission.first_at)).where(Admission.event_id == event.id))


def admissions_of(ctx: TenantContext, tickets: Iterable[Ticket]) -> dict[uuid.UUID, Admission]:
    """By ticket id, for those that came."""
    ids = [t.id for t in tickets]
    rows = ctx.db.scalars(select(Admission).where(Admission.ticket_id.in_(ids))) if ids else ()
    return {a.ticket_id: a for a in rows}


def gates(ctx: TenantContext, event: Event) -> list[Gate]:
    """An event's gates in their order."""
    return list(
        ctx.db.scalars(select(Gate).where(Gate.event_id == event.id).order_by(Gate.position, Gate.name))
    )
