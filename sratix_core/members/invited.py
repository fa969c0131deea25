"""Who was invited to the tenant, page by page: the newest first, or by address for whoever looks for somebody."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.db.types import LAST
from sratix_core.members.models import Invitation, InvitationState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PAGE = 50
MOST_COUNTED = 1000
OPEN_HERE = (Invitation.state == InvitationState.OPEN, Invitation.organization_id.is_(None))


class Standing(StrEnum):
    """What became of an invitation, as lists tell it apart: an open one waits until its link is over."""

    WAITING = "waiting"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


def standing(invitation: Invitation, now: datetime) -> Standing:
    if invitation.state == InvitationState.OPEN:
        return Standing.WAITING if invitation.expires_at > now else Standing.EXPIRED
    return Standing(invitation.state)


def listed(
    ctx: TenantContext,
    of: Standing | None = None,
    search: str = "",
    cursor: str | None = None,
    limit: int = PAGE,
) -> Page[Invitation]:
    """Those to the tenant, not into an organization; `search` is how the address begins, and sorts by it.

    Raises `NotFound` for a made-up cursor.
    """
    query, begins = select(Invitation).where(Invitation.organization_id.is_(None)), search.strip().lower()
    if of is not None:
        query = query.where(*_stands(ctx, of))
    if begins:
        query = query.where(Invitation.email >= begins, Invitation.email < begins + LAST)
    column: Any = Invitation.email if begins else Invitation.created_at

    def place(invitation: Invitation) -> tuple[Any, uuid.UUID]:
        return getattr(invitation, column.key), invitation.id

    by = By(column, Invitation.id, not begins)
    return page(query, by, cursor, limit, lambda q: ctx.db.scalars(q).all(), place)


def newest_open(ctx: TenantContext, most: int) -> list[Invitation]:
    """Those to the tenant without an answer, the newest first, expired ones among them."""
    still = select(Invitation).where(*OPEN_HERE).order_by(Invitation.created_at.desc(), Invitation.id.desc())
    return list(ctx.db.scalars(still.limit(most)))


def count_open(ctx: TenantContext) -> int:
    """How many to the tenant were neither answered nor taken back, expired ones among them; up to one beyond `MOST_COUNTED`."""
    some = select(Invitation.id).where(*OPEN_HERE).limit(MOST_COUNTED + 1).subquery()
    return ctx.db.scalar(select(func.count()).select_from(some)) or 0


def _stands(ctx: TenantContext, of: Standing) -> tuple[ColumnElement[bool], ...]:
    if of not in (Standing.WAITING, Standing.EXPIRED):
        return (Invitation.state == of,)
    still, now = Invitation.state == InvitationState.OPEN, ctx.clock.now()
    return still, Invitation.expires_at > now if of == Standing.WAITING else Invitation.expires_at <= now
