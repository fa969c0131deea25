"""What needs a person now, and what the system will do by itself: both read from the rows, most urgent first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, or_, select

from sratix_core.accounts.permissions import EVENT_EDIT, INCIDENT_CLOSE, MONEY_VIEW, ORDER_VIEW
from sratix_core.catalog.models import TicketType
from sratix_core.dashboard.shell import path
from sratix_core.events.models import Event
from sratix_core.incidents.service import open_count
from sratix_core.messages.models import Message, MessageState
from sratix_core.orders.figures import Figures, PoolCount
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.models import Dispute, DisputeState, Payment, PaymentAttempt, RefundFailure
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.refunds.differences import overdue
from sratix_core.values.locale import format_datetime
from sratix_core.values.money import Money, format_money
from sratix_core.web.request import Request

NEARLY_FULL = 90
MOST_DISPUTES = 3


def _when(request: Request, event: Event, at: Any) -> str:
    return format_datetime(at, event.timezone, request.locale_name)


def attention(
    request: Request, event: Event, pools: list[PoolCount], totals: Figures
) -> list[dict[str, Any]]:
    """Late payments, mail that did not arrive, orders about to lapse, pools nearly full."""
    t, items = request.t, []
    orders = path(request, "dashboard.orders", event)
    if request.may(ORDER_VIEW):
        late = request.db.scalar(
            select(func.count())
            .select_from(Order)
            .where(Order.event_id == event.id, Order.state == OrderState.PAID_AFTER_EXPIRY)
        )
        if late:
            items.append(
                {
                    "tone": "bad",
                    "icon": "scale",
                    "fact": t("{n} payments came after the seats were gone.", n=late),
                    "consequence": t("The buyers wait for an answer: other seats, or their money back."),
                    "when": t("now"),
                    "action": (t("Open orders"), f"{orders}?state=paid_after_expiry"),
                }
            )
        items += _refused_refunds(request, event)
        items += _overdue(request, event)
        items += _disputed(request, event)
        items += _undelivered(request, event)
        items += _lapsing(request, event, orders)
    if request.may(INCIDENT_CLOSE):
        items += _incidents(request, event)
    if request.may(EVENT_EDIT):
        for p in pools:
            if p.pool.capacity and NEARLY_FULL <= p.pool.taken * 100 // p.pool.capacity < 100:
                items.append(
                    {
                        "tone": "warn",
                        "icon": "ticket",
                        "fact": t(
                            "{name} is at {n} %.", name=p.pool.name, n=p.pool.taken * 100 // p.pool.capacity
                        ),
                        "consequence": t("{n} left.", n=p.pool.capacity - p.pool.taken),
                        "when": "",
                        "action": (t("Raise the limit"), path(request, "dashboard.types", event) + "#pools"),
                    }
                )
    return items


def _refused_refunds(request: Request, event: Event) -> list[dict[str, Any]]:
    """Refunds that a provider refused or that came back, of orders that still owe the money."""
    t = request.t
    kept = (
        select(func.sum(Payment.amount_minor - Payment.refunded_minor))
        .where(Payment.tenant_id == Order.tenant_id, Payment.order_id == Order.id)
        .scalar_subquery()
    )
    price = case(
        (Order.state.in_(HOLDS_UNITS), Order.total_minor - Order.credited_minor), else_=Order.kept_minor
    )
    F, A = RefundFailure, PaymentAttempt
    returned = select(F.id).where(F.tenant_id == Order.tenant_id, F.order_id == Order.id).exists()
    declined = (A.kind == AttemptKind.REFUND, A.state == AttemptState.DECLINED)
    refused = select(A.id).where(A.tenant_id == Order.tenant_id, A.order_id == Order.id, *declined).exists()
    owing = (
        select(Order.code, returned.label("returned"))
        .where(Order.event_id == event.id, or_(returned, refused), kept > price)
        .order_by(Order.code)
        .limit(100)
    )
    rows = request.db.execute(owing).all()
    came_back = [row.code for row in rows if row.returned]
    others = [row.code for row in rows if not row.returned]
    said = (
        (came_back, t("A refund came back."), t("{n} refunds came back.", n=len(came_back))),
        (
            others,
            t("A refund was refused by its provider."),
            t("{n} refunds were refused by their provider.", n=len(others)),
        ),
    )
    return [
        {
            "tone": "bad",
            "icon": "undo-2",
            "fact": one if len(codes) == 1 else many,
            "consequence": t("The buyers wait for their money. Try again, or transfer it and record it."),
            "when": t("now"),
            "action": (
                t("Open {code}", code=codes[0]),
                path(request, "dashboard.order", event, code=codes[0]),
            ),
        }
        for codes, one, many in said
        if codes
    ]


def _overdue(request: Request, event: Event) -> list[dict[str, Any]]:
    """Changes whose difference was not paid in its term."""
    t = request.t
    found = request.db.execute(overdue(event.id, request.ctx.clock.now()).limit(100)).all()
    if not found:
        return []
    code = found[0][1].code
    return [
        {
            "tone": "warn",
            "icon": "hourglass",
            "fact": t("One change was not paid in time.")
            if len(found) == 1
            else t("{n} changes were not paid in time.", n=len(found)),
            "consequence": t("Their new tickets are kept and admit nobody. Ask again, or undo the change."),
            "when": t("now"),
            "action": (t("Open {code}", code=code), path(request, "dashboard.order", event, code=code)),
        }
    ]


def _incidents(request: Request, event: Event) -> list[dict[str, Any]]:
    n, t = open_count(request.ctx, event), request.t
    if not n:
        return []
    return [
        {
            "tone": "warn",
            "icon": "triangle-alert",
            "fact": t("One incident is open.") if n == 1 else t("{n} incidents are open.", n=n),
            "consequence": t("Somebody at the event waits to hear what is done."),
            "when": "",
            "action": (t("Open the notes"), path(request, "dashboard.incidents", event) + "?state=open"),
        }
    ]


def _disputed(request: Request, event: Event) -> list[dict[str, Any]]:
    """Payments that a buyer's bank took back and somebody has to answer for, the most urgent first."""
    t = request.t
    waiting = (
        select(Dispute.evidence_due_at, Dispute.amount_minor, Dispute.currency, Order.code)
        .join(Order, (Order.tenant_id == Dispute.tenant_id) & (Order.id == Dispute.order_id))
        .where(Dispute.state == DisputeState.NEEDS_RESPONSE, Order.event_id == event.id)
        .order_by(Dispute.evidence_due_at, Dispute.id)
        .limit(MOST_DISPUTES)
    )
    sees = request.may(MONEY_VIEW)
    return [
        {
            "tone": "bad",
            "icon": "scale",
            "fact": t(
                "The bank took {amount} of {code} back.",
                amount=format_money(Money(row.amount_minor, row.currency), request.locale_name),
                code=row.code,
            )
            if sees
            else t("The bank took the payment of {code} back.", code=row.code),
            "consequence": t("Without an answer the money is lost."),
            "when": _when(request, event, row.evidence_due_at) if row.evidence_due_at else t("now"),
            "action": (
                t("Open {code}", code=row.code),
                path(request, "dashboard.order", event, code=row.code),
            ),
        }
        for row in request.db.execute(waiting)
    ]


def _undelivered(request: Request, event: Event) -> list[dict[str, Any]]:
    t = request.t
    failed = list(
        request.db.execute(
            select(Order.code)
            .join(Message, (Message.tenant_id == Order.tenant_id) & (Message.order_id == Order.id))
            .where(Message.event_id == event.id, Message.state == MessageState.FAILED)
            .limit(100)
        ).scalars()
    )
    if not failed:
        return []
    return [
        {
            "tone": "warn",
            "icon": "mail",
            "fact": t("{n} mails could not be delivered.", n=len(failed)),
            "consequence": t("These buyers have not seen their tickets. Check the addresses."),
            "when": "",
            "action": (
                t("Open {code}", code=failed[0]),
                path(request, "dashboard.order", event, code=failed[0]),
            ),
        }
    ]


def _lapsing(request: Request, event: Event, orders: str) -> list[dict[str, Any]]:
    t, now = request.t, request.ctx.clock.now()
    soon = now + timedelta(days=2)
    n, total, first = request.db.execute(
        select(func.count(), func.coalesce(func.sum(Order.total_minor), 0), func.min(Order.expires_at)).where(
            Order.event_id == event.id, Order.state == OrderState.AWAITING_PAYMENT, Order.expires_at <= soon
        )
    ).one()
    if not n:
        return []
    amount = format_money(Money(int(total), event.currency), request.locale_name)
    return [
        {
            "tone": "warn",
            "icon": "hourglass",
            "fact": t("{n} unpaid orders lapse within two days.", n=n),
            "consequence": t("{amount} and their seats go back to the pool.", amount=amount)
            if request.may(MONEY_VIEW)
            else t("Their seats go back to the pool."),
            "when": _when(request, event, first),
            "action": (t("Open orders"), f"{orders}?state=awaiting_payment"),
        }
    ]


def coming(request: Request, event: Event, totals: Figures) -> list[dict[str, Any]]:
    """The next things that happen without anybody: sales open and close, unpaid orders lapse, doors open."""
    t, now, items = request.t, request.ctx.clock.now(), []
    types = request.db.scalars(select(TicketType).where(TicketType.event_id == event.id))
    for kind in types:
        if kind.sales_start and kind.sales_start > now:
            items.append(
                {
                    "text": t("{name} goes on sale", name=kind.name),
                    "icon": "ticket",
                    "tone": "accent",
                    "at": kind.sales_start,
                }
            )
        if kind.sales_end and kind.sales_end > now:
            items.append(
                {
                    "text": t("{name} is no longer sold", name=kind.name),
                    "icon": "ticket",
                    "tone": "info",
                    "at": kind.sales_end,
                }
            )
    if request.may(ORDER_VIEW):
        n, first = request.db.execute(
            select(func.count(), func.min(Order.expires_at)).where(
                Order.event_id == event.id, Order.state == OrderState.AWAITING_PAYMENT, Order.expires_at > now
            )
        ).one()
        if n:
            items.append(
                {
                    "text": t("The first unpaid orders lapse"),
                    "icon": "hourglass",
                    "tone": "warn",
                    "at": first,
                    "detail": t("{n} orders wait for their money.", n=n),
                }
            )
    if event.starts_at > now:
        items.append({"text": t("Doors open"), "icon": "door-open", "tone": "ok", "at": event.starts_at})
    return sorted(items, key=lambda item: item["at"])[:6]
