"""The product's main job, walked by people: bought by a stranger, scanned by a volunteer, seen by its organizer only."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_every_page import problems_of

pytestmark = pytest.mark.browser

SHOP = "/swiss-robotics/"
EVENT = "swiss-robotics-day-2027"


def buy_two_free_tickets(somebody: Any) -> tuple[Any, str]:
    """A stranger takes two exhibitor passes; their browser and the address of the order."""
    stranger = somebody()
    page = stranger.go(f"{SHOP}{EVENT}/")
    offer = page.locator("li.tk", has_text="Exhibitor")
    offer.locator("input").fill("2")
    page.locator("form[data-cart] [type=submit]").click()
    page.fill("input[name=buyer_name]", "Lena Amsler")
    page.fill("input[name=buyer_email]", "lena.amsler@kinetik.example")
    page.fill("input[name=name-2]", "Jonas Roth")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Get the tickets").click()
    page.wait_for_url("**/orders/**")
    return stranger, page.url


def test_a_stranger_buys_a_volunteer_scans_and_only_the_organizer_sees_it(somebody: Any) -> None:
    stranger, order_url = buy_two_free_tickets(somebody)
    page = stranger.page
    expect(page.locator("h1")).to_contain_text("You are in, Lena")
    expect(page.locator("article.pass .qr svg")).to_have_count(2)
    code = re.search(r"/orders/([A-Z0-9]+)/", order_url).group(1)  # type: ignore[union-attr]

    picture = page.request.get(
        stranger.site.url + page.get_by_text("Code as picture").first.get_attribute("href")
    )
    ticket = zxingcpp.read_barcode(Image.open(io.BytesIO(picture.body())).convert("L"))
    assert ticket is not None

    for _ in range(40):
        inbox = stranger.go("/dev/mail")
        if inbox.get_by_text("lena.amsler@kinetik.example").count():
            break
        inbox.wait_for_timeout(500)
    expect(inbox.get_by_text("lena.amsler@kinetik.example").first).to_be_visible()

    volunteer = somebody()
    door = volunteer.sign_in("swiss-robotics", "volunteer")
    volunteer.go(f"/dashboard/swiss-robotics/events/{EVENT}/check-in/scan/")
    door.fill("input[name=code]", ticket.text)
    door.keyboard.press("Enter")
    expect(door.locator("section.verdict")).to_have_attribute("data-v", "admit")
    expect(door.locator("section.verdict")).to_contain_text("Lena Amsler")
    door.fill("input[name=code]", ticket.text)
    door.keyboard.press("Enter")
    verdict = door.locator("section.verdict")
    expect(verdict).to_have_attribute("data-v", "refuse")
    expect(verdict).to_contain_text("Already inside")
    expect(verdict).to_contain_text(re.compile(r"Scanned .*\d\d:\d\d, \w+"))

    organizer = somebody()
    organizer.sign_in("swiss-robotics", "owner")
    orders = organizer.go(f"/dashboard/swiss-robotics/events/{EVENT}/orders/?q={code}")
    expect(orders.locator("table.data")).to_contain_text("Lena Amsler")
    orders.get_by_role("link", name=code).click()
    expect(orders.locator("main")).to_contain_text("Inside")
    attendees = organizer.go(f"/dashboard/swiss-robotics/events/{EVENT}/attendees/?q=lena")
    expect(attendees.locator("table.data")).to_contain_text("Lena Amsler")
    arrivals = organizer.go(f"/dashboard/swiss-robotics/events/{EVENT}/check-in/")
    expect(arrivals.locator("main")).to_contain_text("Lena Amsler")

    other = somebody()
    strange = other.sign_in("alpine-drones", "owner")
    for path in (
        f"/dashboard/swiss-robotics/events/{EVENT}/orders/{code}/",
        "/dashboard/swiss-robotics/",
        f"/dashboard/alpine-drones/events/{EVENT}/orders/{code}/",
    ):
        answer = strange.goto(other.site.url + path)
        assert answer is not None
        assert answer.status == 404
        expect(strange.locator("body")).not_to_contain_text("Lena Amsler")


def test_the_whole_purchase_works_without_a_script(somebody: Any) -> None:
    stranger = somebody(java_script_enabled=False)
    page = stranger.go(f"{SHOP}{EVENT}/?lang=de")
    page.locator("li.tk", has_text="Aussteller").locator("input").fill("1")
    page.locator("form[data-cart] [type=submit]").click()
    page.fill("input[name=buyer_name]", "Kim Wyss")
    page.fill("input[name=buyer_email]", "kim@")
    page.locator("form[data-guard] [type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.input_value("input[name=buyer_name]") == "Kim Wyss"
    page.fill("input[name=buyer_email]", "kim.wyss@kinetik.example")
    page.locator("form[data-guard] [type=submit]").click()
    page.locator("main form:not(aside form) button.primary").first.click()
    page.wait_for_url("**/orders/**")
    expect(page.locator("article.pass .qr svg")).to_have_count(1)


def test_a_volunteer_takes_a_pass_back_with_the_keyboard(somebody: Any) -> None:
    _, order_url = buy_two_free_tickets(somebody)
    code = re.search(r"/orders/([A-Z0-9]+)/", order_url).group(1)  # type: ignore[union-attr]
    volunteer = somebody()
    door = volunteer.sign_in("swiss-robotics", "volunteer")
    volunteer.go(f"/dashboard/swiss-robotics/events/{EVENT}/check-in/scan/")
    door.fill("input[name=code]", code)
    door.keyboard.press("Enter")
    door.get_by_role("button", name="Let in").first.click()
    verdict = door.locator("section.verdict")
    expect(verdict).to_have_attribute("data-v", "admit")
    expect(verdict.get_by_role("button", name="Undo")).to_be_visible()
    assert problems_of(door) == []
    door.locator("input[name=code]").press("Control+z")
    expect(door.locator("body")).to_contain_text("Undone. The ticket")
    expect(door.locator(".feed li").first).to_contain_text("Undone by")
    expect(door.locator("input[name=code]")).to_be_focused()
    assert problems_of(door) == []
