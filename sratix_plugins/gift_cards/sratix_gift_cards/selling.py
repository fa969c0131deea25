"""Cards that orders in the shop sold: one for each unit, whatever runs twice; ended with what is given back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from sratix_core.plugin import Money, Refused, SoldUnit, TenantContext, Ticket, queue_mail, record
from sratix_gift_cards.issuing import MAIL, Draft, made_once
from sratix_gift_cards.models import CardState, GiftCard, How, Kind
from sratix_gift_cards.moving import move


def issue(ctx: TenantContext, unit: SoldUnit) -> bool:
    """Make the card of a unit and mail it; whether it was not there."""
    draft = Draft(
        batch_id=unit.line_id,
        amount=unit.amount,
        how=How.SHOP,
        name=unit.name[:160],
        email=unit.email,
        locale=unit.locale,
    )
    card = made_once(ctx, draft, unit.number, unit.order_id)
    if card is None:
        return False
    record(ctx, "gift_card.sold", "gift_card", card.id, amount=unit.amount.minor)
    return True


def cards_of(ctx: TenantContext, units: Sequence[uuid.UUID]) -> dict[uuid.UUID, GiftCard]:
    """The cards of these units, by the ids of the units."""
    same = (GiftCard.tenant_id == Ticket.tenant_id) & (GiftCard.batch_id == Ticket.order_line_id)
    mine = select(Ticket.id, GiftCard).join(GiftCard, same & (GiftCard.ordinal == Ticket.ordinal))
    found = ctx.db.execute(
        mine.where(Ticket.id.in_(units), GiftCard.how == How.SHOP).execution_options(populate_existing=True)
    )
    return {unit: card for unit, card in found.all()}  # noqa: C416 -- a row is no pair to mypy


def take_back(ctx: TenantContext, unit: uuid.UUID, even_blocked: bool = True) -> Money | None:
    """End the card of a unit; what was left on it, which the core books. None where there is no card yet.

    Raises `Refused("value_back_blocked")` for a blocked one, unless that may end, too.
    """
    known = cards_of(ctx, [unit]).get(unit)
    if known is None:
        return None
    mine = select(GiftCard).where(GiftCard.id == known.id).with_for_update()
    card = ctx.db.scalars(mine.execution_options(populate_existing=True)).one()
    if card.state == CardState.BLOCKED and not even_blocked:
        raise Refused("value_back_blocked")
    now, left = ctx.clock.now(), card.balance
    if card.state != CardState.ENDED:
        card.state, card.balance_minor, card.updated_at = CardState.ENDED, 0, now
        card.ends_at = min(card.ends_at or now, now)
        ctx.db.flush()
        record(ctx, "gift_card.taken_back", "gift_card", card.id, amount=left.minor)
    if left.minor:
        move(ctx, card.id, Kind.ENDED, unit, -left, _order_of(ctx, unit))
    return Money(left.minor, left.currency)


def _order_of(ctx: TenantContext, unit: uuid.UUID) -> uuid.UUID:
    found: uuid.UUID = ctx.db.scalars(select(Ticket.order_id).where(Ticket.id == unit)).one()
    return found


def mail_again(ctx: TenantContext, unit: uuid.UUID) -> None:
    """Mail the card of a unit once more. Raises `Refused("gift_card_state")` for one that pays nothing any more."""
    card = cards_of(ctx, [unit])[unit]
    if card.state == CardState.ENDED or not card.balance_minor:
        raise Refused("gift_card_state")
    queue_mail(ctx, MAIL, card.recipient_email, card.locale, data={"card": str(card.id)}, again=True)
    record(ctx, "gift_card.mailed", "gift_card", card.id)
