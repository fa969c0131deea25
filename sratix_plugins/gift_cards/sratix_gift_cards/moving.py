"""What moves on a card: taken with an order, put back with a refund, gone after its last day. Each by one statement, once."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, Update, case, func, or_, select, update

from sratix_core.plugin import Conflict, LedgerAct, Money, Refused, TenantContext, book_value, enqueue, record
from sratix_gift_cards.models import CardState, GiftCard, Kind, Movement

NAME = "gift_cards"
END = "gift_cards.end"
"""The job that ends cards after their last day."""

GRACE = timedelta(days=30)
"""How long a card is good for once something came back to it, however long ago its last day was."""

BATCH = 500


def move(
    ctx: TenantContext,
    card_id: uuid.UUID,
    kind: Kind,
    cause: uuid.UUID,
    amount: Money,
    order_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Write a movement down; its id. The caller has changed the balance, or made the card with it."""
    movement = Movement(
        id=ctx.ids.new(), card_id=card_id, kind=kind, cause_id=cause, order_id=order_id,
        amount_minor=amount.minor, currency=amount.currency, at=ctx.clock.now(),
        by=ctx.actor.id if ctx.actor.kind == "user" else None,
    )  # fmt: skip
    ctx.db.add(movement)
    ctx.db.flush()
    made: uuid.UUID = movement.id
    return made


def card_of(reference: str) -> uuid.UUID:
    """The card of which something was taken under a reference."""
    return uuid.UUID(reference.split(":")[0])


def hold(ctx: TenantContext, cards: Collection[uuid.UUID]) -> None:
    """Hold the rows of these cards until the commit, one after the other by their ids."""
    mine = select(GiftCard.id).where(GiftCard.id.in_(cards)).order_by(GiftCard.id)
    ctx.db.execute(mine.with_for_update()).all()


def take(ctx: TenantContext, card_id: uuid.UUID, amount: Money, order_id: uuid.UUID) -> str:
    """Take an amount off for an order; the reference, which begins with the card. Raises `Conflict("value_changed")`."""
    now = ctx.clock.now()
    usable = (
        GiftCard.state == CardState.ACTIVE,
        or_(GiftCard.ends_at.is_(None), GiftCard.ends_at > now),
        GiftCard.currency == amount.currency,
        GiftCard.balance_minor >= amount.minor,
    )
    took = update(GiftCard).where(GiftCard.id == card_id, *usable)
    less = {"balance_minor": GiftCard.balance_minor - amount.minor, "updated_at": now}
    if amount.minor <= 0 or not changed(ctx, took.values(less)):
        raise Conflict("value_changed")
    return f"{card_id}:{move(ctx, card_id, Kind.SPENT, order_id, -amount, order_id)}"


def put_back(ctx: TenantContext, reference: str, amount: Money, refund_id: uuid.UUID) -> None:
    """Put back what was taken under a reference, or a part of it. A card that had ended is good for a while again."""
    card_id, taken = map(uuid.UUID, reference.split(":"))
    spent = ctx.db.get_one(Movement, taken)
    now = ctx.clock.now()
    ended = GiftCard.state == CardState.ENDED
    over = GiftCard.ends_at < now + GRACE
    room = GiftCard.balance_minor + amount.minor
    more = {
        "balance_minor": room,
        "state": case((ended, CardState.ACTIVE.value), else_=GiftCard.state),
        "ends_at": case((over, now + GRACE), else_=GiftCard.ends_at),
        "updated_at": now,
    }
    back = update(GiftCard).where(GiftCard.id == card_id, room <= GiftCard.issued_minor)
    if not changed(ctx, back.values(more)):
        raise RuntimeError(f"more came back to gift card {card_id} than was ever on it")
    move(ctx, card_id, Kind.RETURNED, refund_id, amount, spent.order_id)
    end_later(ctx, ctx.db.get_one(GiftCard, card_id, populate_existing=True))


def changed(ctx: TenantContext, statement: Update) -> bool:
    """Whether the one statement found its card as it has to be."""
    result: Any = ctx.db.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def end_later(ctx: TenantContext, card: GiftCard) -> None:
    """Leave the job that ends a card after its last day."""
    if card.ends_at is not None:
        enqueue(ctx, END, {}, run_at=card.ends_at, dedupe=f"{END}:{card.ends_at:%Y%m%dT%H%M%S}")


def end_due(ctx: TenantContext) -> int:
    """End cards past their last day: what was left on them is booked as income. How many; each once."""
    due = (
        select(GiftCard)
        .where(GiftCard.ends_at <= ctx.clock.now())
        .where(GiftCard.state.in_((CardState.ACTIVE, CardState.BLOCKED)))
        .order_by(GiftCard.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    cards = list(ctx.db.scalars(due))
    for card in cards:
        _over(ctx, card)
    return len(cards)


def end(ctx: TenantContext, card: GiftCard) -> None:
    """End a card today, whatever its last day was. Raises `Refused("gift_card_state")` for one that ended before."""
    now = ctx.clock.now()
    mine = select(GiftCard).where(GiftCard.id == card.id).with_for_update()
    card = ctx.db.scalars(mine.execution_options(populate_existing=True)).one()
    if card.state == CardState.ENDED:
        raise Refused("gift_card_state")
    card.ends_at = min(card.ends_at or now, now)
    _over(ctx, card)


def _over(ctx: TenantContext, card: GiftCard) -> None:
    """What ends with a card whose row is held: what was left on it is income."""
    left = card.balance
    card.state, card.balance_minor, card.updated_at = CardState.ENDED, 0, ctx.clock.now()
    ctx.db.flush()
    if left.minor:
        ended = move(ctx, card.id, Kind.ENDED, ctx.ids.new(), -left)
        book_value(ctx, LedgerAct.VALUE_ENDED, NAME, ended, left)
    record(ctx, "gift_card.ended", "gift_card", card.id, amount=left.minor)


def owed(ctx: TenantContext) -> list[Money]:
    """What is on all cards together, by currency."""
    sums = select(GiftCard.currency, func.sum(GiftCard.balance_minor)).group_by(GiftCard.currency)
    return [
        Money(int(minor), currency) for currency, minor in ctx.db.execute(sums.order_by(GiftCard.currency))
    ]
