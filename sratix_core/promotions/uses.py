"""Uses of codes: claimed together with the units, given back with them, each once.

Codes come after pools in the lock order, by id (K2). A use that comes back frees its buyer's number too.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, select, update

from sratix_core.db.rows import insert_rows
from sratix_core.errors import Refused
from sratix_core.promotions.models import PromoCode, PromoRedemption, UseState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

Uses = Mapping[uuid.UUID, int]
NONE: Uses = {}
LIVE = (UseState.HELD, UseState.USED)
_QUIET: dict[str, Any] = {"synchronize_session": False}


class UsedUp(Refused):
    """Somebody else has the last use."""

    code = "promo_used_up"


class BuyerLimit(Refused):
    """The buyer has used the code as often as one buyer may."""

    code = "promo_buyer_limit"


def exchange(ctx: TenantContext, back: Uses, wanted: Uses) -> None:
    """Give uses back and take others. Raises `UsedUp`, and `RuntimeError` where a code would fall below zero: a defect."""
    for code_id in sorted({*back, *wanted}):
        by = wanted.get(code_id, 0) - back.get(code_id, 0)
        if not by:
            continue
        room = PromoCode.used + by
        changed = ctx.db.execute(
            update(PromoCode)
            .where(PromoCode.id == code_id, room >= 0)
            .where((PromoCode.max_uses.is_(None)) | (room <= PromoCode.max_uses) | (by < 0))
            .values(used=room, updated_at=ctx.clock.now()),
            execution_options=_QUIET,
        )
        assert isinstance(changed, CursorResult)
        if changed.rowcount != 1:
            if by < 0:
                raise RuntimeError(f"promo code {code_id} would fall below zero")
            name = ctx.db.scalar(select(PromoCode.code).where(PromoCode.id == code_id))
            raise UsedUp(name=name or "")


def hold(ctx: TenantContext, code_id: uuid.UUID, cart_id: uuid.UUID, discount_minor: int) -> None:
    """Note that an open cart has a use, which the caller has claimed."""
    insert_rows(ctx.db, PromoRedemption, [_row(ctx, code_id, UseState.HELD, discount_minor, cart_id=cart_id)])


def _row(
    ctx: TenantContext, code_id: uuid.UUID, state: UseState, discount_minor: int, **holder: Any
) -> dict[str, Any]:
    now = ctx.clock.now()
    usual = {"cart_id": None, "order_id": None, "buyer_hash": None, "slot": None}
    return {
        "id": ctx.ids.new(), "promo_code_id": code_id, "state": state, "discount_minor": discount_minor,
        "created_at": now, "updated_at": now, **usual, **holder,
    }  # fmt: skip


def let_go(ctx: TenantContext, *, carts: Sequence[uuid.UUID] = (), orders: Sequence[uuid.UUID] = ()) -> Uses:
    """Mark the uses of carts or orders that end as returned, each once; how many by code, for `exchange`."""
    whose = PromoRedemption.cart_id.in_(carts) if carts else PromoRedemption.order_id.in_(orders)
    state = UseState.HELD if carts else UseState.USED
    returned = ctx.db.execute(
        update(PromoRedemption)
        .where(whose, PromoRedemption.state == state)
        .values(state=UseState.RETURNED, slot=None, updated_at=ctx.clock.now())
        .returning(PromoRedemption.promo_code_id),
        execution_options=_QUIET,
    )
    return Counter(returned.scalars())


def give_back(
    ctx: TenantContext, *, carts: Sequence[uuid.UUID] = (), orders: Sequence[uuid.UUID] = ()
) -> None:
    """Return their uses, after the pools. One that was returned before is not returned again."""
    if carts or orders:
        exchange(ctx, let_go(ctx, carts=carts, orders=orders), NONE)


def buyer_key(ctx: TenantContext, email: str) -> bytes:
    """The buyer as the table knows them."""
    return ctx.keys.mac("promo-buyer", f"{ctx.tenant.id}\n{email}".encode())


def give_on(
    ctx: TenantContext,
    code_id: uuid.UUID,
    order_id: uuid.UUID,
    cart_id: uuid.UUID | None,
    email: str,
    discount_minor: int,
) -> None:
    """The use of a cart becomes its order's, or a use that this unit claimed is noted; a buyer's limit is kept.

    Raises `BuyerLimit`.
    """
    buyer, slot = _slot(ctx, code_id, email)
    if cart_id is None:
        row = _row(
            ctx, code_id, UseState.USED, discount_minor, order_id=order_id, buyer_hash=buyer, slot=slot
        )
        insert_rows(ctx.db, PromoRedemption, [row])
        return
    now = ctx.clock.now()
    ctx.db.execute(
        update(PromoRedemption)
        .where(PromoRedemption.cart_id == cart_id, PromoRedemption.state == UseState.HELD)
        .values(state=UseState.USED, order_id=order_id, buyer_hash=buyer, slot=slot, updated_at=now),
        execution_options=_QUIET,
    )


def _slot(ctx: TenantContext, code_id: uuid.UUID, email: str) -> tuple[bytes | None, int | None]:
    """The buyer and the number of this use of theirs; two orders of one buyer queue at the code.

    The lock lets rows through that only point at the code, as both orders do already.
    """
    locked = select(PromoCode.code, PromoCode.max_uses_per_buyer).where(PromoCode.id == code_id)
    name, most = ctx.db.execute(locked.with_for_update(key_share=True)).one()
    if most is None:
        return None, None
    buyer = buyer_key(ctx, email)
    mine = select(PromoRedemption.slot).where(
        PromoRedemption.promo_code_id == code_id,
        PromoRedemption.buyer_hash == buyer,
        PromoRedemption.state == UseState.USED,
    )
    taken = {slot for slot in ctx.db.scalars(mine) if slot is not None}
    free = next((n for n in range(most) if n not in taken), None)
    if free is None or len(taken) >= most:
        raise BuyerLimit(name=name, most=most, has=len(taken))
    return buyer, free


def take_again(ctx: TenantContext, order_id: uuid.UUID, code_id: uuid.UUID | None, email: str) -> None:
    """An order that had ended comes back to life, at its price and with its use. Raises `UsedUp`, `BuyerLimit`."""
    if code_id is None:
        return
    exchange(ctx, NONE, {code_id: 1})
    buyer, slot = _slot(ctx, code_id, email)
    ctx.db.execute(
        update(PromoRedemption)
        .where(PromoRedemption.order_id == order_id, PromoRedemption.state == UseState.RETURNED)
        .values(state=UseState.USED, buyer_hash=buyer, slot=slot, updated_at=ctx.clock.now()),
        execution_options=_QUIET,
    )
