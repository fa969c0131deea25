"""Cards found by what people have of them: the whole code, or its last four letters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from sratix_core.plugin import TenantContext
from sratix_gift_cards import codes
from sratix_gift_cards.models import GiftCard


def narrowed(ctx: TenantContext, query: Select[Any], typed: str) -> Select[Any]:
    """The same query, of cards that the typed text means."""
    code = codes.spelled(typed)
    if code:
        return query.where(GiftCard.code_hash == codes.hashed(ctx, code))
    return query.where(GiftCard.mark == typed.strip().upper().lstrip("…-")[-4:])
