"""Signing in for programs: a refresh token that is good once, and the short access token that comes with it.

Whoever presents a used refresh token has copied it, or was copied: its whole family ends (RFC 9700 §4.14.2). But a client
with two tabs, or without the first answer, asks twice at once: for a moment, and while nobody used the successor, the same
successor is told again. It follows from its predecessor under a key of ours, so that still only hashes are kept.
"""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, delete, select, update

from sratix_core.accounts.logins import Identity
from sratix_core.accounts.models import User
from sratix_core.credentials import access
from sratix_core.credentials.access import Claims
from sratix_core.credentials.models import RefreshToken, TokenFamily
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.values import credentials

if TYPE_CHECKING:
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.session import ScopedSession

PREFIX = "srx_refresh_"
LIFE = timedelta(days=7)
"""Of one refresh token."""

GRACE = timedelta(seconds=10)
"""How long the token before the newest one still gets that newest one."""

LONGEST = timedelta(days=90)
"""Of a family: then the password is asked for again."""


@dataclass(frozen=True)
class Pair:
    """What a program gets; it keeps both and shows only the access token with its requests."""

    access: str
    refresh: str
    refresh_until: datetime


@dataclass(frozen=True)
class Reused:
    """A refresh token came a second time; its family has just ended."""

    user_id: uuid.UUID


def start(db: ScopedSession, runtime: Runtime, user: User) -> Pair:
    """A new family for somebody whose password was right."""
    now = runtime.sources.clock.now()
    family = TokenFamily(
        id=runtime.sources.ids.new(),
        user_id=user.id,
        token_version=user.token_version,
        created_at=now,
        ends_at=now + LONGEST,
    )
    db.add(family)
    db.flush()
    return _next(db, runtime, family, PREFIX + runtime.sources.random.token(32))


def _next(db: ScopedSession, runtime: Runtime, family: TokenFamily, raw: str) -> Pair:
    """Keep `raw` as the family's newest refresh token."""
    now = runtime.sources.clock.now()
    until = min(now + LIFE, family.ends_at)
    hashed = credentials.digest(raw)
    db.add(RefreshToken(token_hash=hashed, family_id=family.id, created_at=now, expires_at=until))
    return _pair(runtime, family, raw, until)


def _pair(runtime: Runtime, family: TokenFamily, raw: str, until: datetime) -> Pair:
    sources, claims = runtime.sources, Claims(family.user_id, family.id)
    base, now = runtime.settings.base_url, sources.clock.now()
    return Pair(access.issue(runtime.keys, base, claims, sources.ids.new(), now), raw, until)


def _successor(runtime: Runtime, raw: str) -> str:
    """What follows `raw`: known to whoever holds it and to us, to nobody else."""
    made = runtime.keys.mac("refresh-successor", raw.encode())
    return PREFIX + base64.urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


def _alive(family: TokenFamily, user: User, now: datetime) -> bool:
    over = family.revoked_at is not None or family.ends_at <= now
    return not (over or user.disabled or family.token_version != user.token_version)


def rotate(db: ScopedSession, runtime: Runtime, raw: str) -> Pair | Reused | None:
    """Exchange a refresh token for a new pair, once; all that come at the same moment get the same successor.

    None for a token that is unknown, expired or of an ended family. The caller commits in every case.
    """
    now, hashed = runtime.sources.clock.now(), credentials.digest(raw)
    found = db.execute(
        select(RefreshToken, TokenFamily, User)
        .join(TokenFamily, TokenFamily.id == RefreshToken.family_id)
        .join(User, User.id == TokenFamily.user_id)
        .where(RefreshToken.token_hash == hashed)
    ).one_or_none()
    if found is None:
        return None
    token, family, user = found
    if token.expires_at <= now or not _alive(family, user, now):
        return None
    unused = (RefreshToken.token_hash == hashed, RefreshToken.used_at.is_(None))
    claimed = db.execute(update(RefreshToken).where(*unused).values(used_at=now))
    assert isinstance(claimed, CursorResult)
    following = _successor(runtime, raw)
    if claimed.rowcount == 1:
        return _next(db, runtime, family, following)
    db.refresh(token)  # whoever was faster has committed
    newest = db.get(RefreshToken, credentials.digest(following))
    if newest is not None and newest.used_at is None and token.used_at and now < token.used_at + GRACE:
        return _pair(runtime, family, following, newest.expires_at)
    family.revoked_at = now
    return Reused(family.user_id)


def revoke(db: ScopedSession, raw: str, now: datetime) -> uuid.UUID | None:
    """End the family of a refresh token; whose it was, None where there was nothing to end."""
    family = db.scalars(
        select(TokenFamily)
        .join(RefreshToken, RefreshToken.family_id == TokenFamily.id)
        .where(RefreshToken.token_hash == credentials.digest(raw), TokenFamily.revoked_at.is_(None))
    ).one_or_none()
    if family is None:
        return None
    family.revoked_at = now
    return family.user_id


def person(db: ScopedSession, claims: Claims, now: datetime) -> Identity | None:
    """Whose access token this is; None once the sign-in ended, the password changed or the user was disabled."""
    found = db.execute(
        select(TokenFamily, User)
        .join(User, User.id == TokenFamily.user_id)
        .where(TokenFamily.id == claims.family_id, TokenFamily.user_id == claims.user_id)
    ).one_or_none()
    if found is None or not _alive(*found, now):
        return None
    family, user = found
    return Identity(user.id, user.email, user.full_name, user.locale, user.is_platform_admin, family.id)


def forget(runtime: Runtime) -> int:
    """Delete tokens and families past their end; how many families. Only reads where nothing is due."""
    now = runtime.sources.clock.now()
    old = select(RefreshToken.token_hash).where(RefreshToken.expires_at <= now).limit(1)
    with runtime.engines.begin(IdentityScope(), write=False) as db:
        if db.scalar(old) is None:
            return 0
    with runtime.engines.begin(IdentityScope()) as db:
        db.execute(delete(RefreshToken).where(RefreshToken.expires_at <= now))
        gone = db.execute(delete(TokenFamily).where(TokenFamily.ends_at <= now))
        assert isinstance(gone, CursorResult)
        return gone.rowcount
