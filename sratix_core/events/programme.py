"""Writing the programme: sessions, speakers, and who appears in what."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from sratix_core.audit.service import record
from sratix_core.catalog.rooms import keep_pool
from sratix_core.errors import Invalid, NotFound
from sratix_core.events.models import Event, EventSession, SessionSpeaker, Speaker
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class SessionDraft:
    """Times in UTC; speakers in the order they are shown."""

    title: str
    starts_at: datetime
    ends_at: datetime
    description: str = ""
    track: str = ""
    room: str = ""
    speaker_ids: Sequence[uuid.UUID] = ()
    texts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SpeakerDraft:
    name: str
    company: str = ""
    bio: str = ""


def _clean(draft: Any, lengths: dict[str, int], fields: dict[str, str]) -> dict[str, Any]:
    columns = {}
    for name, most in lengths.items():
        raw = getattr(draft, name)
        try:
            columns[name] = text.clean(raw, most, multiline=name in {"description", "bio"}).strip()
        except text.BadText as error:
            fields[name] = "too_long" if error.reason == "too_long" else "bad_text"
    return columns


def save_session(
    ctx: TenantContext, event: Event, draft: SessionDraft, session: EventSession | None = None
) -> EventSession:
    """Create a session or write over one, with its speakers. Raises `Invalid`."""
    fields: dict[str, str] = {}
    columns = _clean(draft, {"title": 200, "description": 20_000, "track": 80, "room": 80}, fields)
    if not columns.get("title") and "title" not in fields:
        fields["title"] = "required"
    if draft.ends_at <= draft.starts_at:
        fields["ends_at"] = "ends_before_start"
    known = set(ctx.db.scalars(select(Speaker.id).where(Speaker.event_id == event.id)))
    if not set(draft.speaker_ids) <= known:
        fields["speakers"] = "unknown_choice"
    if fields:
        raise Invalid(fields)
    now = ctx.clock.now()
    if session is None:
        session = EventSession(
            id=ctx.ids.new(), event_id=event.id, created_at=now, updated_at=now, texts=draft.texts
        )
        ctx.db.add(session)
    for name, value in {
        **columns,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "updated_at": now,
    }.items():
        setattr(session, name, value)
    if draft.texts:
        session.texts = draft.texts
    ctx.db.flush()
    ctx.db.execute(delete(SessionSpeaker).where(SessionSpeaker.session_id == session.id))
    ctx.db.add_all(
        SessionSpeaker(id=ctx.ids.new(), session_id=session.id, speaker_id=speaker_id, position=i)
        for i, speaker_id in enumerate(draft.speaker_ids)
    )
    ctx.db.flush()
    record(ctx, "session.saved", "session", session.id, event_id=event.id)
    return session


def session_by_id(ctx: TenantContext, event: Event, session_id: uuid.UUID) -> EventSession:
    """A session of this event. Raises `NotFound`."""
    found = ctx.db.scalar(
        select(EventSession)
        .where(EventSession.id == session_id, EventSession.event_id == event.id)
        .options(selectinload(EventSession.appearances))
    )
    if found is None:
        raise NotFound("session")
    return found


def delete_session(ctx: TenantContext, event: Event, session: EventSession) -> None:
    """Take a session out of the programme. Its pool stays as a shared one, because tickets may draw on it."""
    keep_pool(ctx, session)
    ctx.db.execute(delete(SessionSpeaker).where(SessionSpeaker.session_id == session.id))
    ctx.db.delete(session)
    ctx.db.flush()
    record(ctx, "session.deleted", "session", session.id, event_id=event.id)


def speakers_of(ctx: TenantContext, event: Event) -> list[Speaker]:
    """All speakers of an event by name."""
    return list(
        ctx.db.scalars(select(Speaker).where(Speaker.event_id == event.id).order_by(Speaker.name, Speaker.id))
    )


def save_speaker(
    ctx: TenantContext, event: Event, draft: SpeakerDraft, speaker: Speaker | None = None
) -> Speaker:
    """Create a speaker or write over one. Raises `Invalid`."""
    fields: dict[str, str] = {}
    columns = _clean(draft, {"name": 120, "company": 120, "bio": 5000}, fields)
    if not columns.get("name") and "name" not in fields:
        fields["name"] = "required"
    if fields:
        raise Invalid(fields)
    if speaker is None:
        speaker = Speaker(id=ctx.ids.new(), event_id=event.id)
        ctx.db.add(speaker)
    speaker.updated_at = ctx.clock.now()
    for name, value in columns.items():
        setattr(speaker, name, value)
    ctx.db.flush()
    record(ctx, "speaker.saved", "speaker", speaker.id, event_id=event.id)
    return speaker


def speaker_by_id(ctx: TenantContext, event: Event, speaker_id: uuid.UUID) -> Speaker:
    """A speaker of this event. Raises `NotFound`."""
    found = ctx.db.scalar(select(Speaker).where(Speaker.id == speaker_id, Speaker.event_id == event.id))
    if found is None:
        raise NotFound("speaker")
    return found


def delete_speaker(ctx: TenantContext, event: Event, speaker: Speaker) -> None:
    """Take a speaker out of the programme and of every session."""
    ctx.db.execute(delete(SessionSpeaker).where(SessionSpeaker.speaker_id == speaker.id))
    ctx.db.delete(speaker)
    ctx.db.flush()
    record(ctx, "speaker.deleted", "speaker", speaker.id, event_id=event.id)
