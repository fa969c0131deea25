"""Gift cards sold in the shop and given back: what was not spent ends and comes back, what was spent stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.errors import Refused
from sratix_core.invoices import settings as invoicing
from sratix_core.invoices.models import Invoice
from sratix_core.invoices.service import issue as issue_invoice
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.selling import issue, take_back
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back, quote
from sratix_core.values.money import Money
from sratix_gift_cards.issuing import block
from sratix_gift_cards.moving import end as end_card
from tests.builders import (
    World,
    taken,
)
from tests.functional.dashboard.full import SENDER
from tests.gift_cards import buy, switched_off
from tests.sold_cards import booked, order, paid, shop, sold


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


def test_the_credit_note_of_a_card_takes_back_no_vat(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        invoicing.save(ctx, SENDER)
        placed = paid(ctx, order(ctx, event, {ticket: 1, card: 2}))
        invoice = issue_invoice(ctx, placed)
        notes = select(Invoice).where(Invoice.refers_to == invoice.id).order_by(Invoice.id)

        def told() -> list[tuple[int, int]]:
            return [(note.total_minor, note.tax_minor) for note in ctx.db.scalars(notes)]

        unit = placed.value_units[0]
        give_back(ctx, placed, [unit.id], ReturnTerms.FULL, "goodwill")
        assert told() == [(5000, 0)]
        now = ctx.db.get_one(Order, placed.id)
        credit(ctx, now, Money(1000, "CHF"), "goodwill")
        assert told()[1] == (1000, 75), "a favour is about what was delivered"
        ctx.db.refresh(now)
        give_back(ctx, now, None, ReturnTerms.FULL, "goodwill")
        assert sum(total for total, _ in told()) == invoice.total_minor
        assert sum(tax for _, tax in told()) == invoice.tax_minor == placed.tax_minor


def test_what_is_left_of_an_invoice_is_credited_with_the_cards_in_it(world: World) -> None:
    with world.open() as ctx:
        event, ticket, card = shop(ctx)
        invoicing.save(ctx, SENDER)
        placed = paid(ctx, order(ctx, event, {ticket: 1, card: 2}))
        first = placed.value_units[0]
        give_back(ctx, placed, [first.id], ReturnTerms.FULL, "goodwill")
        ctx.db.expire_all()
        invoice = issue_invoice(ctx, ctx.db.get_one(Order, placed.id))
        notes = select(Invoice).where(Invoice.refers_to == invoice.id).order_by(Invoice.id)
        assert [(n.total_minor, n.tax_minor) for n in ctx.db.scalars(notes)] == [(5000, 0)], "issued after it"
        cancel_order(ctx, ctx.db.get_one(Order, placed.id), "asked")
        told = [(n.total_minor, n.tax_minor, n.rounding_minor) for n in ctx.db.scalars(notes)]
        assert told[1] == (7100, placed.tax_minor, 0)


def test_a_buyer_ends_no_blocked_card_and_staff_do(world: World) -> None:
    with world.open() as ctx:
        event, _, card = shop(ctx)
        placed = paid(ctx, order(ctx, event, {card: 1}))
        unit = placed.value_units[0]
        block(ctx, sold(ctx)[0])
        with pytest.raises(Refused, match="value_back_blocked"):
            take_back(ctx, placed, {unit.id: 5000}, [unit], by_buyer=True)
        assert [(c.state, c.balance_minor) for c in sold(ctx)] == [("blocked", 5000)]
        give_back(ctx, placed, None, ReturnTerms.FULL, "goodwill")
        assert [(c.state, c.balance_minor) for c in sold(ctx)] == [("ended", 0)]
