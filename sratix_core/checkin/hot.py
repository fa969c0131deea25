"""What a scan reads and writes, prebuilt and judged by the compiled proof: a ticket with its holder, and its first entry."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, and_, bindparam, select

from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Admission, Scan
from sratix_core.db.dialects import insert_ignore
from sratix_core.db.rows import insert_rows
from sratix_core.tenancy.prebuilt import Prebuilt
from sratix_core.tickets.models import Attendee, EventKey, Ticket

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

TICKETS, PEOPLE, TYPES, KEYS, SCANS = (
    cast("Table", model.__table__) for model in (Ticket, Attendee, TicketType, EventKey, Scan)
)

KEPT = ("id", "ticket_id", "gate_id", "result", "reason", "received_at")
"""Columns of a scan that its answer is made of."""

_seen = (
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
SEEN = Prebuilt(_seen)
_numbered = and_(
    SCANS.c.tenant_id == TICKETS.c.tenant_id,
    SCANS.c.device_id == bindparam("of_device"),
    SCANS.c.device_seq == bindparam("of_seq"),
)
HELD = Prebuilt(
    _seen.add_columns(SCANS.c.id).outerjoin(SCANS, _numbered).with_for_update(of=TICKETS, key_share=True)
)
REPEATED = Prebuilt(
    select(*(SCANS.c[name] for name in KEPT)).where(
        SCANS.c.tenant_id == bindparam("in_tenant"),
        SCANS.c.device_id == bindparam("of_device"),
        SCANS.c.device_seq == bindparam("of_seq"),
    )
)
NO_KEY = -1


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as the door sees it. `public_key` is the one that was asked for, None where its event has no such key.

    `numbered` is the scan that its device has sent under the same number before, where that was asked.
    """

    tenant_id: int
    id: uuid.UUID
    event_id: uuid.UUID
    ticket_type_id: uuid.UUID
    state: str
    epoch: int
    holder: str
    type_name: str
    public_key: bytes | None
    numbered: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A scan in the log; an object of the mapper's would cost more than its INSERT."""

    id: uuid.UUID
    ticket_id: uuid.UUID | None
    gate_id: uuid.UUID | None
    result: str
    reason: str
    received_at: datetime


def shown(ctx: TenantContext, ticket_id: uuid.UUID) -> Shown | None:
    """A ticket as it was a moment ago."""
    bound = {"in_tenant": ctx.tenant.id, "of_ticket": ticket_id, "of_kid": NO_KEY}
    row = SEEN.one_or_none(ctx.db, bound)
    return Shown(*row) if row is not None else None


def held(
    ctx: TenantContext,
    ticket_id: uuid.UUID,
    kid: int = NO_KEY,
    device_id: uuid.UUID | None = None,
    sequence: int | None = None,
) -> Shown | None:
    """A ticket as it is now and stays until the commit: no rotation, cancellation or other scan comes in between.

    A device that names its `sequence` has its row locked, so that all it has sent before is seen.
    """
    bound = {"in_tenant": ctx.tenant.id, "of_ticket": ticket_id, "of_kid": kid}
    row = HELD.one_or_none(ctx.db, {**bound, "of_device": device_id, "of_seq": sequence})
    return Shown(*row) if row is not None else None


def repeated(ctx: TenantContext, device_id: uuid.UUID, sequence: int) -> Kept | None:
    """The scan that a device sent under this number before."""
    bound = {"in_tenant": ctx.tenant.id, "of_device": device_id, "of_seq": sequence}
    row = REPEATED.one_or_none(ctx.db, bound)
    return Kept(*row) if row is not None else None


def enter(ctx: TenantContext, ticket: Shown, gate_id: uuid.UUID | None, now: datetime) -> bool:
    """Write a ticket's first entry; False when it has one. A concurrent first entry is waited for."""
    row = {
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
    return insert_ignore(ctx.db, Admission, ("ticket_id",), row)


def keep(ctx: TenantContext, **columns: Any) -> Kept:
    """Append one scan to the log."""
    row = {"id": ctx.ids.new(), **columns}
    insert_rows(ctx.db, Scan, [row])
    return Kept(*(row[name] for name in KEPT))
