"""Gift cards for programs: what the pages do, with the same rights and the same refusals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET
from sqlalchemy import select

from sratix_core.plugin import Call, Endpoint, Order, Sort, amount_sent, list_page, page_of, since
from sratix_gift_cards import issuing, moving, searching
from sratix_gift_cards.issuing import Draft
from sratix_gift_cards.models import GiftCard, How, Movement
from sratix_gift_cards.shapes import (
    GiftCardMoveOut,
    GiftCardOut,
    GiftCardQuery,
    GiftCardsIn,
    GiftCardWithCodeOut,
    GiftCardWithMovesOut,
    IssuedGiftCardsOut,
    card_out,
)

VIEW, ISSUE = "gift_cards.view", "gift_cards.issue"
TAG = "Gift cards"
MOVES = 1000


def list_gift_cards(call: Call) -> Any:
    asked, query = call.query, select(GiftCard)
    if asked.state is not UNSET:
        query = query.where(GiftCard.state == asked.state)
    if asked.batch_id is not UNSET:
        query = query.where(GiftCard.batch_id == asked.batch_id)
    if asked.q is not UNSET and asked.q.strip():
        query = searching.narrowed(call.ctx, query, asked.q)
    sort = Sort(GiftCard.created_at, GiftCard.id, descending=True)
    if (moment := since(call)) is not None:
        query, sort = query.where(GiftCard.updated_at >= moment), Sort(GiftCard.updated_at, GiftCard.id)
    return list_page(call, query, sort, lambda cards: [card_out(card) for card in cards])


def issue_gift_cards(call: Call) -> Any:
    """One batch for each claimed `Idempotency-Key`; without one, each call is a batch of its own."""
    body, tenant = call.body, call.ctx.tenant
    known = body.locale in tenant.locales
    draft = Draft(
        batch_id=call.request.claimed or call.ctx.ids.new(),
        amount=amount_sent(body.amount, "amount"),
        how=How(body.how),
        count=body.count,
        reference=body.reference,
        ends_at=body.ends_at,
        name=body.recipient_name,
        email=body.recipient_email.strip(),
        message=body.message,
        locale=body.locale if known else tenant.default_locale,
    )
    made = issuing.issue(call.ctx, draft)
    call.headers["Cache-Control"] = "private, no-store"
    return IssuedGiftCardsOut(draft.batch_id, _with_codes(call, made))


def get_gift_card(call: Call) -> Any:
    return _with_moves(call, _found(call))


def show_gift_card_code(call: Call) -> Any:
    call.headers["Cache-Control"] = "private, no-store"
    return _with_codes(call, [_found(call)])[0]


def block_gift_card(call: Call) -> Any:
    return _done(call, issuing.block)


def unblock_gift_card(call: Call) -> Any:
    return _done(call, issuing.unblock)


def end_gift_card(call: Call) -> Any:
    return _done(call, moving.end)


def _found(call: Call) -> GiftCard:
    return issuing.card_by_id(call.ctx, call.id("card"))


def _done(call: Call, act: Any) -> Any:
    card = _found(call)
    act(call.ctx, card)
    return _with_moves(call, card)


def _with_codes(call: Call, cards: Sequence[GiftCard]) -> list[Any]:
    shown = zip(cards, issuing.reveal(call.ctx, cards), strict=True)
    return [card_out(card, GiftCardWithCodeOut, code=code) for card, code in shown]


def _with_moves(call: Call, card: GiftCard) -> Any:
    mine = select(Movement).where(Movement.card_id == card.id).order_by(Movement.id).limit(MOVES)
    moved = list(call.ctx.db.scalars(mine))
    wanted = {move.order_id for move in moved if move.order_id is not None}
    orders = {}
    if wanted:
        orders = {o.id: o for o in call.ctx.db.scalars(select(Order).where(Order.id.in_(wanted)))}
    moves = [GiftCardMoveOut.of(move, orders.get(move.order_id) if move.order_id else None) for move in moved]
    return card_out(card, GiftCardWithMovesOut, moves=moves)


ONE = "/cards/{card}"
STATE: dict[str, Any] = {"answers": GiftCardWithMovesOut, "errors": ("gift_card_state",)}
OPERATIONS = [
    Endpoint(
        list_gift_cards, "GET", "/cards", VIEW, "List gift cards, the newest first", TAG,
        query=GiftCardQuery, answers=page_of(GiftCardOut),
    ),
    Endpoint(
        issue_gift_cards, "POST", "/batches", ISSUE, "Issue gift cards; their codes are in the answer", TAG,
        body=GiftCardsIn, answers=IssuedGiftCardsOut, status=201,
        fields=(("ends_on", "ends_at"), ("currency", "amount.currency"), ("amount", "amount.amount")),
    ),
    Endpoint(get_gift_card, "GET", ONE, VIEW, "A gift card with what moved on it", TAG, answers=GiftCardWithMovesOut),
    Endpoint(
        show_gift_card_code, "POST", ONE + "/code", ISSUE, "The code of a gift card; that it was shown is in the journal",
        TAG, answers=GiftCardWithCodeOut,
    ),
    Endpoint(block_gift_card, "POST", ONE + "/blocking", ISSUE, "Block a gift card: nobody spends it", TAG, **STATE),
    Endpoint(unblock_gift_card, "POST", ONE + "/unblocking", ISSUE, "Let a blocked gift card be spent again", TAG, **STATE),
    Endpoint(end_gift_card, "POST", ONE + "/ending", ISSUE, "End a gift card: what is left on it is income", TAG, **STATE),
]  # fmt: skip
