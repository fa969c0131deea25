"""The programme of one event of a folder: its speakers, its sessions, and who speaks in which."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sratix_core.events.models import Event, EventSession, Speaker
from sratix_core.events.programme import SessionDraft, SpeakerDraft, save_session, save_speaker, speakers_of
from sratix_core.tenants.parts import EventPart, SessionPart, SpeakerPart
from sratix_core.values.locale import local_to_utc

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def apply_programme(
    ctx: TenantContext, event: Event, part: EventPart, said: list[str]
) -> dict[str, EventSession]:
    """The sessions by title."""
    known = {s.name: s for s in speakers_of(ctx, event)}
    people = {each.name: _speaker(ctx, event, each, known.get(each.name), said) for each in part.speakers}
    sessions = {
        s.title: s
        for s in ctx.db.scalars(
            select(EventSession)
            .where(EventSession.event_id == event.id)
            .options(selectinload(EventSession.appearances))
        )
    }
    found = {}
    for each in part.sessions:
        speakers = [people[name] for name in each.speakers]
        found[each.title] = _session(ctx, event, each, speakers, sessions.get(each.title), said)
    return found


def _speaker(
    ctx: TenantContext, event: Event, part: SpeakerPart, known: Speaker | None, said: list[str]
) -> uuid.UUID:
    draft = SpeakerDraft(part.name, part.company, part.bio.strip())
    if known is None or _differs(known, draft, "company", "bio"):
        known = save_speaker(ctx, event, draft, known)
        said.append(f"{event.slug}: speaker {part.name}")
    return known.id


def _session(
    ctx: TenantContext,
    event: Event,
    part: SessionPart,
    speakers: list[uuid.UUID],
    known: EventSession | None,
    said: list[str],
) -> EventSession:
    draft = SessionDraft(
        title=part.title,
        starts_at=local_to_utc(part.starts, event.timezone),
        ends_at=local_to_utc(part.ends, event.timezone),
        description=part.description.strip(),
        track=part.track,
        room=part.room,
        speaker_ids=speakers,
        texts=part.texts,
    )
    same = known is not None and not _differs(
        known, draft, "starts_at", "ends_at", "description", "track", "room", "texts"
    )
    if known is None or not same or [a.speaker_id for a in known.appearances] != speakers:
        known = save_session(ctx, event, draft, known)
        said.append(f"{event.slug}: session {part.title}")
    return known


def _differs(row: Any, draft: Any, *names: str) -> bool:
    return any(getattr(row, name) != getattr(draft, name) for name in names)
