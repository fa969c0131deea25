"""API keys inside their tenant; the refresh tokens of people, who may work for several."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, GlobalTable, TenantRoot, belongs_to, tenant_fk
from sratix_core.db.types import UTCDateTime, one_of, state_column


class Tier(StrEnum):
    """How often a key may ask; the numbers are in `web/limits.py`."""

    STANDARD = "standard"
    HIGH = "high"


class ApiKey(TenantRoot, Base):
    """Opens what `scopes` name, in one event where `event_id` is set. Only the SHA-256 of its secret is kept."""

    __tablename__ = "api_keys"
    __constraints__ = (tenant_fk("event_id", "events"), one_of("tier", Tier))

    name: Mapped[str] = mapped_column(String(80))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    scopes: Mapped[str] = mapped_column(String(1000), doc="permissions, sorted, between single spaces")
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    tier: Mapped[str] = mapped_column(state_column(), default=Tier.STANDARD)
    made_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UTCDateTime, doc="up to ten minutes old")
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    event = belongs_to("ApiKey", "event_id", "Event")

    def state(self, now: datetime) -> str:
        """`active`, `expired` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"


class TokenFamily(GlobalTable, Base):
    """One sign-in of a program on behalf of a person: all refresh tokens that descend from one password."""

    __tablename__ = "token_families"
    __why__ = "a person signs in before a tenant is known and may work for several"
    __readers__ = ("identity", "system")
    __constraints__ = (Index("ix_token_families_ends_at", "ends_at"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    token_version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime, doc="whatever is refreshed, not beyond this")
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RefreshToken(GlobalTable, Base):
    """One refresh token: good once. A used one that comes back ends its family."""

    __tablename__ = "refresh_tokens"
    __why__ = "looked up before a tenant is known, like the login it replaces"
    __readers__ = ("identity", "system")

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("token_families.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
