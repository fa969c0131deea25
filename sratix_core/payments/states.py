"""The states of an attempt to move money and the only moves between them; nothing else writes `PaymentAttempt.state`."""

from __future__ import annotations

from enum import StrEnum


class AttemptKind(StrEnum):
    PAY = "pay"
    REFUND = "refund"


class AttemptState(StrEnum):
    """`intent`: written down before anybody was called. `unknown`: called, and the answer was lost.

    `returned`: a refund that had succeeded and came back, because the card or the account behind it takes no money.
    """

    INTENT = "intent"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    RETURNED = "returned"


S = AttemptState

OPEN = frozenset({S.INTENT, S.WAITING, S.UNKNOWN})
"""What may still move money: the reconciler asks until it is settled, and no second one is begun beside it."""

OVER = frozenset({S.DECLINED, S.CANCELLED, S.EXPIRED})

MOVES: dict[AttemptState, frozenset[AttemptState]] = {
    S.INTENT: frozenset({S.WAITING, S.UNKNOWN, S.SUCCEEDED}) | OVER,
    S.WAITING: frozenset({S.UNKNOWN, S.SUCCEEDED}) | OVER,
    S.UNKNOWN: frozenset({S.WAITING, S.SUCCEEDED}) | OVER,
    S.SUCCEEDED: frozenset({S.RETURNED}),
    S.RETURNED: frozenset(),
    # Money that is there is there, whatever was thought before.
    **dict.fromkeys(OVER, frozenset({S.SUCCEEDED})),
}


def may(current: str, target: AttemptState) -> bool:
    """Whether an attempt in `current` may become `target`."""
    return target in MOVES[AttemptState(current)]
