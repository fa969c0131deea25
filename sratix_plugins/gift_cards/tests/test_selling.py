"""Gift cards sold in the shop: no ticket, no revenue, no discount; made once when paid, and ended with what is given back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.catalog.service import TypeDraft, save_ticket_type
from sratix_core.checkin.service import Sight, admit_by_hand
from sratix_core.checkout.service import start_cart
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import expire_orders
from sratix_core.payments.receiving import Receipt, mark_paid, received
from sratix_core.payments.selling import issue, mail_again
from sratix_core.payments.stored import parts, payable, usable
from sratix_core.pricing.rules import Bulk, TypeRules
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.service import create_code
from sratix_core.refunds.exchanging import offer
from sratix_core.tickets.service import payloads
from sratix_core.values.money import Money
from sratix_gift_cards.moving import end as end_card
from tests.builders import (
    World,
    taken,
)
from tests.gift_cards import code_of, make_card
from tests.sold_cards import BEA, SELLS, booked, order, paid, shop, sold


def test_a_paid_order_makes_one_card_for_each_unit_however_often_it_is_told(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx, capacity=5)
        placed = order(ctx, event, {ticket: 1, card: 2}, Holder("Ada", ""), BEA)
        assert sold(ctx) == [], "nothing is made of what nobody paid"
        assert booked(ctx, "value_ordered", "stored_value") == [-10_000, 0]
        placed = mark_paid(ctx, placed, "ref 1")
        assert [issue(ctx, placed.id) for _ in range(3)] == [2, 0, 0]
        made = sold(ctx)
        assert [c.balance_minor for c in made] == [5000, 5000]
        assert [(c.recipient_name, c.recipient_email) for c in made] == [
            ("Bea Keller", "bea@example.org"),
            ("", "ada@example.org"),
        ]
        mails = list(ctx.db.scalars(select(Message.recipient).where(Message.kind == "gift_cards.card")))
        assert sorted(mails) == ["ada@example.org", "bea@example.org"]
        # CHF 20 with 8.1 % in them and a fee of one franc for the one ticket; the cards are owed, and nothing else.
        assert booked(ctx, "value_ordered", "stored_value") == [0, -10_000]
        assert placed.total_minor == 2000 + 100 + 10_000
        assert booked(ctx, "revenue", "service_fees", "tax") == [-1850, -93, -157]
        assert sum(booked(ctx, "revenue", "service_fees", "tax")) == -2100
        line = next(x for x in placed.lines if x.is_value)
        assert (line.kind, line.tax_minor, line.discount_minor, line.total_minor) == ("value", 0, 0, 10_000)


def test_it_is_no_ticket_and_holds_its_place(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx, capacity=2)
        placed = paid(ctx, order(ctx, event, {ticket: 1, card: 2}))
        assert {t.state for t in placed.value_units} == {"value"}
        assert len(placed.admissions) == 1
        assert len(payloads(ctx, event, placed.tickets)) == 1, "a unit of value has no code"
        unit = placed.value_units[0]
        by_hand = Sight(f"by hand {unit.id}", method="by_hand")
        assert admit_by_hand(ctx, event, unit, by_hand).reason == "no_admission"
        assert taken(ctx, card.draws[0].pool_id) == 2
        with pytest.raises(Refused):
            order(ctx, event, {card: 1})
        for kind, of in ((card, placed.admissions[0]), (ticket, unit)):
            with pytest.raises((Invalid, Refused)):
                offer(ctx, placed, of, kind.id)


def test_no_code_no_discount_and_no_gift_card_pays_for_it(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        create_code(ctx, event, CodeDraft("HALF", value=5000))
        cart, _ = start_cart(ctx, event, {ticket.id: 1, card.id: 1}, "en", code="HALF")
        assert {line.name: line.total_minor for line in cart.lines} == {
            "Regular": 1000, "Gift card CHF 50": 5000, "Service": 100,
        }  # fmt: skip
        with pytest.raises(Refused, match="promo_not_these"):
            start_cart(ctx, event, {card.id: 1}, "en", code="HALF")
        gift = make_card(ctx, 50_000)
        kept = [usable(ctx, code_of(ctx, gift), "CHF")]
        total = Money(6100, "CHF")
        whole = parts(ctx, kept, total)
        people = [Holder(), Holder()]
        with pytest.raises(Refused, match="value_for_value"):
            place_order(ctx, event, cart, Buyer("Ada", "a@example.org"), people, "transfer", whole)


def test_a_card_pays_for_the_rest_of_a_mixed_order(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        gift = make_card(ctx, 50_000)
        cart, _ = start_cart(ctx, event, {ticket.id: 1, card.id: 1}, "en")
        kept = [usable(ctx, code_of(ctx, gift), "CHF")]
        chosen = parts(ctx, kept, payable(Money(7100, "CHF"), 5000))
        placed, _ = place_order(
            ctx, event, cart, Buyer("Ada", "a@example.org"), [Holder(), Holder()], "transfer", chosen
        )
        assert (placed.state, placed.outstanding.minor) == ("awaiting_payment", 5000)


def test_an_order_that_lapsed_and_is_paid_late_sells_its_cards_all_the_same(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx, capacity=3)
        placed = order(ctx, event, {ticket: 1, card: 2})
        world.later(days=40)
    with world.open() as ctx:
        assert expire_orders(ctx) == 1
        now = ctx.db.get_one(Order, placed.id)
        assert {t.state for t in now.tickets} == {"lapsed"}
        assert booked(ctx, "value_ordered") == [0]
        now = received(ctx, now, Receipt("transfer", "late", now.total))
        assert now.state == "paid"
        assert sorted(t.state for t in now.tickets) == ["valid", "value", "value"]
        assert issue(ctx, now.id) == 2


def test_a_type_sells_value_or_admission_and_stays_what_it_is(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        price = Money(5000, "CHF")
        for rules, field in (
            (TypeRules(sells="nobody"), "sells"),
            (TypeRules(sells="transfer"), "sells"),
            (TypeRules(sells="gift_cards", bulk=[Bulk(2, 500)]), "bulk"),
            (TypeRules(sells="gift_cards", tax_bp=810), "tax"),
        ):
            with pytest.raises(Invalid) as caught:
                save_ticket_type(ctx, event, TypeDraft("X", price, rules=rules))
            assert field in caught.value.fields
        with pytest.raises(Invalid):
            save_ticket_type(ctx, event, TypeDraft("X", Money(0, "CHF"), rules=SELLS))
        order(ctx, event, {ticket: 1, card: 1})
        for kind, rules in ((card, TypeRules()), (ticket, SELLS)):
            with pytest.raises(Invalid) as caught:
                save_ticket_type(ctx, event, TypeDraft("X", price, rules=rules), kind)
            assert caught.value.fields == {"sells": "sells_fixed"}


def test_a_card_is_mailed_again_while_it_pays_something(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        placed = mark_paid(ctx, order(ctx, event, {ticket: 1, card: 1}), "ref")
        unit = placed.value_units[0]
        with pytest.raises(Refused, match="value_on_its_way"):
            mail_again(ctx, placed, unit.id)
        issue(ctx, placed.id)
        mail_again(ctx, placed, unit.id)
        mails = select(Message.recipient).where(Message.kind == "gift_cards.card")
        assert list(ctx.db.scalars(mails)) == ["ada@example.org"] * 2
        with pytest.raises(Refused, match="ticket_state"):
            mail_again(ctx, placed, placed.admissions[0].id)
        with pytest.raises(NotFound):
            mail_again(ctx, placed, placed.id)
        end_card(ctx, sold(ctx)[0])
        with pytest.raises(Refused, match="gift_card_state"):
            mail_again(ctx, placed, unit.id)
