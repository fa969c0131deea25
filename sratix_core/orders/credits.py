"""Part of an order's price taken off after it was placed: for tickets that are given back, or as a favour. Never more than the price."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, func, select, update

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Conflict, Invalid, Refused
from sratix_core.invoices import credits as invoices
from sratix_core.ledger.acts import credited
from sratix_core.ledger.posting import post
from sratix_core.orders.models import Order, OrderCredit, OrderLine
from sratix_core.orders.moves import locked
from sratix_core.orders.states import HOLDS_UNITS
from sratix_core.orders.waiting import admit_waiting
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.tickets.models import Ticket


@dataclass(frozen=True)
class Part:
    """What is taken off one line; of a line that is nobody's, the rounding, there is no line."""

    line_id: uuid.UUID | None
    minor: int
    tax_minor: int
    ticket_id: uuid.UUID | None = None
    of_fee: bool = False
    of_value: bool = False


@dataclass
class _Left:
    """A line with what was taken off it so far."""

    line: OrderLine
    taken: int

    @property
    def minor(self) -> int:
        return self.line.total_minor - self.taken

    def take(self, minor: int, ticket_id: uuid.UUID | None = None) -> Part:
        """The tax of a part is what the tax of all that was taken grows by, so that the parts of a line sum to its tax."""
        total, tax = self.line.total_minor, self.line.tax_minor
        before, self.taken = self.taken, self.taken + minor
        own_tax = tax * self.taken // total - tax * before // total if total else 0
        return Part(self.line.id, minor, own_tax, ticket_id, self.line.is_fee, self.line.is_value)


@dataclass
class Share:
    """What is left of the price of one ticket or one fee, at most to be taken off; without a line it is the rounding."""

    left: _Left | None
    minor: int
    ticket_id: uuid.UUID | None = None

    @property
    def is_fee(self) -> bool:
        return self.ticket_id is None


def shares_of(ctx: TenantContext, order: Order, tickets: Sequence[Ticket]) -> list[Share]:
    """The price of these tickets, each its share of its line: equal ones, the odd minor units on the later tickets."""
    return _shares(_left(ctx, order), tickets)


def shares_of_all(ctx: TenantContext, order: Order, tickets: Sequence[Ticket]) -> list[Share]:
    """The same, then what is left of the order's fees and of its rounding."""
    lines = _left(ctx, order)
    found = _shares(lines, tickets)
    found += [Share(left, left.minor) for left in lines if left.line.is_fee]
    rounding = order.price.minor - sum(left.minor for left in lines)
    return [*found, Share(None, rounding)] if rounding > 0 else found


def everything(ctx: TenantContext, order: Order) -> list[Share]:
    """What is left of the order's price, line by line; value that it sold comes back unit by unit, as far as it is there."""
    lines = _left(ctx, order)
    found = [Share(left, left.minor) for left in lines if left.minor and not left.line.is_value]
    rounding = order.price.minor - sum(left.minor for left in lines)
    return [*found, Share(None, rounding)] if rounding > 0 else found


def take_off(
    ctx: TenantContext,
    order: Order,
    shares: Sequence[Share],
    minor: int,
    reason: str,
    act_id: uuid.UUID,
    whole_shares: Sequence[Share] = (),
) -> Money:
    """Take `minor` off these shares in proportion, and all of `whole_shares`, as the act `act_id` of whoever holds the order's row.

    Raises as `credit`.
    """
    whole, so_far, parts = sum(share.minor for share in shares), 0, []
    if not 0 <= minor <= whole:
        raise Refused("credit_too_large", most=Money(whole, order.currency))
    for share in shares:
        part = minor * (so_far + share.minor) // whole - minor * so_far // whole if whole else 0
        so_far += share.minor
        if part:
            parts.append(share.left.take(part, share.ticket_id) if share.left else Part(None, part, 0))
    parts += [s.left.take(s.minor, s.ticket_id) for s in whole_shares if s.left and s.minor]
    return _credit(ctx, order, parts, reason, act_id)


def worth(ctx: TenantContext, order: Order, tickets: Sequence[Ticket]) -> Money:
    """What would be taken off the price for these tickets of the order."""
    return Money(sum(p.minor for p in _of_tickets(_left(ctx, order), tickets)), order.currency)


def credit_tickets(ctx: TenantContext, order: Order, tickets: Sequence[Ticket], reason: str) -> Money:
    """Take the price of these tickets off the order; each ticket counts once. Raises as `credit`."""
    order = locked(ctx, order)
    known = select(OrderCredit.ticket_id).where(OrderCredit.order_id == order.id)
    given = set(ctx.db.scalars(known.where(OrderCredit.ticket_id.is_not(None))))
    fresh = [t for t in tickets if t.id not in given]
    return _credit(ctx, order, _of_tickets(_left(ctx, order), fresh), reason)


def credit(ctx: TenantContext, order: Order, amount: Money, reason: str) -> Money:
    """Take an amount off the order's price, spread over its lines in proportion; what was taken off.

    Raises `Refused`: "order_state" for an order without a price any more, "credit_over_price"; `Conflict` when overtaken.
    """
    order = locked(ctx, order)
    if amount.currency != order.currency:
        raise Invalid({"amount": "unknown_choice"})
    most = Money(order.price.minor - order.value_minor + order.credited_value_minor, order.currency)
    if not 0 < amount.minor <= most.minor:
        raise Refused("credit_over_price", most=most)  # value that was sold goes back unit by unit
    lines = [left for left in _left(ctx, order) if not left.line.is_value]
    of_lines = sum(left.minor for left in lines)
    parts = _spread(lines, min(amount.minor, of_lines))
    if amount.minor > of_lines:
        parts.append(Part(None, amount.minor - of_lines, 0))
    return _credit(ctx, order, parts, reason)


def _left(ctx: TenantContext, order: Order) -> list[_Left]:
    """The order's lines, each with what is left of it; two statements."""
    taken = dict(
        ctx.db.execute(
            select(OrderCredit.order_line_id, func.sum(OrderCredit.amount_minor))
            .where(OrderCredit.order_id == order.id, OrderCredit.order_line_id.is_not(None))
            .group_by(OrderCredit.order_line_id)
        ).all()
    )
    return [_Left(line, int(taken.get(line.id, 0))) for line in order.lines]


def _shares(lines: Sequence[_Left], tickets: Sequence[Ticket]) -> list[Share]:
    by_id, spoken_for, shares = {left.line.id: left for left in lines}, Counter[uuid.UUID](), []
    for ticket in tickets:
        left = by_id[ticket.order_line_id]
        total, n = left.line.total_minor, left.line.quantity
        share = total * (ticket.ordinal + 1) // n - total * ticket.ordinal // n
        minor = min(share, left.minor - spoken_for[left.line.id])
        spoken_for[left.line.id] += minor
        shares.append(Share(left, minor, ticket.id))
    return shares


def _of_tickets(lines: Sequence[_Left], tickets: Sequence[Ticket]) -> list[Part]:
    return [s.left.take(s.minor, s.ticket_id) for s in _shares(lines, tickets) if s.left and s.minor]


def _spread(lines: Sequence[_Left], minor: int) -> list[Part]:
    """`minor` over what is left of the lines, in proportion; each boundary rounded down, so that the parts sum to it."""
    whole, parts, so_far = sum(left.minor for left in lines), [], 0
    for left in lines:
        here = left.minor
        part = minor * (so_far + here) // whole - minor * so_far // whole if whole else 0
        so_far += here
        if part:
            parts.append(left.take(part))
    return parts


def _credit(
    ctx: TenantContext, order: Order, parts: Sequence[Part], reason: str, act_id: uuid.UUID | None = None
) -> Money:
    if order.state not in HOLDS_UNITS:
        raise Refused("order_state", state=order.state, target="credited")
    minor, tax = sum(p.minor for p in parts), sum(p.tax_minor for p in parts)
    fee = sum(p.minor - p.tax_minor for p in parts if p.of_fee)
    value = sum(p.minor for p in parts if p.of_value)
    if not minor:
        return Money(0, order.currency)
    taken = ctx.db.execute(
        update(Order)
        .where(Order.id == order.id, Order.credited_minor + minor <= Order.total_minor)
        .values(
            credited_minor=Order.credited_minor + minor,
            credited_tax_minor=Order.credited_tax_minor + tax,
            credited_fee_minor=Order.credited_fee_minor + fee,
            credited_value_minor=Order.credited_value_minor + value,
            updated_at=ctx.clock.now(),
        ),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(taken, CursorResult)
    if taken.rowcount != 1:
        raise Conflict("order_changed", order=order.code)
    act_id, now = act_id or ctx.ids.new(), ctx.clock.now()
    insert_rows(
        ctx.db,
        OrderCredit,
        [
            {
                "id": ctx.ids.new(),
                "act_id": act_id,
                "order_id": order.id,
                "order_line_id": part.line_id,
                "ticket_id": part.ticket_id,
                "amount_minor": part.minor,
                "tax_minor": part.tax_minor,
                "currency": order.currency,
                "reason": reason,
                "at": now,
                "given_by": ctx.actor.id if ctx.actor.kind == "user" else None,
            }
            for part in parts
        ],
    )
    post(ctx, credited(order, act_id, minor, tax, fee, value))
    invoices.on_credit(ctx, order, minor, act_id, value_minor=value)
    record(ctx, "order.credited", "order", order.id, event_id=order.event_id, amount=minor, reason=reason)
    figures = {f"minor.{order.state}": -minor}
    emit(ctx, "order.credited", "order", order.id, event_id=order.event_id, figures=figures)
    ctx.db.refresh(order)
    admit_waiting(ctx, order)
    return Money(minor, order.currency)
