"""The events that the switcher of every page of the dashboard shows, prebuilt and judged by the compiled proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

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


def recent(db: ScopedSession) -> list[Row]:
    """Id, slug, name, start, end and time zone of the latest events that are not archived."""
    return RECENT.all(db, {"in_tenant": db.tenant_id})
