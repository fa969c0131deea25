"""A request that named itself, and the answer it got."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantRoot, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default


class IdempotencyKey(TenantRoot, Base):
    """One key of one principal. `status` is empty while the request is under way, which nobody else sees but after a checkpoint."""

    __tablename__ = "idempotency_keys"
    __constraints__ = (
        tenant_unique("principal", "key_hash"),
        Index("ix_idempotency_keys_created_at", "tenant_id", "created_at"),
    )

    principal: Mapped[str] = mapped_column(
        String(60), doc="kind and id of who asked, or a keyed address hash"
    )
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), doc="of method, address and body")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    leased_until: Mapped[datetime] = mapped_column(UTCDateTime)
    status: Mapped[int | None] = mapped_column(Integer)
    headers: Mapped[dict[str, Any]] = mapped_column(
        Json, default=json_default, info={"sealed": "idempotency"}
    )
    body: Mapped[bytes | None] = mapped_column(LargeBinary, info={"sealed": "idempotency"})
