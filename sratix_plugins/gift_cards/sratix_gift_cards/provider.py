"""Gift cards as a means of payment: the core asks what a code opens, takes of it with the order and puts back with a refund."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from zope.interface import implementer

from sratix_core.plugin import (
    IHoldsValue,
    IPaymentProvider,
    ISellsValue,
    Money,
    SoldUnit,
    SoldValue,
    StoredValue,
    TenantContext,
)
from sratix_gift_cards import codes, moving, selling
from sratix_gift_cards.models import CardState, GiftCard
from sratix_gift_cards.sentences import say


@implementer(IPaymentProvider, IHoldsValue, ISellsValue)
class GiftCards:
    """Never among the ways to choose from: a card is typed beside them, and what it does not cover is paid with one of them."""

    name = moving.NAME
    icon = "gift"

    def title(self, locale: str) -> str:
        return say("title", locale)

    def help(self, locale: str) -> str:
        return ""

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return False

    def term_days(self, ctx: TenantContext) -> int:
        return 0

    def found(self, ctx: TenantContext, typed: str) -> StoredValue | None:
        code = codes.spelled(typed)
        mine = GiftCard.code_hash == codes.hashed(ctx, code)
        return self._read(ctx, ctx.db.scalar(select(GiftCard).where(mine))) if code else None

    def held(self, ctx: TenantContext, key: uuid.UUID) -> StoredValue | None:
        return self._read(ctx, ctx.db.get(GiftCard, key, populate_existing=True))

    def _read(self, ctx: TenantContext, card: GiftCard | None) -> StoredValue | None:
        if card is None:
            return None
        return StoredValue(card.id, f"…{card.mark}", card.balance, _state(card, ctx.clock.now()))

    def take(self, ctx: TenantContext, key: uuid.UUID, amount: Money, order_id: uuid.UUID) -> str:
        return moving.take(ctx, key, amount, order_id)

    def hold(self, ctx: TenantContext, references: Sequence[str], units: Sequence[uuid.UUID]) -> None:
        made = [card.id for card in selling.cards_of(ctx, units).values()]
        moving.hold(ctx, {*map(moving.card_of, references), *made})

    def put_back(self, ctx: TenantContext, reference: str, amount: Money, refund_id: uuid.UUID) -> None:
        moving.put_back(ctx, reference, amount, refund_id)

    def sold_as(self, locale: str) -> str:
        return say("title", locale)

    def issue(self, ctx: TenantContext, unit: SoldUnit) -> bool:
        return selling.issue(ctx, unit)

    def sold(self, ctx: TenantContext, units: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, SoldValue]:
        return {
            unit: SoldValue(
                f"…{card.mark}",
                card.issued,
                card.balance,
                _state(card, ctx.clock.now()),
                card.recipient_email,
            )
            for unit, card in selling.cards_of(ctx, units).items()
        }

    def take_back(self, ctx: TenantContext, unit: uuid.UUID, even_blocked: bool = True) -> Money | None:
        return selling.take_back(ctx, unit, even_blocked)

    def mail_again(self, ctx: TenantContext, unit: uuid.UUID) -> None:
        selling.mail_again(ctx, unit)


def _state(card: GiftCard, now: datetime) -> Literal["open", "blocked", "ended", "spent"]:
    if card.state == CardState.BLOCKED:
        return "blocked"
    if card.state == CardState.ENDED or (card.ends_at is not None and card.ends_at <= now):
        return "ended"
    return "open" if card.balance_minor else "spent"
