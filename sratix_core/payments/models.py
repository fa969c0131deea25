"""Money that was received, and what of it went back."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly
from sratix_core.db.base import Base, TenantScoped, tenant_fk, tenant_unique
from sratix_core.db.types import UTCDateTime
from sratix_core.values.money import Money


class Payment(TenantScoped, Base):
    """One receipt; only `refunded_minor` ever changes.

    `reference` is the provider's; the pair with the provider is unique, so a repeat is not a second payment.
    """

    __tablename__ = "payments"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_unique("provider", "reference"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="refunds_within_amount"),
        Index("ix_payments_order", "tenant_id", "order_id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    provider: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(120))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    refunded_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who marked it, if a person did")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Refund(AppendOnly, Base):
    """One return of money, of one payment. `reference` is the provider's or the bank's, so that a repeat is not a second one."""

    __tablename__ = "refunds"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("payment_id", "payments"),
        tenant_unique("provider", "reference"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        Index("ix_refunds_order", "tenant_id", "order_id"),
        Index("ix_refunds_payment", "tenant_id", "payment_id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    payment_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    provider: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(120))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    paid_back_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, doc="the user who recorded it, if a person did"
    )

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
