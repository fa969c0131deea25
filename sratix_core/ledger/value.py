"""Value that people hold, on gift cards for instance: what making and ending it means for the books, and what is owed of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.posting import Leg, Transaction, post

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.tenancy.session import ScopedSession
    from sratix_core.values.money import Money

PAID_BY = {
    Act.VALUE_SOLD: Account.CASH,
    Act.VALUE_ISSUED: Account.VALUE_ORDERED,
    Act.VALUE_RETURNED: Account.VALUE_ORDERED,
    Act.VALUE_GIVEN: Account.GOODWILL,
    Act.VALUE_ENDED: Account.BREAKAGE,
}
"""What pays for value that is made, or takes what nobody will spend."""


def book_value(
    ctx: TenantContext,
    act: Act,
    provider: str,
    cause: uuid.UUID,
    amount: Money,
    *,
    cash: str = "",
    order: Any = None,
) -> None:
    """Book that value of `provider` was made (`cash` is whose cash paid for what was sold) or that it ended; once for a cause.

    `order` is the one that sold it, or took it back.

    Raises `KeyError` for another act.
    """
    sign = -1 if act in (Act.VALUE_ENDED, Act.VALUE_RETURNED) else 1
    legs = (
        Leg(PAID_BY[act], sign * amount.minor, cash),
        Leg(Account.STORED_VALUE, -sign * amount.minor, provider),
    )
    of = (order.event_id, order.id) if order is not None else ()
    post(ctx, Transaction(act, cause, amount.currency, legs, *of))


def booked_value(db: ScopedSession, provider: str) -> dict[tuple[int, str], int]:
    """What the books of each tenant say is owed in value of `provider`, in minor units by (tenant, currency). For `verify`."""
    held = (LedgerEntry.tenant_id, LedgerEntry.currency)
    mine = (LedgerEntry.account == Account.STORED_VALUE, LedgerEntry.provider == provider)
    sums = select(*held, func.sum(LedgerEntry.amount_minor)).where(*mine).group_by(*held)
    return {(tenant, currency): -int(minor) for tenant, currency, minor in db.execute(sums)}


def issued_value(db: ScopedSession, provider: str) -> dict[tuple[int, str], int]:
    """What the books of each tenant say was made in value of `provider` for orders, as `booked_value`."""
    held = (LedgerEntry.tenant_id, LedgerEntry.currency)
    made = (LedgerEntry.act == Act.VALUE_ISSUED, LedgerEntry.account == Account.STORED_VALUE)
    sums = select(*held, func.sum(LedgerEntry.amount_minor))
    sums = sums.where(*made, LedgerEntry.provider == provider).group_by(*held)
    return {(tenant, currency): -int(minor) for tenant, currency, minor in db.execute(sums)}
