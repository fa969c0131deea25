"""What was stored; the bytes lie in the object store under `storage_key`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantRoot
from sratix_core.db.types import UTCDateTime


class StoredFile(TenantRoot, Base):
    """`public` files are pictures of the shop; all others need a permission to be read."""

    __tablename__ = "files"

    name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    storage_key: Mapped[str] = mapped_column(String(200))
    public: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
