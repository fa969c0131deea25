"""Writing the books: the only place that inserts entries."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sratix_core.db.rows import insert_rows
from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.models import LedgerEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sratix_core.context import TenantContext
    from sratix_core.values.ids import IdSource


class Unbalanced(AssertionError):
    """A transaction whose legs do not sum to 0: a mistake of ours, never of a user."""


@dataclass(frozen=True)
class Leg:
    """A debit (positive) or a credit (negative) of `minor` units."""

    account: Account
    minor: int
    provider: str = ""


@dataclass(frozen=True)
class Transaction:
    """One business act in one currency. `op_id` is the id of its cause; the pair with `act` is booked once."""

    act: Act
    op_id: uuid.UUID
    currency: str
    legs: tuple[Leg, ...]
    event_id: uuid.UUID | None = None
    order_id: uuid.UUID | None = None


def post(ctx: TenantContext, *transactions: Transaction) -> None:
    """Book them in one statement, in the transaction of the act. Legs of nothing are left out.

    Raises `Unbalanced`; a cause that was booked before collides with its own first leg (`IntegrityError`).
    """
    insert_rows(ctx.db, LedgerEntry, entries(ctx, *transactions))


def entries(ctx: TenantContext, *transactions: Transaction) -> list[dict[str, Any]]:
    """As `post`, but the rows themselves, to be inserted with others."""
    at = ctx.clock.now()
    return [row for each in transactions for row in rows_of(each, at, ctx.ids)]


def rows_of(booked: Transaction, at: datetime, ids: IdSource) -> list[dict[str, Any]]:
    """The entries of a transaction, without their tenant. Raises `Unbalanced`."""
    if sum(leg.minor for leg in booked.legs):
        raise Unbalanced(booked.act, Counter(leg.account for leg in booked.legs))
    legs = [leg for leg in booked.legs if leg.minor]
    return [
        {
            "id": ids.new(),
            "at": at,
            "act": booked.act,
            "op_id": booked.op_id,
            "line": line,
            "account": leg.account,
            "provider": leg.provider,
            "amount_minor": leg.minor,
            "currency": booked.currency,
            "event_id": booked.event_id,
            "order_id": booked.order_id,
        }
        for line, leg in enumerate(legs)
    ]
