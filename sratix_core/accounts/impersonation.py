"""A platform administrator acts as a user, for support: with a reason, for half an hour, seen by everybody in the journal.

It lives in the administrator's own login: when that ends, or either of the two loses what it takes, it is over.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from sratix_core.accounts import permissions
from sratix_core.accounts.logins import token_hash
from sratix_core.accounts.models import Impersonation, Login, User
from sratix_core.errors import Conflict, NotFound, Refused
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.tenants.platform import PlatformContext, said_reason

LASTS = timedelta(minutes=30)

MAY = frozenset(
    {
        permissions.EVENT_VIEW,
        permissions.EVENT_EDIT,
        permissions.ORDER_LOOKUP,
        permissions.ORDER_VIEW,
        permissions.ATTENDEE_VIEW,
        permissions.CHECKIN_VIEW,
        permissions.CHECKIN_SCAN,
        permissions.AUDIT_VIEW,
    }
)
"""All that is left of a role while somebody else acts with it. A permission that is not named here is not lent:
no money, no exports, no credentials and secrets, no settings, no say in who works there."""

MOST_TENANTS = 50


@dataclass(frozen=True)
class Begun:
    """An impersonation that began: the new token for the administrator's cookie, and whether that login stays."""

    token: str
    stays: bool


def start(
    platform: PlatformContext, admin_id: uuid.UUID, login_id: uuid.UUID, user_id: uuid.UUID, reason: str
) -> Begun:
    """Let an administrator's login act as a user; the cookie gets a new token, as after every change of power.

    Raises `NotFound`, `Invalid` without a reason, `Refused` for administrators, disabled people and oneself,
    `Conflict("acting_already")` when this login acts as somebody.
    """
    words, now = said_reason(reason), platform.sources.clock.now()
    user: User | None = platform.db.get(User, user_id)
    login = _login(platform, login_id)
    if user is None or login is None or login.user_id != admin_id:
        raise NotFound("user")
    if user.is_platform_admin:
        raise Refused("acting_as_admin")
    if user.disabled:
        raise Refused("user_disabled")
    if _runs(platform, login):
        raise Conflict("acting_already")
    row = Impersonation(
        id=platform.sources.ids.new(),
        admin_id=admin_id,
        user_id=user.id,
        reason=words,
        started_at=now,
        ends_at=now + LASTS,
    )
    platform.db.add(row)
    platform.db.flush()
    platform.record(
        "impersonation.started", "user", user.id, tenants=_tenants_of(platform, user.id), impersonation=row.id
    )
    return _turn(platform, login, row)


def end(platform: PlatformContext, login_id: uuid.UUID, impersonation_id: uuid.UUID) -> Begun | None:
    """Be oneself again; None when it had already ended."""
    login = _login(platform, login_id)
    row: Impersonation | None = platform.db.get(Impersonation, impersonation_id)
    if login is None or row is None or row.ended_at is not None or login.impersonation_id != row.id:
        return None
    row.ended_at = platform.sources.clock.now()
    platform.record(
        "impersonation.ended",
        "user",
        row.user_id,
        tenants=_tenants_of(platform, row.user_id),
        impersonation=row.id,
    )
    return _turn(platform, login, None)


def _login(platform: PlatformContext, login_id: uuid.UUID) -> Login | None:
    """The login, locked: of two requests from one browser the second sees what the first did."""
    found: Login | None = platform.db.get(Login, login_id, with_for_update=True, populate_existing=True)
    return found


def _runs(platform: PlatformContext, login: Login) -> bool:
    row = platform.db.get(Impersonation, login.impersonation_id) if login.impersonation_id else None
    return row is not None and row.ended_at is None and platform.sources.clock.now() < row.ends_at


def _turn(platform: PlatformContext, login: Login, row: Impersonation | None) -> Begun:
    """Point the login at the impersonation, or at none, under a new token."""
    token = platform.sources.random.token(32)
    login.impersonation_id, login.token_hash = row.id if row else None, token_hash(token)
    return Begun(token, login.stays)


def _tenants_of(platform: PlatformContext, user_id: uuid.UUID) -> tuple[int, ...]:
    mine = select(Member.tenant_id).where(Member.user_id == user_id, Member.status == MemberStatus.ACTIVE)
    return tuple(platform.db.scalars(mine.order_by(Member.tenant_id).limit(MOST_TENANTS)))
