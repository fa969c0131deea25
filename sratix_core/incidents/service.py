"""Writing incident notes, reading them newest first, closing them once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sratix_core.audit.service import record
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.incidents.models import Incident, IncidentKind, IncidentState
from sratix_core.tenants.models import Member
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

LONGEST = 4000
PAGE = 50


@dataclass(frozen=True)
class Page:
    """Notes newest first, who wrote and closed them by user id, and the cursor of the next page."""

    incidents: list[Incident]
    names: dict[uuid.UUID, str]
    older: str | None


def write(ctx: TenantContext, event: Event, kind: str, place: str, what: str) -> Incident:
    """Keep a note. Raises `Invalid`."""
    if kind not in set(IncidentKind):
        raise Invalid({"kind": "choice"})
    incident = Incident(
        id=ctx.ids.new(),
        event_id=event.id,
        kind=kind,
        place=_words("place", place, 80),
        text=_words("text", what, LONGEST, needed=True),
        written_by=ctx.actor.id,
        written_at=ctx.clock.now(),
    )
    ctx.db.add(incident)
    ctx.db.flush()
    record(ctx, "incident.written", "incident", incident.id, event_id=event.id, kind=kind)
    return incident


def close(ctx: TenantContext, event: Event, incident_id: uuid.UUID, outcome: str) -> Incident:
    """Close a note with what was done. Raises `NotFound`, `Invalid`, `Refused` when somebody has closed it already."""
    incident = ctx.db.scalar(
        select(Incident)
        .where(Incident.id == incident_id, Incident.event_id == event.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if incident is None:
        raise NotFound("incident")
    done = _words("outcome", outcome, LONGEST, needed=True)
    if incident.state != IncidentState.OPEN:
        raise Refused("incident_closed")
    incident.state, incident.outcome = IncidentState.CLOSED, done
    incident.closed_by, incident.closed_at = ctx.actor.id, ctx.clock.now()
    record(ctx, "incident.closed", "incident", incident.id, event_id=event.id)
    return incident


def of_event(
    ctx: TenantContext,
    event: Event,
    *,
    written_by: uuid.UUID | None = None,
    state: str | None = None,
    cursor: uuid.UUID | None = None,
) -> Page:
    """A page of an event's notes, those of one person if `written_by` names one; two statements."""
    wanted = (
        select(Incident).where(Incident.event_id == event.id).order_by(Incident.id.desc()).limit(PAGE + 1)
    )
    if written_by is not None:
        wanted = wanted.where(Incident.written_by == written_by)
    if state:
        wanted = wanted.where(Incident.state == state)
    if cursor is not None:
        wanted = wanted.where(Incident.id < cursor)
    found = list(ctx.db.scalars(wanted))
    shown = found[:PAGE]
    return Page(shown, names_of(ctx, shown), str(shown[-1].id) if len(found) > PAGE else None)


def names_of(ctx: TenantContext, incidents: Iterable[Incident]) -> dict[uuid.UUID, str]:
    """Who wrote and closed these notes, by user id; one statement."""
    people = {who for i in incidents for who in (i.written_by, i.closed_by) if who is not None}
    known = select(Member.user_id, Member.name).where(Member.user_id.in_(people))
    return {row.user_id: row.name for row in ctx.db.execute(known)} if people else {}


def incident_by_id(
    ctx: TenantContext, event: Event, incident_id: uuid.UUID, written_by: uuid.UUID | None = None
) -> Incident:
    """A note of an event, one of that person's own if `written_by` names one. Raises `NotFound`."""
    wanted = select(Incident).where(Incident.id == incident_id, Incident.event_id == event.id)
    if written_by is not None:
        wanted = wanted.where(Incident.written_by == written_by)
    incident = ctx.db.scalar(wanted)
    if incident is None:
        raise NotFound("incident")
    return incident


def open_count(ctx: TenantContext, event: Event) -> int:
    """Notes of an event that nobody has closed, counted up to 100."""
    waiting = select(Incident.id).where(Incident.event_id == event.id, Incident.state == IncidentState.OPEN)
    return ctx.db.scalar(select(func.count()).select_from(waiting.limit(100).subquery())) or 0


def _words(field: str, raw: str, longest: int, *, needed: bool = False) -> str:
    try:
        found = text.clean(raw, longest, multiline=field != "place")
    except text.BadText as error:
        raise Invalid({field: "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if needed and not found:
        raise Invalid({field: "required"})
    return found
