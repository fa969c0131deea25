"""What must hold of orders: totals, payments, tickets and carts agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from sratix_core.checkout.models import Cart, CartState
from sratix_core.invariants import Check, Outcome
from sratix_core.orders.models import Order, OrderCredit, OrderLine
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.models import Payment
from sratix_core.pricing.lines import LineKind
from sratix_core.tickets.models import HOLDING, Ticket, TicketState

if TYPE_CHECKING:
    from sqlalchemy import Select

    from sratix_core.tenancy.session import ScopedSession


def _orders(db: ScopedSession) -> int:
    return int(db.scalar(select(func.count()).select_from(Order)) or 0)


def _faults(db: ScopedSession, query: Select[Any], what: str) -> tuple[str, ...]:
    return tuple(f"order {code}: {what}" for code in db.scalars(query.limit(20)))


def lines_sum_to_total(db: ScopedSession) -> Outcome:
    """M6: Σ totals of the lines + rounding = total, Σ taxes = tax, Σ fees = fee, Σ value sold = value.

    Each line adds up, at the order's kind of price.
    """
    line = and_(OrderLine.tenant_id == Order.tenant_id, OrderLine.order_id == Order.id)
    total = func.coalesce(func.sum(OrderLine.total_minor), 0) + Order.rounding_minor
    tax = func.coalesce(func.sum(OrderLine.tax_minor), 0)
    fee = func.coalesce(func.sum(case((OrderLine.kind == LineKind.FEE, OrderLine.net_minor), else_=0)), 0)
    value = func.coalesce(
        func.sum(case((OrderLine.kind == LineKind.VALUE, OrderLine.total_minor), else_=0)), 0
    )
    sums = (
        select(Order.code)
        .outerjoin(OrderLine, line)
        .group_by(
            Order.tenant_id,
            Order.id,
            Order.code,
            Order.total_minor,
            Order.rounding_minor,
            Order.tax_minor,
            Order.fee_minor,
            Order.value_minor,
        )
        .having(
            or_(
                total != Order.total_minor,
                tax != Order.tax_minor,
                fee != Order.fee_minor,
                value != Order.value_minor,
            )
        )
    )
    asked = case((Order.tax_included, OrderLine.total_minor), else_=OrderLine.net_minor)
    lines = (
        select(Order.code)
        .join(OrderLine, line)
        .where(
            or_(
                OrderLine.net_minor + OrderLine.tax_minor != OrderLine.total_minor,
                OrderLine.subtotal_minor - OrderLine.discount_minor != asked,
                OrderLine.currency != Order.currency,
            )
        )
    )
    faults = _faults(db, sums, "lines do not sum to the total")
    return Outcome(_orders(db), faults + _faults(db, lines, "a line does not add up"))


def payments_never_exceed(db: ScopedSession) -> Outcome:
    """M2: what providers took for an order and is not on its way back stays within its total: only a bank may bring too much.

    A paid order has received its price and kept it, unless it changed since: then, and only then, it has tickets that wait
    for the rest, which is no more than they cost.
    """
    kept = Payment.amount_minor - Payment.refunded_minor
    stayed = func.coalesce(func.sum(kept), 0)
    online = func.coalesce(func.sum(case((Payment.attempt_id.is_not(None), kept), else_=0)), 0)
    price = Order.total_minor - Order.credited_minor
    of_line = and_(OrderLine.tenant_id == Ticket.tenant_id, OrderLine.id == Ticket.order_line_id)
    mine = (Ticket.tenant_id == Order.tenant_id, Ticket.order_id == Order.id)
    waiting = (
        select(func.coalesce(func.sum(OrderLine.total_minor), -1))
        .select_from(Ticket)
        .join(OrderLine, of_line)
        .where(*mine, Ticket.state == TicketState.RESERVED)
        .correlate(Order)
        .scalar_subquery()
    )
    unpaid = or_(and_(stayed < price, price - stayed > waiting), and_(stayed >= price, waiting >= 0))
    query = (
        select(Order.code)
        .outerjoin(Payment, and_(Payment.tenant_id == Order.tenant_id, Payment.order_id == Order.id))
        .group_by(Order.tenant_id, Order.id, Order.code, Order.total_minor, Order.credited_minor, Order.state)
        .having(or_(online > Order.total_minor, and_(Order.state == OrderState.PAID, unpaid)))
    )
    return Outcome(_orders(db), _faults(db, query, "payments and total disagree"))


def credits_add_up(db: ScopedSession) -> Outcome:
    """M7: what was taken off an order's price is the sum of its credits, the tax in it too."""
    minor = func.coalesce(func.sum(OrderCredit.amount_minor), 0)
    tax = func.coalesce(func.sum(OrderCredit.tax_minor), 0)
    wrong = (
        select(Order.code)
        .outerjoin(
            OrderCredit, and_(OrderCredit.tenant_id == Order.tenant_id, OrderCredit.order_id == Order.id)
        )
        .group_by(
            Order.code,
            Order.tenant_id,
            Order.id,
            Order.credited_minor,
            Order.credited_tax_minor,
            Order.tax_minor,
        )
        .having(
            or_(
                minor != Order.credited_minor,
                tax != Order.credited_tax_minor,
                Order.credited_tax_minor > Order.tax_minor,
            )
        )
    )
    total = int(db.scalar(select(func.count()).select_from(OrderCredit)) or 0)
    return Outcome(total, _faults(db, wrong, "credits do not add up"))


def tickets_match_lines(db: ScopedSession) -> Outcome:
    """T1: one ticket per unit, however often issuing ran; none is valid in an order that is not paid."""
    count = func.count(Ticket.id)
    missing = (
        select(Order.code)
        .join(OrderLine, and_(OrderLine.tenant_id == Order.tenant_id, OrderLine.order_id == Order.id))
        .outerjoin(
            Ticket, and_(Ticket.tenant_id == OrderLine.tenant_id, Ticket.order_line_id == OrderLine.id)
        )
        .where(OrderLine.kind != LineKind.FEE)
        .group_by(Order.code, OrderLine.tenant_id, OrderLine.id, OrderLine.quantity)
        .having(count != OrderLine.quantity)
    )
    wrong = (
        select(Order.code)
        .join(Ticket, and_(Ticket.tenant_id == Order.tenant_id, Ticket.order_id == Order.id))
        .where(
            or_(
                and_(Ticket.state == TicketState.VALID, Order.state != OrderState.PAID),
                and_(Ticket.state.in_(HOLDING), Order.state.not_in(HOLDS_UNITS)),
            )
        )
    )
    faults = _faults(db, missing, "tickets and units differ") + _faults(
        db, wrong, "a live ticket in a closed order"
    )
    return Outcome(int(db.scalar(select(func.count()).select_from(Ticket)) or 0), faults)


def carts_end_once(db: ScopedSession) -> Outcome:
    """I4: a placed cart has exactly one order, and no order came from a cart that was given back."""
    no_order = (
        select(func.count())
        .select_from(Cart)
        .outerjoin(Order, and_(Order.tenant_id == Cart.tenant_id, Order.cart_id == Cart.id))
        .where(
            or_(
                and_(Cart.state == CartState.PLACED, Order.id.is_(None)),
                and_(Cart.state != CartState.PLACED, Order.id.is_not(None)),
            )
        )
    )
    n = int(db.scalar(no_order) or 0)
    total = int(db.scalar(select(func.count()).select_from(Cart)) or 0)
    return Outcome(total, (f"{n} carts whose state and order disagree",) if n else ())


CHECKS = (
    Check("M2", "payments never exceed the order", payments_never_exceed),
    Check("M7", "credits of an order add up", credits_add_up),
    Check("M6", "lines sum to the order's total", lines_sum_to_total),
    Check("T1", "tickets equal paid units", tickets_match_lines),
    Check("I4", "a hold ends exactly once", carts_end_once),
)
