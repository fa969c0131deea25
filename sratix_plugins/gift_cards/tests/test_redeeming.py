"""A card pays: the whole of an order, a part of it, or nothing; and what it paid goes back to it, once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.errors import Conflict, Refused
from sratix_core.ledger.queries import balances
from sratix_core.messages.compose import compose, order_of
from sratix_core.messages.models import Message
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.calls import charge_of
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.receiving import Receipt, mark_paid, received
from sratix_core.payments.refunds import owed_back, record_refund
from sratix_core.payments.sending import send_back
from sratix_core.payments.stored import usable
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back
from sratix_core.values.money import Money
from sratix_gift_cards.models import CardState, GiftCard, How
from sratix_gift_cards.moving import end_due, put_back, take
from tests.builders import World, make_sale
from tests.gift_cards import buy, code_of, make_card, switched_off, with_cards


def left(ctx: TenantContext, card: GiftCard) -> int:
    ctx.db.refresh(card)
    return card.balance_minor


def booked(ctx: TenantContext) -> dict[str, int]:
    """What the accounts hold, cash apart by whose it is."""
    return {
        f"{b.account}:{b.provider}" if b.provider else b.account.value: b.amount.minor
        for b in balances(ctx)
        if b.amount.minor
    }


def test_a_card_that_covers_all_makes_the_order_paid_at_once(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 2000)
        card = make_card(ctx)
        order = buy(ctx, event, {kind: 2}, [card], provider=None)
        assert (order.state, order.provider, order.total.minor) == ("paid", "gift_cards", 4000)
        assert left(ctx, card) == 1000
        kinds = list(ctx.db.scalars(select(Message.kind).where(Message.order_id == order.id)))
        assert kinds == ["order_confirmation"], "no letter that asks for money which is there"
        assert booked(ctx) == {"cash:own_bank": 5000, "revenue": -4000, "stored_value:gift_cards": -1000}


def test_a_card_that_covers_a_part_leaves_the_rest_to_another_way(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 4900)
        small, large = make_card(ctx, 1500), make_card(ctx, 2000, how=How.GIVEN)
        order = buy(ctx, event, {kind: 1}, [small, large])
        assert (order.state, order.total.minor, order.outstanding.minor) == ("awaiting_payment", 4900, 1400)
        assert (left(ctx, small), left(ctx, large)) == (0, 0)
        message = ctx.db.scalars(select(Message).where(Message.order_id == order.id)).one()
        letter = compose(ctx, message, order_of(ctx, message), attached=False)
        assert letter.total == ("To pay", "CHF 14.00")
        assert [row.amount for row in letter.lines][-2:] == ["CHF −15.00", "CHF −20.00"]
        with pytest.raises(Refused, match="amount_differs"):
            mark_paid(ctx, order, "the whole", Money(4900, "CHF"))
        order = mark_paid(ctx, order, "statement 7")
        assert (order.state, sorted(p.amount_minor for p in order.payments)) == ("paid", [1400, 1500, 2000])
        assert booked(ctx)["goodwill"] == 2000
        assert booked(ctx)["cash:transfer"] == 1400


def test_a_payment_page_asks_for_the_rest_and_not_the_whole(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 4900)
        order = buy(ctx, event, {kind: 1}, [make_card(ctx, 900)])
        attempt = PaymentAttempt(
            id=ctx.ids.new(), order_id=order.id, amount_minor=order.outstanding.minor, currency="CHF",
            created_at=ctx.clock.now(), ends_at=ctx.clock.now(), provider="stripe", mode="live",
        )  # fmt: skip
        charge = charge_of(ctx, order, attempt)
        assert (charge.amount.minor, charge.discount.minor) == (4000, 0), (
            "what is paid already is no discount"
        )
        assert [line.amount.minor for line in charge.lines] == [4000]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("blocked", "value_blocked"),
        ("spent", "value_spent"),
        ("ended", "value_ended"),
        ("foreign", "value_currency"),
        ("unknown", "value_unknown"),
    ],
)
def test_a_card_that_cannot_pay_says_why(world: World, state: str, code: str) -> None:
    with world.open() as ctx:
        card = make_card(ctx, ends_at=ctx.clock.now().replace(month=6))
        typed = code_of(ctx, card)
        if state == "blocked":
            card.state = CardState.BLOCKED
        elif state == "spent":
            event, kind = make_sale(ctx, 5000)
            buy(ctx, event, {kind: 1}, [card], provider=None)
    if state == "ended":
        world.later(days=365)
    with world.open() as ctx, pytest.raises(Refused) as refused:
        usable(
            ctx,
            typed.lower().replace("-", " ") if state != "unknown" else "ABCDE" * 4,
            "EUR" if state == "foreign" else "CHF",
        )
    assert refused.value.code == code
    with world.open() as ctx, pytest.raises(Conflict):
        take(
            ctx,
            ctx.db.get_one(GiftCard, card.id).id,
            Money(1, "EUR" if state in ("foreign", "unknown") else "CHF"),
            ctx.ids.new(),
        )


def test_a_code_is_found_by_its_own_tenant_only(world: World) -> None:
    other = with_cards(world.process)
    with world.open() as ctx:
        card = make_card(ctx)
        typed = code_of(ctx, card)
    with other.open() as ctx:
        with pytest.raises(Refused, match="value_unknown"):
            usable(ctx, typed, "CHF")
        with pytest.raises(Conflict):
            take(ctx, card.id, Money(100, "CHF"), ctx.ids.new())


def test_what_a_card_paid_comes_back_when_the_order_expires_or_is_cancelled_unpaid(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 4900)
        card = make_card(ctx, 3000)
        cancel_order(ctx, buy(ctx, event, {kind: 1}, [card]), "buyer")
        assert left(ctx, card) == 3000
        order = buy(ctx, event, {kind: 1}, [card])
        assert left(ctx, card) == 0
    world.later(days=11)
    with world.open() as ctx:
        assert expire_orders(ctx) == 1
        assert expire_orders(ctx) == 0
        card = ctx.db.get_one(GiftCard, card.id)
        assert left(ctx, card) == 3000
        assert owed_back(ctx.db.get_one(Order, order.id)).minor == 0
    with world.open() as ctx:  # the rest comes late: it stands alone, and is owed back
        late = received(ctx, ctx.db.get_one(Order, order.id), Receipt("transfer", "late", Money(1900, "CHF")))
        assert (late.state, owed_back(late).minor) == ("expired", 1900)
        record_refund(ctx, late, "sent", None)


def test_money_goes_back_the_way_it_came_the_card_first(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 4900)
        card = make_card(ctx, 3000)
        order = mark_paid(ctx, buy(ctx, event, {kind: 2}, [card]), "rest")
        give_back(ctx, order, [order.tickets[0].id], ReturnTerms.FULL, "goodwill")
        order = ctx.db.get_one(Order, order.id, populate_existing=True)
        assert left(ctx, card) == 3000, "as much as it had paid"
        assert owed_back(order).minor == 1900
        with pytest.raises(Refused, match="refund_by_hand"):
            send_back(ctx, order)
        record_refund(ctx, order, "by bank")
        assert booked(ctx)["cash:transfer"] == 9800 - 3000 - 1900
        cancel_order(ctx, order, "staff")
        assert (left(ctx, card), owed_back(order).minor) == (3000, 4900)


def test_a_credit_is_sent_to_the_card_by_a_person_and_never_as_cash(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 2000)
        card = make_card(ctx, 2000)
        order = buy(ctx, event, {kind: 1}, [card], provider=None)
        credit(ctx, order, Money(500, "CHF"), "goodwill")
        with pytest.raises(Refused, match="refund_to_card"):
            record_refund(ctx, order, "cash for a card")
        assert send_back(ctx, order, Money(200, "CHF")) == []
        assert left(ctx, card) == 200
        send_back(ctx, order)
        assert left(ctx, card) == 500
        with pytest.raises(Refused, match="nothing_owed"):
            send_back(ctx, order)


def test_with_the_plugin_off_the_money_stays_owed_and_goes_back_once_it_is_on(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 2000)
        card = make_card(ctx, 2000)
        order = buy(ctx, event, {kind: 1}, [card], provider=None)
    with switched_off(world).open() as ctx:
        order = cancel_order(ctx, ctx.db.get_one(Order, order.id), "staff")
        assert owed_back(order).minor == 2000
        with pytest.raises(Refused, match="refund_by_hand"):
            send_back(ctx, order)
        with pytest.raises(Refused, match="refund_to_card"):
            record_refund(ctx, order, "by hand")
    with world.open() as ctx:
        send_back(ctx, ctx.db.get_one(Order, order.id))
        assert left(ctx, ctx.db.get_one(GiftCard, card.id)) == 2000


def test_a_card_ends_after_its_last_day_and_is_good_again_when_something_comes_back(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 1500)
        card = make_card(ctx, 2000, ends_at=ctx.clock.now().replace(day=5))
        order = buy(ctx, event, {kind: 1}, [card], provider=None)
    world.later(days=5)
    with world.open() as ctx:
        assert (end_due(ctx), end_due(ctx)) == (1, 0)
        card = ctx.db.get_one(GiftCard, card.id)
        assert (card.state, card.balance_minor) == ("ended", 0)
        assert booked(ctx)["breakage"] == -500
        cancel_order(ctx, ctx.db.get_one(Order, order.id), "staff")
        assert (left(ctx, card), card.state) == (1500, "active")
        assert (card.ends_at - ctx.clock.now()).days == 30
    world.later(days=31)
    with world.open() as ctx:
        assert end_due(ctx) == 1
        assert booked(ctx)["breakage"] == -2000


def test_no_more_comes_back_than_was_ever_on_it(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 1500)
        order = buy(ctx, event, {kind: 1}, [make_card(ctx, 2000)], provider=None)
        reference = ctx.db.scalars(select(Payment.reference).where(Payment.order_id == order.id)).one()
    with world.open() as ctx, pytest.raises(RuntimeError, match="more came back"):
        put_back(ctx, reference, Money(1501, "CHF"), ctx.ids.new())
