"""A person pays in Chromium: on the double's page, and by the Payment Element of a shop that loads its script."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from sratix_stripe.double.testing import Bench

pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LINES = [
    {
        "quantity": 2,
        "price_data": {"currency": "chf", "unit_amount": 4900, "product_data": {"name": "Early bird"}},
    }
]
SHOP = """<!doctype html><html lang="en"><head><title>A shop</title><script src="{api}/v3/stripe.js"></script></head>
<body><h1>A shop</h1><div id="element"></div><button id="pay">Pay</button><p id="said"></p><script src="/shop.js"></script></body></html>"""
SCRIPT = """
const words = new URLSearchParams(location.search);
const stripe = Stripe("pk_test_double");
const elements = stripe.elements({clientSecret: words.get("secret")});
const element = elements.create("payment");
element.on("ready", () => { document.body.dataset.ready = "yes"; });
element.mount("#element");
document.querySelector("#pay").addEventListener("click", async () => {
  const confirmParams = {return_url: location.origin + "/done"};
  const done = await stripe.confirmPayment({elements, confirmParams, redirect: words.get("redirect")});
  document.querySelector("#said").textContent = done.error ? done.error.message : done.paymentIntent.status;
});
"""


@pytest.fixture
def shop(bench: Bench) -> Iterator[str]:
    """Somebody's shop on another address; it has a page for those who come back."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/": SHOP.replace("{api}", bench.url), "/shop.js": SCRIPT}
            body = pages.get(
                self.path.partition("?")[0], "<!doctype html><title>Back in the shop</title>"
            ).encode()
            self.send_response_only(200)
            self.send_header(
                "Content-Type", "text/javascript" if self.path == "/shop.js" else "text/html; charset=utf-8"
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def walk(chromium: str, steps: Callable[[Page], Any], **context: Any) -> None:
    """Do `steps` on a fresh page; a script error fails the test."""

    async def in_browser() -> None:
        async with async_playwright() as play:
            browser: Browser = await play.chromium.launch(executable_path=chromium, args=FLAGS)
            page = await (await browser.new_context(**context)).new_page()
            problems: list[str] = []
            page.on("pageerror", lambda error: problems.append(str(error)))
            await steps(page)
            await browser.close()
            assert problems == []

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, in_browser()).result()


def session(bench: Bench, shop: str, **more: Any) -> Any:
    params = {
        "mode": "payment",
        "success_url": f"{shop}/ok?session={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{shop}/cart",
        "line_items": LINES,
        **more,
    }
    return bench.client().v1.checkout.sessions.create(params=params)


async def pay_by(page: Page, number: str) -> None:
    await page.get_by_label("E-mail").fill("ada@example.org")
    await page.get_by_label("Card number").fill(number)
    await page.get_by_label("Expires").fill("12 / 34")
    await page.get_by_label("CVC").fill("123")
    await page.get_by_role("button", name="Pay CHF 98.00").click()


def test_a_person_is_declined_then_proves_who_they_are_and_pays(
    bench: Bench, shop: str, chromium: str
) -> None:
    made = session(bench, shop)

    async def steps(page: Page) -> None:
        await page.goto(made.url)
        await expect(page.get_by_role("note")).to_contain_text("No real money")
        await pay_by(page, "4000 0000 0000 9995")
        await expect(page.get_by_role("alert")).to_contain_text("insufficient funds")
        await pay_by(page, "4000 0027 6000 3184")
        await page.get_by_role("button", name="Fail the check").click()
        await expect(page.get_by_role("alert")).to_contain_text("unable to authenticate")
        await pay_by(page, "4000 0027 6000 3184")
        await page.get_by_role("button", name="Approve").click()
        await expect(page).to_have_url(f"{shop}/ok?session={made.id}")
        await page.go_back()
        await page.goto(made.url)
        await expect(page).to_have_url(f"{shop}/ok?session={made.id}")

    walk(chromium, steps)
    assert bench.client().v1.checkout.sessions.retrieve(made.id).payment_status == "paid"
    assert [charge["paid"] for charge in bench.kept("charge")] == [False, True]


def test_one_tap_on_a_test_card_pays_and_an_expired_page_says_so(
    bench: Bench, shop: str, chromium: str
) -> None:
    made, late = session(bench, shop), session(bench, shop)
    bench.client().v1.checkout.sessions.expire(late.id)

    async def steps(page: Page) -> None:
        await page.goto(late.url)
        await expect(page.get_by_role("heading")).to_have_text("This payment page has expired")
        await page.get_by_role("link", name="Back to the shop").click()
        await expect(page).to_have_url(f"{shop}/cart")
        await page.goto(made.url)
        await page.get_by_label("E-mail").fill("ada@example.org")
        await page.get_by_text("Test cards").click()
        await page.get_by_role("button", name="4242 4242 4242 4242").click()
        await expect(page).to_have_url(f"{shop}/ok?session={made.id}")

    walk(chromium, steps)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_are_open_to_everybody(
    bench: Bench, shop: str, chromium: str, scheme: str, width: int
) -> None:
    made = session(bench, shop, allowed_payment_method_types=["card", "sepa_debit"])
    api = bench.client().v1
    account = api.accounts.create(params={"type": "express"}).id
    link = api.account_links.create(
        params={"account": account, "type": "account_onboarding", "refresh_url": shop, "return_url": shop}
    )
    asked = api.payment_intents.create(
        params={
            "amount": 4900,
            "currency": "chf",
            "payment_method": "pm_card_authenticationRequired",
            "confirm": True,
            "return_url": shop,
        }
    )

    async def steps(page: Page) -> None:
        for url in (made.url, asked.next_action.redirect_to_url.url, link.url, f"{bench.url}/nowhere"):
            await page.goto(url)
            found = (await Axe().run(page)).response["violations"]
            assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], url
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url

    walk(chromium, steps, color_scheme=scheme, viewport={"width": width, "height": 900})


def test_the_payment_element_pays_without_leaving_the_shop(bench: Bench, shop: str, chromium: str) -> None:
    intent = bench.client().v1.payment_intents.create(params={"amount": 4900, "currency": "chf"})

    async def steps(page: Page) -> None:
        await page.goto(f"{shop}/?redirect=if_required&secret={intent.client_secret}")
        pay, said = page.get_by_role("button", name="Pay"), page.locator("#said")
        await expect(page.locator("body")).to_have_attribute("data-ready", "yes")
        await pay.click()
        await expect(said).to_have_text("Your card number is incomplete.")
        for number, answer, ends in (
            ("4000000000000002", None, "Your card was declined."),
            (
                "4000002760003184",
                "Fail the check",
                "We are unable to authenticate your payment method. Choose a different one and try again.",
            ),
            ("4000002760003184", "Approve", "succeeded"),
        ):
            await page.get_by_label("Card number").fill(number)
            await page.get_by_label("Expires").fill("12 / 34")
            await page.get_by_label("CVC").fill("123")
            await pay.click()
            if answer:
                await page.get_by_role("button", name=answer).click()
            await expect(said).to_have_text(ends)

    walk(chromium, steps)
    assert bench.client().v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_the_payment_element_comes_back_where_the_shop_said(bench: Bench, shop: str, chromium: str) -> None:
    intent = bench.client().v1.payment_intents.create(params={"amount": 4900, "currency": "chf"})

    async def steps(page: Page) -> None:
        await page.goto(f"{shop}/?redirect=always&secret={intent.client_secret}")
        await page.get_by_label("Card number").fill("4242424242424242")
        await page.get_by_label("Expires").fill("12 / 34")
        await page.get_by_label("CVC").fill("123")
        await page.get_by_role("button", name="Pay").click()
        await page.wait_for_url(f"{shop}/done?**")
        assert f"payment_intent={intent.id}&" in page.url
        assert page.url.endswith("redirect_status=succeeded")

    walk(chromium, steps)


def test_a_browsers_key_opens_nothing_without_the_secret(bench: Bench) -> None:
    intent = bench.client().v1.payment_intents.create(params={"amount": 4900, "currency": "chf"})
    for secret in ("", "&client_secret=pi_guess_secret_guess"):
        status, _, _ = bench.get(f"/v1/payment_intents/{intent.id}?key=pk_test_double{secret}")
        assert status == 400
    status, _, _ = bench.get(
        f"/v1/payment_intents/{intent.id}?key=pk_test_double&client_secret={intent.client_secret}"
    )
    assert status == 200
