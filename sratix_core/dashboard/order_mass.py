"""What can be done with every order that the list shows: the question with number and amount, and leaving it to a worker.

Orders that are placed while somebody reads the question are not meant: it carries the moment at which it was asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT
from sratix_core.dashboard.mass_acts import act_href, asked_for, kind_in
from sratix_core.dashboard.order_bulk import CANCELS, MAILS
from sratix_core.dashboard.order_list import ROUTE, asked_of, filters_of
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.dashboard.tables import Asked
from sratix_core.errors import Refused
from sratix_core.orders.listing import Filters
from sratix_core.orders.matching import ids_of, scope
from sratix_core.orders.states import CANCELLABLE, HOLDS_UNITS
from sratix_core.tickets.mass import MOST, ask, not_too_many
from sratix_core.tickets.models import MassKind
from sratix_core.values.money import Money, format_money
from sratix_core.web.request import Request

FITS = {MassKind.CANCEL: CANCELLABLE, MassKind.ORDER_MAILS: HOLDS_UNITS}
KINDS = {"cancel": MassKind.CANCEL, "mails": MassKind.ORDER_MAILS}


@view_config(
    route_name="dashboard.orders_mass",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def question(request: Request) -> dict[str, Any]:
    t, event, kind = request.t, the_event(request), kind_in(request, KINDS)
    asked, now = asked_of(request, event), request.ctx.clock.now()
    found = scope(request.ctx, event, _until(filters_of(asked, event), now), FITS[kind], MOST)
    if found.orders > MOST:
        raise Refused("too_many_at_once", most=MOST)
    n, one = found.orders, found.orders == 1
    if kind == MassKind.CANCEL:
        title = t("Cancel one order?") if one else t("Cancel {n} orders?", n=n)
        yes = t("Cancel the order") if one else t("Cancel {n} orders", n=n)
        mails = t("One buyer gets a mail.") if one else t("{n} mails leave.", n=n)
        consequence = f"{t(CANCELS)} {mails}"
        if found.paid_minor and request.may(MONEY_VIEW):
            worth = format_money(Money(found.paid_minor, event.currency), request.locale_name)
            consequence = t(
                "{text} {amount} were paid and are yours to return.", text=consequence, amount=worth
            )
    else:
        title = t("Send one mail again?") if one else t("Send {n} mails again?", n=n)
        yes = t("Send the mail") if one else t("Send {n} mails", n=n)
        consequence = t(MAILS)
    return screen(
        request,
        event,
        [(t("Orders"), path(request, ROUTE, event)), (title, None)],
        question=title,
        consequence=consequence,
        yes=yes if n else "",
        no=t("Back to the orders"),
        action=request.path,
        back_href=asked.link(),
        danger=kind == MassKind.CANCEL,
        hidden=[
            ("n", str(n)),
            ("act", str(request.ctx.ids.new())),
            ("at", now.isoformat()),
            *_filters(asked),
        ],
    )


@view_config(route_name="dashboard.orders_mass", request_method="POST", permission=ORDER_EDIT)
def begin(request: Request) -> HTTPSeeOther:
    """Leave it to a worker. A list that has changed since it was confirmed asks again, with the number of now."""
    event, kind = the_event(request), kind_in(request, KINDS)
    asked = asked_of(request, event, request.POST)
    confirmed, act_id = asked_for(request)
    filters = _until(filters_of(asked, event), _moment(request))
    ids = not_too_many(ids_of(request.ctx, event, filters, FITS[kind], MOST))
    if not ids or len(ids) != confirmed:
        query = urlencode(_filters(asked))
        return HTTPSeeOther(request.path + (f"?{query}" if query else ""))
    return HTTPSeeOther(act_href(request, event, ask(request.ctx, event, kind, ids, act_id)))


def _filters(asked: Asked) -> list[tuple[str, str]]:
    return [(name, asked[name]) for name in asked.filters if asked[name]]


def _until(filters: Filters, moment: datetime) -> Filters:
    end = moment + timedelta(microseconds=1)  # what was placed at that very moment is meant
    return replace(filters, until=min(filters.until or end, end))


def _moment(request: Request) -> datetime:
    """When the question was asked; now, for what is no moment of the past."""
    now: datetime = request.ctx.clock.now()
    try:
        at = datetime.fromisoformat(request.POST.get("at", ""))
        return min(at.astimezone(UTC), now) if at.tzinfo is not None else now
    except (TypeError, ValueError, OverflowError):
        return now
