"""What goes into the API and what comes out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal, Self

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.plugin import ApiMoney, ApiSignedMoney, Moment, Money, Order, SyncQuery
from sratix_gift_cards.issuing import MOST
from sratix_gift_cards.models import CardState, GiftCard, How, Kind, Movement


class GiftCardOut(msgspec.Struct, kw_only=True):
    """A card. `mark` is the end of its code; `balance` is what is left of `issued`."""

    id: uuid.UUID
    mark: str
    state: CardState
    how: How
    reference: str
    issued: ApiMoney
    balance: ApiMoney
    ends_at: datetime | None
    recipient_name: str
    recipient_email: str
    message: str
    locale: str
    batch_id: uuid.UUID
    created_at: datetime
    updated_at: datetime


class GiftCardMoveOut(msgspec.Struct):
    """A change of the balance: what came onto the card, or negative what left it, and for which order."""

    id: uuid.UUID
    kind: Kind
    amount: ApiSignedMoney
    event: str | None
    order: str | None
    at: datetime

    @classmethod
    def of(cls, move: Movement, order: Order | None) -> Self:
        event, code = (order.event.slug, order.code) if order is not None else (None, None)
        amount = ApiSignedMoney(move.amount_minor, move.currency)
        return cls(move.id, Kind(move.kind), amount, event, code, move.at)


class GiftCardWithMovesOut(GiftCardOut, kw_only=True):
    """A card and what moved on it, the oldest first."""

    moves: list[GiftCardMoveOut]


class GiftCardWithCodeOut(GiftCardOut, kw_only=True):
    """A card with the code that spends it."""

    code: str


class IssuedGiftCardsOut(msgspec.Struct):
    """The cards of one batch."""

    batch_id: uuid.UUID
    items: list[GiftCardWithCodeOut]


class GiftCardsIn(msgspec.Struct, forbid_unknown_fields=True):
    """So many cards of the same amount; with an address each is mailed there."""

    amount: ApiMoney
    how: Literal["cash_desk", "own_bank", "given"]
    count: Annotated[int, Meta(ge=1, le=MOST)] = 1
    reference: Annotated[str, Meta(description="Of the money, as you wrote it down.")] = ""
    ends_at: Annotated[Moment | None, Meta(description="From then on it pays nothing.")] = None
    recipient_name: str = ""
    recipient_email: str = ""
    message: str = ""
    locale: Annotated[str, Meta(max_length=12, description="Of the mail.")] = ""


class GiftCardQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    state: CardState | UnsetType = UNSET
    batch_id: uuid.UUID | UnsetType = UNSET
    q: (
        Annotated[str, Meta(max_length=60, description="The last four letters of a code, or all of it.")]
        | UnsetType
    ) = UNSET


def _money(amount: Money) -> ApiMoney:
    return ApiMoney(amount.minor, amount.currency)


def card_out(card: GiftCard, shape: type[GiftCardOut] = GiftCardOut, **more: Any) -> GiftCardOut:
    """A card as `shape`."""
    names = ("id", "mark", "reference", "ends_at", "recipient_name", "recipient_email", "message", "locale",
             "batch_id", "created_at", "updated_at")  # fmt: skip
    values: dict[str, Any] = {name: getattr(card, name) for name in names}
    values |= {"issued": _money(card.issued), "balance": _money(card.balance)}
    values |= {"state": CardState(card.state), "how": How(card.how)}
    return shape(**values, **more)
