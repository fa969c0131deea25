"""A ticket becomes a dearer one: the buyer pays the difference by card or transfer, or the change is undone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sratix_core.events.queries import event_by_slug
from sratix_core.messages.compose import compose, order_of
from sratix_core.messages.models import Message
from sratix_core.refunds.exchanging import Difference, change_type
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.service import save_policy
from tests.builders import make_type
from tests.functional.payments.cards import Counter
from tests.functional.payments.test_refund_failures import cash, causes
from tests.functional.payments.test_returns import office, order_address
from tests.functional.shop.market import form_to
from tests.support import TestApp


def changed(shop: Counter, browser: TestApp) -> str:
    """Two tickets by card, one of them now a VIP for CHF 50.00 more; the path of the order's page."""
    where = shop.bought(browser)
    with shop.world.open() as ctx:
        vip = make_type(ctx, event_by_slug(ctx, shop.stall.slug), 9900, 5, name="VIP").id
    staff = office(shop)
    page = staff.get(order_address(shop, where))
    form = form_to(staff.get(page.html.find("a", href=re.compile(r"/exchange/$"))["href"]), "/exchange/")
    form["ticket_type"], form["difference"] = str(vip), "asked"
    done = form.submit(status=303).follow()
    assert "50.00 is outstanding" in done
    return where


def choose(browser: TestApp, where: str, provider: str) -> Any:
    form = form_to(browser.get(where + "difference/"), "/difference/")
    form["provider"] = provider
    return form.submit(status=303)


def test_it_is_paid_by_card_and_the_ticket_is_valid(shop: Counter) -> None:
    browser = shop.market.browser()
    where = changed(shop, browser)
    page = browser.get(where)
    assert "50.00 is still open" in page
    assert page.text.count("qr.png") == 1
    back = shop.pay(choose(browser, where, "stripe").headers["Location"])
    browser.get(back, status=303)
    assert shop.state(where) == ("paid", 14_800, 0)
    assert browser.get(where).text.count("qr.png") == 2
    assert browser.get(where + "difference/", status=303).headers["Location"].endswith(where)
    shop.deliver(times=2)
    shop.work()
    assert (shop.state(where), shop.charged()) == (("paid", 14_800, 0), (14_800, 0))
    assert causes(shop) == []


def test_the_mail_says_how_much_until_when_and_where(shop: Counter) -> None:
    where = changed(shop, shop.market.browser())
    with shop.world.open(write=False) as ctx:
        (message,) = [m for m in ctx.db.query(Message) if m.kind == "difference_asked"]
        letter = compose(ctx, message, order_of(ctx, message), attached=False)
    assert "50.00" in letter.subject
    assert "50.00" in letter.button
    assert where in letter.url
    assert "until" in letter.lead


def test_a_transfer_is_told_the_account_and_recorded_by_staff(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = changed(shop, browser)
    page = choose(browser, where, "bank_transfer").follow()
    assert "50.00" in page
    assert "IBAN" in page
    form = form_to(staff.get(order_address(shop, where)), "/payment/")
    form["reference"] = "statement 9"
    form.submit(status=303)
    assert shop.state(where) == ("paid", 14_800, 0)
    assert cash(shop) == {"stripe:test": 9800, "bank_transfer": 5000}
    assert browser.get(where).text.count("qr.png") == 2


def test_without_the_money_staff_see_it_and_undo_it(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = changed(shop, browser)
    page = choose(browser, where, "stripe").headers["Location"]
    assert "not paid in time" not in staff.get(shop.stall.office)
    shop.later(days=8)
    staff = office(shop)
    assert "It was due on" in staff.get(order_address(shop, where))
    assert "One change was not paid in time." in staff.get(shop.stall.office)
    assert ("difference_due", "not_paid") in causes(shop)
    form_to(staff.get(order_address(shop, where) + "difference/"), "/difference/").submit(status=303)
    assert shop.state(where) == ("paid", 9800, 0)
    assert browser.get(where).text.count("qr.png") == 2
    assert "difference_due" not in dict(causes(shop))
    shop.work()
    shop.pay(page)
    shop.deliver()
    for _ in range(3):
        shop.work()
        shop.later(minutes=10)
    came, went = shop.charged()
    assert came - went == 9800


def test_money_that_comes_after_it_was_undone_goes_back(shop: Counter) -> None:
    browser = shop.market.browser()
    where = changed(shop, browser)
    page = choose(browser, where, "stripe").headers["Location"]
    shop.pay(page)
    form_to(browser.get(where + "difference/"), "/undone/").submit(status=303)
    for _ in range(3):
        shop.deliver()
        shop.work()
        shop.later(minutes=1)
    assert shop.state(where) == ("paid", 14_800, 5000)
    assert shop.charged() == (14_800, 5000)


def test_the_buyer_takes_another_type(shop: Counter) -> None:
    browser = shop.market.browser()
    where = shop.bought(browser)
    assert "/exchange/" not in browser.get(where)
    with shop.world.open() as ctx:
        event = event_by_slug(ctx, shop.stall.slug)
        save_policy(ctx, event, Policy(tiers=(Tier(3, 5000),), exchanges=True))
        vip = make_type(ctx, event, 9900, 1, name="VIP").id
    here = browser.get(where).html.find("a", href=re.compile(r"/exchange/$"))["href"]
    listed = browser.get(here)
    assert "50.00 more" in listed
    assert "24.50 comes back" in listed
    asked = browser.get(here, {"type": str(vip)})
    assert "Take it and pay" in asked
    form = form_to(asked, "/exchange/")
    form["seen"] = "4999"
    form.submit(status=409)
    form["seen"] = "5000"
    to_pay = form.submit(status=303).follow()
    assert "50.00 is still open" in to_pay
    form.submit(status="*")
    form = form_to(to_pay, "/difference/")
    form["provider"] = "stripe"
    browser.get(shop.pay(form.submit(status=303).headers["Location"]), status=303)
    assert shop.state(where) == ("paid", 14_800, 0)


def test_a_cheaper_one_sends_the_share_of_the_rules_back(shop: Counter) -> None:
    browser = shop.market.browser()
    where = shop.bought(browser)
    with shop.world.open() as ctx:
        save_policy(ctx, event_by_slug(ctx, shop.stall.slug), Policy(tiers=(Tier(3, 5000),), exchanges=True))
    here = browser.get(where).html.find("a", href=re.compile(r"/exchange/$"))["href"]
    asked = browser.get(here, {"type": shop.stall.types["Free"]})
    form_to(asked, "/exchange/").submit(status=303)
    shop.work()
    assert (shop.refunds(), shop.state(where)) == ([2450], ("paid", 9800, 2450))
    assert browser.get(where).text.count("qr.png") == 2


@pytest.mark.parametrize("bad", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_a_type_that_is_none_is_refused(shop: Counter, bad: str) -> None:
    browser = shop.market.browser()
    where = shop.bought(browser)
    with shop.world.open() as ctx:
        save_policy(ctx, event_by_slug(ctx, shop.stall.slug), Policy(exchanges=True))
    here = browser.get(where).html.find("a", href=re.compile(r"/exchange/$"))["href"]
    assert browser.get(here, {"type": bad}, status="*").status_int in (200, 404)
    form = form_to(browser.get(here, {"type": shop.stall.types["Free"]}), "/exchange/")
    form["type"] = bad
    assert form.submit(status="*").status_int in (303, 404)
    assert shop.state(where) == ("paid", 9800, 0)


def test_a_page_for_more_than_is_lacking_is_not_offered_again(shop: Counter) -> None:
    """The change it was begun for is undone and a smaller one made: the old page ends, and the new one asks for the rest."""
    browser = shop.market.browser()
    where = changed(shop, browser)
    choose(browser, where, "stripe")
    form_to(browser.get(where + "difference/"), "/undone/").submit(status=303)
    with shop.world.open() as ctx:
        kind = make_type(ctx, event_by_slug(ctx, shop.stall.slug), 5900, 5, name="Plus").id
        order = shop.order(ctx, where)
        ticket = next(t for t in order.tickets if t.state == "valid")
        change_type(ctx, order, ticket, kind, Difference.ASKED)
    form = form_to(browser.get(where + "difference/"), "/difference/")
    form["provider"] = "stripe"
    form.submit(status=409)
    shop.later(minutes=2)
    shop.work()
    back = shop.pay(choose(browser, where, "stripe").headers["Location"])
    browser.get(back, status=303)
    assert (shop.state(where), shop.charged()) == (("paid", 10_800, 0), (10_800, 0))
