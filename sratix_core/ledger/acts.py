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
    return _of(order, Act.CHARGE, cause, *_price(order, 1))


def taken_back(order: Any, act: Act) -> Transaction:
    """The order's charge, the other way round: `VOID` when nobody had paid, `CREDIT_NOTE` when somebody had."""
    return _of(order, act, order.id, *reversed(_price(order, -1)))


def credited(order: Any, act_id: uuid.UUID, minor: int, tax: int, fee: int, value: int = 0) -> Transaction:
    """Part of the price of an order that stands is taken off, `fee` of it fees without tax and `value` what it sold of value;
    what was paid of it is owed back."""
    earned = (
        Leg(Account.REVENUE, minor - tax - fee - value),
        Leg(Account.SERVICE_FEES, fee),
        Leg(Account.TAX, tax),
        Leg(Account.VALUE_ORDERED, value),
    )
    return _of(order, Act.CREDIT_NOTE, act_id, *earned, Leg(Account.BUYERS, -minor))


def added(order: Any, line_id: uuid.UUID, minor: int, tax: int) -> Transaction:
    """The price of an order that stands grows by a line."""
    legs = Leg(Account.BUYERS, minor), Leg(Account.REVENUE, tax - minor), Leg(Account.TAX, -tax)
    return _of(order, Act.CHARGE, line_id, *legs)


def _price(order: Any, sign: int) -> tuple[Leg, ...]:
    """What the buyer owes for the order; what of it is tax was never the organizer's, and value that is sold is no revenue."""
    owed = sign * (order.total_minor - order.credited_minor)
    tax = sign * (order.tax_minor - order.credited_tax_minor)
    fee = sign * (order.fee_minor - order.credited_fee_minor)
    value = sign * (order.value_minor - order.credited_value_minor)
    earned = (
        Leg(Account.REVENUE, tax + fee + value - owed),
        Leg(Account.SERVICE_FEES, -fee),
        Leg(Account.TAX, -tax),
        Leg(Account.VALUE_ORDERED, -value),
    )
    return Leg(Account.BUYERS, owed), *earned


def cash_of(name: str, mode: str) -> str:
    """Whose cash it is: the name of the provider, or of where was paid from by hand, with play money apart."""
    return name if mode == "live" else f"{name}:{mode}"


def cash_at(money: Any) -> str:
    """As `cash_of`, for a payment or a receipt."""
    return cash_of(money.provider, money.mode)


def payment(order: Any, payment_id: uuid.UUID, money: Any) -> Transaction:
    """Money came in and settles what the buyer owes, or is owed back to them. `money` has amount, provider, mode and `stored`."""
    amount = money.amount.minor
    legs = Leg(held_as(money), amount, cash_at(money)), Leg(Account.BUYERS, -amount)
    return _of(order, Act.PAYMENT, payment_id, *legs)


def held_as(money: Any) -> Account:
    """What a payment is booked as: cash, or value that was owed to whoever spent it."""
    return Account.STORED_VALUE if money.stored else Account.CASH


def refund(
    order: Any, refund_id: uuid.UUID, amount: Money, cash: str, held: Account = Account.CASH
) -> Transaction:
    """Money went back to the buyer; `cash` is whose it was (`cash_of`)."""
    legs = Leg(Account.BUYERS, amount.minor), Leg(held, -amount.minor, cash)
    return _of(order, Act.REFUND, refund_id, *legs)


def refund_failed(order: Any, failure_id: uuid.UUID, amount: Money, cash: str) -> Transaction:
    """A refund came back to where it was paid from, and is owed to the buyer again."""
    legs = Leg(Account.CASH, amount.minor, cash), Leg(Account.BUYERS, -amount.minor)
    return _of(order, Act.REFUND_FAILED, failure_id, *legs)


def dispute_opened(order: Any, dispute: Any, money: Any, fee: int) -> Transaction:
    """The provider took the amount, and `fee` in minor units, out of what it holds."""
    cash, amount = cash_at(money), dispute.amount_minor
    legs = (
        Leg(Account.DISPUTED, amount),
        Leg(Account.PROVIDER_FEES, fee, cash),
        Leg(Account.CASH, -amount - fee, cash),
    )
    return _of(order, Act.DISPUTE, dispute.id, *legs)


def dispute_won(order: Any, dispute: Any, money: Any) -> Transaction:
    """The amount came back; the fee did not."""
    amount = dispute.amount_minor
    legs = Leg(Account.CASH, amount, cash_at(money)), Leg(Account.DISPUTED, -amount)
    return _of(order, Act.DISPUTE_WON, dispute.id, *legs)


def dispute_lost(order: Any, dispute: Any, money: Any) -> Transaction:
    """The amount is gone for good."""
    amount = dispute.amount_minor
    return _of(
        order, Act.DISPUTE_LOST, dispute.id, Leg(Account.CHARGEBACKS, amount), Leg(Account.DISPUTED, -amount)
    )
