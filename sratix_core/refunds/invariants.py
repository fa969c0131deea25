"""What must hold of orders that were given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from sratix_core.invariants import Check, Outcome
from sratix_core.orders.models import Order, OrderCredit
from sratix_core.orders.states import OrderState
from sratix_core.refunds.models import EventRefundOrder, OrderReturn

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


def returns_are_credited(db: ScopedSession) -> Outcome:
    """M9: what an act of giving back said comes back is what was taken off the price, and what is kept is of a cancelled order."""
    credits = func.coalesce(func.sum(OrderCredit.amount_minor), 0)
    wrong = (
        select(OrderReturn.id)
        .outerjoin(
            OrderCredit,
            and_(OrderCredit.tenant_id == OrderReturn.tenant_id, OrderCredit.act_id == OrderReturn.id),
        )
        .group_by(OrderReturn.tenant_id, OrderReturn.id, OrderReturn.back_minor)
        .having(credits != OrderReturn.back_minor)
        .limit(20)
    )
    faults = [f"return {found}: its credits do not add up" for found in db.scalars(wrong)]
    kept = select(Order.code).where(Order.kept_minor > 0, Order.state != OrderState.CANCELLED).limit(20)
    faults += [f"order {code}: something is kept of it although it stands" for code in db.scalars(kept)]
    return Outcome(int(db.scalar(select(func.count()).select_from(OrderReturn)) or 0), tuple(faults))


def called_off_once(db: ScopedSession) -> Outcome:
    """M10: an order that a calling-off was at without an error is over, and was given back whole at most once."""
    alive = (
        select(Order.code)
        .join(
            EventRefundOrder,
            and_(EventRefundOrder.tenant_id == Order.tenant_id, EventRefundOrder.order_id == Order.id),
        )
        .where(EventRefundOrder.error == "", Order.state != OrderState.CANCELLED)
        .limit(20)
    )
    whole = (
        select(Order.code)
        .join(OrderReturn, and_(OrderReturn.tenant_id == Order.tenant_id, OrderReturn.order_id == Order.id))
        .where(OrderReturn.whole)
        .group_by(Order.tenant_id, Order.id, Order.code)
        .having(or_(func.count() > 1, func.max(Order.state) != OrderState.CANCELLED))
        .limit(20)
    )
    faults = [f"order {code}: called off and not over" for code in db.scalars(alive)]
    faults += [f"order {code}: given back whole more than once" for code in db.scalars(whole)]
    return Outcome(int(db.scalar(select(func.count()).select_from(EventRefundOrder)) or 0), tuple(faults))


CHECKS = (
    Check("M9", "what was given back was taken off the price", returns_are_credited),
    Check("M10", "an order is called off once", called_off_once),
)
