"""Calling an event off: the question with the amount and the number of mails, then a page that shows how far it is."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT, MONEY_VIEW, ORDER_EDIT
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import NotFound, Refused
from sratix_core.events.models import Event, EventStatus
from sratix_core.refunds.event_runs import go_on, pause, run_of, start
from sratix_core.refunds.figures import progress, scope, troubles
from sratix_core.refunds.models import EventRefund, ReturnTerms, RunState
from sratix_core.refunds.service import policy_of
from sratix_core.web.forms import Form
from sratix_core.web.messages import sentence
from sratix_core.web.refund_words import policy_lines
from sratix_core.web.request import Request

PAGE = "dashboard/event_cancellation.jinja2"
REFRESH = 3
"""Seconds until the page of a calling-off that works asks again."""


def _allowed(request: Request) -> Event:
    """It ends the event, moves money and shows amounts: whoever does it may do all three."""
    if not (request.may(EVENT_EDIT) and request.may(MONEY_VIEW)):
        raise HTTPForbidden
    return the_event(request)


@view_config(
    route_name="dashboard.event_cancellation", request_method="GET", permission=ORDER_EDIT, renderer=PAGE
)
def shown(request: Request) -> dict[str, Any]:
    event = _allowed(request)
    run = run_of(request.ctx, event)
    return _question(request, event, {}) if run is None else _progress(request, event, run)


@view_config(
    route_name="dashboard.event_cancellation", request_method="POST", permission=ORDER_EDIT, renderer=PAGE
)
def begun(request: Request) -> Any:
    event, form = _allowed(request), Form(request.POST)
    terms = form.choice("terms", list(ReturnTerms))
    typed = form.text("slug", 63, required=False)
    if form.ok and typed != event.slug:
        form.fail("slug", "cancel_word")
    if not form.ok or terms is None:
        request.response.status_int = 422
        return _question(request, event, dict(form.summary(request.locale_name)), dict(request.POST))
    start(request.ctx, event, ReturnTerms(terms))
    return HTTPSeeOther(path(request, "dashboard.event_cancellation", event))


@view_config(route_name="dashboard.event_cancellation_pause", request_method="POST", permission=ORDER_EDIT)
def paused(request: Request) -> HTTPSeeOther:
    event = _allowed(request)
    pause(request.ctx, event)
    return HTTPSeeOther(path(request, "dashboard.event_cancellation", event))


@view_config(
    route_name="dashboard.event_cancellation_continuation", request_method="POST", permission=ORDER_EDIT
)
def continued(request: Request) -> HTTPSeeOther:
    """Go on after a pause, or try again what failed."""
    event = _allowed(request)
    go_on(request.ctx, event)
    return HTTPSeeOther(path(request, "dashboard.event_cancellation", event))


def _question(
    request: Request, event: Event, errors: dict[str, str], values: dict[str, Any] | None = None
) -> dict[str, Any]:
    if event.status not in {EventStatus.PUBLISHED, EventStatus.CANCELLED}:
        raise NotFound("event_refund")
    t, about = request.t, scope(request.ctx, event)
    return screen(
        request,
        event,
        [(t("Cancel the event"), None)],
        run=None,
        about=about,
        rules=policy_lines(request, policy_of(request.ctx, event.id), event),
        values=values or {"terms": ReturnTerms.FULL.value},
        errors=errors,
        action=request.path,
        back_href=path(request, "dashboard.event", event),
    )


def _progress(request: Request, event: Event, run: EventRefund) -> dict[str, Any]:
    t, ctx = request.t, request.ctx
    found = progress(ctx, run, event.currency)
    at_work = run.state == RunState.RUNNING
    return screen(
        request,
        event,
        [(t("Cancelling the event"), None)],
        run=run,
        progress=found,
        troubles=[
            {
                "code": x.code,
                "buyer": x.buyer,
                "href": path(request, "dashboard.order", event, code=x.code),
                "owed": x.owed,
                "failed": bool(x.reason),
                "why": _why(request, x.reason, x.declined),
            }
            for x in troubles(ctx, run, event.currency)
        ],
        again=REFRESH if at_work or found.under_way else 0,
        pause_href=path(request, "dashboard.event_cancellation_pause", event) if at_work else "",
        go_on_href="" if at_work else path(request, "dashboard.event_cancellation_continuation", event),
        back_href=path(request, "dashboard.event", event),
    )


def _why(request: Request, reason: str, declined: bool) -> str:
    if declined:
        return str(request.t("The provider refused the refund ({reason}).", reason=reason))
    return sentence(Refused(reason).code, request.locale_name) if reason else ""
