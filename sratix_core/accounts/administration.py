"""What platform administrators do to users: make and unmake administrators, shut people out and let them in again."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select

from sratix_core.accounts import logins
from sratix_core.accounts.models import Login, User
from sratix_core.accounts.service import disable
from sratix_core.errors import Conflict, NotFound, Refused
from sratix_core.tenants.platform import PlatformContext


def user_at(platform: PlatformContext, user_id: uuid.UUID) -> User:
    """Raises `NotFound`."""
    found: User | None = platform.db.get(User, user_id)
    if found is None:
        raise NotFound("user")
    return found


def set_admin(platform: PlatformContext, user_id: uuid.UUID, wanted: bool) -> User:
    """Make somebody an administrator of the installation, or no longer. Their logins end: a new power needs a new sign-in.

    Raises `Refused("last_admin")` for the last one, `Conflict("user_state")` when nothing would change.
    """
    user = _held(platform, user_id)
    if user.is_platform_admin == wanted:
        raise Conflict("user_state")
    if wanted and user.disabled:
        raise Refused("user_disabled")
    user.is_platform_admin = wanted
    user.updated_at = platform.sources.clock.now()
    logins.end_all(platform.db, user)
    platform.record("user.made_admin" if wanted else "user.unmade_admin", "user", user.id)
    return user


def set_disabled(platform: PlatformContext, user_id: uuid.UUID, wanted: bool) -> User:
    """Shut somebody out everywhere, or let them in again; their traces stay. Raises as `set_admin`."""
    user = _held(platform, user_id)
    if user.disabled == wanted:
        raise Conflict("user_state")
    if wanted:
        disable(platform.db, platform.sources, user)
    else:
        user.disabled, user.updated_at = False, platform.sources.clock.now()
    platform.record("user.disabled" if wanted else "user.enabled", "user", user.id)
    return user


def sign_out(platform: PlatformContext, user_id: uuid.UUID) -> int:
    """End every login of somebody; how many there were."""
    user = user_at(platform, user_id)
    ended = platform.db.scalar(select(func.count()).select_from(Login).where(Login.user_id == user.id)) or 0
    logins.end_all(platform.db, user)
    platform.record("user.signed_out", "user", user.id, logins=ended)
    return ended


def _held(platform: PlatformContext, user_id: uuid.UUID) -> User:
    """The user, locked together with all administrators in one order, so that two of them cannot remove each other.

    Raises `Refused("last_admin")` when this is the only one who can still get in: nothing may be taken from them.
    """
    able = User.is_platform_admin & ~User.disabled
    rows = platform.db.scalars(
        select(User)
        .where(able | (User.id == user_id))
        .order_by(User.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    user = next((row for row in rows if row.id == user_id), None)
    if user is None:
        raise NotFound("user")
    admins = [row.id for row in rows if row.is_platform_admin and not row.disabled]
    if admins == [user_id]:
        raise Refused("last_admin")
    return user
