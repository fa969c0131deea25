"""Paying by card on Stripe's page: once, whatever happens on the way."""

from __future__ import annotations

import pytest

from sratix_core.events.queries import event_by_slug
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.service import create_code
from tests.functional.payments.cards import DECLINED, SECURE, Counter
from tests.functional.shop.market import form_to, path_of, to_payment
from tests.functional.speed.test_statements import at_most


def test_a_card_payment_brings_the_tickets_at_once(shop: Counter) -> None:
    browser = shop.market.browser()
    where = shop.bought(browser)
    page = browser.get(where)
    assert page.text.count("qr.png") == 2
    assert shop.state(where) == ("paid", 9800, 0)
    assert shop.charged() == (9800, 0)
    assert shop.attempts() == [("pay", "succeeded")]


def test_paying_takes_few_statements(shop: Counter) -> None:
    """The post places the order, writes the intent and what came of the call; the way back settles it; each event is kept."""
    engines, browser = shop.market.runtime.engines, shop.market.browser()
    shop.bought(browser)
    shop.deliver()
    form = form_to(to_payment(browser, shop.stall, Paid=1), "/pay/")
    form["provider"] = "stripe"
    with at_most(engines, 20):
        page = form.submit(status=303).headers["Location"]
    back = shop.pay(page)
    with at_most(engines, 17):
        where = path_of(browser.get(back, status=303))
    with at_most(engines, 10):  # four events, two of them of no interest, and no job for any
        shop.deliver()
    assert shop.state(where) == ("paid", 4900, 0)
    assert shop.faults() == []


def test_the_same_form_twice_leads_to_the_same_payment_page(shop: Counter) -> None:
    browser = shop.market.browser()
    form = form_to(to_payment(browser, shop.stall, Paid=1), "/pay/")
    form["provider"] = "stripe"
    first, second = form.submit(status=303), form.submit(status=303)
    assert "/orders/" in second.headers["Location"]
    page = browser.get(path_of(second))
    again = form_to(page, "/payment/").submit(status=303)
    assert again.headers["Location"] == first.headers["Location"]
    assert len(shop.bench.kept("checkout.session")) == 1


def test_a_declined_card_is_tried_again_with_another(shop: Counter) -> None:
    browser = shop.market.browser()
    page = shop.to_stripe(browser)
    assert "declined" in shop.pay(page, DECLINED).lower()
    assert shop.state()[0] == "awaiting_payment"
    where = path_of(browser.get(shop.pay(page), status=303))
    assert shop.state(where) == ("paid", 9800, 0)


def test_who_leaves_the_page_finds_the_way_back(shop: Counter) -> None:
    browser = shop.market.browser()
    stripe = shop.to_stripe(browser)
    with shop.world.open(write=False) as ctx:
        order = shop.order(ctx)
    office = shop.market.member(shop.world)
    assert order.code in office.get(f"{shop.stall.office}orders/")
    (session,) = shop.bench.kept("checkout.session")
    left = browser.get(session["cancel_url"].split("8080", 1)[-1])
    assert "Nothing was charged" in left
    assert form_to(left, "/payment/").submit(status=303).headers["Location"] == stripe
    waiting = browser.get(session["success_url"].split("8080", 1)[-1])
    assert waiting.status_int == 200
    assert "not confirmed" in waiting


def test_a_card_that_asks_for_more_waits_and_then_pays(shop: Counter) -> None:
    browser = shop.market.browser()
    text = shop.pay(shop.to_stripe(browser), SECURE)
    assert shop.state()[0] == "awaiting_payment"
    assert text


@pytest.mark.parametrize(
    "fault",
    ["lost_answer", "reset_before", "error_before", "error_after", "malformed", "conflict", "rate_limited"],
)
def test_a_lost_answer_is_asked_for_again_and_makes_no_second_payment(shop: Counter, fault: str) -> None:
    shop.bench.fault("POST /v1/checkout/sessions", fault)
    browser = shop.market.browser()
    where = shop.to_stripe(browser)
    assert where.endswith("?done=payment_unreachable")
    page = browser.get(path_of_location(where))
    assert "does not answer" in page
    stripe = form_to(page, "/payment/").submit(status=303).headers["Location"]
    back = path_of(browser.get(shop.pay(stripe), status=303))
    assert shop.state(back) == ("paid", 9800, 0)
    assert len(shop.bench.kept("checkout.session")) == 1


def path_of_location(location: str) -> str:
    return "/" + location.split("/", 3)[3]


def test_a_buyer_who_never_comes_back_gets_the_tickets_all_the_same(shop: Counter) -> None:
    browser = shop.market.browser()
    shop.pay(shop.to_stripe(browser))  # the webhook is lost, the browser closed
    assert shop.state()[0] == "awaiting_payment"
    shop.later(seconds=30)
    shop.work()
    assert shop.state() == ("paid", 9800, 0)


def test_a_webhook_brings_the_tickets_and_its_repeats_nothing(shop: Counter) -> None:
    browser = shop.market.browser()
    shop.pay(shop.to_stripe(browser))
    assert set(shop.deliver(times=3)) == {200}
    shop.work()
    assert shop.state() == ("paid", 9800, 0)
    assert shop.charged() == (9800, 0)


def test_a_payment_page_closes_with_its_order(shop: Counter) -> None:
    browser = shop.market.browser()
    page = shop.to_stripe(browser)
    shop.later(minutes=41)
    shop.sweep()
    assert shop.state()[0] == "expired"
    shop.later(seconds=1)
    shop.work()
    shop.pay(page)
    assert shop.charged() == (0, 0)
    assert shop.attempts() == [("pay", "expired")]


def test_a_page_that_would_outlive_its_order_is_closed_with_it(shop: Counter) -> None:
    """Stripe keeps a page for at least half an hour: one that is opened shortly before the order ends is ended by us."""
    browser = shop.market.browser()
    shop.to_stripe(browser)
    (first,) = shop.bench.kept("checkout.session")
    shop.later(minutes=36)
    shop.work()
    assert shop.attempts() == [("pay", "expired")]
    left = browser.get(first["cancel_url"].split("8080", 1)[-1])
    late = str(form_to(left, "/payment/").submit(status=303).headers["Location"])
    (second,) = [s for s in shop.bench.kept("checkout.session") if s["id"] != first["id"]]
    with shop.world.open(write=False) as ctx:
        ends = shop.order(ctx).expires_at
        assert ends is not None
        assert second["expires_at"] > ends.timestamp()
    shop.later(minutes=5)
    shop.sweep()
    assert shop.state()[0] == "expired"
    shop.later(seconds=1)
    shop.work()
    shop.pay(late)
    assert shop.charged() == (0, 0)
    assert shop.attempts() == [("pay", "expired"), ("pay", "expired")]


def test_a_promo_code_is_a_coupon_for_once_on_the_page(shop: Counter) -> None:
    with shop.world.open() as ctx:
        event = event_by_slug(ctx, shop.stall.slug)
        create_code(ctx, event, CodeDraft("TEN", value=1000))
    browser = shop.market.browser()
    page = to_payment(browser, shop.stall, Paid=2)
    form = form_to(page, "/pay/")
    typed = {**dict(form.submit_fields()), "code": "ten", "code_at": "pay"}
    browser.post(form.action.replace("/pay/", "/code/"), typed, status=303)
    form = form_to(browser.get(form.action), "/pay/")
    form["provider"] = shop.provider
    where = str(form.submit(status=303).headers["Location"])
    (coupon,) = shop.bench.kept("coupon")
    assert (coupon["amount_off"], coupon["duration"], coupon["max_redemptions"]) == (980, "once", 1)
    browser.get(shop.pay(where), status=303)
    assert shop.state() == ("paid", 8820, 0)
    (spent,) = shop.bench.kept("coupon")
    assert (spent["times_redeemed"], spent["valid"]) == (1, False)


def test_money_that_came_at_the_last_moment_gets_its_seats_again(shop: Counter) -> None:
    browser = shop.market.browser()
    shop.pay(shop.to_stripe(browser))
    shop.later(minutes=41)
    shop.sweep()
    shop.later(seconds=1)
    shop.work()
    assert shop.state() == ("paid", 9800, 0)


def test_money_that_came_when_the_seats_were_gone_goes_back(shop: Counter) -> None:
    browser = shop.market.browser()
    shop.pay(shop.to_stripe(browser, Paid=10))
    shop.later(minutes=41)
    shop.sweep()
    shop.bought(shop.market.browser(), Paid=10)
    shop.later(seconds=1)
    shop.work()
    shop.work()
    assert shop.charged() == (98000, 49000)
    assert shop.refunds() == [49000]
    assert ("refund", "succeeded") in shop.attempts()
