"""Incident notes of an event: whoever writes sees the own ones, whoever closes sees all."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import INCIDENT_CLOSE, INCIDENT_WRITE
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import picked
from sratix_core.incidents import service
from sratix_core.incidents.models import Incident, IncidentKind, IncidentState

TAG = "Incidents"


class IncidentOut(msgspec.Struct):
    """A note. `written_by` and `closed_by` are users or keys; the names are empty where none is known."""

    id: uuid.UUID
    kind: IncidentKind
    place: str
    text: str
    state: IncidentState
    outcome: str
    written_by: uuid.UUID | None
    written_by_name: str
    written_at: datetime
    closed_by: uuid.UUID | None
    closed_by_name: str
    closed_at: datetime | None


class IncidentIn(msgspec.Struct, forbid_unknown_fields=True):
    kind: IncidentKind
    text: str
    place: str = ""


class ClosureIn(msgspec.Struct, forbid_unknown_fields=True):
    outcome: str


class IncidentQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    state: IncidentState | UnsetType = UNSET


def _out(call: Call, incidents: Sequence[Incident]) -> list[IncidentOut]:
    names = service.names_of(call.ctx, incidents)
    return [
        picked(
            i,
            IncidentOut,
            kind=IncidentKind(i.kind),
            state=IncidentState(i.state),
            written_by_name=names.get(i.written_by, "") if i.written_by else "",
            closed_by_name=names.get(i.closed_by, "") if i.closed_by else "",
        )
        for i in incidents
    ]


def _own(call: Call) -> uuid.UUID | None:
    """Whose notes the caller sees; None for everybody's."""
    return None if call.request.may(INCIDENT_CLOSE) else call.ctx.actor.id


@endpoint(
    "GET",
    EVENT + "/incidents",
    INCIDENT_WRITE,
    "List incident notes, the newest first: all of them, or your own",
    tag=TAG,
    query=IncidentQuery,
    answers=page_of(IncidentOut),
)
def list_incidents(call: Call) -> Any:
    query = select(Incident).where(Incident.event_id == call.event.id)
    if (own := _own(call)) is not None:
        query = query.where(Incident.written_by == own)
    if call.query.state is not UNSET:
        query = query.where(Incident.state == call.query.state)
    by = Sort(Incident.id, Incident.id, uuid.UUID, descending=True)
    return page(call, query, by, lambda rows: _out(call, rows))


@endpoint(
    "POST",
    EVENT + "/incidents",
    INCIDENT_WRITE,
    "Write an incident note",
    tag=TAG,
    body=IncidentIn,
    answers=IncidentOut,
    status=201,
)
def create_incident(call: Call) -> IncidentOut:
    body = call.body
    made = service.write(call.ctx, call.event, body.kind, body.place, body.text)
    call.created(made.id)
    return _out(call, [made])[0]


@endpoint(
    "GET", EVENT + "/incidents/{incident}", INCIDENT_WRITE, "One incident note", tag=TAG, answers=IncidentOut
)
def get_incident(call: Call) -> IncidentOut:
    return _out(call, [service.incident_by_id(call.ctx, call.event, call.id("incident"), _own(call))])[0]


@endpoint(
    "POST",
    EVENT + "/incidents/{incident}/closure",
    INCIDENT_CLOSE,
    "Close an incident note with what was done",
    tag=TAG,
    body=ClosureIn,
    answers=IncidentOut,
    errors=("incident_closed",),
)
def close_incident(call: Call) -> IncidentOut:
    return _out(call, [service.close(call.ctx, call.event, call.id("incident"), call.body.outcome)])[0]
