"""A buyer gives gift cards back on the page of the order: what was not spent comes back, while the event's rules let tickets go back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.catalog.service import types_of
from sratix_core.events.queries import event_by_slug
from sratix_core.messages.compose import compose, order_of
from sratix_core.messages.models import Message
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.orders.service import cancel_order, resend
from sratix_core.payments.refunds import owed_back
from sratix_core.pricing.rules import TypeRules
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.returning import give_back
from sratix_core.refunds.service import save_policy
from sratix_gift_cards.issuing import block
from sratix_gift_cards.models import GiftCard, How
from tests.builders import faults
from tests.functional.shop.market import Market, Stall, code_in, form_to
from tests.functional.shop.test_price_plugins import open_stall
from tests.functional.shop.test_sold_cards import buy, pay
from tests.gift_cards import buy as spend

RULES = Policy(tiers=(Tier(3, 8000),), self_service=True)
"""The event is nine days away."""


@pytest.fixture
def stall(market: Market) -> Stall:
    types: dict[str, dict[str, Any]] = {
        "Paid": {"price": 4900, "capacity": 50},
        "Card": {"price": 10_000, "capacity": 20, "rules": TypeRules(sells="gift_cards")},
    }
    made = open_stall(market, types, "gift_cards", "bank_transfer", tax_bp=810)
    rules(made, RULES)
    return made


def rules(stall: Stall, policy: Policy) -> None:
    with stall.world.open() as ctx:
        save_policy(ctx, event_by_slug(ctx, stall.slug), policy)


def bought(market: Market, stall: Stall, **units: int) -> str:
    where = buy(market, stall, **units)
    pay(stall, where)
    return where


def cards(stall: Stall) -> list[tuple[str, int]]:
    with stall.world.open(write=False) as ctx:
        sold = select(GiftCard).where(GiftCard.how == How.SHOP).order_by(GiftCard.ordinal)
        return [(card.state, card.balance_minor) for card in ctx.db.scalars(sold)]


def spend_some(stall: Stall, tickets: int = 1) -> None:
    """Tickets at CHF 49 each, paid with the first card as far as it goes."""
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        sold = select(GiftCard).where(GiftCard.how == How.SHOP).order_by(GiftCard.ordinal)
        kind = next(t for t in types_of(ctx, event) if t.name == "Paid")
        spend(ctx, event, {kind: tickets}, [ctx.db.scalars(sold).first()], "bank_transfer")  # type: ignore[list-item]


def chosen(browser: Any, where: str, *names: int) -> Any:
    """What giving these back means: by their numbers on the page."""
    page = browser.get(where + "return/")
    boxes = [box["value"] for box in page.html.select("input[name=ticket]")]
    return browser.get(where + "return/", {"of": "x", "ticket": [boxes[n] for n in names]}, status="*")


def order_at(stall: Stall, where: str) -> Order:
    with stall.world.open(write=False) as ctx:
        order = order_by_code(ctx, event_by_slug(ctx, stall.slug), code_in(where))
        _ = (order.payments, order.refunds)
        return order


def test_an_unspent_card_comes_back_whole_and_pays_nothing_more(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Card=2)
    browser.get(where).mustcontain("Giving gift cards back", "Give gift cards back")
    browser.get(where + "return/").mustcontain(
        "Which gift cards do you give back?", "CHF 100.00 of CHF 100.00 left"
    )
    asked = chosen(browser, where, 0)
    asked.mustcontain("Give one gift card back?", "Give back for CHF 100.00", "pays nothing from then on")
    asked.mustcontain("Of a gift card comes back what is left on it: CHF 100.00.")
    assert "ticket admits" not in asked.text
    assert "80 %" not in asked.html.select_one("section.cart").text, "no share of the price is about it"
    done = form_to(asked, "/return/").submit(status=303).follow()
    done.mustcontain("CHF 100.00 comes back to you")
    assert cards(stall) == [("ended", 0), ("active", 10_000)]
    order = order_at(stall, where)
    assert (order.state, owed_back(order).minor) == ("paid", 10_000)
    assert faults(market.runtime) == []


def test_of_a_partly_spent_one_the_rest_comes_back_and_the_page_says_why(
    market: Market, stall: Stall
) -> None:
    browser, where = market.browser(), bought(market, stall, Card=1)
    spend_some(stall)
    asked = chosen(browser, where, 0)
    asked.mustcontain(
        "CHF 51.00 of CHF 100.00 left", "Spent already", "CHF −49.00", "Give back for CHF 51.00"
    )
    form_to(asked, "/return/").submit(status=303)
    assert cards(stall) == [("ended", 0)]
    order = order_at(stall, where)
    assert (order.state, owed_back(order).minor, order.kept_minor) == ("cancelled", 5100, 4900)
    assert faults(market.runtime) == []


def test_a_ticket_and_a_card_go_back_each_by_its_own_rule(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Paid=1, Card=1)
    browser.get(where).mustcontain("Give something back")
    asked = chosen(browser, where, 0, 1)
    asked.mustcontain(
        "Give these back?", "80 %", "what is left on it: CHF 100.00", "Give back for CHF 139.20"
    )
    asked.mustcontain("The ticket admits nobody", "The gift card pays nothing")
    german = browser.get(asked.request.url + "&lang=de")
    german.mustcontain("Das alles zurückgeben?", "Der Gutschein bezahlt danach nichts mehr")
    form_to(german, "/return/").submit(status=303)
    assert order_at(stall, where).state == "cancelled"
    assert faults(market.runtime) == []


def test_spent_since_it_was_shown_it_is_asked_again(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Card=1)
    form = form_to(chosen(browser, where, 0), "/return/")
    spend_some(stall)
    again = form.submit(status=409)
    again.mustcontain("Give back for CHF 51.00")
    form_to(again, "/return/").submit(status=303)
    form.submit(status=303).follow()
    assert owed_back(order_at(stall, where)).minor == 5100, "twice is once"


def test_spent_to_the_end_there_is_nothing_to_give_back(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Card=1)
    form = form_to(chosen(browser, where, 0), "/return/")
    spend_some(stall, 3)
    browser.get(where + "return/").mustcontain("No gift card of this order can be given back")
    refused = form.submit(status=409)
    refused.mustcontain("Nothing is left of this gift card")
    assert cards(stall) == [("active", 0)]


def test_a_blocked_card_goes_back_to_nobody_but_by_staff(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Card=1)
    form = form_to(chosen(browser, where, 0), "/return/")
    with stall.world.open() as ctx:
        block(ctx, ctx.db.scalars(select(GiftCard).where(GiftCard.how == How.SHOP)).one())
    browser.get(where + "return/").mustcontain("No gift card of this order can be given back")
    refused = form.submit(status=409)
    refused.mustcontain("only the organizer takes it back")
    assert cards(stall) == [("blocked", 10_000)]


def test_where_the_rules_give_nothing_back_cards_stay(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Card=1)
    form = form_to(chosen(browser, where, 0), "/return/")
    rules(stall, Policy(tiers=(Tier(30, 8000),), self_service=True))
    browser.get(where + "return/").mustcontain("No gift card of this order can be given back")
    assert form.submit(status="*").status_int == 409
    rules(stall, Policy(tiers=(Tier(3, 8000),)))
    assert browser.get(where + "return/", status=303).headers["Location"].endswith(where)
    assert "return/" not in browser.get(where)
    assert cards(stall) == [("active", 10_000)]


def test_a_card_of_another_order_is_nobodys(market: Market, stall: Stall) -> None:
    browser, mine, other = market.browser(), bought(market, stall, Card=1), bought(market, stall, Card=1)
    form = form_to(chosen(browser, other, 0), "/return/")
    forged = {**dict(form.submit_fields())}
    assert browser.post(mine + "return/", forged, status="*").status_int == 404
    assert cards(stall) == [("active", 10_000)] * 2


def letter_of(stall: Stall, kind: str, locale: str = "en") -> tuple[str, str]:
    """The words of the latest mail of this kind: its subject, and all of it."""
    with stall.world.open() as ctx:
        mine = select(Message).where(Message.kind == kind).order_by(Message.id.desc())
        message = ctx.db.scalars(mine).first()
        assert message is not None
        message.locale = locale
        letter = compose(ctx, message, order_of(ctx, message), attached=False)
        parts = (letter.subject, letter.preheader, letter.heading, letter.lead, letter.button, letter.closing)
        return letter.subject, " ".join((*parts, *letter.headings))


@pytest.mark.parametrize("cards_bought", [1, 2])
def test_the_mail_about_it_speaks_of_gift_cards(market: Market, stall: Stall, cards_bought: int) -> None:
    browser, where = market.browser(), bought(market, stall, Card=cards_bought)
    form_to(chosen(browser, where, 0), "/return/").submit(status=303)
    for locale, words in (
        ("en", "One gift card of order"),
        ("de", "Ein Gutschein der Bestellung"),
    ):
        _, said = letter_of(stall, "tickets_given_back", locale)
        assert words in said
        assert "CHF 100.00" in said
        assert "ticket" not in said.lower(), said


def test_a_mail_about_both_names_each(market: Market, stall: Stall) -> None:
    browser, where = market.browser(), bought(market, stall, Paid=1, Card=1)
    form_to(chosen(browser, where, 0, 1), "/return/").submit(status=303)
    subject, said = letter_of(stall, "tickets_given_back")
    assert "tickets given back" in subject
    assert "One ticket of order" in said
    assert "One gift card is given back with it" in said


def test_a_cancelled_order_of_cards_says_nothing_of_tickets(market: Market, stall: Stall) -> None:
    where = buy(market, stall, Card=2)
    for locale in ("en", "de"):
        _, said = letter_of(stall, "order_placed_unpaid", locale)
        assert "ticket" not in said.lower(), said
    page = market.browser().get(where)
    assert "seat" not in page.html.select_one("main").text.lower()
    assert "ticket" not in page.html.select_one("main").text.lower().replace("ticket office", "")
    form_to(page, "/cancellation/").submit(status=303)
    for locale, words in (("en", "pays nothing any more"), ("de", "bezahlt nichts mehr")):
        _, said = letter_of(stall, "order_cancelled", locale)
        assert words in said
        assert "ticket" not in said.lower(), said


def test_a_cancelled_order_of_both_says_so_of_both(market: Market, stall: Stall) -> None:
    where = buy(market, stall, Card=1, Paid=1)
    form_to(market.browser().get(where), "/cancellation/").submit(status=303)
    _, said = letter_of(stall, "order_cancelled")
    assert "The tickets of order" in said
    assert "pays nothing any more, either" in said


def test_sent_once_more_and_called_off_it_is_no_ticket_either(market: Market, stall: Stall) -> None:
    where = bought(market, stall, Card=1)
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        order = order_by_code(ctx, event, code_in(where))
        resend(ctx, order)
        give_back(ctx, order, None, ReturnTerms.FULL, "event_changed", mail="event_called_off")
    for kind in ("tickets_resent", "event_called_off"):
        for locale in ("en", "de"):
            subject, said = letter_of(stall, kind, locale)
            assert len(said) > len(subject) + 100
            assert "ticket" not in said.lower(), said
    lapsed = buy(market, stall, Card=1)
    with stall.world.open() as ctx:
        order = order_by_code(ctx, event_by_slug(ctx, stall.slug), code_in(lapsed))
        cancel_order(ctx, order, "called_off", tell=False)
        queue(ctx, "event_called_off", order.buyer_email, order.locale, order=order)
    assert "ticket" not in letter_of(stall, "event_called_off")[1].lower()


def test_the_old_words_stay_for_tickets(market: Market, stall: Stall) -> None:
    where = bought(market, stall, Paid=1)
    form_to(chosen(market.browser(), where, 0), "/return/").submit(status=303)
    assert "One ticket of order" in letter_of(stall, "tickets_given_back")[1]
