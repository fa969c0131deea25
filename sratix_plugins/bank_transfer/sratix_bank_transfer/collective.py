"""Payments for an invoice over several orders: which invoice its reference names, what is still to come, and for which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sratix_bank_transfer.models import Reason, Transaction
from sratix_bank_transfer.references import invoice_number
from sratix_core.plugin import (
    CollectiveInvoice,
    Money,
    Order,
    OrderState,
    Refused,
    TenantContext,
    collective_invoice_ids,
    collective_invoices,
)

OWING = (OrderState.AWAITING_PAYMENT, OrderState.EXPIRED)


def named(ctx: TenantContext, numbers: Iterable[int]) -> dict[int, CollectiveInvoice]:
    """The invoices that these numbers of references were made for; no statement where there is no number."""
    wanted = set(numbers)
    if not wanted:
        return {}
    made_for = {invoice_number(ctx.tenant.id, key): key for key in collective_invoice_ids(ctx)}
    keys = {number: made_for[number] for number in wanted if number in made_for}
    found = collective_invoices(ctx, keys.values())
    return {number: found[key] for number, key in keys.items()}


def invoice_of(ctx: TenantContext, transaction: Transaction) -> CollectiveInvoice | None:
    """The invoice a payment is, or may be, for."""
    key = transaction.invoice_id
    return collective_invoices(ctx, [key]).get(key) if key else None


def outstanding(order: Order) -> Money:
    """What is still to come for an order: its price less what came and stayed. Needs `order.payments`."""
    kept = sum(payment.amount_minor - payment.refunded_minor for payment in order.payments)
    return Money(order.price.minor - kept, order.currency)


def owed(orders: Sequence[Order], currency: str) -> Money:
    """What is still to come for those of the orders whose seats are kept."""
    waiting = (outstanding(o).minor for o in orders if o.state == OrderState.AWAITING_PAYMENT)
    return Money(sum(waiting), currency)


def judged(invoice: CollectiveInvoice, orders: Sequence[Order], amount: Money) -> Reason:
    """What a payment means to the invoice it names; no reason where it settles all that is open, to the last cent."""
    if amount.currency != invoice.left.currency:
        return Reason.CURRENCY
    due = owed(orders, amount.currency).minor
    if due <= 0 or invoice.left.minor <= 0:
        return Reason.EXPIRED if any(o.state == OrderState.EXPIRED for o in orders) else Reason.PAID
    if amount.minor == due:
        return Reason.NONE
    return Reason.PARTIAL if amount.minor < due else Reason.OVER


def spread(orders: Sequence[Order], amount: Money) -> list[tuple[Order, Money]]:
    """The amount over the orders that still owe: each gets what it owes, those whose seats are kept first, in the order they came.

    Too little leaves the last ones waiting; what is too much goes to the last one, where it is owed back. Raises
    `Refused("invoice_settled")` where none owes anything.
    """
    owing = [o for o in orders if o.state in OWING and outstanding(o).minor > 0]
    if not owing:
        raise Refused("invoice_settled")
    owing.sort(key=lambda o: (o.state != OrderState.AWAITING_PAYMENT, o.id))
    left, parts = amount.minor, list[tuple[Order, int]]()
    for order in owing:
        part = min(left, outstanding(order).minor)
        left -= part
        if part:
            parts.append((order, part))
    last, part = parts.pop()
    return [(o, Money(p, amount.currency)) for o, p in [*parts, (last, part + left)]]
