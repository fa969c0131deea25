"""The platform in a browser: every page whole in both themes and at every width, and the way between it and an organization."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_every_page import problems_of, walk

pytestmark = pytest.mark.browser

ADMIN = ("", "")
WIDE = {"width": 1360, "height": 860}


def first_of_its_kind(path: str) -> bool:
    """Pages of the platform; of organizations and people one each is enough, they differ in nothing else."""
    parts = path.strip("/").split("/")
    own = len(parts) < 3 or parts[1] == "jobs" or "swiss-robotics" in parts
    return path.startswith("/platform/") and own


def test_every_page_of_the_platform_is_whole(somebody: Any) -> None:
    person = somebody(viewport=WIDE)
    person.sign_in(*ADMIN)
    wrong = {
        path: found
        for path, page in walk(person, "/platform/", first_of_its_kind)
        if (found := problems_of(page))
    }
    page = person.go("/platform/users/")
    page.locator("tbody a").first.click()
    wrong["a person"] = problems_of(page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_acting_stands_on_top_of_every_page_and_ends_there(somebody: Any) -> None:
    person = somebody(viewport=WIDE)
    person.sign_in(*ADMIN)
    page = person.go("/platform/users/")
    page.get_by_role("link", name="Nina Steiner").click()
    page.fill("input[name=reason]", "A look at the badges")
    page.locator("#act [type=submit]").click()
    page.wait_for_url("**/dashboard/**")
    assert page.get_by_text("You act as Nina Steiner").is_visible()
    assert problems_of(page) == []
    assert page.locator(".nav-item", has_text="Settings").count() == 0
    person.go("/account/password")
    assert page.get_by_text("not lent to you").is_visible()
    assert problems_of(page) == []
    page.get_by_role("button", name="End it").click()
    page.wait_for_url("**/platform/users/**")
    assert page.get_by_text("You act as").count() == 0


def test_the_switcher_and_the_phone_menu_lead_to_the_platform(somebody: Any) -> None:
    person = somebody(viewport={"width": 390, "height": 800})
    page = person.sign_in(*ADMIN)
    page.get_by_role("link", name="Menu", exact=True).click()
    page.get_by_role("link", name="People").click()
    page.wait_for_url("**/platform/users/")
    page.get_by_role("link", name="Menu", exact=True).click()
    page.locator("summary.switcher").click()
    page.locator(".switcher + .pop-body").get_by_role("link", name="Platform").click()
    page.wait_for_url("**/platform/")


def test_signing_up_is_whole(somebody: Any) -> None:
    page = somebody(viewport=WIDE).go("/sign-up/")
    wrong = {"empty": problems_of(page)}
    page.fill("input[name=name]", "Grünwald Räume")
    page.fill("input[name=slug]", "sw1ss-robotics")
    page.fill("input[name=full_name]", "Ada Keller")
    page.fill("input[name=email]", "ada@gruenwald.example.org")
    page.fill("input[name=password]", "seven herons over the lake")
    page.get_by_role("button", name="Sign up").click()
    wrong["refused"] = problems_of(page)
    page.fill("input[name=slug]", "gruenwald")
    page.fill("input[name=password]", "seven herons over the lake")
    page.get_by_role("button", name="Sign up").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    wrong["sent"] = problems_of(page)
    assert {step: found for step, found in wrong.items() if found} == {}
