"""Cards made by staff, one or many at once, and stopped or let go on; their codes shown again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from sratix_core.plugin import (
    BadText,
    Event,
    Invalid,
    LedgerAct,
    Money,
    NotFound,
    Refused,
    TenantContext,
    book_value,
    clean,
    insert_ignore,
    is_email,
    normal_email,
    queue_mail,
    record,
)
from sratix_gift_cards import codes
from sratix_gift_cards.models import BY_HAND, CardState, GiftCard, How, Kind
from sratix_gift_cards.moving import NAME, changed, end_later, move

MAIL = "gift_cards.card"
MOST = 500
"""Cards of one batch."""

MOST_MINOR = 100_000_000
"""On one card."""


@dataclass(frozen=True)
class Draft:
    """As typed. `batch_id` comes with the form, so that the form sent twice makes one batch."""

    batch_id: uuid.UUID
    amount: Money
    how: How
    count: int = 1
    reference: str = ""
    ends_at: datetime | None = None
    name: str = ""
    email: str = ""
    message: str = ""
    locale: str = "en"


def issue(ctx: TenantContext, draft: Draft) -> list[GiftCard]:
    """Make the cards, book them and mail them; those of before when the batch is known.

    Raises `Invalid` with `amount`, `currency`, `count`, `reference`, `ends_on`, `recipient_name`, `recipient_email`, `message`.
    """
    draft = _checked(ctx, draft)
    first = made_once(ctx, draft, 0)
    if first is None:
        return cards_of(ctx, draft.batch_id)
    others = (made_once(ctx, draft, ordinal) for ordinal in range(1, draft.count))
    made = [first, *(card for card in others if card is not None)]
    act = LedgerAct.VALUE_GIVEN if draft.how == How.GIVEN else LedgerAct.VALUE_SOLD
    cash = "" if draft.how == How.GIVEN else draft.how.value
    for card in made:
        book_value(ctx, act, NAME, card.id, card.issued, cash=cash)
    record(
        ctx,
        "gift_card.issued",
        "gift_card_batch",
        draft.batch_id,
        how=draft.how.value,
        cards=len(made),
        amount=draft.amount.minor,
    )
    return made


def made_once(
    ctx: TenantContext, draft: Draft, ordinal: int, order_id: uuid.UUID | None = None
) -> GiftCard | None:
    """One card with its first movement, mailed where it has an address; None for one that is there."""
    code, now, card_id = codes.drawn(ctx), ctx.clock.now(), ctx.ids.new()
    row = {
        "id": card_id, "code_hash": codes.hashed(ctx, code), "code_sealed": codes.sealed(ctx, code),
        "mark": code[-4:], "state": CardState.ACTIVE, "how": draft.how, "reference": draft.reference,
        "issued_minor": draft.amount.minor, "balance_minor": draft.amount.minor,
        "currency": draft.amount.currency, "ends_at": draft.ends_at, "recipient_name": draft.name,
        "recipient_email": draft.email, "message": draft.message, "locale": draft.locale,
        "batch_id": draft.batch_id, "ordinal": ordinal,
        "issued_by": ctx.actor.id if ctx.actor.kind == "user" else None, "created_at": now, "updated_at": now,
    }  # fmt: skip
    if not insert_ignore(ctx.db, GiftCard, ("batch_id", "ordinal"), row):
        return None
    card: GiftCard = ctx.db.get_one(GiftCard, card_id)
    move(ctx, card.id, Kind.ISSUED, card.id, draft.amount, order_id)
    end_later(ctx, card)
    if draft.email:
        queue_mail(ctx, MAIL, draft.email, draft.locale, data={"card": str(card.id)})
    return card


def _checked(ctx: TenantContext, draft: Draft) -> Draft:
    fields: dict[str, str] = {}
    if not 0 < draft.amount.minor <= MOST_MINOR:
        fields["amount"] = "range"
    if draft.amount.currency not in currencies(ctx):
        fields["currency"] = "unknown_choice"
    if not 1 <= draft.count <= MOST:
        fields["count"] = "range"
    if draft.how not in BY_HAND:
        fields["how"] = "unknown_choice"
    if draft.ends_at is not None and draft.ends_at <= ctx.clock.now():
        fields["ends_on"] = "Choose a day that is still to come."
    text = {
        "reference": _text(draft.reference, 120, "reference", fields),
        "name": _text(draft.name, 160, "recipient_name", fields),
        "message": _text(draft.message, 500, "message", fields),
    }
    if draft.email and not is_email(draft.email):
        fields["recipient_email"] = "not_an_email"
    if fields:
        raise Invalid(fields)
    email = normal_email(draft.email) if draft.email else ""
    given = {**draft.__dict__, **text, "email": email}
    return Draft(**given)


def _text(typed: str, most: int, field: str, fields: dict[str, str]) -> str:
    try:
        return clean(typed, most).strip()
    except BadText as error:
        fields[field] = "too_long" if error.reason == "too_long" else "bad_text"
        return ""


def currencies(ctx: TenantContext) -> list[str]:
    """The organizer's own, and those of the events: what cards can be in."""
    used = set(ctx.db.scalars(select(Event.currency).distinct()))
    own = ctx.tenant.currency
    return [own, *sorted(used - {own})]


def cards_of(ctx: TenantContext, batch_id: uuid.UUID) -> list[GiftCard]:
    """The cards of a batch, in their order."""
    mine = select(GiftCard).where(GiftCard.batch_id == batch_id).order_by(GiftCard.ordinal)
    return list(ctx.db.scalars(mine))


def card_by_id(ctx: TenantContext, card_id: uuid.UUID) -> GiftCard:
    """Raises `NotFound`."""
    card = ctx.db.get(GiftCard, card_id)
    if card is None:
        raise NotFound("gift_card")
    found: GiftCard = card
    return found


def reveal(ctx: TenantContext, cards: Sequence[GiftCard]) -> list[str]:
    """The codes of these cards, which somebody is shown: that they were is in the journal."""
    for card in cards:
        record(ctx, "gift_card.code_shown", "gift_card", card.id)
    return [codes.opened(ctx, card.code_sealed) for card in cards]


def block(ctx: TenantContext, card: GiftCard) -> None:
    """Nobody spends it until it is unblocked. Raises `Refused("gift_card_state")`."""
    _switch(ctx, card, CardState.ACTIVE, CardState.BLOCKED)


def unblock(ctx: TenantContext, card: GiftCard) -> None:
    """Raises `Refused("gift_card_state")`."""
    _switch(ctx, card, CardState.BLOCKED, CardState.ACTIVE)


def _switch(ctx: TenantContext, card: GiftCard, before: CardState, after: CardState) -> None:
    mine = update(GiftCard).where(GiftCard.id == card.id, GiftCard.state == before)
    if not changed(ctx, mine.values(state=after, updated_at=ctx.clock.now())):
        raise Refused("gift_card_state")
    ctx.db.refresh(card)
    record(ctx, f"gift_card.{after.value}", "gift_card", card.id)
