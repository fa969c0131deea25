"""The programme: sessions, and the people who speak in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import Moment, Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import Texts, checked_texts, given, picked
from sratix_core.api.v1.tombstones import gone_since
from sratix_core.catalog.rooms import pools_of_sessions, set_session_capacity
from sratix_core.events.models import EventSession, Speaker
from sratix_core.events.programme import (
    SessionDraft,
    SpeakerDraft,
    save_session,
    save_speaker,
    session_by_id,
    speaker_by_id,
)
from sratix_core.events.programme import delete_session as remove_session
from sratix_core.events.programme import delete_speaker as remove_speaker

TAG = "Programme"
Places = Annotated[int, Meta(ge=1, le=1_000_000, description="Places, null where nothing limits it.")]


class SessionOut(msgspec.Struct):
    """A talk, workshop or evening inside an event."""

    id: uuid.UUID
    title: str
    description: str
    texts: Texts
    track: str
    room: str
    starts_at: datetime
    ends_at: datetime
    speaker_ids: list[uuid.UUID]
    capacity: int | None
    taken: int
    created_at: datetime
    updated_at: datetime


class SessionIn(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    starts_at: Moment
    ends_at: Moment
    description: str = ""
    track: str = ""
    room: str = ""
    texts: Texts = {}
    speaker_ids: Annotated[list[uuid.UUID], Meta(max_length=100)] = []
    capacity: Places | None = None


class SessionPatch(msgspec.Struct, forbid_unknown_fields=True):
    title: str | UnsetType = UNSET
    starts_at: Moment | UnsetType = UNSET
    ends_at: Moment | UnsetType = UNSET
    description: str | UnsetType = UNSET
    track: str | UnsetType = UNSET
    room: str | UnsetType = UNSET
    texts: Texts | UnsetType = UNSET
    speaker_ids: Annotated[list[uuid.UUID], Meta(max_length=100)] | UnsetType = UNSET
    capacity: Places | UnsetType | None = UNSET


class SpeakerOut(msgspec.Struct):
    id: uuid.UUID
    name: str
    company: str
    bio: str
    updated_at: datetime


class SpeakerIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    company: str = ""
    bio: str = ""


class SpeakerPatch(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    company: str | UnsetType = UNSET
    bio: str | UnsetType = UNSET


class SessionQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    track: str | UnsetType = UNSET


def sessions_out(call: Call, sessions: Sequence[EventSession]) -> list[SessionOut]:
    pools = pools_of_sessions(call.ctx, [s.id for s in sessions])

    def out(session: EventSession) -> Any:
        pool = pools.get(session.id)
        return picked(
            session,
            SessionOut,
            speaker_ids=[a.speaker_id for a in session.appearances],
            capacity=pool.capacity if pool else None,
            taken=pool.taken if pool else 0,
        )

    return [out(s) for s in sessions]


@endpoint(
    "GET",
    EVENT + "/sessions",
    EVENT_VIEW,
    "List the programme in order",
    tag=TAG,
    query=SessionQuery,
    answers=page_of(SessionOut, gone=True),
    errors=("too_much_gone",),
)
def list_sessions(call: Call) -> Any:
    query = select(EventSession).where(EventSession.event_id == call.event.id)
    query, sort = (
        query.options(selectinload(EventSession.appearances)),
        Sort(EventSession.starts_at, EventSession.id),
    )
    if call.query.track is not UNSET:
        query = query.where(EventSession.track == call.query.track)
    if (moment := since(call)) is not None:
        query = query.where(EventSession.updated_at >= moment)
        sort = Sort(EventSession.updated_at, EventSession.id)
    gone = gone_since(call, "session.deleted", moment)
    return page(call, query, sort, lambda rows: sessions_out(call, rows), gone=gone)


@endpoint(
    "POST",
    EVENT + "/sessions",
    EVENT_EDIT,
    "Add a session",
    tag=TAG,
    body=SessionIn,
    answers=SessionOut,
    status=201,
    fields=(("speakers", "speaker_ids"),),
)
def create_session(call: Call) -> SessionOut:
    body = msgspec.structs.asdict(call.body)
    capacity = body.pop("capacity")
    body["texts"] = checked_texts(call.ctx.tenant, body["texts"], ("title", "description"), {})
    session = save_session(call.ctx, call.event, SessionDraft(**body))
    set_session_capacity(call.ctx, call.event, session, capacity)
    call.created(session.id)
    return _one(call, session.id)


def _one(call: Call, session_id: uuid.UUID) -> SessionOut:
    call.ctx.db.expire_all()  # what was read before the change is old
    return sessions_out(call, [session_by_id(call.ctx, call.event, session_id)])[0]


@endpoint("GET", EVENT + "/sessions/{session}", EVENT_VIEW, "One session", tag=TAG, answers=SessionOut)
def get_session(call: Call) -> SessionOut:
    return sessions_out(call, [session_by_id(call.ctx, call.event, call.id("session"))])[0]


@endpoint(
    "PATCH",
    EVENT + "/sessions/{session}",
    EVENT_EDIT,
    "Change a session",
    tag=TAG,
    body=SessionPatch,
    answers=SessionOut,
    errors=("capacity_taken", "pool_in_use"),
    fields=(("speakers", "speaker_ids"),),
)
def change_session(call: Call) -> SessionOut:
    session, new = session_by_id(call.ctx, call.event, call.id("session")), given(call.body)
    names = ("title", "description", "track", "room", "starts_at", "ends_at")
    values: dict[str, Any] = {n: getattr(session, n) for n in names}
    values["speaker_ids"] = [a.speaker_id for a in session.appearances]
    limited, capacity = "capacity" in new, new.pop("capacity", None)
    texts = checked_texts(call.ctx.tenant, new.pop("texts", {}), ("title", "description"), session.texts)
    save_session(call.ctx, call.event, SessionDraft(**(values | new), texts=texts), session)
    if limited:
        set_session_capacity(call.ctx, call.event, session, capacity)
    return _one(call, session.id)


@endpoint("DELETE", EVENT + "/sessions/{session}", EVENT_EDIT, "Remove a session", tag=TAG, status=204)
def delete_session(call: Call) -> None:
    remove_session(call.ctx, call.event, session_by_id(call.ctx, call.event, call.id("session")))


@endpoint(
    "GET",
    EVENT + "/speakers",
    EVENT_VIEW,
    "List speakers by name",
    tag=TAG,
    query=SyncQuery,
    answers=page_of(SpeakerOut, gone=True),
    errors=("too_much_gone",),
)
def list_speakers(call: Call) -> Any:
    query, sort = (
        select(Speaker).where(Speaker.event_id == call.event.id),
        Sort(Speaker.name, Speaker.id, str),
    )
    if (moment := since(call)) is not None:
        query, sort = query.where(Speaker.updated_at >= moment), Sort(Speaker.updated_at, Speaker.id)

    def convert(rows: Sequence[Speaker]) -> list[SpeakerOut]:
        return [picked(s, SpeakerOut) for s in rows]

    return page(call, query, sort, convert, gone=gone_since(call, "speaker.deleted", moment))


@endpoint(
    "POST",
    EVENT + "/speakers",
    EVENT_EDIT,
    "Add a speaker",
    tag=TAG,
    body=SpeakerIn,
    answers=SpeakerOut,
    status=201,
)
def create_speaker(call: Call) -> Any:
    speaker = save_speaker(call.ctx, call.event, SpeakerDraft(**msgspec.structs.asdict(call.body)))
    call.created(speaker.id)
    return picked(speaker, SpeakerOut)


@endpoint("GET", EVENT + "/speakers/{speaker}", EVENT_VIEW, "One speaker", tag=TAG, answers=SpeakerOut)
def get_speaker(call: Call) -> Any:
    return picked(speaker_by_id(call.ctx, call.event, call.id("speaker")), SpeakerOut)


@endpoint(
    "PATCH",
    EVENT + "/speakers/{speaker}",
    EVENT_EDIT,
    "Change a speaker",
    tag=TAG,
    body=SpeakerPatch,
    answers=SpeakerOut,
)
def change_speaker(call: Call) -> Any:
    speaker = speaker_by_id(call.ctx, call.event, call.id("speaker"))
    values = {n: getattr(speaker, n) for n in ("name", "company", "bio")} | given(call.body)
    return picked(save_speaker(call.ctx, call.event, SpeakerDraft(**values), speaker), SpeakerOut)


@endpoint("DELETE", EVENT + "/speakers/{speaker}", EVENT_EDIT, "Remove a speaker", tag=TAG, status=204)
def delete_speaker(call: Call) -> None:
    remove_speaker(call.ctx, call.event, speaker_by_id(call.ctx, call.event, call.id("speaker")))
