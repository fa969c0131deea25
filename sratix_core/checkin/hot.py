"""What a scan reads and writes, prebuilt and judged by the compiled proof: a ticket with its holder, and its first entry."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import CursorResult, Table, and_, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Admission, Scan
from sratix_core.db.rows import insert_rows
from sratix_core.tickets.models import Attendee, EventKey, Ticket

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

TICKETS, PEOPLE, TYPES, KEYS, ADMISSIONS, SCANS = (
    cast("Table", model.__table__) for model in (Ticket, Attendee, TicketType, EventKey, Admission, Scan)
)

SEEN = (
    select(
        TICKETS.c.tenant_id,
        TICKETS.c.id,
        TICKETS.c.event_id,
        TICKETS.c.ticket_type_id,
        TICKETS.c.state,
        TICKETS.c.epoch,
        PEOPLE.c.name,
        TYPES.c.name,
        KEYS.c.public_key,
    )
    .select_from(TICKETS)
    .join(PEOPLE, and_(PEOPLE.c.tenant_id == TICKETS.c.tenant_id, PEOPLE.c.id == TICKETS.c.attendee_id))
    .join(TYPES, and_(TYPES.c.tenant_id == TICKETS.c.tenant_id, TYPES.c.id == TICKETS.c.ticket_type_id))
    .outerjoin(
        KEYS,
        and_(
            KEYS.c.tenant_id == TICKETS.c.tenant_id,
            KEYS.c.event_id == TICKETS.c.event_id,
            KEYS.c.kid == bindparam("of_kid"),
        ),
    )
    .where(TICKETS.c.tenant_id == bindparam("in_tenant"), TICKETS.c.id == bindparam("of_ticket"))
)
HELD = SEEN.with_for_update(of=TICKETS, key_share=True)
REPEATED = select(SCANS).where(
    SCANS.c.tenant_id == bindparam("in_tenant"),
    SCANS.c.device_id == bindparam("of_device"),
    SCANS.c.device_seq == bindparam("of_seq"),
)
ENTER: dict[str, Any] = {
    name: build(ADMISSIONS).on_conflict_do_nothing(index_elements=["tenant_id", "ticket_id"])
    for name, build in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
NO_KEY = -1
COUNTED = {"preserve_rowcount": True}


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as the door sees it. `public_key` is the one that was asked for, None where its event has no such key."""

    tenant_id: int
    id: uuid.UUID
    event_id: uuid.UUID
    ticket_type_id: uuid.UUID
    state: str
    epoch: int
    holder: str
    type_name: str
    public_key: bytes | None


def shown(ctx: TenantContext, ticket_id: uuid.UUID, kid: int = NO_KEY, *, held: bool = False) -> Shown | None:
    """A ticket; `held` as it is now and stays until the commit: no rotation, cancellation or other scan comes in between."""
    bound = {"in_tenant": ctx.tenant.id, "of_ticket": ticket_id, "of_kid": kid}
    row = ctx.db.execute(HELD if held else SEEN, bound).one_or_none()
    return Shown(*row) if row is not None else None


def repeated(ctx: TenantContext, device_id: uuid.UUID, sequence: int) -> Scan | None:
    """The scan that a device sent under this number before, detached."""
    bound = {"in_tenant": ctx.tenant.id, "of_device": device_id, "of_seq": sequence}
    row = ctx.db.execute(REPEATED, bound).mappings().one_or_none()
    return Scan(**row) if row is not None else None


def enter(ctx: TenantContext, ticket: Shown, gate_id: uuid.UUID | None, now: datetime) -> bool:
    """Write a ticket's first entry; False when it has one. A concurrent first entry is waited for."""
    row = {
        "tenant_id": ctx.tenant.id,
        "id": ctx.ids.new(),
        "event_id": ticket.event_id,
        "ticket_id": ticket.id,
        "inside": True,
        "entries": 1,
        "exits": 0,
        "first_at": now,
        "last_at": now,
        "last_gate_id": gate_id,
    }
    result = ctx.db.execute(ENTER[ctx.db.get_bind().dialect.name], row, execution_options=COUNTED)
    assert isinstance(result, CursorResult)
    assert result.rowcount in (0, 1)
    return result.rowcount == 1


def keep(ctx: TenantContext, **columns: Any) -> Scan:
    """Append one scan to the log; the scan, detached."""
    row = {"id": ctx.ids.new(), **columns}
    insert_rows(ctx.db, Scan, [row])
    return Scan(tenant_id=ctx.tenant.id, **row)
