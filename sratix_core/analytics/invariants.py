"""What must hold of rollups: with the events not yet in them, they are what a recount of the rows gives."""

from __future__ import annotations

import uuid
from collections import Counter

from sqlalchemy import and_, case, func, or_, select

from sratix_core.analytics import metrics
from sratix_core.analytics.fold import STREAM, sums_of
from sratix_core.analytics.models import IN_ALL, Rollup, RollupHead
from sratix_core.audit.models import EventLog
from sratix_core.checkin.models import Admission, Scan, ScanResult
from sratix_core.invariants import Check, Outcome
from sratix_core.orders.models import Order
from sratix_core.tenancy.session import ScopedSession
from sratix_core.tickets.models import Ticket

SHOWN = 20
Totals = Counter[tuple[int, uuid.UUID, str]]


def _recounted(db: ScopedSession) -> Totals:
    found: Totals = Counter()
    orders = select(
        Order.tenant_id,
        Order.event_id,
        Order.state,
        func.count(),
        func.sum(Order.total_minor - Order.credited_minor),
    ).group_by(Order.tenant_id, Order.event_id, Order.state)
    for tenant_id, event_id, state, n, total in db.execute(orders):
        found[tenant_id, event_id, f"orders.{state}"] = int(n)
        found[tenant_id, event_id, f"minor.{state}"] = int(total)
    kinds = (Ticket.tenant_id, Ticket.event_id, Ticket.state, Ticket.ticket_type_id)
    for tenant_id, event_id, state, type_id, n in db.execute(select(*kinds, func.count()).group_by(*kinds)):
        found[tenant_id, event_id, metrics.tickets(state, type_id)] = int(n)
    came = (Admission.tenant_id, Admission.event_id, Ticket.ticket_type_id)
    people = (
        select(
            *came,
            func.count(),
            func.sum(case((Admission.inside, 1), else_=0)),
            func.sum(Admission.entries),
            func.sum(Admission.exits),
        )
        .join(Ticket, and_(Ticket.tenant_id == Admission.tenant_id, Ticket.id == Admission.ticket_id))
        .group_by(*came)
    )
    for tenant_id, event_id, type_id, n, inside, entries, exits in db.execute(people):
        found[tenant_id, event_id, metrics.arrivals(type_id)] = int(n)
        found[tenant_id, event_id, metrics.INSIDE] += int(inside)
        found[tenant_id, event_id, metrics.ENTRIES] += int(entries)
        found[tenant_id, event_id, metrics.EXITS] += int(exits)
    of = (Scan.tenant_id, Scan.event_id)
    refused = select(*of, func.count()).where(Scan.result == ScanResult.REFUSE).group_by(*of)
    for tenant_id, event_id, n in db.execute(refused):
        found[tenant_id, event_id, metrics.REFUSED] = int(n)
    return found


def _summed(db: ScopedSession) -> tuple[Totals, list[str]]:
    """Rollups and what is on its way into them; and where days do not add up to the total."""
    found: Totals = Counter()
    by_day: Totals = Counter()
    for row in db.execute(
        select(Rollup.tenant_id, Rollup.event_id, Rollup.metric, Rollup.bucket, Rollup.value)
    ):
        (found if row.bucket == IN_ALL else by_day)[row.tenant_id, row.event_id, row.metric] += int(row.value)
    daily = {key for key in (*found, *by_day) if key[2].startswith(metrics.DAILY)}
    torn = [
        f"event {event_id}: the days of {metric} do not add up"
        for tenant_id, event_id, metric in daily
        if found[tenant_id, event_id, metric] != by_day[tenant_id, event_id, metric]
    ]
    waiting = (
        select(EventLog.tenant_id, EventLog.event_id, EventLog.at, EventLog.data)
        .outerjoin(RollupHead, and_(RollupHead.tenant_id == EventLog.tenant_id, RollupHead.stream == STREAM))
        .where(or_(EventLog.seq.is_(None), EventLog.seq > func.coalesce(RollupHead.seq, 0)))
    )
    for tenant_id, event_id, at, data in db.execute(waiting):
        for (_, metric, bucket), n in sums_of([(event_id, at, data)], {}).items():
            if bucket == IN_ALL:
                found[tenant_id, event_id, metric] += n
    return found, torn


def rollups_equal_rows(db: ScopedSession) -> Outcome:
    """Orders and their totals by state, tickets by state and type, arrivals by type, people inside, passes."""
    counted = _recounted(db)
    summed, torn = _summed(db)
    keys = counted.keys() | summed.keys()
    wrong = [
        f"event {key[1]}: {key[2]} is {summed[key]}, the rows say {counted[key]}"
        for key in keys
        if summed[key] != counted[key]
    ]
    return Outcome(len(keys), tuple((sorted(wrong) + torn)[:SHOWN]))


CHECKS = (Check("D2", "rollups equal a recount of the rows", rollups_equal_rows),)
