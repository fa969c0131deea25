"""Gift cards sold in the shop: no ticket, no revenue, no discount; made once when paid, and ended with what is given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import sratix_gift_cards
from sratix_core.catalog.models import TicketType
from sratix_core.catalog.service import TypeDraft, save_ticket_type
from sratix_core.checkin.service import Sight, admit_by_hand
from sratix_core.checkout.service import start_cart
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.events.pricing import set_terms
from sratix_core.ledger.queries import balances
from sratix_core.messages.models import Message
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.receiving import Receipt, mark_paid, received
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.selling import issue, mail_again
from sratix_core.payments.stored import parts, payable, usable
from sratix_core.pricing.rules import Bulk, Terms, TypeRules
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.service import create_code
from sratix_core.refunds.exchanging import offer
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back, quote
from sratix_core.tickets.service import payloads
from sratix_core.values.money import Money
from sratix_gift_cards.models import GiftCard, How
from sratix_gift_cards.moving import end as end_card
from tests.builders import (
    World,
    faults,
    make_engines,
    make_event,
    make_process,
    make_type,
    publish,
    sqlite_settings,
    taken,
)
from tests.gift_cards import buy, code_of, make_card, switched_off, with_cards

SELLS = TypeRules(sells="gift_cards")
BEA = Holder("Bea Keller", "bea@example.org")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    settings = sqlite_settings(tmp_path)
    engines = make_engines(settings)
    process = make_process(settings, engines, plugins=[sratix_gift_cards])
    yield with_cards(process)
    assert faults(process) == []
    engines.dispose()


def shop(ctx: TenantContext, capacity: int | None = None) -> tuple[Event, TicketType, TicketType]:
    """An event with a ticket at CHF 20 and gift cards at CHF 50; prices hold a tax, orders cost a fee."""
    event = make_event(ctx)
    set_terms(ctx, event, Terms(tax_bp=810, fee_name="Service", fee_ticket_minor=100))
    ticket = make_type(ctx, event, 2000)
    card = make_type(ctx, event, 5000, capacity, rules=SELLS, name="Gift card CHF 50")
    return publish(ctx, event), ticket, card


def order(ctx: TenantContext, event: Event, units: dict[TicketType, int], *holders: Holder) -> Order:
    cart, _ = start_cart(ctx, event, {t.id: n for t, n in units.items()}, "en")
    people = [*holders, *[Holder()] * (sum(units.values()) - len(holders))]
    return place_order(ctx, event, cart, Buyer("Ada", "ada@example.org"), people, "transfer")[0]


def sold(ctx: TenantContext) -> list[GiftCard]:
    mine = select(GiftCard).where(GiftCard.how == How.SHOP).order_by(GiftCard.batch_id, GiftCard.ordinal)
    return list(ctx.db.scalars(mine.execution_options(populate_existing=True)))


def paid(ctx: TenantContext, placed: Order) -> Order:
    done = mark_paid(ctx, placed, f"ref {placed.code}")
    issue(ctx, placed.id)
    return done


def booked(ctx: TenantContext, *accounts: str) -> list[int]:
    """What the accounts hold."""
    found = Counter[str]()
    for each in balances(ctx):
        found[each.account.value] += each.amount.minor
    return [found[name] for name in accounts]


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


def test_cancelling_ends_what_was_not_spent_and_owes_all_of_it(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx, capacity=2)
        placed = paid(ctx, order(ctx, event, {ticket: 1, card: 2}))
        placed = cancel_order(ctx, placed, "asked")
        assert owed_back(placed).minor == 12_100
        assert [(c.state, c.balance_minor) for c in sold(ctx)] == [("ended", 0)] * 2
        assert booked(ctx, "value_ordered", "stored_value", "revenue", "breakage") == [0, 0, 0, 0]
        assert taken(ctx, card.draws[0].pool_id) == 0
        assert issue(ctx, placed.id) == 0, "a job that comes late makes nothing"


def test_cancelled_between_the_payment_and_the_card_nothing_is_made(world: World) -> None:
    with world.open() as ctx:
        event, _, card = shop(ctx)
        placed = mark_paid(ctx, order(ctx, event, {card: 1}), "ref")
        placed = cancel_order(ctx, placed, "asked")
        assert (issue(ctx, placed.id), sold(ctx), owed_back(placed).minor) == (0, [], 5000)


def test_what_was_spent_does_not_come_back(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        placed = paid(ctx, order(ctx, event, {card: 2}))
        spent = sold(ctx)[0]
        buy(ctx, event, {ticket: 1}, [spent], provider=None)
        assert sold(ctx)[0].balance_minor == 2900
    with pytest.raises(Refused, match="value_was_spent") as caught, world.open() as ctx:
        cancel_order(ctx, ctx.db.get_one(Order, placed.id), "asked")
    assert caught.value.data["left"] == Money(7900, "CHF")
    with world.open() as ctx:
        assert [card.state for card in sold(ctx)] == ["active", "active"]


def test_at_most_the_rest_is_given_back(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        placed = paid(ctx, order(ctx, event, {ticket: 1, card: 2}))
        buy(ctx, event, {ticket: 1}, [sold(ctx)[0]], provider=None)
        units = {u.order_line_id: u for u in placed.value_units}
        assert units
        asked = quote(ctx, placed, None, ReturnTerms.FULL)
        assert (asked.back.minor, asked.whole) == (2100 + 2900 + 5000, True)
        first = next(u for u in placed.value_units if u.ordinal == 0)
        give_back(ctx, placed, [first.id], ReturnTerms.FULL, "goodwill")
        now = ctx.db.get_one(Order, placed.id)
        ctx.db.refresh(now)
        assert owed_back(now).minor == 2900
        assert [(c.state, c.balance_minor) for c in sold(ctx)] == [("ended", 0), ("active", 5000)]
        give_back(ctx, now, None, ReturnTerms.FULL, "goodwill")
        ctx.db.refresh(now)
        assert (now.state, now.kept_minor) == ("cancelled", 2100)
        assert [c.state for c in sold(ctx)] == ["ended", "ended"]


def test_value_comes_back_whole_whatever_the_rules_say_of_tickets(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        placed = paid(ctx, order(ctx, event, {ticket: 1, card: 1}))
        asked = quote(ctx, placed, None)
        assert (asked.back.minor, asked.kept.minor) == (5000, 2100), "no tier gives anything for the ticket"
        with pytest.raises(Refused, match="credit_over_price"):
            credit(ctx, placed, Money(2101, "CHF"), "goodwill")
        credit(ctx, placed, Money(2100, "CHF"), "goodwill")


def test_nothing_left_is_nothing_to_give_back(world: World) -> None:
    with world.open() as ctx:
        event, _, card = shop(ctx)
        placed = paid(ctx, order(ctx, event, {card: 1}))
        end_card(ctx, sold(ctx)[0])
        with pytest.raises(Refused, match="value_all_spent"):
            quote(ctx, placed, [placed.value_units[0].id], ReturnTerms.FULL)


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
        with pytest.raises(NotFound):
            mail_again(ctx, placed, placed.admissions[0].id)
        end_card(ctx, sold(ctx)[0])
        with pytest.raises(Refused, match="gift_card_state"):
            mail_again(ctx, placed, unit.id)


def test_while_the_plugin_is_off_nothing_is_made_and_nothing_given_back(world: World) -> None:
    with world.open() as ctx:
        event, _, card = shop(ctx)
        placed = mark_paid(ctx, order(ctx, event, {card: 1}), "ref")
    with switched_off(world).open() as ctx:
        now = ctx.db.get_one(Order, placed.id)
        with pytest.raises(Refused, match="value_seller_off"):
            issue(ctx, now.id)
        with pytest.raises(Refused, match="value_seller_off"):
            quote(ctx, now, None, ReturnTerms.FULL)
    with world.open() as ctx:
        assert issue(ctx, placed.id) == 1
