"""Lines of providers' statements, how far each was read, and the differences that were found."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_fk, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, state_column
from sratix_core.reconciliation.kinds import CaseKind, CaseState
from sratix_core.values.money import Money


class MovementKind(StrEnum):
    CHARGE = "charge"
    REFUND = "refund"
    PAYOUT = "payout"
    DISPUTE = "dispute"
    ADJUSTMENT = "adjustment"


class PaymentMovement(TenantScoped, Base):
    """One line of a provider's statement, kept and booked once. Only `payment_id` is filled in later, when its payment is known.

    The provider's balance moved by `amount_minor - fee_minor`; what left it is negative. `source` is the provider's name for
    what moved the money, `about` for the payment behind it, `attempt_id` is ours if the line carried it.
    """

    __tablename__ = "payment_movements"
    __constraints__ = (
        tenant_fk("payment_id", "payments"),
        tenant_unique("provider", "mode", "reference"),
        one_of("kind", MovementKind),
        Index("ix_payment_movements_at", "tenant_id", "at", "id"),
        Index("ix_payment_movements_payment", "tenant_id", "payment_id", "kind"),
    )

    provider: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(4))
    reference: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(state_column())
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    fee_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    about: Mapped[str] = mapped_column(String(120), default="")
    source: Mapped[str] = mapped_column(String(120), default="")
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    payment_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)


class Statement(TenantScoped, Base):
    """How far a provider's statement was read; held by whoever adds to it."""

    __tablename__ = "payment_statements"
    __constraints__ = (tenant_unique("provider", "mode"),)

    provider: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(4))
    read_until: Mapped[datetime | None] = mapped_column(UTCDateTime, doc="up to which moment lines are here")
    tried_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    trouble: Mapped[str] = mapped_column(String(80), default="", doc="why the last reading came to nothing")


class Comparison(TenantScoped, Base):
    """When a tenant's books were compared last and will be next; one row of a tenant, held by whoever compares."""

    __tablename__ = "finance_comparisons"
    __constraints__ = (tenant_unique("books"), Index("ix_finance_comparisons_next", "next_at"))

    books: Mapped[str] = mapped_column(String(10), default="all")
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)
    compared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked: Mapped[int] = mapped_column(Integer, default=0)


class FinanceCase(TenantScoped, Base):
    """One difference, the same row through every repeat. `reason` is what a person wrote who closed it.

    `amount_minor` is signed: negative where money is missing at the provider or owed to a buyer.
    """

    __tablename__ = "finance_cases"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_unique("kind", "subject"),
        one_of("kind", CaseKind),
        one_of("state", CaseState),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_time"),
        Index("ix_finance_cases_found", "tenant_id", "found_at", "id"),
        Index("ix_finance_cases_state", "tenant_id", "state", "found_at", "id"),
        Index("ix_finance_cases_event", "tenant_id", "event_id", "found_at", "id"),
        Index("ix_finance_cases_order", "tenant_id", "order_id"),
    )

    kind: Mapped[str] = mapped_column(state_column())
    subject: Mapped[str] = mapped_column(
        String(120), doc="what differs: an id of ours, or a provider's reference"
    )
    provider: Mapped[str] = mapped_column(String(40), default="")
    mode: Mapped[str] = mapped_column(String(4), default="")
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    cause: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    found_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, doc="when it was there the last time")
    state: Mapped[str] = mapped_column(state_column(), default=CaseState.OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="a user; empty when it closed by itself")
    reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def subject_id(self) -> uuid.UUID:
        """The subject where it is an id of ours. Raises `ValueError` for a provider's reference."""
        return uuid.UUID(self.subject)
