"""The books: what accounts hold, and every entry with its place in the sealed chain."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_VIEW
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Moment, Sort, page, page_of
from sratix_core.api.v1.common import SignedMoney, picked
from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.export import standing
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.queries import Filters, balances

TAG = "Finance"


class LedgerEntryOut(msgspec.Struct):
    """One leg of a transaction: a debit is positive. `seq` is its number in the sealed chain, null for some seconds.

    The entries of one `act` with one `op_id` are the transaction; they sum to 0.
    """

    id: uuid.UUID
    seq: int | None
    at: datetime
    act: Act
    op_id: uuid.UUID
    line: int
    account: Account
    provider: str
    amount: SignedMoney
    event_id: uuid.UUID | None
    order_id: uuid.UUID | None
    content_hash: str


class BalanceOut(msgspec.Struct):
    """What an account holds; `provider` is set for cash and fees."""

    account: Account
    provider: str
    amount: SignedMoney
    entries: int


class BooksOut(msgspec.Struct):
    """`entries` are sealed so far, `hash` is where their chain ends."""

    entries: int
    hash: str
    balances: list[BalanceOut]


class Period(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`since` is included, `until` is not."""

    event_id: uuid.UUID | UnsetType = UNSET
    since: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET


class LedgerQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    account: Account | UnsetType = UNSET
    event_id: uuid.UUID | UnsetType = UNSET
    order_id: uuid.UUID | UnsetType = UNSET
    since: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET


def _asked(query: LedgerQuery | Period) -> Filters:
    given = {
        name: getattr(query, name) for name in query.__struct_fields__ if name in Filters.__annotations__
    }
    return Filters(**{name: value for name, value in given.items() if value is not UNSET})


@endpoint(
    "GET",
    TENANT + "/ledger",
    FINANCE_VIEW,
    "List ledger entries, the newest first",
    tag=TAG,
    query=LedgerQuery,
    answers=page_of(LedgerEntryOut),
)
def list_ledger(call: Call) -> Any:
    def convert(rows: Sequence[LedgerEntry]) -> list[LedgerEntryOut]:
        return [
            picked(
                e,
                LedgerEntryOut,
                act=Act(e.act),
                account=Account(e.account),
                amount=SignedMoney(e.amount_minor, e.currency),
                content_hash=e.content_hash.hex(),
            )
            for e in rows
        ]

    query = _asked(call.query).narrow(select(LedgerEntry))
    return page(call, query, Sort(LedgerEntry.at, LedgerEntry.id, descending=True), convert)


@endpoint(
    "GET",
    TENANT + "/ledger/balances",
    FINANCE_VIEW,
    "What every account holds, of all time or of a period",
    tag=TAG,
    query=Period,
    answers=BooksOut,
)
def get_balances(call: Call) -> BooksOut:
    stands = standing(call.ctx)
    held = balances(call.ctx, _asked(call.query))
    return BooksOut(
        stands["entries"],
        stands["hash"],
        [
            BalanceOut(b.account, b.provider, SignedMoney(b.amount.minor, b.amount.currency), b.entries)
            for b in held
        ],
    )
