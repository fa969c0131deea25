"""Gates, the append-only scan log, and each ticket's folded state at the door."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, String, Uuid, select
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly, Journaled
from sratix_core.db.base import Base, TenantScoped, belongs_to, tenant_fk, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, state_column


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


class ScanResult(StrEnum):
    """What the screen shows: green, red, amber."""

    ADMIT = "admit"
    REFUSE = "refuse"
    LOOK = "look"


class Gate(TenantScoped, Base):
    __tablename__ = "gates"
    __constraints__ = (tenant_fk("event_id", "events"), tenant_unique("event_id", "name"))

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(Integer, default=0)


class Scan(Journaled, Base):
    """One scan as it happened, refused and malformed ones too. The raw code is kept only as its SHA-256."""

    __tablename__ = "scans"
    __stream__ = "scans"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("ticket_id", "tickets"),
        tenant_fk("gate_id", "gates"),
        tenant_fk("device_id", "devices"),
        tenant_unique("device_id", "device_seq"),
        one_of("direction", Direction),
        one_of("result", ScanResult),
        Index("ix_scans_ticket", "tenant_id", "ticket_id", "received_at"),
        Index("ix_scans_event", "tenant_id", "event_id", "received_at"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ticket_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    gate_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    device_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    device_seq: Mapped[int | None] = mapped_column(BigInteger)
    user_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    direction: Mapped[str] = mapped_column(state_column())
    result: Mapped[str] = mapped_column(state_column())
    reason: Mapped[str] = mapped_column(String(40))
    method: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    scanned_at: Mapped[datetime] = mapped_column(
        UTCDateTime, doc="the device's clock; annotates, never decides"
    )
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ScanReversal(AppendOnly, Base):
    """A pass that was a mistake, undone: the scan itself stays. Once for each scan (C6)."""

    __tablename__ = "scan_reversals"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("scan_id", "scans"),
        tenant_unique("scan_id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    scan_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    reverted_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who did it, if a person did")


STANDING = ~(
    select(ScanReversal.id)
    .where(ScanReversal.tenant_id == Scan.tenant_id, ScanReversal.scan_id == Scan.id)
    .correlate(Scan)
    .exists()
)
"""Scans that nobody undid."""


class Admission(TenantScoped, Base):
    """The fold of a ticket's scans: whether its holder is inside, and since when. One row per ticket (C1)."""

    __tablename__ = "admissions"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("ticket_id", "tickets"),
        tenant_fk("last_gate_id", "gates"),
        tenant_unique("ticket_id"),
        Index("ix_admissions_event", "tenant_id", "event_id", "inside"),
        Index("ix_admissions_first", "tenant_id", "event_id", "first_at", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ticket_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    inside: Mapped[bool] = mapped_column(Boolean)
    entries: Mapped[int] = mapped_column(Integer, default=1)
    exits: Mapped[int] = mapped_column(Integer, default=0)
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_gate_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)

    gate = belongs_to("Admission", "last_gate_id", "Gate")
    ticket = belongs_to("Admission", "ticket_id", "Ticket")
