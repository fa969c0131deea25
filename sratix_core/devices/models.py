"""A scanner: its name, its gate and the hash of its key."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, belongs_to, tenant_fk
from sratix_core.db.types import UTCDateTime


class Device(TenantScoped, Base):
    """Its key is `srx_device_<tenant>_<id>_<secret>`; only the SHA-256 of the secret is kept (D15)."""

    __tablename__ = "devices"
    __constraints__ = (tenant_fk("event_id", "events"), tenant_fk("gate_id", "gates"))

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    gate_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(80))
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    gate = belongs_to("Device", "gate_id", "Gate")
