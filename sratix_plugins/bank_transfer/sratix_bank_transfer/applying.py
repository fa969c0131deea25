"""What becomes of a payment: applied to an order, put before a person, or decided by one. Each step once.

The row is claimed by one conditional statement in the unit that records the money, so two clicks or a kill between
leave either both or neither.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult, update

from sratix_bank_transfer import collective
from sratix_bank_transfer.matching import order_named, orders_of
from sratix_bank_transfer.models import Reason, Transaction, TransactionState
from sratix_core.plugin import (
    BadText,
    CollectiveInvoice,
    Conflict,
    Invalid,
    Money,
    Order,
    Receipt,
    Refused,
    TenantContext,
    clean,
    receive_money,
    record,
)

NAME = "bank_transfer"
S = TransactionState
NOTHING: dict[str, Any] = {"order_id": None, "invoice_id": None}
"""For neither an order nor an invoice."""


def put_aside(ctx: TenantContext, transactions: Sequence[Transaction], reason: Reason) -> None:
    """Put new transactions that lead to no order before a person, in one statement."""
    mine = Transaction.id.in_([each.id for each in transactions])
    ctx.db.execute(
        update(Transaction).where(mine, Transaction.state == S.NEW).values(state=S.OPEN, reason=reason),
        execution_options={"synchronize_session": False},
    )


def settle(ctx: TenantContext, transaction: Transaction, order: Order, reason: Reason) -> None:
    """Pay the order with a new transaction, or with a `reason` put both before a person."""
    if reason:
        _move(ctx, transaction, S.NEW, S.OPEN, reason=reason, order_id=order.id)
        return
    try:
        with ctx.db.begin_nested():
            _pay(ctx, transaction, S.NEW, [(order, transaction.amount)])
    except Refused:
        # Recorded under this reference by somebody already, or the order changed its currency: look at it.
        _move(ctx, transaction, S.NEW, S.OPEN, reason=Reason.PAID, order_id=order.id)


def settle_invoice(
    ctx: TenantContext,
    transaction: Transaction,
    invoice: CollectiveInvoice,
    orders: Sequence[Order],
    reason: Reason,
) -> None:
    """Pay all open orders of an invoice with a new transaction, all or none; with a `reason` put it before a person."""
    try:
        if not reason:
            with ctx.db.begin_nested():
                _pay(ctx, transaction, S.NEW, collective.spread(orders, transaction.amount), invoice.id)
            return
    except Refused:
        reason = Reason.PAID
    _move(ctx, transaction, S.NEW, S.OPEN, reason=reason, invoice_id=invoice.id)


def assign_invoice(ctx: TenantContext, transaction: Transaction) -> None:
    """Record the payment for the orders of the invoice that its reference names, whatever its amount, as `spread` says.

    Raises `Refused("invoice_settled")`, `Invalid` for another currency, `Conflict`, and as `receive_money` does.
    """
    invoice = collective.invoice_of(ctx, transaction)
    if invoice is None:
        raise Refused("invoice_settled")
    if invoice.left.currency != transaction.currency:
        raise Invalid(
            {"code": f"This invoice is in {invoice.left.currency}: send the money back, it cannot pay it."}
        )
    parts = collective.spread(orders_of(ctx, invoice), transaction.amount)
    _pay(ctx, transaction, S.OPEN, parts, invoice.id)


def assign(ctx: TenantContext, transaction: Transaction, code: str) -> Order:
    """Record the payment for the order a person names, whatever its amount: too little waits, too much is owed back.

    Raises `Invalid` with `code`, `Conflict` when it was decided meanwhile, `Refused` as `receive_money` does.
    """
    if not code.strip():
        raise Invalid({"code": "required"})
    order = order_named(ctx, code)
    if order is None:
        raise Invalid({"code": "No order has this code. Look it up in the list of orders."})
    if order.currency != transaction.currency:
        raise Invalid({"code": f"This order is in {order.currency}: send the money back, it cannot pay it."})
    return _pay(ctx, transaction, S.OPEN, [(order, transaction.amount)])


def dismiss(ctx: TenantContext, transaction: Transaction, why: str) -> None:
    """It is no payment for an order. Raises `Invalid` with `why`, `Conflict`."""
    note = _note(why)
    _move(ctx, transaction, S.OPEN, S.IGNORED, note=note, **NOTHING)
    record(ctx, "bank_transfer.dismissed", "bank_transaction", transaction.id)


def send_back(ctx: TenantContext, transaction: Transaction) -> None:
    """It belongs to nobody here: somebody has to send it back. Raises `Conflict`."""
    _move(ctx, transaction, S.OPEN, S.TO_RETURN, **NOTHING)
    record(
        ctx, "bank_transfer.to_return", "bank_transaction", transaction.id, amount=transaction.amount_minor
    )


def sent_back(ctx: TenantContext, transaction: Transaction) -> None:
    """Somebody did. Raises `Conflict`."""
    _move(ctx, transaction, S.TO_RETURN, S.RETURNED)
    record(ctx, "bank_transfer.returned", "bank_transaction", transaction.id, amount=transaction.amount_minor)


def reopen(ctx: TenantContext, transaction: Transaction) -> None:
    """A dismissal or a return that was a mistake. Raises `Conflict`."""
    source = S(transaction.state)
    if source not in (S.IGNORED, S.TO_RETURN):
        raise Conflict("order_changed")
    _move(ctx, transaction, source, S.OPEN, note="")
    record(ctx, "bank_transfer.reopened", "bank_transaction", transaction.id)


def _pay(
    ctx: TenantContext,
    transaction: Transaction,
    source: TransactionState,
    parts: Sequence[tuple[Order, Money]],
    invoice_id: uuid.UUID | None = None,
) -> Order:
    """Record its parts, each a payment and an act in the books of its own, under one transaction; the last order."""
    order = parts[-1][0]
    applied = {"order_id": None if invoice_id else order.id, "invoice_id": invoice_id}
    _move(ctx, transaction, source, S.APPLIED, reason=Reason.NONE, **applied)
    name = f"{transaction.booked_on} {transaction.key[:16]}"
    for number, (order, amount) in enumerate(parts, 1):
        order = receive_money(ctx, order, Receipt(NAME, f"{name}/{number}" if invoice_id else name, amount))
    events = {each.event_id for each, _ in parts}
    record(
        ctx,
        "bank_transfer.applied",
        "bank_transaction",
        transaction.id,
        event_id=events.pop() if len(events) == 1 else None,
        amount=transaction.amount_minor,
        orders=len(parts),
    )
    return order


def _move(
    ctx: TenantContext,
    transaction: Transaction,
    source: TransactionState,
    target: TransactionState,
    **also: Any,
) -> None:
    """Compare and set. Raises `Conflict("order_changed")` when somebody else was faster."""
    decided = {} if source == S.NEW else {"decided_by": ctx.actor.id, "decided_at": ctx.clock.now()}
    changed = ctx.db.execute(
        update(Transaction)
        .where(Transaction.id == transaction.id, Transaction.state == source)
        .values(state=target, **decided, **also),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise Conflict("order_changed")
    ctx.db.expire(transaction)


def _note(why: str) -> str:
    try:
        note = clean(why, 300)
    except BadText as error:
        raise Invalid({"why": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not note:
        raise Invalid({"why": "required"})
    return note
