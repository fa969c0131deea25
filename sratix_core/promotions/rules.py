"""Whether a code may be used: by its own dates and state, and for what is in a cart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.errors import Refused
from sratix_core.pricing.discounts import eligible
from sratix_core.pricing.quoting import Quote
from sratix_core.pricing.rules import DiscountKind
from sratix_core.pricing.settling import Settled, settle
from sratix_core.promotions.answered import answered
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.promotions.spelling import spelled
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


class UnknownCode(Refused):
    """No such code, or one that was disabled: a stranger learns no difference."""

    code = "promo_unknown"


def known(ctx: TenantContext, event: Event, typed: str) -> PromoCode | None:
    """The active code of an event that was typed, as it stands, or as a plugin answers it. Raises `NoAnswer`."""
    code = spelled(typed)
    if not code:
        return None
    mine = select(PromoCode).where(PromoCode.event_id == event.id, PromoCode.code == code)
    found = ctx.db.scalar(mine.execution_options(populate_existing=True))
    if found is not None and found.state != CodeState.ACTIVE:
        return None
    return answered(ctx, event, code, found) if found is None or found.plugin else found


def is_known(ctx: TenantContext, event: Event, typed: str) -> bool:
    return known(ctx, event, typed) is not None


def usable(ctx: TenantContext, event: Event, typed: str) -> PromoCode:
    """The code that was typed, if it can be used now. Raises `UnknownCode`, or `Refused` with the reason."""
    found = known(ctx, event, typed)
    if found is None:
        raise UnknownCode()
    now = ctx.clock.now()
    if found.starts_at is not None and now < found.starts_at:
        raise Refused("promo_not_yet", name=found.code, opens_at=found.starts_at)
    if found.expires_at is not None and now >= found.expires_at:
        raise Refused("promo_over", name=found.code, ends_at=found.expires_at)
    if found.max_uses is not None and found.used >= found.max_uses:
        raise Refused("promo_used_up", name=found.code)
    ctx.why.passed("promo_usable", name=found.code)
    return found


def settled_with(quote: Quote, code: PromoCode) -> Settled:
    """The prices with the code. Raises `Refused` when the cart isn't what the code asks for."""
    discount = code.discount
    fits = eligible(quote.lines, discount)
    unlocks = code.unlocks & {line.ticket_type_id for line in quote.lines}
    count = sum(line.quantity for line, fit in zip(quote.lines, fits, strict=True) if fit)
    due = sum(line.due_minor for line in quote.lines if not line.sells)
    if not count and not unlocks:
        raise Refused("promo_not_these", name=code.code)
    if count < code.min_quantity:
        raise Refused("promo_quantity", name=code.code, least=code.min_quantity)
    if due < code.min_order_minor:
        raise Refused("promo_minimum", name=code.code, least=Money(code.min_order_minor, quote.currency))
    settled = settle(quote, discount)
    if not settled.code_minor and not unlocks and discount.kind != DiscountKind.ACCESS:
        raise Refused("promo_no_gain", name=code.code)
    return settled
