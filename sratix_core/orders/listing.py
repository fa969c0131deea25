"""The orders of an event as a list: narrowed, sorted and paged so that a page costs the same at a million orders.

Every pair of filter and sort that is offered is one range of one index. Few hits of a search are looked up and sorted; many are
walked through in the order of the index, so that none is left out.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Exists, Select, and_, select
from sqlalchemy.orm import aliased

from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, falls, page
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.rows import COLUMNS, PLACE, OrderRow, rows_of
from sratix_core.search.models import Kind
from sratix_core.search.queries import WALKED, find

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `since` and `until` are moments of placing, `until` excluded; empty is everything."""

    search: str = ""
    state: str = ""
    provider: str = ""
    type_id: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Sort:
    """`by` is one of `SORTS`."""

    by: str = "placed"
    descending: bool = True


SORTS = ("placed", "total", "buyer")


@dataclass(frozen=True)
class Listed:
    """A page, and whether a search had so many hits that they stand in the order of what was found, whatever was asked."""

    page: Page[OrderRow]
    more_hits: bool = False


def sorts_for(filters: Filters) -> tuple[str, ...]:
    """The sorts that have an index under these filters; few hits of a search take any."""
    if filters.search.strip():
        return SORTS
    return SORTS[:1] if filters.type_id or filters.provider else SORTS


def listed(
    ctx: TenantContext,
    event: Event,
    filters: Filters,
    sort: Sort,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """One page as tables show it; one statement, two with a search. Raises `NotFound` for a made-up cursor."""
    query, by = _query(event, filters, sort)
    more = False
    if filters.search.strip():
        hits = find(ctx, Kind.ORDER, filters.search, event.id)
        if hits is None:
            return Listed(Page([], None, None))
        if more := hits.more:
            query, by = hits.walked(query, Order.tenant_id, Order.id), WALKED
        else:
            query = query.where(Order.id.in_(hits.refs))
    placed: Any = query.add_columns(by.column.label(PLACE))
    run = partial(rows_of, ctx, falls=falls(by, cursor))
    found = page(placed, by, cursor, limit, run, lambda row: (row.place, row.id))
    return Listed(found, more)


def _query(event: Event, filters: Filters, sort: Sort) -> tuple[Select[Any], By]:
    query: Any = select(*COLUMNS).where(Order.event_id == event.id)
    by = {
        "total": By(Order.total_minor, Order.id, sort.descending),
        "buyer": By(Order.buyer_fold, Order.id, sort.descending),
    }.get(sort.by, By(Order.created_at, Order.id, sort.descending))
    if filters.state:
        query = query.where(Order.state == filters.state)
    if filters.provider:
        query = query.where(Order.provider == filters.provider)
    if filters.since is not None:
        query = query.where(Order.created_at >= filters.since)
    if filters.until is not None:
        query = query.where(Order.created_at < filters.until)
    if filters.type_id is not None:
        has = and_(OrderLine.tenant_id == Order.tenant_id, OrderLine.order_id == Order.id)
        query = query.join(OrderLine, has).where(OrderLine.ticket_type_id == filters.type_id, ~_again())
        if not filters.search.strip():
            by = By(OrderLine.order_id, OrderLine.order_id, sort.descending)
    return query, by


def _again() -> Exists:
    """Whether an earlier line of the order is of the same type: the order is listed once."""
    earlier = aliased(OrderLine)
    same = (
        earlier.order_id == OrderLine.order_id,
        earlier.ticket_type_id == OrderLine.ticket_type_id,
        earlier.id < OrderLine.id,
    )
    return select(earlier.id).where(*same).correlate(OrderLine).exists()
