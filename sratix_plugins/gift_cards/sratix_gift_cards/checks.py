"""What `sratix verify` asks of gift cards, over all tenants."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, or_, select

from sratix_core.plugin import Check, OrderLine, Outcome, Payment, booked_value, issued_value
from sratix_gift_cards.models import GiftCard, How, Kind, Movement
from sratix_gift_cards.moving import NAME

SHOWN = 20


def _count(db: Any, model: Any) -> int:
    return int(db.scalar(select(func.count()).select_from(model)) or 0)


def balances(db: Any) -> Outcome:
    """V1: what is on a card is the sum of its movements, never below 0 and never more than was issued."""
    moved = func.coalesce(func.sum(Movement.amount_minor), 0)
    of = and_(Movement.tenant_id == GiftCard.tenant_id, Movement.card_id == GiftCard.id)
    wrong = (
        select(GiftCard.id)
        .outerjoin(Movement, of)
        .group_by(GiftCard.tenant_id, GiftCard.id, GiftCard.balance_minor, GiftCard.issued_minor)
        .having(
            or_(moved != GiftCard.balance_minor, GiftCard.balance_minor < 0, moved > GiftCard.issued_minor)
        )
    )
    faults = tuple(
        f"gift card {found}: its balance and its movements differ" for found in db.scalars(wrong.limit(SHOWN))
    )
    return Outcome(_count(db, GiftCard), faults)


def liability(db: Any) -> Outcome:
    """V2: what the books say is owed on gift cards is what is on them, by tenant and currency."""
    held = (GiftCard.tenant_id, GiftCard.currency)
    cards = {
        (t, c): int(n)
        for t, c, n in db.execute(select(*held, func.sum(GiftCard.balance_minor)).group_by(*held))
    }
    books = booked_value(db, NAME)
    wrong = [key for key in sorted({*cards, *books}) if cards.get(key, 0) != books.get(key, 0)]
    faults = tuple(
        f"tenant {t}: {books.get((t, c), 0)} {c} owed in the books, {cards.get((t, c), 0)} on gift cards"
        for t, c in wrong[:SHOWN]
    )
    return Outcome(len(cards), faults)


def payments(db: Any) -> Outcome:
    """V3: what left a card for an order is a payment of that order, with what came back of it."""
    spent, back = (
        select(Movement.tenant_id, Movement.order_id, func.sum(Movement.amount_minor).label("minor"))
        .where(Movement.kind == kind)
        .group_by(Movement.tenant_id, Movement.order_id)
        .subquery()
        for kind in (Kind.SPENT, Kind.RETURNED)
    )
    paid = (
        select(
            Payment.tenant_id,
            Payment.order_id,
            func.sum(Payment.amount_minor).label("minor"),
            func.sum(Payment.refunded_minor).label("back"),
        )
        .where(Payment.provider == NAME)
        .group_by(Payment.tenant_id, Payment.order_id)
        .subquery()
    )
    query = (
        select(spent.c.order_id)
        .outerjoin(paid, and_(paid.c.tenant_id == spent.c.tenant_id, paid.c.order_id == spent.c.order_id))
        .outerjoin(back, and_(back.c.tenant_id == spent.c.tenant_id, back.c.order_id == spent.c.order_id))
        .where(
            or_(
                func.coalesce(paid.c.minor, 0) != -spent.c.minor,
                func.coalesce(paid.c.back, 0) != func.coalesce(back.c.minor, 0),
            )
        )
    )
    faults = [
        f"order {found}: its gift cards and its payments differ" for found in db.scalars(query.limit(SHOWN))
    ]
    total = int(db.scalar(select(func.count()).select_from(Payment).where(Payment.provider == NAME)) or 0)
    moved = int(db.scalar(select(func.count()).select_from(Movement).where(Movement.kind == Kind.SPENT)) or 0)
    if total != moved:
        faults.append(f"{total} payments by gift card, {moved} movements")
    return Outcome(total, tuple(faults))


def sold(db: Any) -> Outcome:
    """V4: a card that an order sold is one unit of a line that sells value, worth what it cost; the books made as much for orders."""
    line = and_(OrderLine.tenant_id == GiftCard.tenant_id, OrderLine.id == GiftCard.batch_id)
    wrong = (
        select(GiftCard.id)
        .outerjoin(OrderLine, line)
        .where(
            GiftCard.how == How.SHOP,
            or_(
                OrderLine.id.is_(None),
                OrderLine.kind != "value",
                GiftCard.ordinal >= OrderLine.quantity,
                GiftCard.issued_minor != OrderLine.unit_price_minor,
                GiftCard.currency != OrderLine.currency,
            ),
        )
    )
    faults = [f"gift card {found}: no order sold it so" for found in db.scalars(wrong.limit(SHOWN))]
    held = (GiftCard.tenant_id, GiftCard.currency)
    made = select(*held, func.sum(GiftCard.issued_minor)).where(GiftCard.how == How.SHOP).group_by(*held)
    cards, books = {(t, c): int(n) for t, c, n in db.execute(made)}, issued_value(db, NAME)
    faults += [
        f"tenant {t}: {books.get((t, c), 0)} {c} made for orders in the books, {cards.get((t, c), 0)} on gift cards"
        for t, c in sorted({*cards, *books})
        if cards.get((t, c), 0) != books.get((t, c), 0)
    ]
    count = select(func.count()).select_from(GiftCard).where(GiftCard.how == How.SHOP)
    return Outcome(int(db.scalar(count) or 0), tuple(faults))


CHECKS = [
    Check("V1", "the balance of a gift card is the sum of its movements", balances),
    Check("V2", "the books owe what is on gift cards", liability),
    Check("V3", "what left a gift card is a payment of its order", payments),
    Check("V4", "a gift card sold by an order is one unit of its lines", sold),
]
