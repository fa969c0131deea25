"""Acts on all that a list shows: what was confirmed, how far a worker is, and where an act that is under way is found again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import NotFound
from sratix_core.events.models import Event
from sratix_core.tickets.mass import act_by_id, under_way
from sratix_core.tickets.models import MassAct, MassKind
from sratix_core.web.request import Request

AGAIN = 2
"""Seconds after which the page of a running act asks again."""

OF_ORDERS = (MassKind.CANCEL, MassKind.ORDER_MAILS)
DOING = {
    MassKind.VOID: "Voiding tickets",
    MassKind.MAILS: "Sending mails again",
    MassKind.CANCEL: "Cancelling orders",
    MassKind.ORDER_MAILS: "Sending mails again",
}
DONE = {
    MassKind.VOID: "{n} tickets voided",
    MassKind.MAILS: "{n} mails on their way",
    MassKind.CANCEL: "{n} orders cancelled",
    MassKind.ORDER_MAILS: "{n} mails on their way",
}


def kind_in(request: Request, known: Mapping[str, MassKind]) -> MassKind:
    """The kind that the address names. Raises `NotFound`."""
    kind = known.get(request.matchdict["kind"])
    if kind is None:
        raise NotFound("page")
    return kind


def asked_for(request: Request) -> tuple[int, uuid.UUID]:
    """How many were confirmed, and the id that the question gave to the act; what is neither confirms nothing."""
    n, act = request.POST.get("n", ""), request.POST.get("act", "")
    try:
        return (int(n) if n.isdecimal() and len(n) < 8 else 0), uuid.UUID(act)
    except (ValueError, AttributeError):
        return 0, uuid.UUID(int=0)


def act_href(request: Request, event: Event, act: MassAct) -> str:
    return path(request, "dashboard.mass_act", event, act=act.id)


def running(request: Request, event: Event) -> list[dict[str, Any]]:
    """For the overview of the event: what was asked for and is not done."""
    if not request.may(ORDER_EDIT):
        return []
    t = request.t
    return [
        {
            "tone": "info",
            "icon": "refresh-cw",
            "fact": f"{t(DOING[MassKind(act.kind)])}: {t('{seen} of {total}', seen=act.seen, total=act.total)}.",
            "consequence": t("It goes on without you."),
            "when": "",
            "action": (t("See how far it is"), act_href(request, event, act)),
        }
        for act in under_way(request.ctx, event)
    ]


@view_config(
    route_name="dashboard.mass_act",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/mass_act.jinja2",
)
def progress(request: Request) -> dict[str, Any]:
    t, event = request.t, the_event(request)
    act = act_by_id(request.ctx, event, uuid_in(request, "act"))
    kind, over = MassKind(act.kind), act.finished_at is not None
    if not over:
        request.response.headers["Refresh"] = str(AGAIN)
    of_orders = kind in OF_ORDERS
    back = path(request, "dashboard.orders" if of_orders else "dashboard.attendees", event)
    title = t(DONE[kind], n=act.done) if over else t(DOING[kind])
    return screen(
        request,
        event,
        [(t("Orders") if of_orders else t("Attendees"), back), (title, None)],
        title=title,
        total=act.total,
        seen=act.seen,
        passed=act.seen - act.done,
        over=over,
        asked_at=act.asked_at,
        finished_at=act.finished_at,
        back_href=back,
        back=t("Back to the orders") if of_orders else t("Back to the attendees"),
    )
