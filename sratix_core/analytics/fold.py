"""Adding sealed events to the rollups: one adder per tenant, outside every sale and scan (INVARIANTS K9)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, func, select

from sratix_core.analytics.metrics import DAILY
from sratix_core.analytics.models import IN_ALL, Rollup, RollupHead
from sratix_core.audit.models import EventLog, SealHead
from sratix_core.context import Sources
from sratix_core.db.dialects import insert_ignore
from sratix_core.events.models import Event
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenancy.session import ScopedSession

ADDER = SystemScope("rollups of every tenant are summed from its sealed events")
STREAM = EventLog.__stream__
BATCH = 5000

Sums = Counter[tuple[uuid.UUID, str, date]]


def fold_all(engines: Engines, sources: Sources) -> int:
    """Add what was sealed since the last time, for every tenant; how many events. Without any it only reads."""
    behind = (
        select(SealHead.tenant_id)
        .outerjoin(
            RollupHead, and_(RollupHead.tenant_id == SealHead.tenant_id, RollupHead.stream == SealHead.stream)
        )
        .where(SealHead.stream == STREAM, SealHead.next_seq - 1 > func.coalesce(RollupHead.seq, 0))
    )
    with engines.begin(ADDER, write=False) as db:
        tenants = db.scalars(behind).all()
    return sum(fold_tenant(engines, sources, tenant_id) for tenant_id in tenants)


def fold_tenant(engines: Engines, sources: Sources, tenant_id: int) -> int:
    """Add to one tenant's rollups up to the end of its sealed events. One that another adder holds is left to it."""
    added = 0
    while True:
        with engines.begin(ADDER) as db:
            head = _hold(db, sources, tenant_id)
            n = _batch(db, sources, head) if head is not None else 0
        added += n
        if n < BATCH:
            return added


def rebuild(engines: Engines, sources: Sources) -> int:
    """Forget all rollups and sum them from the first event on; how many events."""
    with engines.begin(ADDER) as db:
        for head in db.scalars(select(RollupHead).with_for_update()):
            head.seq = 0
        db.execute(delete(Rollup), execution_options={"synchronize_session": False})
    return fold_all(engines, sources)


def _hold(db: ScopedSession, sources: Sources, tenant_id: int) -> RollupHead | None:
    mine = select(RollupHead).where(RollupHead.tenant_id == tenant_id, RollupHead.stream == STREAM)
    lock = mine.with_for_update(skip_locked=True)
    head = db.scalar(lock)
    if head is None and db.scalar(mine.with_only_columns(RollupHead.id)) is None:
        new = {"tenant_id": tenant_id, "id": sources.ids.new(), "stream": STREAM, "seq": 0}
        insert_ignore(db, RollupHead, ("stream",), new)
        head = db.scalar(lock)
    return head


def _batch(db: ScopedSession, sources: Sources, head: RollupHead) -> int:
    tenant_id = head.tenant_id
    rows = db.execute(
        select(EventLog.seq, EventLog.event_id, EventLog.at, EventLog.data)
        .where(EventLog.tenant_id == tenant_id, EventLog.seq > head.seq)
        .order_by(EventLog.seq)
        .limit(BATCH)
    ).all()
    if not rows:
        return 0
    events = {row.event_id for row in rows if row.event_id}
    known = select(Event.id, Event.timezone).where(Event.tenant_id == tenant_id, Event.id.in_(events))
    zones = {row.id: row.timezone for row in db.execute(known)}
    _add(db, sources, tenant_id, sums_of(((row.event_id, row.at, row.data) for row in rows), zones))
    head.seq = rows[-1].seq
    return len(rows)


def sums_of(
    events: Iterable[tuple[uuid.UUID | None, datetime, dict[str, Any]]], zones: dict[uuid.UUID, str]
) -> Sums:
    """What events add, by event, metric and bucket."""
    sums: Sums = Counter()
    for event_id, at, data in events:
        for metric, n in data.get("figures", {}).items() if event_id is not None else ():
            assert event_id is not None
            sums[event_id, metric, IN_ALL] += n
            if metric.startswith(DAILY):
                day = at.replace(tzinfo=at.tzinfo or UTC).astimezone(ZoneInfo(zones.get(event_id, "UTC")))
                sums[event_id, metric, day.date()] += n
    return sums


def _add(db: ScopedSession, sources: Sources, tenant_id: int, sums: Sums) -> None:
    """The head is held, so nobody else writes these rows."""
    sums = Counter({key: n for key, n in sums.items() if n})
    if not sums:
        return
    has = select(Rollup).where(
        Rollup.tenant_id == tenant_id,
        Rollup.event_id.in_({event_id for event_id, _, _ in sums}),
        Rollup.bucket.in_({bucket for _, _, bucket in sums}),
    )
    known = {(row.event_id, row.metric, row.bucket): row for row in db.scalars(has)}
    for key, n in sums.items():
        if (row := known.get(key)) is not None:
            row.value += n
        else:
            event_id, metric, bucket = key
            db.add(
                Rollup(
                    tenant_id=tenant_id,
                    id=sources.ids.new(),
                    event_id=event_id,
                    metric=metric,
                    bucket=bucket,
                    value=n,
                )
            )
