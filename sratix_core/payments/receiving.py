"""Money that came in for an order: recorded once whatever its amount, and what follows from it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.analytics import metrics
from sratix_core.audit import events as log
from sratix_core.audit.service import record, record_row
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, Refused
from sratix_core.invoices import automatic
from sratix_core.invoices.service import renew
from sratix_core.ledger.acts import charge, payment
from sratix_core.ledger.posting import post
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked, move, seats_again, set_tickets
from sratix_core.orders.states import OrderState
from sratix_core.orders.waiting import admit_waiting
from sratix_core.payments.attempts import ask_soon
from sratix_core.payments.hot import kept
from sratix_core.payments.models import ByHand, Payment
from sratix_core.payments.providers import requests_payment
from sratix_core.payments.selling import issue_soon
from sratix_core.tickets.models import TicketState
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.plugins.paying import Mode


@dataclass(frozen=True)
class Receipt:
    """Money as its provider or the bank reports it; `reference` names it there and is recorded once.

    `stored`: it is value that was paid for before (`payments/stored.py`).
    """

    provider: str
    reference: str
    amount: Money
    mode: Mode = "live"
    attempt_id: uuid.UUID | None = None
    stored: bool = False


def mark_paid(ctx: TenantContext, order: Order, reference: str, amount: Money | None = None) -> Order:
    """Record by hand that what lacks of an order's price arrived: all of it, or the rest beside a card or after a change.

    Raises `Refused`: "amount_differs", "payment_known" for a reference that was recorded before, "order_state" for an
    order that has its money already or is over; `Conflict` when it changed since the caller looked.
    """
    rest, seen = order.outstanding, order.state
    expected = rest if rest.minor else order.total
    amount = amount or expected
    if amount != expected:
        raise Refused("amount_differs", expected=expected, received=amount)
    order = locked(ctx, order)
    if order.state != seen or (rest.minor and _outstanding(ctx, order) != rest.minor):
        raise Conflict("order_changed", order=order.code)
    if not rest.minor and order.state != OrderState.EXPIRED:
        known = select(Payment.id).where(Payment.provider == order.provider, Payment.reference == reference)
        if ctx.db.scalar(known) is not None:
            raise Refused("payment_known", reference=reference)
        raise Refused("order_state", state=order.state, target=OrderState.PAID.value)
    by_card = any(p.stored and p.provider == order.provider for p in order.payments)
    # That money did not come on the provider's account.
    elsewhere = by_card or requests_payment(ctx, order.provider)
    return received(ctx, order, Receipt(ByHand.BANK if elsewhere else order.provider, reference, amount))


def received(ctx: TenantContext, order: Order, receipt: Receipt) -> Order:
    """Record money of any amount for an order in any state.

    Less than the price lets the order wait on. With the whole of it its tickets become valid; after expiry the seats are
    claimed again, and where they are gone the order waits as `paid_after_expiry` (`seat_late`). What is too much, or for
    an order that is over, is owed back (`owed_back`). Raises `Refused`: "payment_known", "amount_differs" for another currency.
    """
    return received_held(ctx, locked(ctx, order), receipt)


def received_held(ctx: TenantContext, order: Order, receipt: Receipt) -> Order:
    """As `received`, for whoever holds the order's row already and has read it since."""
    if receipt.amount.currency != order.currency or receipt.amount.minor <= 0:
        raise Refused("amount_differs", expected=order.price, received=receipt.amount)
    payment_id = ctx.ids.new()
    row = {
        "id": payment_id,
        "order_id": order.id,
        "provider": receipt.provider,
        "mode": receipt.mode,
        "reference": receipt.reference,
        "stored": receipt.stored,
        "attempt_id": receipt.attempt_id,
        "amount_minor": receipt.amount.minor,
        "currency": receipt.amount.currency,
        "refunded_minor": 0,
        "received_at": ctx.clock.now(),
        "recorded_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }
    if not insert_ignore(ctx.db, Payment, ("provider", "reference"), row):
        raise Refused("payment_known", reference=receipt.reference)
    ctx.db.expire(order, ["payments"])
    before = OrderState(order.state)
    moved = _settles(ctx, order) and _paid(ctx, order)
    again = [charge(order, payment_id)] if moved and before == OrderState.EXPIRED and _is_paid(order) else []
    post(ctx, *again, payment(order, payment_id, receipt))
    if moved and receipt.attempt_id is None and requests_payment(ctx, order.provider):
        ask_soon(ctx, [order.id])  # so that the request is taken back before it is paid as well
    if moved:
        _tell_paid(ctx, order, before, amount=receipt.amount.minor)
    else:
        admit_waiting(ctx, order)
        record(
            ctx,
            "order.money_received",
            "order",
            order.id,
            event_id=order.event_id,
            amount=receipt.amount.minor,
        )
        log.emit(ctx, "order.money_received", "order", order.id, event_id=order.event_id)
    return order


def _outstanding(ctx: TenantContext, order: Order) -> int:
    ctx.db.expire(order, ["payments"])
    return order.outstanding.minor


def _is_paid(order: Order) -> bool:
    return order.state == OrderState.PAID


def _settles(ctx: TenantContext, order: Order) -> bool:
    """Whether an order that waits for its price has it now."""
    if order.state not in {OrderState.AWAITING_PAYMENT, OrderState.EXPIRED}:
        return False
    return kept(ctx, order.id) >= order.price.minor


def _paid(ctx: TenantContext, order: Order) -> bool:
    late = order.state == OrderState.EXPIRED and not seats_again(ctx, order)
    target = OrderState.PAID_AFTER_EXPIRY if late else OrderState.PAID
    move(ctx, order, target, held=True, paid_at=ctx.clock.now(), closed_at=None, expires_at=None)
    return True


def seat_late(ctx: TenantContext, order: Order) -> Order:
    """Give an order that was paid after expiry its seats, now that there are some. Raises `Refused("no_seats")`."""
    if order.state != OrderState.PAID_AFTER_EXPIRY:
        raise Refused("order_state", state=order.state, target=OrderState.PAID.value)
    if not seats_again(ctx, order):
        raise Refused("no_seats", order=order.code)
    before = move(ctx, order, OrderState.PAID)
    post(ctx, charge(order, order.payments[-1].id))
    _tell_paid(ctx, order, before)
    return order


def _tell_paid(ctx: TenantContext, order: Order, before: OrderState, **facts: int) -> None:
    """What follows from `paid` and `paid_after_expiry`."""
    record_row(ctx, f"order.{order.state}", "order", order.id, event_id=order.event_id, **facts)
    figures = metrics.order_moved(before, order.state, order.price.minor)
    if order.state == OrderState.PAID:
        held = TicketState.RESERVED if before == OrderState.AWAITING_PAYMENT else TicketState.LAPSED
        if held == TicketState.LAPSED and order.value_minor:
            sold = [line.id for line in order.lines if line.is_value]
            back = set_tickets(ctx, order, (held,), TicketState.VALUE, sold)
            figures |= metrics.tickets_moved(held, TicketState.VALUE, back)
        valid = set_tickets(ctx, order, (held,), TicketState.VALID)
        for name, n in metrics.tickets_moved(held, TicketState.VALID, valid).items():
            figures[name] = figures.get(name, 0) + n
    said = log.happened(
        ctx, f"order.{order.state}", "order", order.id, event_id=order.event_id, figures=figures
    )
    log.write(ctx, [said])
    if order.state == OrderState.PAID:
        if before != OrderState.AWAITING_PAYMENT:
            renew(ctx, order)
        queue(ctx, "order_confirmation", order.buyer_email, order.locale, order=order)
        automatic.ask(ctx, order)
        issue_soon(ctx, order)
        ctx.db.flush()
        ctx.hooks.notify("order_paid", ctx=ctx, order=order)
