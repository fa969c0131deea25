"""Making, changing and switching codes; many at once; and how they do."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, Select, and_, case, delete, func, select, update

from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.promotions.drafts import CodeDraft, columns_of
from sratix_core.promotions.models import CodeState, PromoCode, PromoRedemption, UseState
from sratix_core.promotions.spelling import drawn, spelled

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST_AT_ONCE = 2_000
MOST_CODES = 20_000
"""Codes of one event: a list that a person can still handle, and a bound for whoever makes them by program."""


def code_by_id(ctx: TenantContext, event: Event, code_id: uuid.UUID) -> PromoCode:
    """A code of this event. Raises `NotFound`."""
    mine = select(PromoCode).where(PromoCode.id == code_id, PromoCode.event_id == event.id)
    found: PromoCode | None = ctx.db.scalar(mine.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("promo_code")
    return found


def create_code(ctx: TenantContext, event: Event, draft: CodeDraft) -> PromoCode:
    """A new code. Raises `Invalid`; `{"code": "promo_taken"}` for a spelling that the event has."""
    _room_for(ctx, event, 1)
    code = _inserted(ctx, event, columns_of(ctx, event, draft))
    if code is None:
        raise Invalid({"code": "promo_taken"})
    record(ctx, "promo_code.created", "promo_code", code, event_id=event.id)
    return code_by_id(ctx, event, code)


def _inserted(ctx: TenantContext, event: Event, columns: Mapping[str, Any]) -> uuid.UUID | None:
    now = ctx.clock.now()
    row = {
        "id": ctx.ids.new(),
        "event_id": event.id,
        "used": 0,
        "created_at": now,
        "updated_at": now,
        **columns,
    }
    return row["id"] if insert_ignore(ctx.db, PromoCode, ("event_id", "code"), row) else None


def _room_for(ctx: TenantContext, event: Event, count: int) -> None:
    has = ctx.db.scalar(select(func.count()).where(PromoCode.event_id == event.id)) or 0
    if has + count > MOST_CODES:
        raise Refused("too_many_codes", most=MOST_CODES)


def change_code(ctx: TenantContext, event: Event, code: PromoCode, draft: CodeDraft) -> PromoCode:
    """Write over a code. Carts and orders keep what they were given.

    Raises `Refused`: "promo_in_use" for fewer uses than are taken, "promo_of_plugin" for a code whose terms a plugin keeps.
    """
    if code.plugin:
        raise Refused("promo_of_plugin", name=code.code)
    columns = columns_of(ctx, event, draft)
    twin = select(PromoCode.id).where(PromoCode.event_id == event.id, PromoCode.code == columns["code"])
    if (other := ctx.db.scalar(twin)) is not None and other != code.id:
        raise Invalid({"code": "promo_taken"})
    changed = update(PromoCode).where(PromoCode.id == code.id)
    if columns["max_uses"] is not None:  # one more use in between counts
        changed = changed.where(PromoCode.used <= columns["max_uses"])
    result = ctx.db.execute(
        changed.values(**columns, updated_at=ctx.clock.now()),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        taken = code_by_id(ctx, event, code.id).used
        raise Refused("promo_in_use", name=code.code, taken=taken)
    record(ctx, "promo_code.changed", "promo_code", code.id, event_id=event.id)
    return code_by_id(ctx, event, code.id)


def switch_code(ctx: TenantContext, event: Event, code: PromoCode, state: CodeState) -> PromoCode:
    """Let a code be used, or not any more; carts that have it keep it."""
    if code.state != state:
        changed = update(PromoCode).where(PromoCode.id == code.id)
        ctx.db.execute(
            changed.values(state=state, updated_at=ctx.clock.now()),
            execution_options={"synchronize_session": False},
        )
        record(ctx, f"promo_code.{state}", "promo_code", code.id, event_id=event.id)
    return code_by_id(ctx, event, code.id)


def delete_code(ctx: TenantContext, event: Event, code: PromoCode) -> None:
    """Remove a code that nobody has ever used. Raises `Refused("promo_was_used")`: the books need the others."""
    ever = select(PromoRedemption.id).where(PromoRedemption.promo_code_id == code.id).limit(1)
    if ctx.db.scalar(ever) is not None:
        raise Refused("promo_was_used", name=code.code)
    ctx.db.execute(
        delete(PromoCode).where(PromoCode.id == code.id), execution_options={"synchronize_session": False}
    )
    record(ctx, "promo_code.deleted", "promo_code", code.id, event_id=event.id)


def generate(ctx: TenantContext, event: Event, draft: CodeDraft, count: int, prefix: str = "") -> list[str]:
    """Many codes alike that nobody can guess; each is used once where `draft` says nothing else. Raises `Invalid`."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid({"count": "quantity_out_of_range"}, least=1, most=MOST_AT_ONCE)
    prefix = spelled(prefix) if prefix.strip() else ""
    made: list[str] = []
    _room_for(ctx, event, count)
    columns = columns_of(ctx, event, replace(draft, code=drawn(ctx.random, prefix)))
    while len(made) < count:
        columns["code"] = drawn(ctx.random, prefix)
        if _inserted(ctx, event, columns) is not None:
            made.append(columns["code"])
    record(ctx, "promo_code.generated", "event", event.id, event_id=event.id, count=count)
    return made


def bring_in(
    ctx: TenantContext, event: Event, draft: CodeDraft, typed: Sequence[str]
) -> tuple[int, list[str]]:
    """Codes from a list, all alike; how many are new, and which were refused (no code, or already there)."""
    if not 1 <= len(typed) <= MOST_AT_ONCE:
        raise Invalid({"codes": "quantity_out_of_range"}, least=1, most=MOST_AT_ONCE)
    _room_for(ctx, event, len(typed))
    columns, new, refused = columns_of(ctx, event, replace(draft, code="XX")), 0, []
    for each in typed:
        columns["code"] = spelled(each)
        if columns["code"] and _inserted(ctx, event, columns) is not None:
            new += 1
        else:
            refused.append(each[:60])
    record(ctx, "promo_code.imported", "event", event.id, event_id=event.id, count=new)
    return new, refused


@dataclass(frozen=True)
class CodeFigures:
    """What a code did: orders that stand, what was paid for them, what it took off; open carts that hold it."""

    orders: int = 0
    held: int = 0
    revenue_minor: int = 0
    discount_minor: int = 0


def codes_of(event_id: uuid.UUID, text: str = "") -> Select[PromoCode]:
    """The codes of an event, by the beginning of their spelling where there is one."""
    query = select(PromoCode).where(PromoCode.event_id == event_id)
    if text:
        start = spelled(text) or text.upper()[:40]
        query = query.where(PromoCode.code >= start, PromoCode.code < start + "\U0010ffff")
    return query


def figures_of(ctx: TenantContext, codes: Sequence[uuid.UUID]) -> dict[uuid.UUID, CodeFigures]:
    """By code, in one statement. An order that waits for its money counts as an order and brings no revenue yet."""
    use, paid = PromoRedemption, Order.state == OrderState.PAID
    order = and_(Order.tenant_id == use.tenant_id, Order.id == use.order_id)
    found = ctx.db.execute(
        select(
            use.promo_code_id,
            func.sum(case((use.state == UseState.USED, 1), else_=0)),
            func.sum(case((use.state == UseState.HELD, 1), else_=0)),
            func.sum(case((and_(use.state == UseState.USED, paid), Order.total_minor), else_=0)),
            func.sum(case((use.state == UseState.USED, use.discount_minor), else_=0)),
        )
        .outerjoin(Order, order)
        .where(use.promo_code_id.in_(codes), use.state != UseState.RETURNED)
        .group_by(use.promo_code_id)
    )
    return {row[0]: CodeFigures(*map(int, row[1:])) for row in found}
