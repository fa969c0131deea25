"""Incident notes of an event: everybody at the door writes, whoever leads sees all of them and closes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import INCIDENT_CLOSE, INCIDENT_WRITE
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.incidents import service
from sratix_core.incidents.models import IncidentState
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/incidents.jinja2"
KINDS = {
    "medical": "Medical",
    "security": "Security",
    "technical": "Technical",
    "lost": "Lost and found",
    "other": "Something else",
}


@view_config(route_name="dashboard.incidents", request_method="GET", permission=INCIDENT_WRITE, renderer=PAGE)
def incidents(request: Request) -> dict[str, Any]:
    return _page(request, the_event(request), {}, {})


def _page(
    request: Request,
    event: Event,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    closing: uuid.UUID | None = None,
) -> dict[str, Any]:
    t, here = request.t, path(request, "dashboard.incidents", event)
    sees_all = request.may(INCIDENT_CLOSE)
    state = request.GET.get("state", "")
    state = state if state in set(IncidentState) else ""
    found = service.of_event(
        request.ctx,
        event,
        written_by=None if sees_all else request.identity.id,
        state=state,
        cursor=_cursor(request),
    )

    def link(**query: str) -> str:
        kept = {k: v for k, v in query.items() if v}
        return f"{here}?{urlencode(kept)}" if kept else here

    views = (("All", ""), ("Open", IncidentState.OPEN.value), ("Closed", IncidentState.CLOSED.value))
    return screen(
        request,
        event,
        [(t("Incidents"), None)],
        rows=[
            {
                "id": str(i.id),
                "kind": t(KINDS[i.kind]),
                "place": i.place,
                "text": i.text,
                "state": i.state,
                "outcome": i.outcome,
                "by": found.names.get(i.written_by, "") if i.written_by else "",
                "at": i.written_at,
                "closed_by": found.names.get(i.closed_by, "") if i.closed_by else "",
                "closed_at": i.closed_at,
                "close_href": path(request, "dashboard.incident_closure", event, incident=i.id)
                if sees_all and i.state == IncidentState.OPEN
                else "",
            }
            for i in found.incidents
        ],
        views=[(t(text), link(state=value), None, value == state) for text, value in views],
        sees_all=sees_all,
        kinds=[("", t("Choose")), *((key, t(title)) for key, title in KINDS.items())],
        action=here,
        pages={
            "words": t("{n} shown, newest first", n=len(found.incidents)),
            "newer": link(state=state) if request.GET.get("cursor") else None,
            "older": link(state=state, cursor=found.older or "") if found.older else None,
        },
        closing=str(closing) if closing else "",
        values=values,
        errors=errors,
    )


def _cursor(request: Request) -> uuid.UUID | None:
    """Where the page begins; an unreadable cursor begins at the top."""
    try:
        return uuid.UUID(request.GET.get("cursor", ""))
    except ValueError:
        return None


def _typed(request: Request, *names: str) -> list[str]:
    return [v if isinstance(v := request.POST.get(name, ""), str) else "" for name in names]


@view_config(
    route_name="dashboard.incidents", request_method="POST", permission=INCIDENT_WRITE, renderer=PAGE
)
def write(request: Request) -> Any:
    event = the_event(request)
    kind, place, text = _typed(request, "kind", "place", "text")
    try:
        service.write(request.ctx, event, kind, place, text)
    except Invalid as error:
        return _page(
            request, event, {"kind": kind, "place": place, "text": text}, refused_fields(request, error)
        )
    return HTTPSeeOther(path(request, "dashboard.incidents", event) + "?done=noted")


@view_config(
    route_name="dashboard.incident_closure", request_method="POST", permission=INCIDENT_CLOSE, renderer=PAGE
)
def close(request: Request) -> Any:
    event, incident = the_event(request), uuid_in(request, "incident")
    (outcome,) = _typed(request, "outcome")
    try:
        service.close(request.ctx, event, incident, outcome)
    except (Invalid, Refused) as error:
        return _page(request, event, {"outcome": outcome}, refused_fields(request, error), incident)
    return HTTPSeeOther(path(request, "dashboard.incidents", event) + "?done=closed")
