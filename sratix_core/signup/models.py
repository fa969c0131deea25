"""A sign-up that waits for its e-mail to be confirmed."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, GlobalTable
from sratix_core.db.types import UTCDateTime


class SignUp(GlobalTable, Base):
    """Asked for, not yet confirmed; it holds no slug and no account, and goes when it is used or a day old."""

    __tablename__ = "sign_ups"
    __why__ = "the tenant it asks for does not exist yet"
    __readers__ = ("system",)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    slug: Mapped[str] = mapped_column(String(63))
    name: Mapped[str] = mapped_column(String(120))
    full_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    password_hash: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(12))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
