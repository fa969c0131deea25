"""A request for payment that a provider sent for an order: how it stands, where it is, sent once more, taken back."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.audit.service import record
from sratix_core.dashboard.case_words import next_step
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.payments.attempts import begun_of, open_attempt_of
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.providers import requests_payment
from sratix_core.payments.requests import due_at, end_question, mail_question, new_question, open_request
from sratix_core.payments.settling import settle
from sratix_core.payments.states import AttemptState
from sratix_core.plugins.requesting import OVERDUE, PAID_IN_PARTS, PAID_OUTSIDE, TO_DECIDE, WRITTEN_OFF
from sratix_core.reconciliation.kinds import CaseKind, Cause
from sratix_core.web.request import Request

S = AttemptState
STATES: dict[str, tuple[str, str, str]] = {
    S.INTENT: ("The invoice is about to be sent", "clock", ""),
    S.WAITING: ("Invoice sent, not paid yet", "mail", "warn"),
    S.UNKNOWN: ("Sending the invoice: the answer was lost", "circle-question-mark", "warn"),
    S.DECLINED: ("The invoice was turned down", "circle-x", "bad"),
    S.CANCELLED: ("Invoice voided", "ban", "mute"),
    S.EXPIRED: ("No invoice was sent", "clock", "mute"),
}
REASONS: dict[str, tuple[str, str, str]] = {
    OVERDUE: ("Invoice overdue", "hourglass", "bad"),
    WRITTEN_OFF: ("Invoice written off at the provider", "ban", "warn"),
    PAID_OUTSIDE: ("Marked as paid at the provider: no money came through it", "scale", "bad"),
    PAID_IN_PARTS: ("Paid in parts at the provider: decide", "scale", "bad"),
}
"""Said instead while it waits."""

LATE = "It can still be paid until the order lapses. Send it again, or void it and cancel the order."
NEXT = {
    OVERDUE: LATE,
    WRITTEN_OFF: LATE,
    PAID_OUTSIDE: next_step(CaseKind.ATTEMPT_STUCK, Cause.PAID_OUTSIDE),
    PAID_IN_PARTS: next_step(CaseKind.ATTEMPT_STUCK, Cause.PAID_IN_PARTS),
}
"""What to do then."""


def words_of(request: Request, attempt: PaymentAttempt) -> tuple[str, str, str] | None:
    """Text, icon and tone of an attempt that is such a request; None of any other."""
    if not requests_payment(request.ctx, attempt.provider):
        return None
    if attempt.state == S.WAITING:
        return REASONS.get(attempt.reason, STATES[S.WAITING])
    return STATES.get(attempt.state)


def request_card(request: Request, event: Event, order: Order, may_edit: bool) -> dict[str, Any] | None:
    """The request that waits to be paid: `href` its page, `due_at`, and for who may `mail_href`, `end_href`."""
    attempt = open_request(request.ctx, order) if requests_payment(request.ctx, order.provider) else None
    begun = begun_of(request.ctx, attempt) if attempt is not None else None
    if attempt is None or begun is None:
        return None
    here = {"code": order.code}
    text, icon, tone = words_of(request, attempt) or STATES[S.WAITING]
    # What is marked as paid there can't be sent or voided.
    may_act = may_edit and attempt.reason not in TO_DECIDE
    return {
        "text": request.t(text),
        "next": request.t(NEXT[attempt.reason]) if attempt.reason in NEXT else "",
        "icon": icon,
        "tone": tone,
        "href": begun.redirect,
        "amount": attempt.amount,
        "due_at": due_at(begun),
        "mail_href": path(request, "dashboard.order_request_mail", event, **here) if may_act else "",
        "end_href": path(request, "dashboard.order_request_end", event, **here) if may_act else "",
    }


def new_request_href(request: Request, event: Event, order: Order, may_edit: bool) -> str:
    """Where an order that is paid by request, and has none under way, is sent one; empty for any other."""
    if not may_edit or not order.is_payable or not requests_payment(request.ctx, order.provider):
        return ""
    if open_attempt_of(request.ctx, order.id) is not None:
        return ""
    return path(request, "dashboard.order_request_new", event, code=order.code)


@view_config(route_name="dashboard.order_request_new", request_method="POST", permission=ORDER_EDIT)
def send(request: Request) -> HTTPSeeOther:
    """Have the provider send a request for what is open. Where one is under way it is that one."""
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    back = path(request, "dashboard.order", event, code=order.code)
    request_id, asked = new_question(request.ctx, order)
    if asked is not None:
        request.checkpoint()
        attempt = settle(request.ctx, request_id, asked.answer())
        if attempt.state != S.WAITING:
            return HTTPSeeOther(f"{back}?done=request_silent")
    return HTTPSeeOther(f"{back}?done=request_sent")


@view_config(route_name="dashboard.order_request_mail", request_method="POST", permission=ORDER_EDIT)
def mail_again(request: Request) -> HTTPSeeOther:
    """Have the provider mail it to the buyer once more."""
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    back, asked = path(request, "dashboard.order", event, code=order.code), mail_question(request.ctx, order)
    order_id, event_id = order.id, event.id
    request.checkpoint()
    if not asked.answer().said:
        return HTTPSeeOther(f"{back}?done=request_silent")
    record(request.ctx, "order.request_mailed", "order", order_id, event_id=event_id)
    return HTTPSeeOther(f"{back}?done=request_mailed")


@view_config(
    route_name="dashboard.order_request_end",
    request_method="GET",
    permission=ORDER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask(request: Request) -> dict[str, Any]:
    """The question as a page, for browsers without a script."""
    event, t = the_event(request), request.t
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    back = path(request, "dashboard.order", event, code=order.code)
    return screen(
        request,
        event,
        [(t("Orders"), path(request, "dashboard.orders", event)), (order.code, back), (t("Invoice"), None)],
        question=t("Void the invoice of {code}?", code=order.code),
        consequence=t("Nobody can pay it any more. The order waits on, and its page offers a new one."),
        yes=t("Void the invoice"),
        no=t("Keep it"),
        action=request.path,
        back_href=back,
        danger=True,
        fields=[],
    )


@view_config(route_name="dashboard.order_request_end", request_method="POST", permission=ORDER_EDIT)
def end(request: Request) -> HTTPSeeOther:
    """Take it back. Money that was faster is booked by the same answer."""
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    back, asked = path(request, "dashboard.order", event, code=order.code), end_question(request.ctx, order)
    request.checkpoint()
    attempt = settle(request.ctx, asked.subject_id, asked.answer())
    done = {S.CANCELLED: "request_ended", S.SUCCEEDED: "request_paid"}.get(S(attempt.state), "request_silent")
    return HTTPSeeOther(f"{back}?done={done}")
