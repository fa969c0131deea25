"""Whose a saved method is: one row for each person, provider and mode of an organizer, found by the person's id and nothing else."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.plugins.saving import Keeper
from sratix_core.saved_methods.models import PaymentCustomer

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.plugins.paying import Mode

MOST_NAMES = 5
"""Earlier names that are kept: an organizer changes accounts a few times at most."""


class Use(NamedTuple):
    """What a payment does with saved methods: pays with `method` of this person's, or keeps the new one."""

    customer_id: uuid.UUID
    method: str | None = None


def customer_of(
    ctx: TenantContext, user_id: uuid.UUID, provider: str, mode: Mode | str
) -> PaymentCustomer | None:
    """The person as this provider may know them."""
    mine = (PaymentCustomer.user_id == user_id, PaymentCustomer.provider == provider)
    found: PaymentCustomer | None = ctx.db.scalar(
        select(PaymentCustomer).where(*mine, PaymentCustomer.mode == mode)
    )
    return found


def customers_of(ctx: TenantContext, user_id: uuid.UUID) -> list[PaymentCustomer]:
    """Every provider that may keep something for this person."""
    mine = select(PaymentCustomer).where(PaymentCustomer.user_id == user_id)
    return list(ctx.db.scalars(mine.order_by(PaymentCustomer.id)))


def make_customer(ctx: TenantContext, user_id: uuid.UUID, provider: str, mode: Mode) -> PaymentCustomer:
    """Write down that the provider is to know them, once; asked again, the row that is there."""
    row_id = ctx.ids.new()
    row = {
        "id": row_id,
        "user_id": user_id,
        "provider": provider,
        "mode": mode,
        "references": [],
        "created_at": ctx.clock.now(),
    }
    if insert_ignore(ctx.db, PaymentCustomer, ("user_id", "provider", "mode"), row):
        record(ctx, "payment_customer.made", "payment_customer", row_id, provider=provider, mode=mode)
    found = customer_of(ctx, user_id, provider, mode)
    assert found is not None
    return found


def note_name(ctx: TenantContext, customer_id: uuid.UUID, reference: str) -> None:
    """Put the name that the provider knows them by in front."""
    mine = select(PaymentCustomer).where(PaymentCustomer.id == customer_id)
    row = ctx.db.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()
    if row.references[:1] != [reference]:
        earlier = [name for name in row.references if name != reference]
        row.references = [reference, *earlier][:MOST_NAMES]
        ctx.db.flush()


def keeper(customer: PaymentCustomer, method: str | None = None) -> Keeper:
    """The person in the provider's words."""
    return Keeper(customer.key, tuple(customer.references), method or "")
