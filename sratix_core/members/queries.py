"""Reading who works for a tenant."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_

from sratix_core.errors import NotFound
from sratix_core.tenants.models import Member, MemberStatus

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PAGE = 50
MOST_COUNTED = 1000


def list_members(
    ctx: TenantContext, cursor: str | None = None, limit: int = PAGE
) -> tuple[list[Member], str | None]:
    """Active members by name, one page and the cursor of the next. Raises `NotFound` for a cursor that is none."""
    wanted = select(Member).where(Member.status == MemberStatus.ACTIVE)
    if cursor:
        wanted = wanted.where(tuple_(Member.name, Member.id) > _read_cursor(cursor))
    found = list(ctx.db.scalars(wanted.order_by(Member.name, Member.id).limit(limit + 1)))
    shown = found[:limit]
    return shown, f"{shown[-1].id.hex}{shown[-1].name}" if len(found) > limit else None


def count_members(ctx: TenantContext) -> int:
    """How many are active; not counted beyond `MOST_COUNTED`."""
    some = select(Member.id).where(Member.status == MemberStatus.ACTIVE).limit(MOST_COUNTED).subquery()
    return ctx.db.scalar(select(func.count()).select_from(some)) or 0


def _read_cursor(cursor: str) -> tuple[str, uuid.UUID]:
    try:
        return cursor[32:], uuid.UUID(cursor[:32])
    except ValueError as error:
        raise NotFound("page") from error
