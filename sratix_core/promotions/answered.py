"""Codes that a plugin knows and no list of the organizer's does: numbers of members, and the like.

What a plugin answers becomes a code of the event, of that plugin, when it is first used: it is claimed, counted, returned and
limited like every other (P1, P2). Its terms are the plugin's of each moment; a use keeps those it was claimed at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, or_, select, update

from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Refused
from sratix_core.plugins.pricing import EventRef, PriceCart, PriceRule
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.promotions.spelling import spelled

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

HOOK = "price_rules"
TERMS = ("kind", "value", "type_ids", "description", "max_uses")


def answered(ctx: TenantContext, event: Event, code: str, before: PromoCode | None) -> PromoCode | None:
    """The code as a plugin answers it now, not stored; `before` is its row, if it was used before. Raises `NoAnswer`."""
    if not ctx.hooks.has(HOOK):
        return None
    cart = PriceCart(EventRef(event.id, event.currency), code=code)
    found = [
        (rule.priority, plugin, rule.code, rule)
        for plugin, rules in ctx.hooks.insist(HOOK, PriceRule, ctx=ctx, cart=cart)
        for rule in rules
        if rule.answers and spelled(rule.answers) == code
    ]
    if not found:
        return None
    _, plugin, _, rule = min(found, key=lambda each: each[:3])
    return PromoCode(
        tenant_id=ctx.tenant.id,
        id=before.id if before is not None else ctx.ids.new(),
        event_id=event.id,
        plugin=plugin,
        code=code,
        description=rule.name,
        kind=rule.kind,
        value=rule.value,
        type_ids=sorted(map(str, rule.ticket_type_ids)),
        unlocked_ids=[],
        min_order_minor=0,
        min_quantity=0,
        max_uses=rule.most_uses,
        used=before.used if before is not None else 0,
        state=CodeState.ACTIVE,
    )


def adopt(ctx: TenantContext, code: PromoCode) -> None:
    """Give the code of a plugin its row, before any pool is locked; one that has it already is not touched.

    Raises `Refused("promo_unknown")` where the organizer made the same code meanwhile.
    """
    if not code.plugin:
        return
    now = ctx.clock.now()
    names = ("id", "event_id", "plugin", "code", "unlocked_ids", "min_order_minor", "min_quantity", "state")
    row = {name: getattr(code, name) for name in (*names, *TERMS)}
    row |= {"used": 0, "created_at": now, "updated_at": now}
    if not insert_ignore(ctx.db, PromoCode, ("event_id", "code"), row):
        mine = select(PromoCode.id, PromoCode.plugin).where(
            PromoCode.event_id == code.event_id, PromoCode.code == code.code
        )
        code.id, plugin = ctx.db.execute(mine).one()
        if plugin != code.plugin:
            raise Refused("promo_unknown")


def refresh(ctx: TenantContext, code: PromoCode | None) -> None:
    """Write what the plugin says now over the row of its code, in the turn of the codes (K2). Uses that are taken stay."""
    if code is None or not code.plugin:
        return
    most = code.max_uses
    room = None if most is None else case((PromoCode.used > most, PromoCode.used), else_=most)
    other = or_(
        PromoCode.value != code.value,
        PromoCode.kind != code.kind,
        PromoCode.max_uses.is_distinct_from(room),
    )
    ctx.db.execute(
        update(PromoCode)
        .where(PromoCode.id == code.id, other)
        .values(value=code.value, kind=code.kind, type_ids=code.type_ids, max_uses=room),
        execution_options={"synchronize_session": False},
    )
