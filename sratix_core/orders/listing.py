"""The orders of an event as a list: narrowed, sorted and paged so that a page costs the same at a million orders.

Every pair of filter and sort that is offered is one range of one index. Few hits of a search are looked up and sorted; many are
walked through in the order of the index, so that none is left out.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Exists, Select, and_, bindparam, select, tuple_
from sqlalchemy.orm import aliased

from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, edge, falls, page_of, ranged
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.rows import COLUMNS, PLACE, OrderRow, folded, with_lines
from sratix_core.search.models import Kind
from sratix_core.search.queries import WALKED, find, shaped
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.hot import Brief
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
    event: Event | Brief,
    filters: Filters,
    sort: Sort,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """One page as tables show it; one statement, two with a search. Raises `NotFound` for a made-up cursor."""
    given = {name: value for name, value in _given(event, filters).items() if value}
    given["in_tenant"] = ctx.tenant.id
    form: Form | None = None
    found: Mapping[str, Any] = {}
    if filters.search.strip():
        hits = find(ctx, Kind.ORDER, filters.search, event.id)
        if hits is None:
            return Listed(Page([], None, None))
        form, found = hits.form, hits.bound
    by = _order(sort, form, filters.type_id is not None)
    down, at = falls(by, cursor), edge(by, cursor)
    statement = _listing(frozenset(given), sort, form, down, at is not None, limit)
    bound = {**given, **found, **dict(zip(EDGE, at or (), strict=False))}
    rows = folded(statement.all(ctx.db, bound))
    return Listed(page_of(rows, cursor, limit, lambda row: (row.place, row.id)), form is not None and form[0])


def everything(ctx: TenantContext, event: Event | Brief, filters: Filters) -> Select[Any]:
    """All rows behind the list, in no order and not paged."""
    query = _query({"in_tenant": ctx.tenant.id, **{k: v for k, v in _given(event, filters).items() if v}})
    if filters.search.strip():
        hits = find(ctx, Kind.ORDER, filters.search, event.id)
        query = query.where(Order.id.is_(None) if hits is None else Order.id.in_(hits.refs))
    return query


EDGE = ("edge_value", "edge_id")
Form = tuple[bool, int]
"""Whether a search has more hits than are sorted, and how many words it has beside the rarest."""


@lru_cache(maxsize=256)
def _listing(
    names: frozenset[str], sort: Sort, form: Form | None, down: bool, entered: bool, limit: int
) -> Prebuilt:
    """A page narrowed by the filters of these names: what differs from one list to the next of its kind are parameters."""
    by = _order(sort, form, "type_id" in names)
    tenant: BindParameter[int] = bindparam("in_tenant")
    asked = _query({name: bindparam(name) for name in names})
    if form is not None:
        hits = shaped(*form)
        asked = (
            hits.walked(asked, Order.tenant_id, Order.id)
            if hits.more
            else asked.where(Order.id.in_(hits.refs))
        )
    at = None
    if entered:
        at = tuple_(*(bindparam(n, type_=c.type) for n, c in zip(EDGE, (by.column, by.id), strict=True)))
    paged = ranged(asked.add_columns(by.column.label(PLACE)), by, down, limit, at)
    return Prebuilt(with_lines(paged, down, tenant))


def _order(sort: Sort, form: Form | None, of_type: bool) -> By:
    if form is not None and form[0]:
        return WALKED
    if form is None and of_type:
        return By(OrderLine.order_id, OrderLine.order_id, sort.descending)
    return {
        "total": By(Order.total_minor, Order.id, sort.descending),
        "buyer": By(Order.buyer_fold, Order.id, sort.descending),
    }.get(sort.by, By(Order.created_at, Order.id, sort.descending))


def _given(event: Event | Brief, filters: Filters) -> dict[str, Any]:
    return {
        "event_id": event.id,
        "state": filters.state,
        "provider": filters.provider,
        "since": filters.since,
        "until": filters.until,
        "type_id": filters.type_id,
    }


def _query(given: Mapping[str, Any]) -> Select[Any]:
    """The orders of `event_id` that the other filters leave; values or parameters."""
    tenant = given["in_tenant"]
    query: Any = select(*COLUMNS).where(Order.tenant_id == tenant, Order.event_id == given["event_id"])
    if "state" in given:
        query = query.where(Order.state == given["state"])
    if "provider" in given:
        query = query.where(Order.provider == given["provider"])
    if "since" in given:
        query = query.where(Order.created_at >= given["since"])
    if "until" in given:
        query = query.where(Order.created_at < given["until"])
    if "type_id" in given:
        has = and_(OrderLine.tenant_id == Order.tenant_id, OrderLine.order_id == Order.id)
        query = query.join(OrderLine, has).where(
            OrderLine.ticket_type_id == given["type_id"], ~_again(tenant)
        )
    return query  # type: ignore[no-any-return]


def _again(tenant: Any) -> Exists:
    """Whether an earlier line of the order is of the same type: the order is listed once."""
    earlier = aliased(OrderLine)
    same = (
        earlier.tenant_id == tenant,
        earlier.order_id == OrderLine.order_id,
        earlier.ticket_type_id == OrderLine.ticket_type_id,
        earlier.id < OrderLine.id,
    )
    return select(earlier.id).where(*same).correlate(OrderLine).exists()
