"""The states of an order and the only moves between them; nothing else writes `Order.state`."""

from __future__ import annotations

from enum import StrEnum


class OrderState(StrEnum):
    """`paid_after_expiry`: money came when the seats had already gone back and could not be claimed again; a person decides."""

    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    PAID_AFTER_EXPIRY = "paid_after_expiry"


S = OrderState

MOVES: dict[OrderState, frozenset[OrderState]] = {
    S.AWAITING_PAYMENT: frozenset({S.PAID, S.CANCELLED, S.EXPIRED}),
    S.PAID: frozenset({S.CANCELLED}),
    S.EXPIRED: frozenset({S.PAID, S.PAID_AFTER_EXPIRY}),
    S.PAID_AFTER_EXPIRY: frozenset({S.PAID, S.CANCELLED}),
    S.CANCELLED: frozenset(),
}

HOLDS_UNITS = frozenset({S.AWAITING_PAYMENT, S.PAID})
"""States in which the order's live tickets count in the pools."""


CANCELLABLE = frozenset(state for state, targets in MOVES.items() if S.CANCELLED in targets)


def may(current: str, target: OrderState) -> bool:
    """Whether an order in `current` may become `target`."""
    return target in MOVES[OrderState(current)]
