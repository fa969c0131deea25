"""The mail that brings a card: the code is read and opened when it is sent, and stands in no row."""

from __future__ import annotations

import uuid

from sratix_core.plugin import Letter, TenantContext, format_date, format_money
from sratix_gift_cards import codes
from sratix_gift_cards.models import GiftCard
from sratix_gift_cards.sentences import say


def card_letter(ctx: TenantContext, card_id: str, locale: str) -> Letter | None:
    """None for a card that is gone."""
    card = ctx.db.get(GiftCard, uuid.UUID(card_id))
    if card is None:
        return None
    brand, amount = ctx.tenant.name, format_money(card.balance, locale)
    hello = [say("hello", locale, name=card.recipient_name)] if card.recipient_name else []
    until = (
        [say("until", locale, day=format_date(card.last_moment, ctx.tenant.timezone, locale))]
        if card.last_moment
        else []
    )
    return Letter(
        locale=locale,
        brand=brand,
        accent=ctx.tenant.accent,
        reference=f"{say('title', locale)} …{card.mark}",
        subject=say("subject", locale, brand=brand, amount=amount),
        preheader=say("preheader", locale),
        heading=say("heading", locale, amount=amount),
        lead=" ".join([*hello, say("lead", locale, brand=brand)]),
        button=say("button", locale),
        url=f"{ctx.settings.base_url}/{ctx.tenant.slug}/",
        facts=((codes.opened(ctx, card.code_sealed), *until), *(((card.message,),) if card.message else ())),
        closing=say("closing", locale),
        legal=ctx.tenant.legal_line,
        reason=say("reason", locale, brand=brand),
    )
