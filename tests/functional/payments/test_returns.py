"""Tickets paid by card are given back: by the buyer, by staff, by calling the event off; and the money arrives once, whatever happens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.events.queries import event_by_slug
from sratix_core.messages.models import Message
from sratix_core.payments.models import PaymentAttempt
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.service import save_policy
from tests.functional.payments.cards import Counter
from tests.functional.shop.market import form_to
from tests.support import TestApp

RULES = Policy(tiers=(Tier(3, 8000),), fee_minor=500, self_service=True)
"""The event is nine days away."""


def rules(shop: Counter, policy: Policy = RULES) -> None:
    with shop.world.open() as ctx:
        save_policy(ctx, event_by_slug(ctx, shop.stall.slug), policy)


def office(shop: Counter) -> TestApp:
    return shop.market.member(shop.world)


def order_address(shop: Counter, where: str) -> str:
    return f"{shop.stall.office}orders/{re.findall(r'orders/([A-Z0-9]+)/', where)[0]}/"


def first_ticket(page: Any) -> str:
    return str(page.html.find("input", attrs={"name": "ticket"})["value"])


def test_the_buyer_gives_one_of_three_tickets_back(shop: Counter) -> None:
    rules(shop)
    browser = shop.market.browser()
    assert "80 % of the price" in browser.get(shop.stall.path)
    where = shop.bought(browser, Paid=3)
    choose = browser.get(where + "return/")
    asked = browser.get(where + "return/", {"ticket": first_ticket(choose), "of": "x"})
    assert "34.20" in asked, asked.text
    assert "14.80" in asked
    done = form_to(asked, "/return/").submit(status=303).follow()
    assert "34.20" in done
    assert shop.state(where) == ("paid", 14_700, 3420)
    shop.work()
    assert shop.refunds() == [3420]
    assert shop.charged() == (14_700, 3420)
    with shop.world.open(write=False) as ctx:
        kinds = list(ctx.db.scalars(select(Message.kind)))
    assert kinds.count("tickets_given_back") == 1
    assert "ticket_voided" not in kinds


def test_the_same_ticket_is_given_back_once(shop: Counter) -> None:
    rules(shop)
    browser = shop.market.browser()
    where = shop.bought(browser, Paid=2)
    form = form_to(
        browser.get(where + "return/", {"ticket": first_ticket(browser.get(where + "return/"))}), "/return/"
    )
    form.submit(status=303)
    form.submit(status=409)
    shop.work()
    assert shop.refunds() == [3420]


def test_another_amount_than_was_shown_is_asked_again(shop: Counter) -> None:
    rules(shop)
    browser = shop.market.browser()
    where = shop.bought(browser, Paid=2)
    form = form_to(
        browser.get(where + "return/", {"ticket": first_ticket(browser.get(where + "return/"))}), "/return/"
    )
    rules(shop, Policy(tiers=(Tier(3, 5000),), self_service=True))
    again = form.submit(status=409)
    assert "24.50" in again
    form_to(again, "/return/").submit(status=303)
    shop.work()
    assert shop.refunds() == [2450]


def test_without_the_right_nothing_is_given_back(shop: Counter) -> None:
    browser = shop.market.browser()
    where = shop.bought(browser, Paid=1)
    assert browser.get(where + "return/", status=303).headers["Location"].endswith(where)
    assert "return/" not in browser.get(where)


def test_staff_cancel_by_the_rules_or_otherwise(shop: Counter) -> None:
    rules(shop)
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser, Paid=2)
    here = order_address(shop, where)
    page = staff.get(here)
    asked = staff.get(page.html.find("a", href=re.compile(r"returns/\?ticket="))["href"])
    form = form_to(asked, "/returns/")
    forms = [f for f in asked.forms.values() if f.method.lower() == "post" and f.action.endswith("/returns/")]
    form = forms[0]
    form["terms"] = "full"
    assert "Fill this in" in form.submit(status=422)
    form["reason"] = "illness"
    form.submit(status=303)
    assert shop.state(where) == ("cancelled", 9800, 9800)
    shop.work()
    assert shop.refunds() == [9800]
    told = staff.get(here)
    assert "Tickets given back" in told
    assert "By Nina Steiner" in told


def test_a_favour_goes_back_at_once_and_the_tickets_stay(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser, Paid=2)
    asked = staff.get(order_address(shop, where) + "credits/")
    form = form_to(asked, "/credits/")
    form["amount"] = "200"
    assert "98.00" in form.submit(status=409)
    form["amount"] = "20"
    form.submit(status=303)
    shop.work()
    assert (shop.state(where), shop.refunds()) == (("paid", 9800, 2000), [2000])
    assert browser.get(where).text.count("qr.png") == 2


@pytest.mark.parametrize("kind", ["lost_answer", "error_after", "error_before"])
def test_a_refund_whose_answer_is_lost_is_made_once(shop: Counter, kind: str) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser, Paid=2)
    form = form_to(staff.get(order_address(shop, where) + "credits/"), "/credits/")
    form["amount"] = "20"
    form.submit(status=303)
    shop.bench.control("faults", {"kind": kind, "on": "POST /v1/refunds", "times": 1})
    for _ in range(4):
        shop.work()
        shop.later(minutes=5)
    assert shop.refunds() == [2000]
    assert shop.charged() == (9800, 2000)


def test_a_refused_refund_is_shown_and_can_go_by_hand(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser, Paid=2)
    (charge,) = [c for c in shop.bench.kept("charge") if c["status"] == "succeeded"]
    shop.bench.client().v1.refunds.create(params={"charge": charge["id"], "amount": 9800})
    form = form_to(staff.get(order_address(shop, where) + "credits/"), "/credits/")
    form["amount"] = "20"
    form.submit(status=303)
    shop.work()
    with shop.world.open(write=False) as ctx:
        states = list(ctx.db.scalars(select(PaymentAttempt.state).where(PaymentAttempt.kind == "refund")))
    assert states == ["declined"]
    assert shop.state(where) == ("paid", 9800, 0)
    assert "refused by its provider" in staff.get(shop.stall.office)
    by_hand = form_to(staff.get(order_address(shop, where) + "refunds/"), "/refunds/")
    by_hand["reference"] = "bank 1"
    by_hand.submit(status=303)
    assert shop.refunds() == [2000]
    assert "refused by its provider" not in staff.get(shop.stall.office)


def test_an_event_called_off_sends_everything_back(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    orders = [shop.bought(browser, Paid=1) for _ in range(3)]
    here = f"{shop.stall.office}cancellation/"
    form = form_to(staff.get(here), "/cancellation/")
    assert "147.00" in staff.get(here)
    form["terms"], form["slug"] = "full", "wrong"
    form.submit(status=422)
    form["slug"] = shop.stall.slug
    form.submit(status=303)
    assert "0 of 3 orders" in staff.get(here)
    shop.work()
    page = staff.get(here)
    assert "3 of 3 orders" in page
    assert shop.refunds() == [4900] * 3
    assert shop.charged() == (14_700, 14_700)
    assert {shop.state(where) for where in orders} == {("cancelled", 4900, 4900)}
    assert "is cancelled" in staff.get(here)


def test_a_failing_provider_holds_up_no_order_and_is_tried_again(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    for _ in range(3):
        shop.bought(browser, Paid=1)
    here = f"{shop.stall.office}cancellation/"
    shop.bench.control("faults", {"kind": "error_before", "on": "POST /v1/refunds", "times": 2})
    form = form_to(staff.get(here), "/cancellation/")
    form["terms"], form["slug"] = "full", shop.stall.slug
    form.submit(status=303)
    shop.work()
    with shop.world.open(write=False) as ctx:
        assert {o.state for o in [shop.order(ctx)]} == {"cancelled"}
    assert "3 of 3 orders" in staff.get(here)
    for _ in range(4):
        shop.later(minutes=5)
        shop.work()
    assert shop.refunds() == [4900] * 3


def test_staff_change_the_type_of_a_ticket(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser, Paid=2)
    page = staff.get(order_address(shop, where))
    asked = staff.get(page.html.find("a", href=re.compile(r"/exchange/$"))["href"])
    assert "49.00 less" in asked
    form = form_to(asked, "/exchange/")
    form["ticket_type"], form["difference"] = shop.stall.types["Free"], "refunded"
    form.submit(status=303)
    shop.work()
    assert shop.refunds() == [4900]
    assert shop.state(where) == ("paid", 9800, 4900)
    assert browser.get(where).text.count("qr.png") == 2
