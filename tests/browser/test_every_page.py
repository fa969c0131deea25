"""Every page a person can reach: nothing for axe to find in either theme, nothing wider than the screen, no error in the console."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHOP = "/swiss-robotics/"
OFFICE = "/dashboard/swiss-robotics/"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
WIDTHS = (1360, 768, 390)
MOST = 90
"""Pages of one walk; more means that two spellings of one page are taken for two."""

NO_PAGE = re.compile(
    r"\.(ics|pdf|png|svg|css|csv|jpg|webp|xlsx|json)$|/files/|/(png|svg|qr)/|/dev/mail|/logout|/pdf_tickets/"
)


def kind_of(path: str) -> str:
    """The page's address without what differs from one object to the next."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", path.split("?")[0].split("#")[0])
    path = re.sub(r"/orders/[A-Z0-9]{5}/([A-Z0-9]{20,}/)?", r"/orders/{code}/", path)
    path = re.sub(r"/events/(?!new/)[a-z0-9-]+/", "/events/{event}/", path)
    return re.sub(r"^/(swiss-robotics|alpine-drones)/[a-z0-9-]+/", "/{tenant}/{event}/", path)


def walk(person: Any, start: str, inside: Callable[[str], bool]) -> Iterator[tuple[str, Page]]:
    """Every kind of page that links lead to from `start`, each once."""
    seen, waiting = {kind_of(start)}, [start]
    while waiting:
        path = waiting.pop(0)
        page: Page = person.go(path)
        assert page.title().strip(), path
        found = page.eval_on_selector_all(
            "a[href]",
            "all => all.map(a => new URL(a.href)).filter(u => u.origin === location.origin).map(u => u.pathname)",
        )
        yield path, page
        for link in found:
            if inside(link) and not NO_PAGE.search(link) and kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
        assert len(seen) <= MOST, sorted(seen)


def problems_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in each theme and at each width."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for violation in (
            Axe()
            .run(page, options={"runOnly": RULES["runOnly"], "resultTypes": ["violations"]})
            .response["violations"]
        ):
            nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            found.append(f"{theme}: {violation['id']}: {nodes}")
    size = page.viewport_size
    assert size is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 860})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append(f"{width} px: {over} px too wide")
    page.set_viewport_size(size)
    return found


@pytest.mark.parametrize(
    ("who", "start", "inside"),
    [
        (None, SHOP, lambda path: path.startswith(SHOP)),
        (("swiss-robotics", "owner"), OFFICE, lambda path: path.startswith((OFFICE, "/account/"))),
        (("swiss-robotics", "owner"), OFFICE + "style-guide/", lambda path: False),
        (("swiss-robotics", "volunteer"), OFFICE, lambda path: path.startswith(OFFICE)),
        (
            ("swiss-robotics", "organization_admin"),
            "/dashboard/",
            lambda path: path.startswith((OFFICE + "organizations/", "/my/")),
        ),
        (None, "/account/login", lambda path: path.startswith("/account/")),
        (None, "/nothing/is/here", lambda path: False),
    ],
    ids=["buyer", "owner", "components", "volunteer", "organization", "nobody", "lost"],
)
def test_every_page_is_whole(
    somebody: Any, who: tuple[str, str] | None, start: str, inside: Callable[[str], bool]
) -> None:
    person = somebody(viewport={"width": 1360, "height": 860})
    if who is not None:
        person.sign_in(*who)
    wrong = {path: problems for path, page in walk(person, start, inside) if (problems := problems_of(page))}
    assert wrong == {}, "\n".join(f"{path}\n    " + "\n    ".join(p) for path, p in wrong.items())


def test_the_steps_of_a_purchase_are_whole(somebody: Any) -> None:
    person = somebody(viewport={"width": 1360, "height": 860})
    page = person.go(f"{SHOP}swiss-robotics-day-2027/")
    page.locator("li.tk input").nth(0).fill("1")
    page.locator("form[data-cart] [type=submit]").click()
    page.wait_for_url("**/cart/**")
    wrong = {"names": problems_of(page)}
    page.get_by_role("button", name="Continue").click()
    wrong["names with errors"] = problems_of(page)
    page.fill("input[name=buyer_name]", "Lena Amsler")
    page.fill("input[name=buyer_email]", "lena.amsler@kinetik.example")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/pay/")
    wrong["pay"] = problems_of(page)
    page.locator("form[action$='/pay/'] [type=submit]").click()
    page.wait_for_url("**/orders/**")
    wrong["order"] = problems_of(page)
    assert {step: found for step, found in wrong.items() if found} == {}


def test_what_is_planted_is_found(somebody: Any) -> None:
    page = somebody(viewport={"width": 1360, "height": 860}).go(SHOP)
    page.evaluate(
        """() => {
            const main = document.querySelector("main");
            main.append(document.createElement("img"));
            const pale = Object.assign(document.createElement("p"), { textContent: "pale" });
            Object.assign(pale.style, { color: "#ccc", background: "#fff", inlineSize: "2000px" });
            main.append(pale);
        }"""
    )
    found = "\n".join(problems_of(page))
    for problem in ("light: image-alt", "light: color-contrast", "dark: color-contrast", "390 px: "):
        assert problem in found
