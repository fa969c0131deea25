"""Joining an organizer in a browser: from the platform's form or a member's invitation, by the link in the mail, to exactly what the role allows."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.test_every_page import problems_of

pytestmark = pytest.mark.browser

WIDE = {"width": 1360, "height": 860}
PASSWORD = "seven herons over the lake"
OFFICE = "/dashboard/swiss-robotics/"


def link_in_mail(person: Any, to: str, seconds: float = 60) -> str:
    """The path of the invitation in the newest mail to an address, as the mail folder in the browser has it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page: Page = person.go("/dev/mail")
        row = page.locator("tr", has_text=to).first
        if row.count():
            row.get_by_role("link").click()
            page.wait_for_url("**/*.eml")
            found = re.search(r"/account/invitations/[\w-]+", page.inner_text("body"))
            if found:
                return found[0]
        time.sleep(0.5)
    raise AssertionError(f"no mail to {to}")


def accept(page: Page, name: str) -> None:
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    page.wait_for_url("**/dashboard/**")


def invite(page: Page, email: str, role: str) -> None:
    form = page.locator("form[action$='/members/invitations/']")
    form.locator("input[name=email]").fill(email)
    form.locator("select[name=role]").select_option(label=role)
    form.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("The invitation is on its way.").wait_for()


def test_an_organizer_is_made_on_the_platform_and_its_owner_begins(somebody: Any) -> None:
    admin = somebody(viewport=WIDE)
    admin.sign_in("", "")
    page = admin.go("/platform/")
    page.get_by_role("link", name="New organization").click()
    page.get_by_role("button", name="Make the organization").click()
    assert page.locator(".error-summary li").count() >= 2
    assert problems_of(page) == []
    page.fill("input[name=name]", "Berner Velotag")
    page.fill("input[name=slug]", "velotag")
    page.fill("input[name=email]", "reto@velotag.example.org")
    page.get_by_role("button", name="Make the organization").click()
    page.get_by_text("Its owner gets a mail.").wait_for()
    assert problems_of(page) == []
    owner = somebody(viewport=WIDE)
    page = owner.go(link_in_mail(owner, "reto@velotag.example.org"))
    assert page.get_by_role("heading", name="Berner Velotag").is_visible()
    accept(page, "Reto Aebi")
    assert page.get_by_text("put your first event on sale").is_visible()


def test_an_export_is_fetched_once(somebody: Any) -> None:
    admin = somebody(viewport=WIDE)
    admin.sign_in("", "")
    page = admin.go("/platform/tenants/alpine-drones/")
    page.get_by_role("button", name="Make an export").click()
    fetch = page.get_by_role("button", name="Fetch the file")
    until = time.monotonic() + 60
    while fetch.count() == 0 and time.monotonic() < until:
        time.sleep(0.5)
        page = admin.go("/platform/tenants/alpine-drones/")
    assert problems_of(page) == []
    with page.expect_download() as download:
        fetch.click()
    assert download.value.suggested_filename == "alpine-drones.zip"
    page = admin.go("/platform/tenants/alpine-drones/")
    assert fetch.count() == 0
    assert page.locator("#exports").get_by_text("Fetched", exact=True).is_visible()


def test_a_role_without_a_right_shows_no_way_to_it_and_refuses_the_page(somebody: Any) -> None:
    owner = somebody(viewport=WIDE)
    owner.sign_in("swiss-robotics", "owner")
    page = owner.go(OFFICE + "roles/new/?from=event_admin")
    page.locator("main input[name=name]").fill("Box office")
    page.locator("input[name=permissions][value='attendee.view']").uncheck()
    page.get_by_role("button", name="Make the role").click()
    page.get_by_text("Saved.").wait_for()
    invite(owner.go(OFFICE + "members/"), "box@swiss-robotics.example", "Box office")
    newcomer = somebody(viewport=WIDE)
    there = link_in_mail(newcomer, "box@swiss-robotics.example")
    accept(newcomer.go(there), "Kim Box")
    event = OFFICE + "events/swiss-robotics-day-2027/"
    page = newcomer.go(event)
    menu = page.locator("nav.nav")
    assert menu.get_by_role("link", name="Orders").count() == 1
    assert menu.get_by_role("link", name="Attendees").count() == 0
    assert menu.get_by_role("link", name="Members").count() == 0
    assert newcomer.go(event + "attendees/").get_by_role("heading", name="Not allowed").is_visible()
    page = newcomer.go(there)
    assert page.get_by_text("This invitation was accepted, taken back").is_visible()


def test_somebody_who_has_an_account_signs_in_and_accepts(somebody: Any) -> None:
    owner = somebody(viewport=WIDE)
    owner.sign_in("swiss-robotics", "owner")
    email, _ = owner.site.accounts["swiss-robotics", "sponsor"]  # whom no other test takes for a stranger
    invite(owner.go(OFFICE + "members/"), email, "Staff")
    guest = somebody(viewport=WIDE)
    there = link_in_mail(guest, email)
    assert guest.go(there).get_by_text("You have an account with this address.").is_visible()
    guest.sign_in("swiss-robotics", "sponsor")
    page = guest.go(there)
    page.get_by_role("button", name="Accept the invitation").click()
    page.wait_for_url("**/dashboard/swiss-robotics/**")
    assert page.locator("nav.nav").get_by_role("link", name="Settings").count() == 0


def test_an_invitation_that_was_taken_back_opens_nothing(somebody: Any) -> None:
    owner = somebody(viewport=WIDE)
    owner.sign_in("swiss-robotics", "owner")
    page = owner.go(OFFICE + "members/")
    invite(page, "late@swiss-robotics.example", "Volunteer")
    reader = somebody(viewport=WIDE)
    there = link_in_mail(reader, "late@swiss-robotics.example")
    row = page.locator("tr", has_text="late@swiss-robotics.example")
    row.get_by_role("button", name="Take back").click()
    page.get_by_text("The link opens nothing any more.").wait_for()
    assert reader.go(there).get_by_text("This invitation was accepted, taken back").is_visible()
