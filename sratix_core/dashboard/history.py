"""The story of an order, read from the audit journal and told in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from sratix_core.accounts.permissions import MONEY_VIEW
from sratix_core.audit.models import AuditEntry
from sratix_core.orders.models import Order
from sratix_core.tenants.models import Member
from sratix_core.values.money import Money
from sratix_core.web.request import Request

WORDS = {
    "order.placed": ("Order placed", "receipt", ""),
    "order.paid": ("Paid", "check", "ok"),
    "order.paid_after_expiry": ("Paid after the seats were gone", "scale", "bad"),
    "order.cancelled": ("Order cancelled", "ban", "bad"),
    "order.returned": ("Tickets given back", "undo-2", ""),
    "order.credited": ("Taken off the price", "minus", ""),
    "payment_attempt.declined": ("A payment or refund was refused by the provider", "circle-alert", "bad"),
    "order.refunded": ("Money sent back", "undo-2", ""),
    "order.refund_failed": ("A refund came back", "circle-alert", "bad"),
    "order.expired": ("Order lapsed, seats given back", "clock", "mute"),
    "order.resent": ("Mail sent again", "send", ""),
    "order.request_mailed": ("Invoice of the provider sent again", "send", ""),
    "ticket.rotated": ("Ticket got a new code", "refresh-cw", ""),
    "ticket.renamed": ("Name on a ticket changed", "pencil", ""),
    "order.rest_settled": ("The rest of the price is settled", "check", "ok"),
    "ticket.exchange_undone": ("Change of type undone", "undo-2", ""),
    "checkin.reverted": ("A check-in was undone", "undo-2", "mute"),
    "ticket.exchanged": ("Ticket got another type", "refresh-cw", ""),
    "ticket.voided": ("Ticket voided", "ban", "bad"),
}


def timeline(request: Request, order: Order, entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Items for the timeline macro, newest first, each with who did it."""
    rows = [e for e in entries if e.action in WORDS and not _told_already(e)]
    ids = {e.actor_id for e in rows if e.actor_kind == "user" and e.actor_id}
    known = select(Member.user_id, Member.name).where(Member.user_id.in_(ids))
    names = {row.user_id: row.name for row in request.db.execute(known)} if ids else {}
    items, sees_money = [], request.may(MONEY_VIEW)
    for entry in rows:
        text, icon, tone = WORDS[entry.action]
        who = names.get(entry.actor_id) if entry.actor_id else None
        said = request.t("By {name}", name=who) if who else request.t(ACTORS.get(entry.actor_kind, ""))
        if entry.impersonator_id is not None:
            said = request.t("{who}, acted for by the platform's support", who=said)
        amount = entry.data.get("amount", entry.data.get("total"))
        items.append(
            {
                "text": request.t(text),
                "icon": icon,
                "tone": tone,
                "at": entry.at,
                "amount": Money(int(amount), order.currency) if amount and sees_money else None,
                "detail": said,
            }
        )
    return items


def _told_already(entry: AuditEntry) -> bool:
    """What was taken off for tickets that were given back is part of that act."""
    return entry.action == "order.credited" and entry.data.get("reason") not in ON_ITS_OWN


ON_ITS_OWN = frozenset({"favour", "refunded_at_provider"})
"""Reasons of credits that nothing else tells of."""

ACTORS = {"anonymous": "By the buyer", "buyer": "By the buyer", "system": "By itself", "user": "By staff"}
