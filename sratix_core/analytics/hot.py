"""The figures of one moment in one statement, prebuilt and judged by the compiled proof.

One statement is one view of the database: head, sums and what came since are of the same moment, so an adder that commits
meanwhile is not counted twice.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Table,
    bindparam,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)

from sratix_core.analytics.fold import STREAM
from sratix_core.analytics.models import IN_ALL, Rollup, RollupHead
from sratix_core.audit.models import EventLog
from sratix_core.tenancy.prebuilt import Prebuilt

LOG = typing.cast("Table", EventLog.__table__).c
SUMS = typing.cast("Table", Rollup.__table__).c
HEADS = typing.cast("Table", RollupHead.__table__).c
TENANT: BindParameter[int] = bindparam("in_tenant")


@cache
def of_one(days: bool, most: int) -> Prebuilt:
    """As `figures`, of `of_event` alone."""
    return Prebuilt(figures(days, most, one=True))


@cache
def figures(days: bool, most: int, *, one: bool = False) -> CompoundSelect[Any]:
    """Rows `(event_id, at, data, metric, bucket, value)`: `at` and `data` of an event not summed yet, the others of a sum.

    Parameters `in_tenant`, `events` and, with `days`, `since`; at most `most` events that are not sealed, and as many that are.
    """
    head = select(func.coalesce(func.max(HEADS.seq), 0)).where(
        HEADS.tenant_id == TENANT, HEADS.stream == STREAM
    )
    events: BindParameter[Any] = bindparam("events", expanding=True)

    def wanted(event_id: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = event_id == bindparam("of_event") if one else event_id.in_(events)
        return found

    unsummed = [cast(null(), c.type).label(c.name) for c in (SUMS.metric, SUMS.bucket, SUMS.value)]
    log = select(LOG.event_id, LOG.at, LOG.data, *unsummed).where(
        LOG.tenant_id == TENANT, wanted(LOG.event_id)
    )
    # Two ranges of an index: joined by OR, or open at the end, the database reads the whole log for the few that are there.
    loose = log.where(LOG.seq.is_(None)).order_by(LOG.id).limit(most).subquery()
    summed = head.scalar_subquery()
    sealed = log.where(LOG.seq > summed, LOG.seq <= summed + most)
    of_days = SUMS.bucket == IN_ALL
    if days:
        of_days = or_(of_days, SUMS.bucket >= bindparam("since"))
    stored = select(
        SUMS.event_id, null().label("at"), null().label("data"), SUMS.metric, SUMS.bucket, SUMS.value
    ).where(SUMS.tenant_id == TENANT, wanted(SUMS.event_id), of_days)
    return union_all(select(loose), sealed, stored)
