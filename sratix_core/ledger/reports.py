"""What a period came to, read from the entries: one statement for the sums, one for what is open at its end."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import case, func, literal, select

from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.models import LedgerEntry

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

E = LedgerEntry
Figures = Counter[str]

EARNED = (Account.REVENUE, Account.SERVICE_FEES)
CAME = (Act.PAYMENT, Act.VALUE_SOLD)
REFUNDS = (Act.REFUND, Act.REFUND_FAILED)

FIGURES: dict[str, Callable[[str, str, int], int]] = {
    "revenue": lambda act, account, minor: -minor if account in EARNED else 0,
    "tax": lambda act, account, minor: -minor if account == Account.TAX else 0,
    "received": lambda act, account, minor: minor if act in CAME and account == Account.CASH else 0,
    "refunds": lambda act, account, minor: -minor if act in REFUNDS and account == Account.CASH else 0,
    "fees": lambda act, account, minor: minor if account == Account.PROVIDER_FEES else 0,
    "payouts": lambda act, account, minor: minor if account == Account.BANK else 0,
    "disputed": lambda act, account, minor: minor if account == Account.DISPUTED else 0,
    "chargebacks": lambda act, account, minor: minor if account == Account.CHARGEBACKS else 0,
}
"""What a sum of entries of an act and an account adds to which figure; all are positive in the ordinary course."""

OF_PROVIDERS = ("received", "refunds", "fees", "payouts", "kept")


@dataclass
class Report:
    """Figures in minor units of `currency`: in all, by bucket (as many as there are), by whose cash it is.

    `kept` is what stayed at a provider of the period's movements. `owed` is what buyers owed at the end, negative while they
    are owed; `value_owed` what was on gift cards and the like then, which belongs to no event.
    """

    currency: str
    totals: Figures = field(default_factory=Counter)
    buckets: list[Figures] = field(default_factory=list)
    providers: dict[str, Figures] = field(default_factory=dict)
    owed: int = 0
    value_owed: int = 0


def report(
    ctx: TenantContext, currency: str, edges: Sequence[datetime], event_id: uuid.UUID | None = None
) -> Report:
    """The period from the first to the last of `edges` (ascending, at least two), in buckets between them."""
    inside = [E.currency == currency, E.at >= edges[0], E.at < edges[-1]]
    of_event = [E.event_id == event_id] if event_id is not None else []
    inner = [(E.at < edge, n) for n, edge in enumerate(edges[1:-1])]
    bucket = case(*inner, else_=len(edges) - 2) if inner else literal(0)
    of = (bucket.label("bucket"), E.act, E.account, E.provider)
    sums = select(*of, func.sum(E.amount_minor)).where(*inside, *of_event)
    made = Report(currency, buckets=[Counter() for _ in edges[1:]])
    for n, act, account, provider, minor in ctx.db.execute(
        sums.group_by(of[0], E.act, E.account, E.provider)
    ):
        _add(made, n, act, account, provider, int(minor))
    owed = select(func.sum(E.amount_minor)).where(
        E.account == Account.BUYERS, E.currency == currency, E.at < edges[-1], *of_event
    )
    made.owed = int(ctx.db.scalar(owed) or 0)
    if event_id is None:
        kept = select(func.sum(E.amount_minor)).where(
            E.account == Account.STORED_VALUE, E.currency == currency, E.at < edges[-1]
        )
        made.value_owed = -int(ctx.db.scalar(kept) or 0)
    return made


def _add(made: Report, bucket: int, act: str, account: str, provider: str, minor: int) -> None:
    for name, of in FIGURES.items():
        part = of(act, account, minor)
        made.totals[name] += part
        made.buckets[bucket][name] += part
        if name in OF_PROVIDERS and provider and part:
            made.providers.setdefault(provider, Counter())[name] += part
    if account == Account.CASH:
        mine = made.providers.setdefault(provider, Counter())
        mine["kept"] += minor
        if act == Act.PAYOUT:
            mine["payouts"] -= minor
