"""What the pages show, as plain values."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from sratix_core.plugin import Order, format_date
from sratix_gift_cards import moving, searching
from sratix_gift_cards.models import CardState, GiftCard, How, Movement

PAGE = 50
MOVEMENTS = 200
S = CardState

VIEWS = (
    ("", "All", tuple(S)),
    ("active", "Active", (S.ACTIVE,)),
    ("blocked", "Blocked", (S.BLOCKED,)),
    ("ended", "Ended", (S.ENDED,)),
)
STATES = {
    S.ACTIVE: ("ok", "circle-check", "Active"),
    S.BLOCKED: ("warn", "lock", "Blocked"),
    S.ENDED: ("", "hourglass", "Ended"),
}
SPENT = ("", "receipt", "Spent")
WAYS = {
    How.TILL: "Sold for cash",
    How.BANK: "Sold by bank",
    How.GIVEN: "Given away",
    How.SHOP: "Sold in the shop",
}
KINDS = {"issued": "Issued", "spent": "Spent", "returned": "Came back", "ended": "Ended"}


def path(request: Any, name: str, **parts: Any) -> str:
    return str(request.route_path(f"gift_cards.{name}", tenant=request.matchdict["tenant"], **parts))


def listed(request: Any) -> dict[str, Any]:
    """One page of cards, the newest first; the cursor is the id of the last row above it. What is on all of them together."""
    view = next((v for v in VIEWS if v[0] == request.GET.get("view", "")), VIEWS[0])
    here, typed = path(request, "list"), request.GET.get("q", "").strip()[:60]
    link = f"{here}?view={view[0]}"
    query = select(GiftCard).order_by(GiftCard.id.desc()).limit(PAGE + 1)
    if view[0]:
        query = query.where(GiftCard.state.in_(view[2]))
    if typed:
        query, link = searching.narrowed(request.ctx, query, typed), f"{link}&q={typed}"
    after = _id(request.GET.get("after", ""))
    if after is not None:
        query = query.where(GiftCard.id < after)
    found = list(request.ctx.db.scalars(query))
    rows = found[:PAGE]
    return {
        "rows": [row(request, card) for card in rows],
        "text": typed,
        "view": view[0],
        "views": [(request.t(title), f"{here}?view={key}", None, key == view[0]) for key, title, _ in VIEWS],
        "older": f"{link}&after={rows[-1].id}" if len(found) > PAGE else None,
        "first": link if after is not None else None,
        "owed": [money for money in moving.owed(request.ctx) if money.minor],
        "here": here,
    }


def _id(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def row(request: Any, card: GiftCard) -> dict[str, Any]:
    zone = request.ctx.tenant.timezone
    return {
        "mark": f"…{card.mark}",
        "state": SPENT if card.state == S.ACTIVE and not card.balance_minor else STATES[S(card.state)],
        "how": WAYS[How(card.how)],
        "recipient": card.recipient_name or card.recipient_email,
        "balance": card.balance,
        "issued": card.issued,
        "until": format_date(card.last_moment, zone, request.locale_name, "medium")
        if card.last_moment
        else "",
        "made": format_date(card.created_at, zone, request.locale_name, "medium"),
        "href": path(request, "card", card=card.id),
    }


def one(request: Any, card: GiftCard) -> dict[str, Any]:
    """A card with its movements, the newest first."""
    mine = select(Movement).where(Movement.card_id == card.id).order_by(Movement.id.desc()).limit(MOVEMENTS)
    moved = list(request.ctx.db.scalars(mine))
    wanted = {m.order_id for m in moved if m.order_id}
    orders = (
        {o.id: o for o in request.ctx.db.scalars(select(Order).where(Order.id.in_(wanted)))} if wanted else {}
    )
    return {
        "card": card,
        **row(request, card),
        "movements": [
            {
                "text": request.t(KINDS[m.kind]),
                "at": m.at,
                "amount": m.amount,
                "order": _order(request, orders.get(m.order_id)),
            }
            for m in moved
        ],
        "code_href": path(request, "code", card=card.id),
        "card_href": path(request, "card", card=card.id),
        "end_href": path(request, "ending", card=card.id),
        "block_href": path(request, "blocking", card=card.id),
        "unblock_href": path(request, "unblocking", card=card.id),
    }


def _order(request: Any, order: Order | None) -> dict[str, str] | None:
    if order is None:
        return None
    parts = {"tenant": request.matchdict["tenant"], "event": order.event.slug, "code": order.code}
    return {"code": order.code, "href": request.route_path("dashboard.order", **parts)}


def as_csv(cards: Sequence[GiftCard], shown: Sequence[str], zone: str) -> str:
    """Codes to print: one row for each card. No cell is typed by anybody, so none can be a formula."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(("code", "amount", "currency", "good_until"))
    for card, code in zip(cards, shown, strict=True):
        until = card.last_moment.astimezone(ZoneInfo(zone)).date().isoformat() if card.last_moment else ""
        write.writerow((code, str(card.issued.decimal()), card.currency, until))
    return out.getvalue()
