"""Events: found, made, changed and moved through their life-cycle."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW
from sratix_core.api.framework import EVENT, TENANT, Call, endpoint
from sratix_core.api.paging import Moment, Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import Texts, checked_texts, given, picked
from sratix_core.events.drafts import EventDraft
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.service import create_event as make
from sratix_core.events.service import move, update_event
from sratix_core.web.permissions import MEMBER

TAG = "Events"
WORDS = ("name", "tagline", "description")
FIELDS = ("name", "slug", "timezone", "currency", "tagline", "description", "venue_id")
FLAGS = ("is_public", "reentry_allowed", "exit_scans")


class EventOut(msgspec.Struct):
    """An event. `sold out` is no status: it follows from the pools."""

    id: uuid.UUID
    slug: str
    name: str
    tagline: str
    description: str
    texts: Texts
    status: EventStatus
    starts_at: datetime
    ends_at: datetime
    timezone: str
    currency: str
    venue_id: uuid.UUID | None
    is_public: bool
    reentry_allowed: bool
    exit_scans: bool
    url: str
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime


class EventIn(msgspec.Struct, forbid_unknown_fields=True):
    """A new event; it begins as a draft."""

    name: str
    starts_at: Moment
    ends_at: Moment
    slug: Annotated[str, Meta(description="Made from the name when it is left out.")] = ""
    timezone: Annotated[str, Meta(description="The organizer's when it is left out.")] = ""
    currency: Annotated[str, Meta(description="The organizer's when it is left out.")] = ""
    tagline: str = ""
    description: str = ""
    texts: Texts = {}
    venue_id: uuid.UUID | None = None
    is_public: bool = True
    reentry_allowed: bool = True
    exit_scans: bool = True


class EventPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What of an event changes."""

    name: str | UnsetType = UNSET
    starts_at: Moment | UnsetType = UNSET
    ends_at: Moment | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    timezone: str | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    tagline: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    texts: Texts | UnsetType = UNSET
    venue_id: uuid.UUID | UnsetType | None = UNSET
    is_public: bool | UnsetType = UNSET
    reentry_allowed: bool | UnsetType = UNSET
    exit_scans: bool | UnsetType = UNSET


class EventQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    status: EventStatus | UnsetType = UNSET
    venue_id: uuid.UUID | UnsetType = UNSET
    sort: Literal["starts_at", "-starts_at"] = "-starts_at"


def event_out(call: Call, event: Event) -> EventOut:
    url = call.request.route_url("shop.event", tenant=call.ctx.tenant.slug, event=event.slug)
    return picked(event, EventOut, url=url)


@endpoint(
    "GET",
    TENANT + "/events",
    MEMBER,
    "List the events you may see",
    tag=TAG,
    query=EventQuery,
    answers=page_of(EventOut),
)
def list_events(call: Call) -> Any:
    query, asked = select(Event), call.query
    if (mine := call.request.grants.events_with(EVENT_VIEW)) is not None:
        query = query.where(Event.id.in_(mine))
    if asked.status is not UNSET:
        query = query.where(Event.status == asked.status)
    if asked.venue_id is not UNSET:
        query = query.where(Event.venue_id == asked.venue_id)
    sort = Sort(Event.starts_at, Event.id, descending=asked.sort.startswith("-"))
    if (moment := since(call)) is not None:
        query, sort = query.where(Event.updated_at >= moment), Sort(Event.updated_at, Event.id)

    def convert(rows: Sequence[Event]) -> list[EventOut]:
        return [event_out(call, e) for e in rows]

    return page(call, query, sort, convert)


@endpoint(
    "POST",
    TENANT + "/events",
    EVENT_EDIT,
    "Make an event",
    tag=TAG,
    body=EventIn,
    answers=EventOut,
    status=201,
)
def create_event(call: Call) -> EventOut:
    body, tenant = call.body, call.ctx.tenant
    draft = EventDraft(
        **{n: getattr(body, n) for n in (*WORDS, *FLAGS, "slug", "venue_id")},
        starts=body.starts_at,
        ends=body.ends_at,
        timezone=body.timezone or tenant.timezone,
        currency=body.currency or tenant.currency,
        texts=checked_texts(tenant, body.texts, WORDS, {}),
    )
    event = make(call.ctx, draft)
    call.created(event.slug)
    return event_out(call, event)


@endpoint("GET", EVENT, EVENT_VIEW, "One event", tag=TAG, answers=EventOut)
def get_event(call: Call) -> EventOut:
    return event_out(call, call.event)


@endpoint("PATCH", EVENT, EVENT_EDIT, "Change an event", tag=TAG, body=EventPatch, answers=EventOut)
def change_event(call: Call) -> EventOut:
    event, new = call.event, given(call.body)
    values = {n: getattr(event, n) for n in (*FIELDS, *FLAGS)} | {
        n: v for n, v in new.items() if n not in ("starts_at", "ends_at", "texts")
    }
    texts = checked_texts(call.ctx.tenant, new.get("texts", {}), WORDS, event.texts)
    moments = {"starts": new.get("starts_at", event.starts_at), "ends": new.get("ends_at", event.ends_at)}
    return event_out(call, update_event(call.ctx, event, EventDraft(**values, **moments, texts=texts)))


MOVES = (
    ("publish_event", "publish", EventStatus.PUBLISHED, "Put an event on sale"),
    ("cancel_event", "cancel", EventStatus.CANCELLED, "Cancel an event: sales stop, orders stay"),
    ("archive_event", "archive", EventStatus.ARCHIVED, "Take an event out of the way"),
    ("withdraw_event", "withdraw", EventStatus.DRAFT, "Make an event a draft again"),
)


def _declare_move(name: str, word: str, target: EventStatus, summary: str) -> None:
    def moved(call: Call) -> EventOut:
        return event_out(call, move(call.ctx, call.event, target))

    moved.__name__ = name
    errors = (
        ("event_state", "event_needs_ticket_type") if target == EventStatus.PUBLISHED else ("event_state",)
    )
    declare = endpoint(
        "POST", f"{EVENT}/{word}", EVENT_EDIT, summary, tag=TAG, answers=EventOut, errors=errors
    )
    declare(moved)


for _move in MOVES:
    _declare_move(*_move)
