"""Paying by an invoice that Stripe sends, in a browser: switched on, ordered, seen by staff, paid on the hosted page; voided with its order."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_card import PHONE, VISA, to_choice, use
from tests.browser.test_every_page import problems_of

pytestmark = pytest.mark.browser


@pytest.fixture
def office(somebody: Any) -> Any:
    """The owner, who offers invoices as long as the test takes."""
    person = somebody()
    person.sign_in("swiss-robotics", "owner")
    offer(person, True)
    yield person
    offer(person, False)


def offer(person: Any, on: bool) -> None:
    page: Page = person.go("/dashboard/swiss-robotics/plugins/stripe/")
    page.locator("input[name=invoices]").set_checked(on, force=True)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**?done=saved")


def order(person: Any) -> Page:
    page = to_choice(person)
    page.locator("input[value=stripe_invoice]").check(force=True)
    page.get_by_role("button", name="Order for").click()
    page.wait_for_url("**?done=requested")
    expect(page.locator("body")).to_contain_text("The invoice is on its way to you by mail.")
    return page


def test_an_invoice_is_sent_and_paid_on_its_page(somebody: Any, office: Any) -> None:
    page = order(somebody(viewport=PHONE, color_scheme="dark"))
    mine = page.url.split("?")[0]
    assert problems_of(page) == []
    code = re.findall(r"/orders/(\w+)/", mine)[0]
    staff = office.go(f"/dashboard/swiss-robotics/events/swiss-robotics-day-2027/orders/{code}/")
    expect(staff.locator("body")).to_contain_text("Invoice sent, not paid yet")
    assert problems_of(staff) == []
    staff.get_by_role("button", name="Send again").click()
    expect(staff.locator("body")).to_contain_text("on its way to the buyer again")
    page.get_by_role("link", name="Pay CHF").click()
    page.wait_for_url("**/i/in_**")
    use(page, VISA)
    expect(page.locator("#paid")).to_be_visible()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page.goto(mine)
        if "You are in" in page.inner_text("h1"):
            break
        page.wait_for_timeout(2000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are in")


def test_it_is_voided_by_staff_and_a_new_one_pays(somebody: Any, office: Any) -> None:
    page = order(somebody())
    mine = page.url.split("?")[0]
    first = page.get_by_role("link", name="Pay CHF").get_attribute("href")
    code = re.findall(r"/orders/(\w+)/", mine)[0]
    staff = office.go(f"/dashboard/swiss-robotics/events/swiss-robotics-day-2027/orders/{code}/")
    staff.locator("[data-dialog=end-request]").click()
    staff.get_by_role("button", name="Void the invoice").click()
    expect(staff.locator("body")).to_contain_text("The invoice is void.")
    page.goto(str(first))
    expect(page.locator("#void")).to_be_visible()
    page.goto(mine)
    page.get_by_role("button", name="Have the invoice sent").click()
    page.wait_for_url("**/i/in_**")
    assert page.url != first
