"""The tenant's places."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import func, select

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.dashboard.shell import path, screen, uuid_in
from sratix_core.errors import Invalid
from sratix_core.events import queries
from sratix_core.events.models import Event, Venue
from sratix_core.events.service import venue_by_id
from sratix_core.events.venues import LENGTHS, VenueDraft, save_venue
from sratix_core.web.forms import Form
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

PAGE = "dashboard/venues.jinja2"


@view_config(route_name="dashboard.venues", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def venues(request: Request) -> dict[str, Any]:
    new = "new" in request.GET
    return _page(request, None, new, {}, {})


@view_config(route_name="dashboard.venue", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def edit(request: Request) -> dict[str, Any]:
    venue = venue_by_id(request.ctx, uuid_in(request, "venue"))
    values = {name: getattr(venue, name) for name in (*LENGTHS, "capacity")}
    return _page(request, venue, True, {k: "" if v is None else v for k, v in values.items()}, {})


@view_config(route_name="dashboard.venues", request_method="POST", permission=EVENT_EDIT, renderer=PAGE)
@view_config(route_name="dashboard.venue", request_method="POST", permission=EVENT_EDIT, renderer=PAGE)
def save(request: Request) -> Any:
    venue = venue_by_id(request.ctx, uuid_in(request, "venue")) if "venue" in request.matchdict else None
    form = Form(request.POST)
    capacity = form.integer("capacity", 1, 1_000_000, required=False)
    try:
        form.check()
        save_venue(
            request.ctx, VenueDraft(**{n: request.POST.get(n, "") for n in LENGTHS}, capacity=capacity), venue
        )
    except Invalid as error:
        request.response.status_int = 422
        errors = {k: sentence(c, request.locale_name) for k, c in error.fields.items()}
        return _page(request, venue, True, dict(request.POST), errors)
    return HTTPSeeOther(path(request, "dashboard.venues") + "?done=saved")


def _page(
    request: Request, venue: Venue | None, form: bool, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    here = path(request, "dashboard.venues")
    counted = request.db.execute(
        select(Event.venue_id, func.count()).where(Event.venue_id.is_not(None)).group_by(Event.venue_id)
    )
    used = {row[0]: row[1] for row in counted}
    return screen(
        request,
        crumbs=[(request.t("Venues"), None)],
        venues=[
            {
                **{n: getattr(v, n) for n in ("name", "street", "postal_code", "city", "capacity")},
                "events": int(used.get(v.id, 0)),
                "edit_href": path(request, "dashboard.venue", venue=v.id),
            }
            for v in queries.venues(request.ctx)
        ],
        form={
            "action": path(request, "dashboard.venue", venue=venue.id) if venue else here,
            "is_new": venue is None,
            "cancel_href": here,
        }
        if form
        else None,
        values=values,
        errors=errors,
        new_href=f"{here}?new",
    )
