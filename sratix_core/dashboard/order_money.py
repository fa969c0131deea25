"""The money of one order as a story: tries, receipts, refunds, disputes; and giving money back, sent or recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.order_requests import words_of
from sratix_core.dashboard.questions import BY_HAND, refund_question
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Conflict, Refused
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.payments.attempts import attempts_of
from sratix_core.payments.disputes import disputes_of
from sratix_core.payments.failures import failures_of
from sratix_core.payments.models import ByHand, DisputeState, PaymentAttempt, RefundFailure
from sratix_core.payments.paying import pays_online
from sratix_core.payments.providers import title_of
from sratix_core.payments.refunds import owed_back, record_refund, refunds_of
from sratix_core.payments.sending import send_back, sends_back
from sratix_core.payments.states import OPEN, AttemptKind, AttemptState
from sratix_core.values.locale import format_time
from sratix_core.values.money import Money, format_money
from sratix_core.web.forms import Form
from sratix_core.web.messages import sentence
from sratix_core.web.paying_words import reason_words
from sratix_core.web.request import Request

CONFIRM = "dashboard/confirm.jinja2"
S = AttemptState
PAYING: dict[str, tuple[str, str, str]] = {
    S.INTENT: ("Going to the provider", "clock", ""),
    S.WAITING: ("The buyer is paying", "clock", "warn"),
    S.UNKNOWN: ("The provider’s answer was lost", "circle-question-mark", "warn"),
    S.DECLINED: ("Declined", "circle-x", "bad"),
    S.CANCELLED: ("Left without paying", "log-out", "mute"),
    S.EXPIRED: ("Not paid in time", "clock", "mute"),
}
RETURNING: dict[str, tuple[str, str, str]] = {
    S.INTENT: ("Refund begun", "undo-2", ""),
    S.WAITING: ("Refund on its way", "undo-2", "warn"),
    S.UNKNOWN: ("Refund sent, answer lost", "circle-question-mark", "warn"),
    S.DECLINED: ("Refund turned down", "circle-x", "bad"),
}
TOLD = frozenset({S.SUCCEEDED, S.RETURNED})
"""Tries whose receipt or refund is an item of its own."""
DISPUTES: dict[str, tuple[str, str, str]] = {
    DisputeState.NEEDS_RESPONSE: ("Disputed: answer it", "scale", "bad"),
    DisputeState.UNDER_REVIEW: ("Disputed: the bank decides", "scale", "warn"),
    DisputeState.WON: ("Dispute won, the money is back", "scale", "ok"),
    DisputeState.LOST: ("Dispute lost", "scale", "bad"),
}
PLATFORM_BEARS: dict[str, str] = {
    DisputeState.NEEDS_RESPONSE: "Disputed: the platform answers and bears it",
    DisputeState.LOST: "Dispute lost, the platform bears it",
}
"""Said instead where the money came out of the platform's balance."""


def money_story(request: Request, order: Order) -> list[dict[str, Any]]:
    """Items of the money timeline, newest first: as the timeline macro takes them, with `reference` where there is one."""
    t, ctx, locale = request.t, request.ctx, request.locale_name
    titles = {
        name: title_of(ctx, name, locale) or name
        for name in {p.provider for p in order.payments} | {order.provider}
    }
    items = [
        {"text": t("Received"), "icon": "circle-check", "tone": "ok", "at": p.received_at, "amount": p.amount,
         "detail": titles[p.provider] if p.mode == "live" else t("{name}, play money", name=titles[p.provider]),
         "reference": "" if p.stored else p.reference}
        for p in order.payments
    ]  # fmt: skip
    refunds, cards = refunds_of(order), {p.provider for p in order.payments if p.stored}
    items += [
        {"text": t("Sent back"), "icon": "undo-2", "tone": "", "at": r.paid_back_at, "amount": -r.amount,
         "detail": t(BY_HAND[ByHand(r.provider)]) if r.provider in set(ByHand) else titles.get(r.provider, r.provider),
         "reference": "" if r.provider in cards else r.reference}
        for r in refunds
    ]  # fmt: skip
    items += [_failed(request, failure) for failure in (failures_of(ctx, order).values() if refunds else ())]
    if pays_online(ctx, order.provider) or any(p.attempt_id for p in order.payments):
        items += [_try(request, order, a) for a in attempts_of(ctx, order.id) if a.state not in TOLD]
        items += _disputed(request, order) if order.payments else []
    return sorted(items, key=lambda item: item["at"], reverse=True)


def _failed(request: Request, failure: RefundFailure) -> dict[str, Any]:
    t = request.t
    said = reason_words(request, failure.cause) if failure.cause else ""
    return {
        "text": t("Refund came back"),
        "icon": "circle-x",
        "tone": "bad",
        "at": failure.came_back_at,
        "amount": Money(failure.amount_minor, failure.currency),
        "detail": t("The provider says: {reason}", reason=said) if said else t("Seen on your statement"),
        "reference": "",
    }


def _try(request: Request, order: Order, attempt: PaymentAttempt) -> dict[str, Any]:
    t = request.t
    kinds = RETURNING if attempt.kind == AttemptKind.REFUND else PAYING
    words, icon, tone = words_of(request, attempt) or kinds.get(attempt.state, PAYING[S.CANCELLED])
    detail = ""
    if attempt.state in OPEN and attempt.check_at is not None:
        at = format_time(attempt.check_at, order.event.timezone, request.locale_name)
        detail = t("The provider is asked again at {time}.", time=at)
    elif attempt.state == S.DECLINED and attempt.reason:
        detail = t("The provider says: {reason}", reason=reason_words(request, attempt.reason))
    sign = -1 if attempt.kind == AttemptKind.REFUND else 1
    return {
        "text": t(words),
        "icon": icon,
        "tone": tone,
        "at": attempt.updated_at,
        "amount": Money(sign * attempt.amount_minor, attempt.currency),
        "detail": detail,
        "reference": attempt.reference or "",
    }


def _disputed(request: Request, order: Order) -> list[dict[str, Any]]:
    t, found = request.t, []
    for one in disputes_of(request.ctx, order):
        words, icon, tone = DISPUTES[DisputeState(one.state)]
        detail = t("The bank says: {reason}", reason=reason_words(request, one.reason)) if one.reason else ""
        if one.platform_bears:
            words = PLATFORM_BEARS.get(one.state, words)
        found.append(
            {"text": t(words), "icon": icon, "tone": tone, "at": one.closed_at or one.opened_at,
             "amount": one.amount if one.state == DisputeState.WON else -one.amount, "detail": detail,
             "reference": one.reference, "due_at": one.evidence_due_at if one.state == DisputeState.NEEDS_RESPONSE else None}
        )  # fmt: skip
    return found


def can_send(request: Request, order: Order) -> Money:
    """What of the money that is owed back its providers can return by themselves."""
    left = owed_back(order).minor
    parts = [p.amount_minor - p.refunded_minor for p in order.payments if left and sends_back(request.ctx, p)]
    return Money(min(left, sum(parts)), order.currency)


def _question(
    request: Request, order: Order, values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    t = request.t
    sendable, here = can_send(request, order), {"code": order.code}
    back = path(request, "dashboard.order", order.event, **here)
    price = format_money(sendable, request.locale_name)
    names = {p.provider for p in order.payments if sends_back(request.ctx, p)}
    by = ", ".join(sorted(title_of(request.ctx, name, request.locale_name) for name in names))
    amount = {"name": "amount", "label": t("Amount"), "help": t("Empty for all of it")}
    return screen(
        request,
        order.event,
        [
            (t("Orders"), path(request, "dashboard.orders", order.event)),
            (order.code, back),
            (t("Refund"), None),
        ],
        question=t("Send {price} back to {name}?", price=price, name=order.buyer_name),
        consequence=t(
            "{provider} returns it the way it came, within days. It can't be stopped once it is sent.",
            provider=by,
        ),
        yes=t("Send it back") if sendable.minor else "",
        no=t("Not yet"),
        action=request.path,
        back_href=back,
        danger=False,
        fields=[{**amount, "value": values.get("amount", ""), "error": errors.get("amount")}],
    )


@view_config(
    route_name="dashboard.order_send_back", request_method="GET", permission=ORDER_EDIT, renderer=CONFIRM
)
def ask(request: Request) -> dict[str, Any]:
    event = the_event(request)
    return _question(request, order_by_code(request.ctx, event, request.matchdict["code"]), {}, {})


@view_config(
    route_name="dashboard.order_send_back", request_method="POST", permission=ORDER_EDIT, renderer=CONFIRM
)
def send(request: Request) -> Any:
    """Send back all that is owed, or a part of it, through the provider it came by."""
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    form = Form(request.POST)
    amount = form.money("amount", order.currency, required=False)
    if not form.ok:
        request.response.status_int = 422
        return _question(request, order, request.POST, dict(form.summary(request.locale_name)))
    try:
        send_back(request.ctx, order, amount)
    except (Refused, Conflict) as error:
        if error.code not in ("refund_too_large", "refund_by_hand", "refund_under_way"):
            raise
        request.response.status_int = 409
        said = sentence(error.code, request.locale_name, **error.data)
        return _question(request, order, request.POST, {"amount": said})
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=sent_back")


BESIDE = {"refund_too_large": "amount", "refund_known": "reference"}
"""The field that a refusal is about."""


@view_config(
    route_name="dashboard.order_refund",
    request_method="POST",
    permission=ORDER_EDIT,
    renderer=CONFIRM,
)
def refund(request: Request) -> Any:
    """Record money that went back, all that is owed or a part of it."""
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    form = Form(request.POST)
    reference = (
        form.text("reference", 120, required=False) or f"{order.code}-{request.ctx.clock.now():%Y%m%d%H%M%S}"
    )
    amount = form.money("amount", order.currency, required=False)
    source = form.choice("source", list(ByHand), required=False) or ByHand.BANK
    if not form.ok:
        request.response.status_int = 422
        return refund_question(request, order, request.POST, dict(form.summary(request.locale_name)))
    try:
        record_refund(request.ctx, order, reference, amount, ByHand(source))
    except Refused as error:
        if error.code not in BESIDE:
            raise
        request.response.status_int = 409
        said = sentence(error.code, request.locale_name, **error.data)
        return refund_question(request, order, request.POST, {BESIDE[error.code]: said})
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=refunded")
