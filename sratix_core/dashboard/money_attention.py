"""Money that needs a person, wherever people look: the list of events, an event's overview, finance. For who sees finance."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_VIEW
from sratix_core.dashboard.shell import path
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.payments.models import Dispute, DisputeState
from sratix_core.reconciliation.cases import MOST, open_by_event
from sratix_core.values.locale import format_datetime
from sratix_core.values.money import format_money
from sratix_core.web.request import Request

MOST_DISPUTES = 5


def of_tenant(request: Request) -> list[dict[str, Any]]:
    """Disputes to answer with their dates, unsettled cases, and what plugins have; the most urgent first."""
    if not request.grants.allows(FINANCE_VIEW):
        return []
    counted, t = open_by_event(request.ctx).total(), request.t
    items = _disputes(request)
    if counted:
        items.append(
            _cases(
                request,
                counted,
                path(request, "dashboard.finance_cases"),
                t("One difference is open."),
                "{n} differences are open.",
            )
        )
    return items + plugin_cases(request)


def of_event(request: Request, event: Event) -> list[dict[str, Any]]:
    """The event's own cases, and in a word those elsewhere. Its disputes stand on its overview for everybody who sees orders."""
    if not request.grants.allows(FINANCE_VIEW):
        return []
    by_event, t = open_by_event(request.ctx), request.t
    mine, here = by_event.pop(event.id, 0), path(request, "dashboard.finance_cases")
    items = []
    if mine:
        one, many = t("One difference of this event is open."), "{n} differences of this event are open."
        items.append(_cases(request, mine, f"{here}?event={event.id}", one, many))
    if others := by_event.total():
        one, many = t("One difference elsewhere is open."), "{n} differences elsewhere are open."
        items.append({**_cases(request, others, here, one, many), "tone": "info"})
    return items


def plugin_cases(request: Request) -> list[dict[str, Any]]:
    """What of the plugins' own waits for a person."""
    return [
        {
            "tone": "warn",
            "icon": each.icon,
            "fact": each.fact,
            "consequence": each.consequence,
            "when": "",
            "action": (each.action, each.url),
        }
        for answer in request.ctx.hooks.open_cases(request=request)
        for each in answer
    ]


def _cases(request: Request, n: int, href: str, one: str, many: str) -> dict[str, Any]:
    t = request.t
    return {
        "tone": "warn",
        "icon": "scale",
        "fact": one if n == 1 else t(many, n=f"{n}+" if n >= MOST else n),
        "consequence": t("The books and the money do not agree yet; each says why and what to do."),
        "when": "",
        "action": (t("Open finance"), href),
    }


def _disputes(request: Request) -> list[dict[str, Any]]:
    """Payments that buyers' banks took back and nobody has answered for, by the date of the evidence."""
    t, D = request.t, Dispute
    waiting = (
        select(D, Order.code, Event.slug, Event.timezone)
        .join(Order, (Order.tenant_id == D.tenant_id) & (Order.id == D.order_id))
        .join(Event, (Event.tenant_id == Order.tenant_id) & (Event.id == Order.event_id))
        .where(D.state == DisputeState.NEEDS_RESPONSE)
        .order_by(D.evidence_due_at, D.id)
        .limit(MOST_DISPUTES)
    )
    found = []
    for one, code, slug, zone in request.db.execute(waiting):
        due = format_datetime(one.evidence_due_at, zone, request.locale_name) if one.evidence_due_at else ""
        found.append(
            {
                "tone": "bad",
                "icon": "scale",
                "fact": t(
                    "The bank took {amount} of {code} back.",
                    amount=format_money(one.amount, request.locale_name),
                    code=code,
                ),
                "consequence": t("Without an answer the money is lost."),
                "when": t("until {when}", when=due) if due else t("now"),
                "action": (t("Open {code}", code=code), path(request, "dashboard.order", slug, code=code)),
            }
        )
    return found
