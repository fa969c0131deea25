"""What can be done with several people at once: the question that names the consequence, then the act, ticket by ticket.

A ticket that has ended meanwhile is left as it is and not counted; the others are done.
"""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.attendee_list import ids_in
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.events.models import Event
from sratix_core.tickets.bulk import picked, resend_tickets, void_tickets
from sratix_core.tickets.models import Ticket
from sratix_core.web.request import Request

MAILS = "Each buyer gets the mail of their order with its tickets as it reads now, once for all its tickets."
VOIDS = (
    "They admit nobody from now on, the seats are free again and the buyers are told. "
    "What was paid stays paid. This cannot be undone."
)


def _ask(
    request: Request,
    event: Event,
    tickets: list[Ticket],
    question: str,
    consequence: str,
    yes: str,
    danger: bool,
) -> dict[str, Any]:
    back = path(request, "dashboard.attendees", event)
    return screen(
        request,
        event,
        [(request.t("Attendees"), back), (question, None)],
        question=question,
        consequence=consequence,
        yes=yes if tickets else "",
        action=request.path,
        back_href=back,
        danger=danger,
        hidden=[("ticket", str(t.id)) for t in tickets],
    )


def _back(request: Request, event: Event, done: str, n: int) -> HTTPSeeOther:
    return HTTPSeeOther(path(request, "dashboard.attendees", event) + f"?done={done}&n={n}")


@view_config(
    route_name="dashboard.attendees_mails",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_mails(request: Request) -> Any:
    t, event = request.t, the_event(request)
    tickets = picked(request.ctx, event, ids_in(request.GET.getall("ticket")))
    n = len({ticket.order_id for ticket in tickets})
    question = t("Send one mail again?") if n == 1 else t("Send {n} mails again?", n=n)
    consequence = t(MAILS)
    yes = t("Send the mail") if n == 1 else t("Send {n} mails", n=n)
    return _ask(request, event, tickets, question, consequence, yes, danger=False)


@view_config(route_name="dashboard.attendees_mails", request_method="POST", permission=ORDER_EDIT)
def send_mails(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    done = resend_tickets(request.ctx, event, ids_in(request.POST.getall("ticket")))
    return _back(request, event, "mailed", done)


@view_config(
    route_name="dashboard.attendees_voids",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_voids(request: Request) -> Any:
    t, event = request.t, the_event(request)
    tickets = picked(request.ctx, event, ids_in(request.GET.getall("ticket")))
    n = len(tickets)
    question = t("Void one ticket?") if n == 1 else t("Void {n} tickets?", n=n)
    consequence = t(VOIDS)
    yes = t("Void the ticket") if n == 1 else t("Void {n} tickets", n=n)
    return _ask(request, event, tickets, question, consequence, yes, danger=True)


@view_config(route_name="dashboard.attendees_voids", request_method="POST", permission=ORDER_EDIT)
def void(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    done = void_tickets(request.ctx, event, ids_in(request.POST.getall("ticket")), "organizer")
    return _back(request, event, "ended", done)
