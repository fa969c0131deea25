"""A person whom a payment provider knows, for one organizer alone."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_unique
from sratix_core.db.types import Json, UTCDateTime


class PaymentCustomer(TenantScoped, Base):
    """One person at one provider in one mode. The row is committed before the provider is asked to know them.

    `references` are the provider's names for them, the latest first. An organizer may change accounts and change back, so an
    earlier name is kept: at the account in use at most one of them is known.
    """

    __tablename__ = "payment_customers"
    __constraints__ = (tenant_unique("user_id", "provider", "mode"),)

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    provider: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(4))
    references: Mapped[list[str]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def key(self) -> str:
        """The same for every repeat of making them known."""
        return f"sratix-customer-{self.id}"
