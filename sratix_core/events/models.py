"""Events, the places they happen at, their sessions and the people who speak."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Float, Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import (
    CONTENT,
    Base,
    TenantRoot,
    TenantScoped,
    belongs_to,
    has_many,
    tenant_fk,
    tenant_unique,
)
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, state_column


class EventStatus(StrEnum):
    """`sold out` is not a state: it follows from the pools."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class Venue(TenantRoot, Base):
    __tablename__ = "venues"
    __info__ = CONTENT

    name: Mapped[str] = mapped_column(String(160))
    street: Mapped[str] = mapped_column(String(160), default="")
    postal_code: Mapped[str] = mapped_column(String(16), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    directions: Mapped[str] = mapped_column(String(400), default="")
    capacity: Mapped[int | None] = mapped_column(Integer)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Event(TenantRoot, Base):
    """Times are UTC; `timezone` is where people read them. `texts` holds other languages: `{"de": {"name": …}}`."""

    __tablename__ = "events"
    __info__ = CONTENT
    __constraints__ = (
        tenant_unique("slug"),
        tenant_fk("venue_id", "venues"),
        one_of("status", EventStatus),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_events_starts", "tenant_id", "starts_at"),
        # The platform's list of all events, and its count of new ones.
        Index("ix_events_all", "starts_at", "id", "tenant_id"),
        Index("ix_events_all_status", "status", "starts_at", "id", "tenant_id"),
        Index("ix_events_created", "created_at"),
    )

    slug: Mapped[str] = mapped_column(String(63))
    name: Mapped[str] = mapped_column(String(160))
    tagline: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    texts: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
    venue_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    timezone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(state_column(), default=EventStatus.DRAFT)
    is_public: Mapped[bool] = mapped_column(Boolean, default=True)
    hero_file_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    seo_meta: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
    pricing: Mapped[dict[str, Any]] = mapped_column(
        Json, default=json_default, doc="`pricing.rules.Terms`, where not as usual"
    )
    reentry_allowed: Mapped[bool] = mapped_column(Boolean, default=True)
    exit_scans: Mapped[bool] = mapped_column(Boolean, default=True)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    venue = belongs_to("Event", "venue_id", "Venue", lazy="joined")


class EventSession(TenantScoped, Base):
    """A talk, workshop or evening inside an event, with a track and, where it has one, a capacity pool of its own."""

    __tablename__ = "event_sessions"
    __info__ = CONTENT
    __constraints__ = (
        tenant_fk("event_id", "events"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_event_sessions_event", "tenant_id", "event_id", "starts_at"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    texts: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
    track: Mapped[str] = mapped_column(String(80), default="")
    room: Mapped[str] = mapped_column(String(80), default="")
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    appearances = has_many("EventSession", "SessionSpeaker", "session_id", order_by="SessionSpeaker.position")


class Speaker(TenantScoped, Base):
    __tablename__ = "speakers"
    __info__ = CONTENT
    __constraints__ = (tenant_fk("event_id", "events"),)

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    name: Mapped[str] = mapped_column(String(120))
    company: Mapped[str] = mapped_column(String(120), default="")
    bio: Mapped[str] = mapped_column(Text, default="")
    photo_file_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SessionSpeaker(TenantScoped, Base):
    __tablename__ = "session_speakers"
    __info__ = CONTENT
    __constraints__ = (
        tenant_fk("session_id", "event_sessions", ondelete="CASCADE"),
        tenant_fk("speaker_id", "speakers", ondelete="CASCADE"),
        tenant_unique("session_id", "speaker_id"),
    )

    session_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    speaker_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(Integer, default=0)

    speaker = belongs_to("SessionSpeaker", "speaker_id", "Speaker")


class ContentVersion(TenantRoot, Base):
    """How often what a tenant's public pages show has changed, `id` zero: raised by triggers, read by whoever kept a page.

    One row for a tenant, none before the first change. Nobody else writes it (`tenancy.rls`).
    """

    __tablename__ = "content_versions"

    version: Mapped[int] = mapped_column(BigInteger)
