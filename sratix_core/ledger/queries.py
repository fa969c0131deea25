"""Reading the books: what accounts hold, and the entries page by page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.models import LedgerEntry
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What narrows the books; `until` is excluded."""

    account: str = ""
    event_id: uuid.UUID | None = None
    order_id: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    def narrow(self, query: Any) -> Any:
        if self.account:
            query = query.where(LedgerEntry.account == self.account)
        if self.event_id is not None:
            query = query.where(LedgerEntry.event_id == self.event_id)
        if self.order_id is not None:
            query = query.where(LedgerEntry.order_id == self.order_id)
        if self.since is not None:
            query = query.where(LedgerEntry.at >= self.since)
        if self.until is not None:
            query = query.where(LedgerEntry.at < self.until)
        return query


EVERYTHING = Filters()


@dataclass(frozen=True)
class Balance:
    """What an account holds: a debit is positive. `provider` is set for cash and fees."""

    account: Account
    provider: str
    amount: Money
    entries: int


def balances(ctx: TenantContext, filters: Filters = EVERYTHING) -> list[Balance]:
    """Every account that has an entry, in the order of the chart; one statement over the entries of the period."""
    of = (LedgerEntry.account, LedgerEntry.provider, LedgerEntry.currency)
    query = filters.narrow(select(*of, func.sum(LedgerEntry.amount_minor), func.count())).group_by(*of)
    found = [
        Balance(Account(account), provider, Money(int(minor), currency), n)
        for account, provider, currency, minor, n in ctx.db.execute(query)
    ]
    chart = list(Account)
    return sorted(found, key=lambda b: (b.amount.currency, chart.index(b.account), b.provider))


def listed(
    ctx: TenantContext, filters: Filters = EVERYTHING, cursor: str | None = None, limit: int = PAGE
) -> Page[LedgerEntry]:
    """Entries, newest first; one statement. Raises `NotFound` for a made-up cursor."""

    def run(paged: Any) -> Sequence[LedgerEntry]:
        found: Sequence[LedgerEntry] = ctx.db.scalars(paged).all()
        return found

    by = By(LedgerEntry.at, LedgerEntry.id, True)
    return page(filters.narrow(select(LedgerEntry)), by, cursor, limit, run, lambda e: (e.at, e.id))
