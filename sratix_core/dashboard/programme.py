"""The sessions of an event and the people who speak."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW
from sratix_core.catalog.rooms import pool_of_session, session_pools, set_session_capacity
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.events.programme import (
    SessionDraft,
    SpeakerDraft,
    delete_session,
    delete_speaker,
    save_session,
    save_speaker,
    session_by_id,
    speaker_by_id,
    speakers_of,
)
from sratix_core.events.queries import sessions_of
from sratix_core.shop.frame import address
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

PAGE = "dashboard/programme.jinja2"


@view_config(route_name="dashboard.programme", request_method="GET", permission=EVENT_VIEW, renderer=PAGE)
def programme(request: Request) -> dict[str, Any]:
    event = the_event(request)
    wish = request.GET.get("new", "") if request.may(EVENT_EDIT) else ""
    form = {"session": _session_form, "speaker": _speaker_form}.get(wish)
    day = event.starts_at.astimezone(ZoneInfo(event.timezone)).strftime("%Y-%m-%dT%H:%M")
    values = {"starts_at": day, "ends_at": day, "speakers": []} if wish == "session" else {}
    return _page(request, event, form(request, event, None) if form else None, values, {})


def _session_form(request: Request, event: Event, session_id: Any) -> dict[str, Any]:
    here = path(request, "dashboard.programme", event)
    action = (
        path(request, "dashboard.session", event, session=session_id)
        if session_id
        else path(request, "dashboard.session", event, session="new")
    )
    form = {"kind": "session", "action": action, "is_new": session_id is None, "cancel_href": here}
    return (
        form
        if session_id is None
        else {**form, "delete_href": path(request, "dashboard.session_delete", event, session=session_id)}
    )


def _speaker_form(request: Request, event: Event, speaker_id: Any) -> dict[str, Any]:
    here = path(request, "dashboard.programme", event)
    action = path(request, "dashboard.speaker", event, speaker=speaker_id or "new")
    form = {"kind": "speaker", "action": action, "is_new": speaker_id is None, "cancel_href": here}
    return (
        form
        if speaker_id is None
        else {**form, "delete_href": path(request, "dashboard.speaker_delete", event, speaker=speaker_id)}
    )


def _page(
    request: Request,
    event: Event,
    form: dict[str, Any] | None,
    values: dict[str, Any],
    errors: dict[str, str],
) -> dict[str, Any]:
    ctx, may_edit, zone = request.ctx, request.may(EVENT_EDIT), ZoneInfo(event.timezone)
    sessions, pools, people = sessions_of(ctx, event), session_pools(ctx, event), speakers_of(ctx, event)
    here = path(request, "dashboard.programme", event)
    appears = [a.speaker_id for s in sessions for a in s.appearances]

    def row(s: Any) -> dict[str, Any]:
        pool = pools.get(s.id)
        return {
            **{n: getattr(s, n) for n in ("title", "track", "room", "starts_at", "ends_at")},
            "speakers": [a.speaker.name for a in s.appearances],
            "taken": pool.taken if pool else 0,
            "capacity": pool.capacity if pool else None,
            "edit_href": path(request, "dashboard.session", event, session=s.id) if may_edit else None,
        }

    days = [list(g) for _, g in groupby(sessions, key=lambda s: s.starts_at.astimezone(zone).date())]
    return screen(
        request,
        event,
        [(request.t("Programme"), None)],
        days=[{"at": d[0].starts_at, "sessions": [row(s) for s in d]} for d in days],
        people=[
            {
                "name": p.name,
                "company": p.company,
                "sessions": appears.count(p.id),
                "edit_href": path(request, "dashboard.speaker", event, speaker=p.id) if may_edit else None,
            }
            for p in people
        ],
        new_href=f"{here}?new=session" if may_edit else None,
        new_person_href=f"{here}?new=speaker" if may_edit else None,
        shop_href=address(request, "shop.programme", event) if event.status == "published" else None,
        form=form,
        values=values,
        errors=errors,
        speakers=[(str(p.id), p.name, p.company) for p in people],
        tracks=sorted({s.track for s in sessions if s.track}),
    )


@view_config(route_name="dashboard.session", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def edit_session(request: Request) -> dict[str, Any]:
    event = the_event(request)
    session = session_by_id(request.ctx, event, uuid_in(request, "session"))
    zone = ZoneInfo(event.timezone)
    pool = pool_of_session(request.ctx, session)
    values = {n: getattr(session, n) for n in ("title", "description", "track", "room")}
    values |= {
        n: getattr(session, n).astimezone(zone).strftime("%Y-%m-%dT%H:%M") for n in ("starts_at", "ends_at")
    }
    values |= {
        "capacity": pool.capacity if pool else "",
        "speakers": [str(a.speaker_id) for a in session.appearances],
    }
    return _page(request, event, _session_form(request, event, session.id), values, {})


@view_config(route_name="dashboard.session", request_method="POST", permission=EVENT_EDIT, renderer=PAGE)
def saved_session(request: Request) -> Any:
    event, form = the_event(request), Form(request.POST)
    new = request.matchdict["session"] == "new"
    session = None if new else session_by_id(request.ctx, event, uuid_in(request, "session"))
    starts, ends = form.moment("starts_at", event.timezone), form.moment("ends_at", event.timezone)
    capacity = form.integer("capacity", 1, 1_000_000, required=False)
    chosen = set(request.POST.getall("speakers"))
    picked = [p.id for p in speakers_of(request.ctx, event) if str(p.id) in chosen]
    words = {
        n: request.POST.get(n, "").replace("\r\n", "\n") for n in ("title", "description", "track", "room")
    }
    try:
        form.check()
        assert starts is not None
        assert ends is not None
        session = save_session(
            request.ctx,
            event,
            SessionDraft(**words, starts_at=starts, ends_at=ends, speaker_ids=picked),
            session,
        )
        set_session_capacity(request.ctx, event, session, capacity)
    except (Invalid, Refused) as error:
        values = {**dict(request.POST), "speakers": list(chosen)}
        errors = refused_fields(request, error, rest="capacity")
        return _page(
            request,
            event,
            _session_form(request, event, None if new else session and session.id),
            values,
            errors,
        )
    return HTTPSeeOther(path(request, "dashboard.programme", event) + "?done=saved")


@view_config(route_name="dashboard.session_delete", request_method="POST", permission=EVENT_EDIT)
def deleted_session(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    delete_session(request.ctx, event, session_by_id(request.ctx, event, uuid_in(request, "session")))
    return HTTPSeeOther(path(request, "dashboard.programme", event) + "?done=removed")


@view_config(route_name="dashboard.speaker", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def edit_speaker(request: Request) -> dict[str, Any]:
    event = the_event(request)
    speaker = speaker_by_id(request.ctx, event, uuid_in(request, "speaker"))
    values = {n: getattr(speaker, n) for n in ("name", "company", "bio")}
    return _page(request, event, _speaker_form(request, event, speaker.id), values, {})


@view_config(route_name="dashboard.speaker", request_method="POST", permission=EVENT_EDIT, renderer=PAGE)
def saved_speaker(request: Request) -> Any:
    event = the_event(request)
    new = request.matchdict["speaker"] == "new"
    speaker = None if new else speaker_by_id(request.ctx, event, uuid_in(request, "speaker"))
    try:
        save_speaker(
            request.ctx,
            event,
            SpeakerDraft(*(request.POST.get(n, "") for n in ("name", "company", "bio"))),
            speaker,
        )
    except Invalid as error:
        request.response.status_int = 422
        errors = {k: sentence(c, request.locale_name) for k, c in error.fields.items()}
        return _page(
            request,
            event,
            _speaker_form(request, event, speaker.id if speaker else None),
            dict(request.POST),
            errors,
        )
    return HTTPSeeOther(path(request, "dashboard.programme", event) + "?done=saved")


@view_config(route_name="dashboard.speaker_delete", request_method="POST", permission=EVENT_EDIT)
def deleted_speaker(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    delete_speaker(request.ctx, event, speaker_by_id(request.ctx, event, uuid_in(request, "speaker")))
    return HTTPSeeOther(path(request, "dashboard.programme", event) + "?done=removed")
