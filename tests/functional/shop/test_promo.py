"""A buyer with a code: typed or brought by a link, refused with a reason, changed, taken off, and on the order."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from sratix_core.checkout.service import cart_by_secret
from sratix_core.events.pricing import set_terms
from sratix_core.events.queries import event_by_slug
from sratix_core.pricing.rules import Terms
from sratix_core.promotions import guesses
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.models import PromoCode
from sratix_core.promotions.service import create_code
from tests.builders import again
from tests.functional.shop.market import (
    Market,
    Stall,
    choose,
    code_in,
    form_to,
    make_stall,
    name_everyone,
    path_of,
    post,
)


@pytest.fixture
def stall(market: Market) -> Stall:
    """Tickets for CHF 49, a tax of 8.1 % in them, a fee of CHF 1.50 a ticket, to 5 Rappen; the code TEN."""
    stall = make_stall(market.tenant(), types={"Paid": {"price": 4900, "capacity": 50}})
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        set_terms(ctx, event, Terms(tax_bp=810, fee_name="Service fee", fee_ticket_minor=150, round_to=5))
        create_code(ctx, event, CodeDraft("TEN", value=1000))
    return stall


def used(stall: Stall, code: str = "TEN") -> int:
    with stall.world.open(write=False) as ctx:
        event = event_by_slug(ctx, stall.slug)
        return int(ctx.db.query(PromoCode).filter_by(event_id=event.id, code=code).one().used)


def apply(page: Any, code: str, at: str = "names") -> Any:
    """Press Apply beside the cart."""
    fields = {**dict(page.forms[at].submit_fields()), "code": code, "code_at": at}
    return page.test_app.post(page.request.path + "code/", fields, expect_errors=True)


def test_a_code_comes_onto_the_cart_and_nothing_typed_is_lost(market: Market, stall: Stall) -> None:
    browser = market.browser()
    page = choose(browser, stall, Paid=2).follow()
    page.mustcontain("CHF 98.00", "Service fee", "CHF 3.00", "CHF 101.00", "8.1\u00a0% VAT within: CHF 7.56")
    page.forms["names"]["buyer_name"] = "Ann Typed"
    page = apply(page, " t e n").follow()
    page.mustcontain("Code TEN is on", "CHF −9.80", "CHF 91.20")
    assert page.forms["names"]["buyer_name"].value == "Ann Typed"
    assert used(stall) == 1
    page.forms["names"]["buyer_name"] = "Ann Other"
    fields = {**dict(page.forms["names"].submit_fields()), "code_off": "names"}
    page = browser.post(page.request.path + "code/", fields).follow()
    page.mustcontain("CHF 101.00", "I have a promo code")
    assert (used(stall), page.forms["names"]["buyer_name"].value) == (0, "Ann Other")


def test_a_refused_code_says_why_beside_the_field(market: Market, stall: Stall) -> None:
    page = choose(market.browser(), stall, Paid=1).follow()
    page.forms["names"]["buyer_name"] = "Ann Typed"
    answer = apply(page, "<b>no</b>")
    assert answer.status_int == 409
    answer.mustcontain("There is no such code for this event.", "&lt;b&gt;no&lt;/b&gt;", "Ann Typed")
    assert answer.forms["names"]["buyer_name"].value == "Ann Typed"


def test_a_code_typed_and_not_applied_is_meant_all_the_same(market: Market, stall: Stall) -> None:
    browser = market.browser()
    page = choose(browser, stall, Paid=1).follow()
    page.forms["names"]["code"] = "nope"
    page.forms["names"]["buyer_name"] = "Ann"
    refused = page.forms["names"].submit(expect_errors=True)
    refused.mustcontain("There is no such code", "Ann")
    refused.forms["names"]["code"] = "ten"
    refused.forms["names"]["buyer_email"] = "ann@example.org"
    paying = refused.forms["names"].submit().follow()
    paying.mustcontain("Code TEN is on", "Order for CHF 45.60")


def test_nobody_pays_a_price_they_have_not_seen(market: Market, stall: Stall) -> None:
    """A code typed at the last step is shown first; the order comes with the next press."""
    browser = market.browser()
    paying = name_everyone(choose(browser, stall, Paid=1).follow()).follow()
    paying.forms["pay"]["code"] = "ten"
    paying = paying.forms["pay"].submit(status=303).follow()
    paying.mustcontain("Order for CHF 45.60")
    order = path_of(paying.forms["pay"].submit())
    page = browser.get(order)
    page.mustcontain("Code TEN", "CHF −4.90", "Service fee", "CHF 1.50", "CHF 45.60", "VAT within")
    office = market.member(stall.world).get(f"{stall.office}orders/{code_in(order)}/")
    office.mustcontain("Code TEN", "CHF −4.90", "CHF 45.60")
    why = market.member(stall.world).get(f"{stall.office}orders/{code_in(order)}/why/")
    why.mustcontain(
        "Price of Paid when the seats were taken",
        "Code TEN",
        "8.1\u00a0% VAT, within the price",
        "Your fee for 1 tickets",
    )


def test_a_link_brings_a_code_and_opens_hidden_tickets(market: Market) -> None:
    types = {"Paid": {"price": 4900, "capacity": 9}, "Crew": {"price": 100, "visibility": "hidden"}}
    stall = make_stall(market.tenant(), types=types)
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        create_code(
            ctx, event, CodeDraft("CREW", kind="access", unlocked_ids=(uuid.UUID(stall.types["Crew"]),))
        )
    browser = market.browser()
    assert "Crew" not in browser.get(stall.path)
    page = browser.get(stall.path + "?code=crew")
    page.mustcontain("Code CREW is on", "Crew")
    form = form_to(page, "/cart/")
    form[f"q-{stall.types['Crew']}"] = "2"
    page = form.submit().follow()
    page.mustcontain("2 × Crew", "Code CREW is on", "takes nothing off")
    refused = browser.post(
        page.request.path + "code/",
        {**dict(page.forms["names"].submit_fields()), "code_off": "names"},
        status=409,
    )
    refused.mustcontain("Crew needs the code that opened it.")
    assert browser.get(stall.path + "?code=nothing").status_int == 200
    assert post(browser, stall.path + "cart/", {f"q-{stall.types['Crew']}": "1"}).status_int == 409


def test_wrong_codes_are_slowed_down_for_their_place_only(market: Market, stall: Stall) -> None:
    """On every way in: the checkout, the link, the cart and the API."""
    browser = market.browser()
    page = choose(browser, stall, Paid=1).follow()
    for n in range(guesses.MOST):
        assert apply(page, f"guess{n}").status_int == 409
    apply(page, "ten").mustcontain("many wrong codes")
    browser.get(stall.path + "?code=ten").mustcontain("many wrong codes")
    api = f"/api/v1/public/{stall.world.tenant.slug}/events/{stall.slug}/promo-code?code=ten"
    assert browser.get(api, status=409).json["code"] == "promo_paused"
    found = market.browser().get(api).json
    assert (found["code"], found["kind"], found["value"]) == ("TEN", "percent", 1000)


def test_a_right_code_is_no_guess(market: Market, stall: Stall) -> None:
    api = f"/api/v1/public/{stall.world.tenant.slug}/events/{stall.slug}/promo-code?code=ten"
    browser = market.browser()
    for _ in range(guesses.MOST + 5):
        browser.get(api, status=200)


def test_a_price_changed_in_another_tab_is_shown_before_it_is_paid(market: Market, stall: Stall) -> None:
    browser = market.browser()
    paying = name_everyone(choose(browser, stall, Paid=1).follow()).follow()
    secret = paying.request.path.split("/cart/")[1].split("/")[0]
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        cart = cart_by_secret(ctx, event, secret)
        assert again(ctx, cart).promo_code == ""
    apply(browser.get(paying.request.path.removesuffix("pay/")), "ten")
    again_shown = paying.forms["pay"].submit(status=409)
    again_shown.mustcontain("The price of these seats has just changed.", "Order for CHF 45.60")
    browser.get(path_of(again_shown.forms["pay"].submit())).mustcontain("CHF 45.60")
