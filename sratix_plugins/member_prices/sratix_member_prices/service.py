"""Numbers brought in from a list, looked up and taken out again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from sratix_core.plugin import Invalid, NotFound, TenantContext, insert_ignore, record, spelled_code
from sratix_member_prices.models import Member

MOST_AT_ONCE, MOST = 5_000, 200_000
SHOWN = 50


def is_member(ctx: TenantContext, number: str) -> bool:
    """Whether somebody has this number; `number` in its one spelling."""
    return ctx.db.scalar(select(Member.id).where(Member.number == number)) is not None


def count(ctx: TenantContext) -> int:
    return int(ctx.db.scalar(select(func.count()).select_from(Member)) or 0)


def found(ctx: TenantContext, text: str = "") -> Sequence[Member]:
    """Numbers in their order, from what was typed on."""
    start = spelled_code(text) if text else ""
    query = select(Member).where(Member.number >= start).order_by(Member.number).limit(SHOWN)
    return list(ctx.db.scalars(query))


def bring_in(ctx: TenantContext, lines: str) -> tuple[int, list[str]]:
    """One number on each line: how many are new, and what is no number. Raises `Invalid` with `numbers`."""
    typed = [line.strip() for line in lines.splitlines() if line.strip()]
    if not typed:
        raise Invalid({"numbers": "required"})
    if len(typed) > MOST_AT_ONCE:
        raise Invalid({"numbers": "Bring in at most 5000 numbers at once."})
    if count(ctx) + len(typed) > MOST:
        raise Invalid({"numbers": "There is no room for so many. Take some out first."})
    new, wrong, now = 0, [], ctx.clock.now()
    for each in typed:
        number = spelled_code(each)
        if not number:
            wrong.append(each[:40])
        elif insert_ignore(
            ctx.db, Member, ("number",), {"id": ctx.ids.new(), "number": number, "created_at": now}
        ):
            new += 1
    record(ctx, "member_prices.brought_in", "plugin", None, count=new)
    return new, wrong


def delete(ctx: TenantContext, member_id: uuid.UUID) -> None:
    """Take a number out; orders keep what they were given. Raises `NotFound`."""
    member = ctx.db.get(Member, member_id)
    if member is None:
        raise NotFound("member")
    ctx.db.delete(member)
    record(ctx, "member_prices.deleted", "plugin", None)
