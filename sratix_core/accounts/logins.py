"""Logins: a browser that proved who it is. The cookie holds a random token, the table only its SHA-256."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from sratix_core.accounts.hot import Act, Person, holder
from sratix_core.accounts.models import Login, User
from sratix_core.context import Sources
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.session import ScopedSession

SHORT = timedelta(hours=12)
LONG = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Acting:
    """A platform administrator behind somebody else's identity, and why; `until` is when it ends by itself."""

    id: uuid.UUID
    admin_id: uuid.UUID
    admin_name: str
    reason: str
    until: datetime


@dataclass(frozen=True)
class Identity:
    """Who is signed in, as a value: it stays readable when the database session is gone."""

    id: uuid.UUID
    email: str
    name: str
    locale: str
    is_platform_admin: bool
    login_id: uuid.UUID
    seen_at: datetime | None = None
    acting: Acting | None = None


def token_hash(token: str) -> bytes:
    """What the table keeps of a cookie."""
    return hashlib.sha256(token.encode()).digest()


def start(
    db: ScopedSession, sources: Sources, user: User, *, stays: bool, browser: str = ""
) -> tuple[str, Login]:
    """A new login and the token for its cookie. Every sign-in gets a fresh one, so a planted cookie is worth nothing."""
    now = sources.clock.now()
    token = sources.random.token(32)
    login = Login(
        id=sources.ids.new(),
        user_id=user.id,
        token_hash=token_hash(token),
        token_version=user.token_version,
        stays=stays,
        browser=browser,
        created_at=now,
        last_seen_at=now,
        expires_at=now + (LONG if stays else SHORT),
    )
    db.add(login)
    return token, login


def find(engines: Engines, token: str, now: datetime) -> Identity | None:
    """Who holds this cookie, or whom they act as. None when it is unknown, expired, revoked, or its user is disabled."""
    found = holder(engines, token_hash(token))
    if found is None:
        return None
    login, user, acted = found
    if login.expires_at <= now or user.disabled or login.token_version != user.token_version:
        return None
    seen = login.last_seen_at
    if acted is not None and is_running(acted[0], user, acted[1], now):
        row, other = acted
        acting = Acting(row.id, user.id, user.full_name, row.reason, row.ends_at)
        return Identity(other.id, other.email, other.full_name, other.locale, False, login.id, seen, acting)
    return Identity(user.id, user.email, user.full_name, user.locale, user.is_platform_admin, login.id, seen)


def is_running(row: Act, admin: Person, user: Person, now: datetime) -> bool:
    """Whether `admin` acts as `user` now: in time, not ended, and both still are what it takes."""
    able = admin.is_platform_admin and not user.is_platform_admin and not user.disabled
    return able and row.admin_id == admin.id and row.ended_at is None and now < row.ends_at


def end(db: ScopedSession, login_id: uuid.UUID) -> None:
    """Sign this browser out."""
    db.execute(delete(Login).where(Login.id == login_id))


def of_user(db: ScopedSession, user_id: uuid.UUID, now: datetime) -> list[Login]:
    """The browsers a user is signed in with now, the one seen last first."""
    live = select(Login).where(Login.user_id == user_id, Login.expires_at > now)
    return list(db.scalars(live.order_by(Login.last_seen_at.desc(), Login.id).limit(100)))


def end_own(db: ScopedSession, user_id: uuid.UUID, login_id: uuid.UUID) -> bool:
    """Sign one of the user's browsers out; False when it is none of theirs."""
    mine = select(Login.id).where(Login.id == login_id, Login.user_id == user_id)
    if db.scalar(mine) is None:
        return False
    end(db, login_id)
    return True


def end_others(db: ScopedSession, user_id: uuid.UUID, kept: uuid.UUID) -> None:
    """Sign every browser of a user out but one."""
    db.execute(delete(Login).where(Login.user_id == user_id, Login.id != kept))


def seen(db: ScopedSession, login_id: uuid.UUID, now: datetime) -> None:
    """Remember that this browser was here; written at most every `SEEN_EVERY`."""
    db.execute(update(Login).where(Login.id == login_id, Login.last_seen_at < now).values(last_seen_at=now))


def end_all(db: ScopedSession, user: User) -> None:
    """Sign every browser of `user` out, those included that a copied cookie made."""
    user.token_version += 1
    db.execute(delete(Login).where(Login.user_id == user.id))
