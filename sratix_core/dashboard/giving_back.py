"""What an order's page says and offers about giving back: what was returned, what is on its way, and the ways to do more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sratix_core.accounts.permissions import MONEY_VIEW
from sratix_core.dashboard.shell import path
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.failures import by_hand as is_by_hand
from sratix_core.payments.failures import failures_of
from sratix_core.payments.models import Refund, RefundFailure
from sratix_core.payments.refunds import refunds_of
from sratix_core.refunds.differences import open_difference
from sratix_core.refunds.returning import returns_of
from sratix_core.tickets.models import HOLDING
from sratix_core.values.money import Money
from sratix_core.web.refund_words import reasons
from sratix_core.web.request import Request


def giving_back(request: Request, event: Event, order: Order, may_edit: bool) -> dict[str, Any]:
    """The variables of `dashboard/order.jinja2` about it."""
    refunds = refunds_of(order)
    failed = failures_of(request.ctx, order) if refunds else {}
    open_again = bool(failed) and request.may(MONEY_VIEW)
    by_hand = [r for r in refunds if r.id not in failed and may_edit and is_by_hand(request.ctx, r)]
    return {
        "going": _going(request, order, refunds, failed.values()),
        "failed": max(failed.values(), key=lambda each: each.came_back_at) if open_again else None,
        "failure_href": path(request, "dashboard.order_refund_failure", event, code=order.code)
        if by_hand and request.may(MONEY_VIEW)
        else "",
        "returns": _returns(request, event, order),
        "difference": _difference(request, event, order, may_edit),
        **_ways(request, event, order, may_edit),
    }


def _going(
    request: Request, order: Order, refunds: Iterable[Refund], failed: Iterable[RefundFailure]
) -> Money | None:
    """What is on its way back through a provider."""
    if not request.may(MONEY_VIEW) or not any(p.refunded_minor for p in order.payments):
        return None
    sent = sum(r.amount_minor for r in refunds) - sum(f.amount_minor for f in failed)
    minor = sum(p.refunded_minor for p in order.payments) - sent
    return Money(minor, order.currency) if minor else None


def _returns(request: Request, event: Event, order: Order) -> list[dict[str, Any]]:
    """What was given back, with the reasons that were noted."""
    if not request.may(MONEY_VIEW) or not (order.credited_minor or order.kept_minor):
        return []
    return [
        {
            "tickets": made.tickets,
            "at": made.at,
            "back": made.back,
            "kept": made.kept,
            "why": " ".join(reasons(request, made.why, order.currency, event.timezone)),
        }
        for made in returns_of(request.ctx, order)
    ]


def _ways(request: Request, event: Event, order: Order, may_edit: bool) -> dict[str, str]:
    """Where tickets of a paid order are given back, and something is taken off a price."""
    here = {"code": order.code}
    may_money = may_edit and request.may(MONEY_VIEW)
    to = path(request, "dashboard.order_return", event, **here)
    live = [t for t in order.tickets if t.state in HOLDING]
    settled = order.state == OrderState.PAID and not order.outstanding.minor
    paid = may_money and settled and live and order.price.minor
    all_of_it = "&".join(f"ticket={t.id}" for t in live)
    credit = may_money and order.state in HOLDS_UNITS and order.price.minor
    return {
        "return_href": to if paid and len(live) > 1 else "",
        "end_href": f"{to}?{all_of_it}" if paid else "",
        "credit_href": path(request, "dashboard.order_credit", event, **here) if credit else "",
    }


def _difference(request: Request, event: Event, order: Order, may_edit: bool) -> dict[str, Any] | None:
    """What the page of an order says about it: {amount, due_at, overdue, undo_href}."""
    if not request.may(MONEY_VIEW):
        return None
    found = open_difference(request.ctx, order)
    if found is None:
        return None
    return {
        "amount": order.outstanding,
        "due_at": found.due_at,
        "overdue": found.due_at < request.ctx.clock.now(),
        "undo_href": path(request, "dashboard.order_difference", event, code=order.code) if may_edit else "",
    }
