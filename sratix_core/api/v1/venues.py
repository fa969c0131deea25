"""Venues: the places events happen at."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import given, picked
from sratix_core.events.models import Venue
from sratix_core.events.service import venue_by_id
from sratix_core.events.venues import LENGTHS, VenueDraft, save_venue

TAG = "Venues"
People = Annotated[int, Meta(ge=1, le=1_000_000)]


class VenueOut(msgspec.Struct):
    """A place. `country` is ISO 3166 alpha-2, `capacity` people."""

    id: uuid.UUID
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    directions: str
    capacity: int | None
    created_at: datetime
    updated_at: datetime


class VenueIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    directions: str = ""
    capacity: People | None = None


class VenuePatch(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    street: str | UnsetType = UNSET
    postal_code: str | UnsetType = UNSET
    city: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    directions: str | UnsetType = UNSET
    capacity: People | UnsetType | None = UNSET


def venue_out(venue: Venue) -> VenueOut:
    return picked(venue, VenueOut)


@endpoint(
    "GET",
    TENANT + "/venues",
    EVENT_EDIT,
    "List venues by name",
    tag=TAG,
    query=SyncQuery,
    answers=page_of(VenueOut),
)
def list_venues(call: Call) -> Any:
    query, sort = select(Venue), Sort(Venue.name, Venue.id, str)
    if (moment := since(call)) is not None:
        query, sort = query.where(Venue.updated_at >= moment), Sort(Venue.updated_at, Venue.id)

    def convert(rows: Sequence[Venue]) -> list[VenueOut]:
        return [venue_out(v) for v in rows]

    return page(call, query, sort, convert)


@endpoint(
    "POST",
    TENANT + "/venues",
    EVENT_EDIT,
    "Make a venue",
    tag=TAG,
    body=VenueIn,
    answers=VenueOut,
    status=201,
)
def create_venue(call: Call) -> VenueOut:
    venue = save_venue(call.ctx, VenueDraft(**msgspec.structs.asdict(call.body)))
    call.created(venue.id)
    return venue_out(venue)


@endpoint("GET", TENANT + "/venues/{venue}", EVENT_EDIT, "One venue", tag=TAG, answers=VenueOut)
def get_venue(call: Call) -> VenueOut:
    return venue_out(venue_by_id(call.ctx, call.id("venue")))


@endpoint(
    "PATCH",
    TENANT + "/venues/{venue}",
    EVENT_EDIT,
    "Change a venue",
    tag=TAG,
    body=VenuePatch,
    answers=VenueOut,
)
def change_venue(call: Call) -> VenueOut:
    venue = venue_by_id(call.ctx, call.id("venue"))
    before = {n: getattr(venue, n) for n in (*LENGTHS, "capacity")}
    return venue_out(save_venue(call.ctx, VenueDraft(**(before | given(call.body))), venue))
