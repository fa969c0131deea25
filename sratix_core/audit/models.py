"""The journal's streams, their seals, and the log of what was refused before anything was written."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly, Journaled
from sratix_core.db.base import Base, GlobalTable, TenantScoped, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default


class AuditEntry(Journaled, Base):
    """Who did what to which object. `data` holds ids, states and amounts, never personal data."""

    __tablename__ = "audit_entries"
    __stream__ = "audit"
    __constraints__ = (
        Index("ix_audit_entries_target", "tenant_id", "target_id", "at", "id"),
        Index("ix_audit_entries_event", "tenant_id", "event_id", "at", "id"),
        Index("ix_audit_entries_at", "tenant_id", "at", "id"),
        Index("ix_audit_entries_actor", "tenant_id", "actor_id", "at", "id"),
        Index("ix_audit_entries_action", "tenant_id", "action", "at", "id"),
    )

    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    impersonator_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="who acted as the actor, for support")
    ip_hash: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(60))
    target_kind: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)


class EventLog(Journaled, Base):
    """What happened, for everyone who wants to know: streams, webhooks, rollups. Ids, and the `figures` it changes."""

    __tablename__ = "event_log"
    __stream__ = "events"
    __constraints__ = (Index("ix_event_log_event", "tenant_id", "event_id", "seq"),)

    at: Mapped[datetime] = mapped_column(UTCDateTime)
    type: Mapped[str] = mapped_column(String(60))
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)


class Seal(AppendOnly, Base):
    """One batch of a stream, chained: `hash = SHA-256(prev_hash, stream, first, last, every content hash in order)`."""

    __tablename__ = "journal_seals"
    __constraints__ = (tenant_unique("stream", "first_seq"),)

    stream: Mapped[str] = mapped_column(String(20))
    first_seq: Mapped[int] = mapped_column(BigInteger)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(Integer)
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SealHead(TenantScoped, Base):
    """Where a stream's chain stands; locked by its sealer, never touched by a business transaction."""

    __tablename__ = "journal_heads"
    __constraints__ = (tenant_unique("stream"),)

    stream: Mapped[str] = mapped_column(String(20))
    next_seq: Mapped[int] = mapped_column(BigInteger, default=1)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class SecurityLog(GlobalTable, Base):
    """What must survive a rollback: failed logins, denied access, malformed uploads. Ids and keyed hashes only."""

    __tablename__ = "security_log"
    __why__ = "a failed login or an unknown host belongs to no tenant"
    __readers__ = ("system",)
    __info__ = {"append_only": True}
    __constraints__ = (Index("ix_security_log_at", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str] = mapped_column(String(60))
    tenant: Mapped[int | None] = mapped_column(Integer)
    user_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    ip_hash: Mapped[str | None] = mapped_column(String(64))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
