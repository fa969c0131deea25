"""Who holds a cookie, prebuilt and judged by the compiled proof: every request of a signed-in browser begins with it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import Table, bindparam, select

from sratix_core.accounts.models import Impersonation, Login, User
from sratix_core.tenancy.glance import Glance
from sratix_core.tenancy.scope import IdentityScope

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines

LOGINS, USERS, ACTS = (cast("Table", model.__table__) for model in (Login, User, Impersonation))
ACTED = USERS.alias("acted")


class Browser(NamedTuple):
    """A login."""

    id: uuid.UUID
    token_version: int
    last_seen_at: datetime
    expires_at: datetime


class Person(NamedTuple):
    """A user, without what nobody needs to know of them."""

    id: uuid.UUID
    email: str
    full_name: str
    locale: str
    is_platform_admin: bool
    disabled: bool
    token_version: int


class Act(NamedTuple):
    """The impersonation begun last in a login."""

    id: uuid.UUID
    admin_id: uuid.UUID
    reason: str
    ends_at: datetime
    ended_at: datetime | None


HOLDER = Glance(
    select(
        *(LOGINS.c[name] for name in Browser._fields),
        *(USERS.c[name] for name in Person._fields),
        *(ACTS.c[name] for name in Act._fields),
        *(ACTED.c[name] for name in Person._fields),
    )
    .select_from(LOGINS)
    .join(USERS, USERS.c.id == LOGINS.c.user_id)
    .outerjoin(ACTS, ACTS.c.id == LOGINS.c.impersonation_id)
    .outerjoin(ACTED, ACTED.c.id == ACTS.c.user_id)
    .where(LOGINS.c.token_hash == bindparam("of_hash"))
)
_USER = len(Browser._fields)
_ACT = _USER + len(Person._fields)
_OTHER = _ACT + len(Act._fields)


def holder(engines: Engines, token_hash: bytes) -> tuple[Browser, Person, tuple[Act, Person] | None] | None:
    """The login of a cookie, its user, and whom it acted as last, if it ever did."""
    rows = HOLDER.within(engines, IdentityScope(), {"of_hash": token_hash})
    if not rows:
        return None
    row = rows[0]
    acted = None if row[_ACT] is None else (Act(*row[_ACT:_OTHER]), Person(*row[_OTHER:]))
    return Browser(*row[:_USER]), Person(*row[_USER:_ACT]), acted
