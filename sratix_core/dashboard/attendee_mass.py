"""What can be done with everybody that the list of attendees shows: the question with its number, and leaving it to a worker."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.attendee_bulk import MAILS, VOIDS
from sratix_core.dashboard.attendee_list import ROUTE, asked_of, filters_of
from sratix_core.dashboard.mass_acts import act_href, asked_for, kind_in
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.dashboard.tables import Asked
from sratix_core.events.models import Event
from sratix_core.tickets.mass import ask, matching
from sratix_core.tickets.models import MassKind
from sratix_core.web.request import Request

KINDS = {kind.value: kind for kind in (MassKind.MAILS, MassKind.VOID)}


def offers(request: Request, event: Event, asked: Asked) -> list[dict[str, str]]:
    """For the list: what can be done with all that it shows."""
    query, t = urlencode([(k, v) for k, v in asked.pairs() if k in asked.filters]), request.t
    words = {
        MassKind.MAILS: (t("Send all mails again"), "send"),
        MassKind.VOID: (t("Void all tickets"), "ban"),
    }
    return [
        {
            "href": path(request, "dashboard.attendees_mass", event, kind=kind)
            + (f"?{query}" if query else ""),
            "text": text,
            "icon": icon,
        }
        for kind, (text, icon) in words.items()
    ]


@view_config(
    route_name="dashboard.attendees_mass",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def question(request: Request) -> dict[str, Any]:
    t, event, kind = request.t, the_event(request), kind_in(request, KINDS)
    asked, back = asked_of(request, event), path(request, ROUTE, event)
    n = len(matching(request.ctx, event, filters_of(asked), kind))
    if kind == MassKind.VOID:
        title = t("Void one ticket?") if n == 1 else t("Void {n} tickets?", n=n)
        consequence = t(VOIDS)
        yes = t("Void the ticket") if n == 1 else t("Void {n} tickets", n=n)
    else:
        title = t("Send one mail again?") if n == 1 else t("Send {n} mails again?", n=n)
        consequence = t(MAILS)
        yes = t("Send the mail") if n == 1 else t("Send {n} mails", n=n)
    return screen(
        request,
        event,
        [(t("Attendees"), back), (title, None)],
        question=title,
        consequence=consequence,
        yes=yes if n else "",
        action=request.path,
        back_href=asked.link(),
        danger=kind == MassKind.VOID,
        hidden=[
            ("n", str(n)),
            ("act", str(request.ctx.ids.new())),
            *((name, asked[name]) for name in asked.filters if asked[name]),
        ],
    )


@view_config(route_name="dashboard.attendees_mass", request_method="POST", permission=ORDER_EDIT)
def begin(request: Request) -> HTTPSeeOther:
    """Leave it to a worker. A list that has changed since it was confirmed asks again, with the number of now."""
    event, kind = the_event(request), kind_in(request, KINDS)
    asked = asked_of(request, event, request.POST)
    confirmed, act_id = asked_for(request)
    ids = matching(request.ctx, event, filters_of(asked), kind)
    if not ids or len(ids) != confirmed:
        query = urlencode([(name, asked[name]) for name in asked.filters if asked[name]])
        return HTTPSeeOther(request.path + (f"?{query}" if query else ""))
    return HTTPSeeOther(act_href(request, event, ask(request.ctx, event, kind, ids, act_id)))
