"""Orders paid with value that was paid for before, on gift cards for instance: found by a code, taken with the order, put back.

Cards come last in the lock order, by provider and key: after the order's row, its tickets, pools and codes.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.errors import Conflict, Refused
from sratix_core.payments.models import Payment
from sratix_core.payments.providers import known_provider
from sratix_core.payments.receiving import Receipt, received
from sratix_core.payments.refunds import claim, owed_back, went_back
from sratix_core.plugins.stored import IHoldsValue, StoredValue
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order

log = structlog.get_logger("sratix.payments")

KEPT = "stored"
"""Where a cart's entries name what its buyer wants to spend: pairs of provider and key, never a code."""

WHY_NOT = {"blocked": "value_blocked", "ended": "value_ended", "spent": "value_spent"}

MOST = 10
"""Cards that one order is paid with."""


@dataclass(frozen=True)
class Part:
    """So much of what is due is paid out of one card."""

    provider: Any
    value: StoredValue
    amount: Money

    @property
    def name(self) -> str:
        return str(self.provider.name)


def holders(ctx: TenantContext) -> list[Any]:
    """The providers that hold value."""
    return [p for answer in ctx.hooks.payment_providers(ctx=ctx) for p in answer if IHoldsValue.providedBy(p)]


def opened(ctx: TenantContext, typed: str) -> tuple[Any, StoredValue] | None:
    """What a typed code opens, and its provider."""
    for provider in holders(ctx):
        value = provider.found(ctx, typed)
        if value is not None:
            return provider, value
    return None


def usable(ctx: TenantContext, typed: str, currency: str) -> tuple[str, uuid.UUID]:
    """The provider and key of what a typed code opens, to keep with a cart.

    Raises `Refused`: "value_unknown", "value_blocked", "value_ended", "value_spent", "value_currency".
    """
    found = opened(ctx, typed)
    if found is None:
        raise Refused("value_unknown")
    provider, value = found
    if value.balance.currency != currency:
        raise Refused("value_currency", currency=value.balance.currency)
    if value.state != "open":
        raise Refused(WHY_NOT[value.state])
    return provider.name, value.key


def kept_with(entries: Mapping[str, Any]) -> list[tuple[str, uuid.UUID]]:
    """What a cart's entries name."""
    return [(name, uuid.UUID(key)) for name, key in entries.get(KEPT, ())]


def parts(ctx: TenantContext, kept: Sequence[tuple[str, uuid.UUID]], due: Money) -> list[Part]:
    """What each of these pays of what is due, in the order they were put on; what can't be spent any more is left out."""
    by_name = {p.name: p for p in holders(ctx)} if kept else {}
    found, left = [], due.minor
    for name, key in kept:
        value = by_name[name].held(ctx, key) if name in by_name else None
        if value is None or value.state != "open" or value.balance.currency != due.currency or not left:
            continue
        amount = min(left, value.balance.minor)
        found.append(Part(by_name[name], value, Money(amount, due.currency)))
        left -= amount
    return found


def chosen(ctx: TenantContext, codes: Sequence[str], total: Money, value_minor: int) -> list[Part]:
    """What these codes pay of a total of which `value_minor` is value that is sold. Raises as `usable`, and "value_for_value"."""
    kept = list(dict.fromkeys(usable(ctx, typed, total.currency) for typed in codes))
    due = payable(total, value_minor)
    if kept and total.minor and not due.minor:
        raise Refused("value_for_value")
    return parts(ctx, kept, due)


def payable(total: Money, value_minor: int) -> Money:
    """What of a total value can pay: all but the value that it sells itself."""
    return Money(max(0, total.minor - value_minor), total.currency)


def covered(chosen: Sequence[Part]) -> int:
    """What these pay together, in minor units."""
    return sum(part.amount.minor for part in chosen)


def pay(ctx: TenantContext, order: Order, chosen: Sequence[Part]) -> Order:
    """Take these off their cards and record each as a payment of the order, in its transaction. Raises `Conflict`."""
    for part in sorted(chosen, key=lambda each: (each.name, each.value.key)):
        reference = part.provider.take(ctx, part.value.key, part.amount, order.id)
        order = received(ctx, order, Receipt(part.name, reference, part.amount, stored=True))
    return order


def goes_back(ctx: TenantContext, payment: Payment) -> bool:
    """Whether what was paid so can go back where it came from: its plugin is there and on."""
    return payment.stored and IHoldsValue.providedBy(known_provider(ctx, payment.provider))


def put_back(ctx: TenantContext, order: Order, payment: Payment, amount: Money) -> None:
    """Give an amount of a payment back to its card: claimed (M3), booked and done at once."""
    provider: Any = known_provider(ctx, payment.provider)
    claim(ctx, payment, amount)
    refund = went_back(ctx, order, payment, str(ctx.ids.new()), amount)
    provider.put_back(ctx, payment.reference, amount, refund.id)


def return_owed(ctx: TenantContext, orders: Collection[Order]) -> None:
    """Put back what orders that ended owe to cards, each once; one statement where no card paid.

    A plugin that fails here does not keep an order from ending: the money stays owed, and stands among the open cases.
    """
    by_id = {order.id: order for order in orders}
    mine = select(Payment).where(Payment.order_id.in_(by_id), Payment.stored)
    for payment in ctx.db.scalars(
        mine.order_by(Payment.provider, Payment.reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all():
        order = by_id[payment.order_id]
        ctx.db.expire(order, ["payments"])
        part = min(owed_back(order).minor, payment.amount_minor - payment.refunded_minor)
        if part <= 0 or not goes_back(ctx, payment):
            continue
        try:
            with ctx.db.begin_nested():
                put_back(ctx, order, payment, Money(part, order.currency))
        except (Conflict, SQLAlchemyError):
            raise
        except Exception as error:
            log.exception("value_not_returned", provider=payment.provider, exc_info=error)
