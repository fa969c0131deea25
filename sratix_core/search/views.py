"""Lists that a person saved under a name: theirs alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, select

from sratix_core.errors import NotFound, Refused
from sratix_core.search.hot import MOST, SAVED
from sratix_core.search.models import SavedView

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

LONGEST_NAME = 60
LONGEST_QUERY = 500


def cleaned(query: str) -> str:
    """A query part spelled anew, without the page and what was searched: a view is kept, a person's name is not."""
    return urlencode([(k, v) for k, v in parse_qsl(query[:2000]) if k not in ("cursor", "q")])


def saved(ctx: TenantContext, user_id: uuid.UUID, of: str) -> list[tuple[str, str]]:
    """Name and query of a person's views of one list, by name."""
    mine = {"in_tenant": ctx.tenant.id, "of_user": user_id, "of_list": of}
    return [(name, query) for name, query in SAVED.all(ctx.db, mine)]


def save(ctx: TenantContext, user_id: uuid.UUID, of: str, name: str, query: str) -> SavedView:
    """Keep a view; one of that name is replaced. Raises `Refused("views_full")` beyond `MOST`."""
    remove(ctx, user_id, of, name)
    if len(saved(ctx, user_id, of)) >= MOST:
        raise Refused("views_full", most=MOST)
    view = SavedView(
        id=ctx.ids.new(), user_id=user_id, list=of, name=name, query=query, created_at=ctx.clock.now()
    )
    ctx.db.add(view)
    return view


def of_person(ctx: TenantContext, user_id: uuid.UUID, lists: Collection[str]) -> list[SavedView]:
    """All views of a person of these lists, by list and name."""
    mine = select(SavedView).where(SavedView.user_id == user_id, SavedView.list.in_(lists))
    return list(ctx.db.scalars(mine.order_by(SavedView.list, SavedView.name).limit(MOST * len(lists))))


def view_by_id(ctx: TenantContext, user_id: uuid.UUID, view_id: uuid.UUID) -> SavedView:
    """A person's own view. Raises `NotFound`."""
    view = ctx.db.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.user_id == user_id))
    if view is None:
        raise NotFound("view")
    return view


def remove(ctx: TenantContext, user_id: uuid.UUID, of: str, name: str) -> None:
    """Forget a view, if there is one."""
    gone = delete(SavedView).where(SavedView.user_id == user_id, SavedView.list == of, SavedView.name == name)
    ctx.db.execute(gone, execution_options={"synchronize_session": False})
