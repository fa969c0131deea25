"""Paying by card in a browser, with the stand-in that runs beside the demo: there and back, declined, asked by the bank, left and taken up again.

Only a browser holds a redirect against the policy of the page that sent the form; a test client follows it anywhere.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import problems_of

pytestmark = pytest.mark.browser

EVENT = "/swiss-robotics/swiss-robotics-day-2027/"
PHONE = {"width": 390, "height": 844}
VISA, DECLINED, SECURE = "4242424242424242", "4000000000000002", "4000002760003184"


def to_payment(person: Any) -> Page:
    """Two tickets, named, and the button pressed that leads to the payment."""
    page = to_choice(person)
    page.locator("input[value=stripe]").check(force=True)
    page.get_by_role("button", name="Order for").click()
    return page


def to_choice(person: Any) -> Page:
    """Two tickets, named, up to the ways to pay."""
    page: Page = person.go(EVENT)
    page.locator("input[type=number]").first.fill("2")
    page.locator("button.lg", has_text="Continue").click()
    page.wait_for_url("**/cart/**")
    for field in page.locator("input[required]:visible").all():
        kind = field.get_attribute("type")
        if kind == "checkbox":
            field.check()
        elif not field.input_value():
            field.fill("ann@example.org" if kind == "email" else "Ann Muster")
    page.get_by_role("button", name="Continue to payment").click()
    page.wait_for_url("**/pay/")
    return page


def use(page: Page, number: str) -> None:
    page.locator("summary").click()
    page.locator(f"button[value='{number}']").click()


def has_tickets(page: Page) -> None:
    page.wait_for_url("**/orders/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are in", timeout=30_000)


def test_a_card_is_declined_then_asked_for_and_then_pays(somebody: Any) -> None:
    page = to_payment(somebody())
    page.wait_for_url("**/c/pay/**")
    assert "Test payment page" in page.inner_text("header")
    use(page, DECLINED)
    expect(page.get_by_role("alert")).to_contain_text("declined")
    use(page, SECURE)
    page.wait_for_url("**/3ds/**")
    page.locator("button[value=approve]").click()
    has_tickets(page)


def test_who_leaves_the_payment_takes_it_up_again(somebody: Any) -> None:
    person = somebody(viewport=PHONE, color_scheme="dark")
    page = to_payment(person)
    page.wait_for_url("**/c/pay/**")
    where = page.url
    page.locator("a.back").click()
    expect(page.locator("body")).to_contain_text("Nothing was charged")
    assert problems_of(page) == []
    page.locator("form[action$='/payment/'] button").click()
    page.wait_for_url("**/c/pay/**")
    assert page.url == where
    use(page, VISA)
    has_tickets(page)


def test_the_organizer_connects_and_sells_on_their_own_page(somebody: Any) -> None:
    office = somebody()
    office.sign_in("swiss-robotics", "owner")
    page = office.go("/dashboard/swiss-robotics/plugins/stripe/")
    page.get_by_role("link", name="Open its page").click()
    page.get_by_role("button", name="Check the connection").click()
    expect(page.locator("#test")).to_contain_text("It may take payments.")
    assert problems_of(page) == []
    page.get_by_role("button", name="Make the endpoint at Stripe").click()
    expect(page.get_by_role("button", name="Make the endpoint again at Stripe")).to_be_visible()
    choose(office, "embedded")
    try:
        page = to_payment(somebody(viewport=PHONE))
        page.wait_for_url("**/payment/")
        expect(page.get_by_role("button", name="Pay now")).to_be_enabled()
        assert problems_of(page) == []
        for name, typed in (("number", DECLINED), ("expiry", "12 / 34"), ("cvc", "123")):
            page.locator(f"input[name={name}]").fill(typed)
        page.get_by_role("button", name="Pay now").click()
        expect(page.locator("#stripe-said")).to_contain_text("declined")
        page.locator("input[name=number]").fill(SECURE)
        page.get_by_role("button", name="Pay now").click()
        page.locator("dialog button[value=approve]").click()
        has_tickets(page)
    finally:
        choose(office, "hosted")


def choose(office: Any, look: str) -> None:
    page: Page = office.go("/dashboard/swiss-robotics/plugins/stripe/")
    page.locator("select[name=look]").select_option(look)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**?done=saved")


def test_a_person_keeps_a_card_pays_with_it_in_one_step_and_removes_it(somebody: Any) -> None:
    person = somebody(viewport=PHONE)
    person.sign_in("swiss-robotics", "owner")
    page = to_choice(person)
    page.locator("input[value=stripe]").check(force=True)
    page.get_by_label("Keep this card for next time").check()
    assert problems_of(page) == []
    page.get_by_role("button", name="Order for").click()
    page.wait_for_url("**/c/pay/**")
    use(page, SECURE)
    page.wait_for_url("**/3ds/**")
    page.locator("button[value=approve]").click()
    has_tickets(page)
    page = to_choice(person)
    expect(page.get_by_label("Visa •••• 3184")).to_be_checked()
    page.get_by_role("button", name="Order for").click()
    page.wait_for_url("**/3ds/**")
    page.locator("button[value=approve]").click()
    has_tickets(page)
    page = person.go("/my/payment-methods/")
    assert problems_of(page) == []
    page.get_by_role("link", name="Remove Visa •••• 3184").click()
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("body")).to_contain_text("The card is removed.")
    expect(page.locator("body")).not_to_contain_text("3184")
