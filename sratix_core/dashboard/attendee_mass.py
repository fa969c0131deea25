"""What can be done with everybody that the list of attendees shows: the question with its number, and how far a worker is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.attendee_bulk import MAILS, VOIDS
from sratix_core.dashboard.attendee_list import ROUTE, asked_of, filters_of
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.dashboard.tables import Asked
from sratix_core.errors import NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.tickets.mass import MOST, act_by_id, ask, matching
from sratix_core.tickets.models import MassKind
from sratix_core.web.request import Request

AGAIN = 2
"""Seconds after which the page of a running act asks again."""


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
    t, event, kind = request.t, the_event(request), _kind(request)
    asked, back = asked_of(request, event), path(request, ROUTE, event)
    n = len(matching(request.ctx, event, filters_of(asked), kind))
    if n > MOST:
        raise Refused("too_many_at_once", most=MOST)
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
        hidden=[("n", str(n)), *((name, asked[name]) for name in asked.filters if asked[name])],
    )


@view_config(route_name="dashboard.attendees_mass", request_method="POST", permission=ORDER_EDIT)
def begin(request: Request) -> HTTPSeeOther:
    """Leave it to a worker. A list that has changed since it was confirmed asks again, with the number of now."""
    event, kind = the_event(request), _kind(request)
    asked = asked_of(request, event, request.POST)
    n = request.POST.get("n", "")
    confirmed = int(n) if isinstance(n, str) and n.isdecimal() and len(n) < 8 else 0
    act = ask(request.ctx, event, filters_of(asked), kind, confirmed)
    if act is None:
        query = urlencode([(name, asked[name]) for name in asked.filters if asked[name]])
        return HTTPSeeOther(request.path + (f"?{query}" if query else ""))
    return HTTPSeeOther(path(request, "dashboard.mass_act", event, act=act.id))


@view_config(
    route_name="dashboard.mass_act",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/mass_act.jinja2",
)
def progress(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    act = act_by_id(request.ctx, event, uuid_in(request, "act"))
    voids, over = act.kind == MassKind.VOID, act.finished_at is not None
    if not over:
        request.response.headers["Refresh"] = str(AGAIN)
    back = path(request, ROUTE, event)
    if over:
        title = t("{n} tickets voided", n=act.done) if voids else t("{n} mails on their way", n=act.done)
    else:
        title = t("Voiding tickets") if voids else t("Sending mails again")
    return screen(
        request,
        event,
        [(t("Attendees"), back), (title, None)],
        title=title,
        total=act.total,
        seen=act.seen,
        passed=act.seen - act.done,
        voids=voids,
        over=over,
        asked_at=act.asked_at,
        finished_at=act.finished_at,
        back_href=back,
    )


def _kind(request: Request) -> MassKind:
    """Raises `NotFound`."""
    try:
        return MassKind(request.matchdict["kind"])
    except ValueError as error:
        raise NotFound("page") from error
