"""What an act on an order means for the books."""

from __future__ import annotations

import uuid
from typing import Any

from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.posting import Leg, Transaction
from sratix_core.values.money import Money


def _of(order: Any, act: Act, op_id: uuid.UUID, *legs: Leg) -> Transaction:
    return Transaction(act, op_id, order.currency, legs, order.event_id, order.id)


def charge(order: Any, cause: uuid.UUID) -> Transaction:
    """The buyer owes the order's price, because of `cause`: the order itself, or the payment that brought its seats back."""
    owed = order.total_minor
    return _of(order, Act.CHARGE, cause, Leg(Account.BUYERS, owed), Leg(Account.REVENUE, -owed))


def taken_back(order: Any, act: Act) -> Transaction:
    """The order's charge, the other way round: `VOID` when nobody had paid, `CREDIT_NOTE` when somebody had."""
    owed = order.total_minor
    return _of(order, act, order.id, Leg(Account.REVENUE, owed), Leg(Account.BUYERS, -owed))


def payment(order: Any, payment_id: uuid.UUID, amount: Money, provider: str) -> Transaction:
    """Money came in through a provider and settles what the buyer owes, or is owed back to them."""
    legs = Leg(Account.CASH, amount.minor, provider), Leg(Account.BUYERS, -amount.minor)
    return _of(order, Act.PAYMENT, payment_id, *legs)


def refund(order: Any, refund_id: uuid.UUID, amount: Money, provider: str) -> Transaction:
    """Money went back through the provider it had come by."""
    legs = Leg(Account.BUYERS, amount.minor), Leg(Account.CASH, -amount.minor, provider)
    return _of(order, Act.REFUND, refund_id, *legs)
