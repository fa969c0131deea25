"""Uses, recounted from the rows that hold them (P1, P2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select

from sratix_core.checkout.models import Cart, CartState
from sratix_core.invariants import Check, Outcome
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS
from sratix_core.promotions.models import PromoCode, PromoRedemption, UseState
from sratix_core.promotions.uses import LIVE

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

USE = PromoRedemption


def used_equals_uses(db: ScopedSession) -> Outcome:
    """`used` of every code = its held and used redemptions, and never more than it may have."""
    live = func.coalesce(func.sum(case((USE.state.in_(LIVE), 1), else_=0)), 0)
    wrong = (
        select(PromoCode.id)
        .outerjoin(USE, and_(USE.tenant_id == PromoCode.tenant_id, USE.promo_code_id == PromoCode.id))
        .group_by(PromoCode.tenant_id, PromoCode.id, PromoCode.used, PromoCode.max_uses)
        .having(or_(live != PromoCode.used, PromoCode.used > PromoCode.max_uses))
        .limit(20)
    )
    faults = tuple(f"promo code {code_id}: used and its uses differ" for code_id in db.scalars(wrong))
    return Outcome(int(db.scalar(select(func.count()).select_from(PromoCode)) or 0), faults)


def uses_have_holders(db: ScopedSession) -> Outcome:
    """A held use belongs to an open cart with that code, a used one to an order that holds its units, and the other way round."""
    cart = and_(Cart.tenant_id == USE.tenant_id, Cart.id == USE.cart_id)
    order = and_(Order.tenant_id == USE.tenant_id, Order.id == USE.order_id)
    wrong = (
        select(USE.id)
        .outerjoin(Cart, cart)
        .outerjoin(Order, order)
        .where(
            or_(
                and_(
                    USE.state == UseState.HELD,
                    or_(Cart.state != CartState.OPEN, Cart.promo_code_id != USE.promo_code_id),
                ),
                and_(
                    USE.state == UseState.USED,
                    or_(Order.state.not_in(HOLDS_UNITS), Order.promo_code_id != USE.promo_code_id),
                ),
            )
        )
        .limit(20)
    )
    faults = [f"use {use_id}: its cart or order doesn't hold it" for use_id in db.scalars(wrong)]
    missing = (
        select(Order.id)
        .outerjoin(USE, and_(order, USE.state == UseState.USED))
        .where(Order.state.in_(HOLDS_UNITS), Order.promo_code_id.is_not(None), USE.id.is_(None))
        .limit(20)
    )
    faults += [f"order {order_id}: its code was not used" for order_id in db.scalars(missing)]
    return Outcome(int(db.scalar(select(func.count()).select_from(USE)) or 0), tuple(faults))


CHECKS = (
    Check("P1", "the uses of a code are counted exactly and never exceed what it allows", used_equals_uses),
    Check("P2", "every use belongs to the cart or order that holds it", uses_have_holders),
)
