"""Users and the browsers they are signed in with."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, GlobalTable
from sratix_core.db.types import UTCDateTime, prefix_text


class User(GlobalTable, Base):
    """One person, many tenants."""

    __tablename__ = "users"
    __why__ = "a person signs in before a tenant is known and may work for several"
    __readers__ = ("identity", "system")

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    email: Mapped[str] = mapped_column(
        prefix_text(254), unique=True, doc="normal form, see values.text.normal_email"
    )
    password_hash: Mapped[str | None] = mapped_column(String(200))
    full_name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(12), default="en")
    is_platform_admin: Mapped[bool] = mapped_column(Boolean, default=False, index=True)
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    token_version: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Login(GlobalTable, Base):
    """A signed-in browser. Only the SHA-256 of its cookie is kept."""

    __tablename__ = "logins"
    __why__ = "the cookie is looked up before a tenant is known"
    __readers__ = ("identity", "system")

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    token_version: Mapped[int] = mapped_column(Integer, default=0)
    impersonation_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the last one begun in this browser")
    stays: Mapped[bool] = mapped_column(Boolean, default=False)
    browser: Mapped[str] = mapped_column(
        String(40), default="", doc="what it calls itself, see accounts.browsers"
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class LoginAttempt(GlobalTable, Base):
    """Failures counted per account and keyed address hash: a stranger's guesses slow the stranger, not the owner."""

    __tablename__ = "login_attempts"
    __why__ = "counted before a tenant is known"
    __readers__ = ("identity", "system")

    key: Mapped[str] = mapped_column(String(130), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    blocked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Impersonation(GlobalTable, Base):
    """A platform administrator who acts as a user, for support: why, and until when. The journal names it by its id."""

    __tablename__ = "impersonations"
    __why__ = "a login is looked up before a tenant is known, and so is whom it acts as"
    __readers__ = ("identity", "system")

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    admin_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
