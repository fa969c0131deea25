"""What every page of the dashboard shows of events, prebuilt and judged by the compiled proof: the one of its address, the latest ones."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import Table, bindparam, select

from sratix_core.events.models import Event, EventStatus
from sratix_core.tenancy.prebuilt import Prebuilt, Row

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

MOST = 8
EVENTS = cast("Table", Event.__table__)
COLUMNS = (EVENTS.c.id, EVENTS.c.slug, EVENTS.c.name, EVENTS.c.starts_at, EVENTS.c.ends_at, EVENTS.c.timezone)

RECENT = Prebuilt(
    select(*COLUMNS)
    .where(EVENTS.c.tenant_id == bindparam("in_tenant"), EVENTS.c.status != EventStatus.ARCHIVED.value)
    .order_by(EVENTS.c.starts_at.desc())
    .limit(MOST)
)


class Brief(NamedTuple):
    """An event as a page of rows needs it: what it is, not what its visitors read."""

    id: uuid.UUID
    slug: str
    name: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    currency: str
    status: str


_BRIEF = Prebuilt(
    select(*(EVENTS.c[name] for name in Brief._fields)).where(
        EVENTS.c.tenant_id == bindparam("in_tenant"), EVENTS.c.slug == bindparam("of_slug")
    )
)


def brief(db: ScopedSession, slug: str) -> Brief | None:
    """Any event of the session's tenant."""
    row = _BRIEF.one_or_none(db, {"in_tenant": db.tenant_id, "of_slug": slug})
    return None if row is None else Brief(*row)


def recent(db: ScopedSession) -> list[Row]:
    """Id, slug, name, start, end and time zone of the latest events that are not archived."""
    return RECENT.all(db, {"in_tenant": db.tenant_id})
