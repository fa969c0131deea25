"""A buyer with gift cards: typed where one pays, seen before anything is taken, spent beside another way to pay, and shown on the order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sratix_core.payments.models import PaymentAttempt
from sratix_core.promotions import guesses
from sratix_core.values.money import Money
from sratix_gift_cards.issuing import Draft, issue
from sratix_gift_cards.models import GiftCard, How
from tests.builders import faults
from tests.functional.shop.market import Market, Stall, choose, form_to, name_everyone
from tests.functional.shop.test_price_plugins import open_stall, the_order
from tests.gift_cards import code_of


@pytest.fixture
def stall(market: Market) -> Stall:
    return open_stall(
        market, {"Paid": {"price": 4900, "capacity": 50}}, "gift_cards", "bank_transfer", tax_bp=810
    )


def card(stall: Stall, minor: int, **more: Any) -> str:
    with stall.world.open() as ctx:
        return code_of(ctx, issue(ctx, Draft(ctx.ids.new(), Money(minor, "CHF"), How.BANK, **more))[0])


def balances(stall: Stall) -> list[int]:
    with stall.world.open(write=False) as ctx:
        return [each.balance_minor for each in ctx.db.query(GiftCard).order_by(GiftCard.id)]


def to_pay(browser: Any, stall: Stall, n: int = 1) -> Any:
    return name_everyone(choose(browser, stall, Paid=n).follow()).follow()


def apply(page: Any, code: str) -> Any:
    fields = {**dict(page.forms["pay"].submit_fields()), "gift": code, "gift_at": "pay"}
    return page.test_app.post(page.request.path.replace("/pay/", "/value/"), fields, expect_errors=True)


def order_for(page: Any) -> Any:
    return page.forms["pay"].submit(expect_errors=True)


def test_two_cards_and_a_transfer_pay_one_order(market: Market, stall: Stall) -> None:
    browser = market.browser()
    page = to_pay(browser, stall)
    assert "I have a gift card" in page.text
    page = apply(page, card(stall, 1500).lower()).follow()
    page.mustcontain("Still to pay", "CHF 34.00", "I have another gift card", "Nothing stays on it")
    page = apply(page, card(stall, 2000)).follow()
    page.mustcontain("CHF −15.00", "CHF −20.00", "Order for CHF 14.00")
    assert balances(stall) == [1500, 2000], "nothing is taken before it is ordered"
    page = order_for(page).follow()
    page.mustcontain("CHF 14.00", "Still to pay", "Gift card</span>")
    assert "CHF 49.00 by" not in page.text
    assert balances(stall) == [0, 0]
    assert faults(market.runtime) == []


def test_a_card_that_covers_all_needs_no_other_way(market: Market, stall: Stall) -> None:
    page = apply(to_pay(market.browser(), stall), card(stall, 10_000)).follow()
    page.mustcontain("One last look", "CHF 51.00 stay on it", "Get the tickets")
    assert "provider" not in page.forms["pay"].fields
    assert "gift card</summary>" not in page.text
    done = order_for(page)
    assert done.status_int == 303
    page = done.follow()
    page.mustcontain("paid by Gift card")
    assert balances(stall) == [5100]
    assert faults(market.runtime) == []


def test_a_card_is_taken_off_again_and_going_back_to_the_names_keeps_it(market: Market, stall: Stall) -> None:
    page = apply(to_pay(market.browser(), stall), card(stall, 1500)).follow()
    names = page.test_app.get(page.request.path.replace("/pay/", "/"))
    page = name_everyone(names).follow()
    page.mustcontain("CHF 34.00")
    key = re.search(r'name="gift_off" value="([^"]+)"', page.text)
    assert key is not None
    fields = {**dict(page.forms["pay"].submit_fields()), "gift_off": key[1]}
    page = page.test_app.post(page.request.path.replace("/pay/", "/value/"), fields).follow()
    assert "Still to pay" not in page.text
    page.mustcontain("Order for CHF 49.00")


def test_a_code_that_was_typed_and_not_applied_is_meant_all_the_same(market: Market, stall: Stall) -> None:
    page, code = to_pay(market.browser(), stall), card(stall, 1500)
    fields = {**dict(page.forms["pay"].submit_fields()), "gift": code}
    page = page.test_app.post(page.request.path, fields).follow()
    page.mustcontain("Order for CHF 34.00")
    assert balances(stall) == [1500]


def test_who_sees_another_amount_by_now_is_shown_it_before_anything_is_ordered(
    market: Market, stall: Stall
) -> None:
    code = card(stall, 3000)
    one, other = (apply(to_pay(market.browser(), stall), code).follow() for _ in range(2))
    assert order_for(one).status_int == 303
    answer = order_for(other)
    assert answer.status_int == 409
    answer.mustcontain("Look at it once more", "Order for CHF 49.00")
    assert balances(stall) == [0]


def test_guesses_count_with_those_at_promo_codes_and_stop_even_the_right_one(
    market: Market, stall: Stall
) -> None:
    page, code = to_pay(market.browser(), stall), card(stall, 1500)
    for n in range(guesses.MOST):
        answer = apply(page, f"ABCDEFGHJKLMNPQR{'ABCDEFGHJKLMNPQRS'[n]}XYZ")
        assert answer.status_int == 409
        answer.mustcontain("No gift card has this code")
    apply(page, code).mustcontain("These were many wrong codes")
    assert apply(page, "<script>alert(1)</script>").text.count("<script>alert") == 0


def test_a_card_of_another_organizer_opens_nothing_here(market: Market, stall: Stall) -> None:
    other = open_stall(market, {"Paid": {"price": 4900, "capacity": 50}}, "gift_cards", "bank_transfer")
    answer = apply(to_pay(market.browser(), stall), card(other, 1500))
    answer.mustcontain("No gift card has this code")
    assert balances(other) == [1500]
    assert balances(stall) == []


def test_without_the_plugin_nothing_is_asked_and_nothing_is_found(market: Market, stall: Stall) -> None:
    plain = open_stall(market, {"Paid": {"price": 4900, "capacity": 50}}, "bank_transfer")
    page = to_pay(market.browser(), plain)
    assert "gift card" not in page.text
    apply(page, card(stall, 1500)).mustcontain("No gift card has this code")


def test_who_cancels_an_unpaid_order_has_the_value_back_at_once(market: Market, stall: Stall) -> None:
    page = order_for(apply(to_pay(market.browser(), stall), card(stall, 1500)).follow()).follow()
    form_to(page, "/cancellation/").submit()
    assert balances(stall) == [1500]
    with stall.world.open(write=False) as ctx:
        order = the_order(ctx, page.request.path)
        assert (order.state, [r.provider for r in order.refunds]) == ("cancelled", ["gift_cards"])
        assert ctx.db.query(PaymentAttempt).filter_by(order_id=order.id).count() == 0
    assert faults(market.runtime) == []


def test_the_page_speaks_german(market: Market, stall: Stall) -> None:
    page = to_pay(market.browser(), stall)
    page = apply(page, card(stall, 1500)).follow()
    page = page.test_app.get(page.request.path + "?lang=de")
    page.mustcontain("Noch zu bezahlen", "Ich habe noch einen Gutschein", "Gutschein <bdi>")
