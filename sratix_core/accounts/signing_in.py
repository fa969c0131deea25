"""The steps of signing in with a password: pause, look up, verify with no transaction open, then write the login."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sratix_core.accounts import attempts, logins, passwords
from sratix_core.accounts.models import User
from sratix_core.accounts.service import user_by_email
from sratix_core.errors import Refused
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.tenancy.session import ScopedSession

if TYPE_CHECKING:
    from sratix_core.runtime import Runtime


class TooManyTries(Refused):
    """Guesses for this account from this address pause for `seconds`."""

    code = "login_paused"


class WrongPassword(Refused):
    """Address and password do not match; `left` tries remain before a pause. Says not which of the two is wrong."""

    code = "login_wrong"


class LocalOnly(Refused):
    """Accounts under `.example` are the demo's: their passwords are printed at a start and open nothing from outside."""

    code = "login_local"


@dataclass(frozen=True)
class Proof:
    """A password that was right, not yet a login."""

    email: str
    keys: attempts.Keys


def prove(
    runtime: Runtime, email: str, password: str, address: str, *, local: bool, device: str = ""
) -> Proof:
    """Check the password, counted before and with nothing open. Raises `TooManyTries`, `WrongPassword` or `LocalOnly`.

    `device` is the name of a browser that proved it was signed in to this account before.
    """
    if email.endswith(".example") and not local:
        raise LocalOnly
    keys = attempts.keys_of(runtime.keys, email, address, device)
    with runtime.engines.begin(IdentityScope(), write=True) as db:
        left, pause = attempts.claim(db, keys, runtime.sources.clock.now())
        user = user_by_email(db, email)
        stored = user.password_hash if user is not None and not user.disabled else None
    if pause is not None:
        raise TooManyTries(seconds=math.ceil(pause.total_seconds()))
    if not passwords.verify(stored, password, runtime.settings.env):
        raise WrongPassword(left=left)
    return Proof(email, keys)


def accept(db: ScopedSession, proof: Proof) -> User:
    """Whose password it was; their failures are forgotten. Raises `WrongPassword` for who went away in between."""
    user = user_by_email(db, proof.email)
    if user is None or user.disabled:
        raise WrongPassword(left=0)
    attempts.forget(db, proof.keys)
    return user


def complete(
    db: ScopedSession, runtime: Runtime, proof: Proof, *, stays: bool, browser: str = ""
) -> tuple[str, User]:
    """Turn the proof into a login inside the request's unit of work; answers the cookie's token and the user."""
    user = accept(db, proof)
    token, _ = logins.start(db, runtime.sources, user, stays=stays, browser=browser)
    return token, user
