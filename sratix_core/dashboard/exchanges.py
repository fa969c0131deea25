"""Another ticket type for one ticket of a paid order, with what becomes of the difference."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.catalog.models import TypeStatus
from sratix_core.catalog.service import types_of
from sratix_core.dashboard.returns import must_see_money
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.refunds.exchanging import Difference, change_type, offer, takes_exchanges
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import ticket_by_id
from sratix_core.values.money import Money, format_money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

PAGE = "dashboard/exchange.jinja2"


@view_config(
    route_name="dashboard.ticket_exchange", request_method="GET", permission=ORDER_EDIT, renderer=PAGE
)
def asked(request: Request) -> dict[str, Any]:
    must_see_money(request)
    event = the_event(request)
    return _page(request, event, ticket_by_id(request.ctx, event, uuid_in(request, "ticket")), {}, {})


@view_config(
    route_name="dashboard.ticket_exchange", request_method="POST", permission=ORDER_EDIT, renderer=PAGE
)
def exchanged(request: Request) -> Any:
    must_see_money(request)
    event = the_event(request)
    ticket = ticket_by_id(request.ctx, event, uuid_in(request, "ticket"))
    form, order = Form(request.POST), ticket.order
    kind = form.choice("ticket_type", [str(t.id) for t in types_of(request.ctx, event)])
    difference = form.choice("difference", list(Difference))
    reference = form.text("reference", 120, required=False)
    try:
        form.check()
        with request.ctx.db.begin_nested():
            change_type(
                request.ctx, order, ticket, uuid.UUID(kind), Difference(difference or ""), reference or ""
            )
    except (Invalid, Refused) as error:
        errors = refused_fields(request, error)
        if isinstance(error, Refused):
            about = "reference" if error.code in {"difference_not_received", "payment_known"} else ""
            errors = {about: sentence(error.code, request.locale_name, **error.data)}
        return _page(request, event, ticket, request.POST, errors)
    done = "asked" if difference == Difference.ASKED else "exchanged"
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + f"?done={done}")


def _page(
    request: Request, event: Event, ticket: Ticket, values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    t, back = request.t, path(request, "dashboard.order", event, code=ticket.order.code)
    options = []
    for kind in types_of(request.ctx, event):
        if kind.id != ticket.ticket_type_id and kind.status == TypeStatus.ACTIVE and takes_exchanges(kind):
            found = offer(request.ctx, ticket.order, ticket, kind.id)
            options.append((str(kind.id), f"{kind.name}: {_words(request, found.difference)}"))
    return screen(
        request,
        event,
        [(ticket.order.code, back), (t("Another type"), None)],
        ticket=ticket,
        options=options,
        values={"difference": Difference.RECEIVED.value, **values},
        errors=errors,
        action=request.path,
        back_href=back,
    )


def _words(request: Request, difference: Money) -> str:
    if not difference.minor:
        return str(request.t("the same price"))
    amount = format_money(Money(abs(difference.minor), difference.currency), request.locale_name)
    return str(
        request.t("{amount} more", amount=amount)
        if difference.minor > 0
        else request.t("{amount} less", amount=amount)
    )
