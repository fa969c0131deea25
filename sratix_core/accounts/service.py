"""Users: making one, finding one by e-mail, changing a password. Callers hash before they open a writing session."""

from __future__ import annotations

from sqlalchemy import select

from sratix_core.accounts import logins
from sratix_core.accounts.models import User
from sratix_core.context import Sources
from sratix_core.errors import Conflict, Invalid
from sratix_core.tenancy.session import ScopedSession
from sratix_core.values.text import clean, is_email, normal_email


def user_by_email(db: ScopedSession, email: str) -> User | None:
    """The user with this address in its normal form; None also for what is no address."""
    if not is_email(email.strip()):
        return None
    return db.scalars(select(User).where(User.email == normal_email(email))).one_or_none()


def create_user(
    db: ScopedSession,
    sources: Sources,
    *,
    email: str,
    full_name: str,
    password_hash: str | None,
    locale: str = "en",
    is_platform_admin: bool = False,
) -> User:
    """A new user. `password_hash` comes from `passwords.hash_password`, None for somebody who is only invited.

    Raises `Invalid` for an unusable address, `Conflict("email_taken")` for one that is in use.
    """
    if not is_email(email.strip()):
        raise Invalid({"email": "email"})
    if user_by_email(db, email) is not None:
        raise Conflict("email_taken")
    now = sources.clock.now()
    user = User(
        id=sources.ids.new(),
        email=normal_email(email),
        full_name=clean(full_name, 120),
        password_hash=password_hash,
        locale=locale,
        is_platform_admin=is_platform_admin,
        created_at=now,
        updated_at=now,
    )
    db.add(user)
    db.flush()
    return user


def change_password(db: ScopedSession, sources: Sources, user: User, password_hash: str) -> None:
    """Set a new password and end every login: whoever knew the old one is out."""
    user.password_hash = password_hash
    user.updated_at = sources.clock.now()
    logins.end_all(db, user)


def disable(db: ScopedSession, sources: Sources, user: User) -> None:
    """The user keeps their traces and can no longer sign in."""
    user.disabled = True
    user.updated_at = sources.clock.now()
    logins.end_all(db, user)
