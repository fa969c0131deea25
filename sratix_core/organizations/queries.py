"""Finding organizations: a list by name, narrowed by kind or by the words of a search, and how much each has."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, select

from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.orders.models import Order
from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.search.models import Kind
from sratix_core.search.queries import find
from sratix_core.tickets.models import LIVE, Ticket
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PAGE = 50
SUGGESTED = 12
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Listed:
    """A page, and whether a search had more hits than are looked at."""

    page: Page[Organization]
    more_hits: bool = False


def listed(
    ctx: TenantContext,
    search: str = "",
    kind: str = "",
    descending: bool = False,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """By name, one page. Raises `NotFound` for a made-up cursor."""
    query, more = select(Organization), False
    if kind:
        query = query.where(Organization.kind == kind)
    if search.strip():
        hits = find(ctx, Kind.ORGANIZATION, search)
        if hits is None:
            return Listed(Page([], None, None))
        query, more = query.where(Organization.id.in_(hits.refs)), hits.more
    by = By(Organization.fold, Organization.id, descending)
    return Listed(
        page(query, by, cursor, limit, lambda q: ctx.db.scalars(q).all(), lambda o: (o.fold, o.id)), more
    )


def any_there(ctx: TenantContext) -> bool:
    """Whether the tenant has organizations at all."""
    return ctx.db.scalar(select(Organization.id).order_by(Organization.fold).limit(1)) is not None


def called(ctx: TenantContext, name: str) -> list[Organization]:
    """Those of exactly this name, however it is written; two at most, which is one too many to know who is meant."""
    same = select(Organization).where(Organization.fold == text.fold(name)[:160])
    return list(ctx.db.scalars(same.order_by(Organization.fold, Organization.id).limit(2)))


def meant(ctx: TenantContext, typed: str) -> list[Organization]:
    """Whom somebody may mean by what they typed so far, by name; the first `SUGGESTED`."""
    return listed(ctx, typed, limit=SUGGESTED).page.rows if typed.strip() else []


def kinds(ctx: TenantContext) -> dict[str, int]:
    """How many there are of each kind; nothing where there are more than `MOST_COUNTED`, which nobody waits for."""
    # In the order of the index, or the planner reads the table.
    some = select(Organization.kind).order_by(Organization.kind).limit(MOST_COUNTED + 1).subquery()
    counted = ctx.db.execute(select(some.c.kind, func.count()).group_by(some.c.kind))
    found = {kind: n for kind, n in counted}  # noqa: C416  (a row is not a pair to mypy)
    return found if sum(found.values()) <= MOST_COUNTED else {}


@dataclass(frozen=True)
class Size:
    """What an organization has: people who act for it, orders, and tickets that count."""

    people: int = 0
    orders: int = 0
    tickets: int = 0


def sizes(ctx: TenantContext, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Size]:
    """By organization; three statements for a page of them."""
    people = _counted(ctx, select(OrganizationMember.organization_id, func.count()), OrganizationMember, ids)
    orders = _counted(ctx, select(Order.organization_id, func.count()), Order, ids)
    of = and_(Ticket.tenant_id == Order.tenant_id, Ticket.order_id == Order.id, Ticket.state.in_(LIVE))
    tickets = _counted(ctx, select(Order.organization_id, func.count()).join(Ticket, of), Order, ids)
    return {one: Size(people.get(one, 0), orders.get(one, 0), tickets.get(one, 0)) for one in ids}


def _counted(ctx: TenantContext, query: Any, model: Any, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = ctx.db.execute(query.where(model.organization_id.in_(ids)).group_by(model.organization_id))
    return {one: n for one, n in rows}  # noqa: C416


def matching(ctx: TenantContext, search: str) -> ColumnElement[bool]:
    """Organizations that the words lead to; nothing for fewer than two letters."""
    hits = find(ctx, Kind.ORGANIZATION, search)
    return Organization.id.is_(None) if hits is None else Organization.id.in_(hits.refs)
