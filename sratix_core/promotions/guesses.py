"""Slowing down guesses at codes (P4): wrong ones are counted by network address, in the database, whatever else is out.

A try is counted before it is looked up, so a thousand at once count like a thousand in a row; one that was right is
taken off again. Rows are written in a unit of their own, because a refusal rolls back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, case, delete, or_, update

from sratix_core.db.dialects import insert_ignore
from sratix_core.promotions.models import PromoGuess

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MOST = 15
WINDOW = timedelta(minutes=10)
KEPT = timedelta(days=1)


def place_of(ctx: TenantContext, address: str) -> bytes:
    """The address as the table knows it."""
    return ctx.keys.mac("promo-guess", f"{ctx.tenant.id}\n{address}".encode())


def count(ctx: TenantContext, address: str) -> bool:
    """Count one try; whether it may be made."""
    now, place = ctx.clock.now(), place_of(ctx, address)
    ctx.db.execute(delete(PromoGuess).where(PromoGuess.since <= now - KEPT))
    insert_ignore(
        ctx.db, PromoGuess, ("place",), {"id": ctx.ids.new(), "place": place, "tries": 0, "since": now}
    )
    over = PromoGuess.since <= now - WINDOW
    changed = ctx.db.execute(
        update(PromoGuess)
        .where(PromoGuess.place == place, or_(over, PromoGuess.tries < MOST))
        .values(
            tries=case((over, 1), else_=PromoGuess.tries + 1), since=case((over, now), else_=PromoGuess.since)
        ),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(changed, CursorResult)
    return changed.rowcount == 1


def was_right(ctx: TenantContext, address: str) -> None:
    """Take the last try off again."""
    ctx.db.execute(
        update(PromoGuess)
        .where(PromoGuess.place == place_of(ctx, address), PromoGuess.tries > 0)
        .values(tries=PromoGuess.tries - 1),
        execution_options={"synchronize_session": False},
    )
