"""One ticket: its code for the door, its calendar file, the name on it, and the way to its order for who bought it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.checkin.queries import inside_of
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.queries import localized
from sratix_core.my.lists import event_facts, order_href
from sratix_core.my.shell import my_screen
from sratix_core.shop.frame import uuid_in
from sratix_core.shop.structured import calendar
from sratix_core.tickets import qr
from sratix_core.tickets.mine import my_ticket
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import payloads, rename
from sratix_core.tickets.terms import short_code
from sratix_core.web.forms import refused_fields
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request


def the_ticket(request: Request) -> Ticket:
    """The ticket of this address, if it is this person's. Raises `NotFound`, as for a tenant that nobody has."""
    try:
        ticket_id = uuid_in(request, "ticket")
    except NotFound as error:
        raise NotFound("tenant_unknown") from error
    return my_ticket(request.ctx, request.identity.email, ticket_id)


@view_config(route_name="my.ticket", request_method="GET", permission=SIGNED_IN, renderer="my/ticket.jinja2")
def show(request: Request) -> dict[str, Any]:
    ticket = the_ticket(request)
    return _page(request, ticket, {"name": ticket.attendee.name}, {})


@view_config(route_name="my.ticket", request_method="POST", permission=SIGNED_IN, renderer="my/ticket.jinja2")
def name(request: Request) -> Any:
    """The person it is for writes their own name; the address stays, it is what makes the ticket theirs."""
    ticket = the_ticket(request)
    typed = request.POST.get("name", "")
    typed = typed if isinstance(typed, str) else ""
    try:
        if not _may_name(request, ticket):
            raise Refused("event_over" if _over(request, ticket) else "ticket_in_use")
        rename(request.ctx, ticket, typed, ticket.attendee.email)
    except (Invalid, Refused) as error:
        return _page(request, ticket, {"name": typed}, refused_fields(request, error))
    return HTTPSeeOther(_path(request, "my.ticket", ticket) + "?done=saved")


def _may_name(request: Request, ticket: Ticket) -> bool:
    """Until the doors let the person in, and before the event is over."""
    return not _over(request, ticket) and ticket.id not in inside_of(request.ctx, [ticket])


def _over(request: Request, ticket: Ticket) -> bool:
    return bool(ticket.order.event.ends_at < request.ctx.clock.now())


def _path(request: Request, route: str, ticket: Ticket) -> str:
    return str(request.route_path(route, tenant=request.tenant.slug, ticket=ticket.id))


def _page(request: Request, ticket: Ticket, values: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    ctx, event = request.ctx, ticket.order.event
    code = payloads(ctx, event, [ticket]).get(ticket.id)
    bought = ticket.order.buyer_email == request.identity.email
    facts = event_facts(request, ctx, event)
    return my_screen(
        request,
        facts["name"],
        event=None,
        of=facts,
        ticket={
            "number": short_code(ticket.id),
            "holder": ticket.attendee.name,
            "type": localized(ticket.ticket_type, "name", request.locale_name),
            "state": ticket.state,
            "inside": ticket.id in inside_of(ctx, [ticket]),
            "qr": Markup(qr.svg(code)) if code else "",  # noqa: S704 -- drawn by us from base32
        },
        png_href=_path(request, "my.ticket_png", ticket) if code else None,
        calendar_href=_path(request, "my.ticket_ics", ticket),
        order_href=order_href(request, ctx, ticket.order) if bought else None,
        order_code=ticket.order.code,
        name_href=_path(request, "my.ticket", ticket) if _may_name(request, ticket) else None,
        values=values,
        errors=errors,
    )


@view_config(route_name="my.ticket_png", request_method="GET", permission=SIGNED_IN)
def picture(request: Request) -> Response:
    ticket = the_ticket(request)
    code = payloads(request.ctx, ticket.order.event, [ticket]).get(ticket.id)
    if code is None:
        raise NotFound("ticket")
    response = Response(qr.png(code), content_type="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'inline; filename="{short_code(ticket.id)}.png"'
    return response


@view_config(route_name="my.ticket_ics", request_method="GET", permission=SIGNED_IN)
def calendar_file(request: Request) -> Response:
    ticket = the_ticket(request)
    event, facts = ticket.order.event, event_facts(request, request.ctx, ticket.order.event)
    url = request.runtime.settings.base_url.rstrip("/") + _path(request, "my.ticket", ticket)
    return calendar(request, [(str(ticket.id), event, facts["name"], facts["place"], url)])
