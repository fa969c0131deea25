"""The form that chooses tickets carries no token: the browser's word that it is ours, or nothing happens."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sratix_core.shop.once import CARTS
from tests.functional.shop.market import TOKEN, Market, Stall, make_stall
from tests.support import TestApp, fingerprint, make_test_app, runtime_of

FORGED = {
    "a browser that says nothing and was never here": {},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another site with our origin": {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    "a neighbour on a subdomain": {"Sec-Fetch-Site": "same-site", "Origin": "http://evil.localhost"},
    "an older browser on another site": {"Origin": "https://evil.example"},
    "a neighbour in an older browser": {"Origin": "http://evil.localhost"},
    "another port": {"Origin": "http://localhost:8000"},
    "another scheme": {"Origin": "https://localhost"},
    "a page without an origin": {"Origin": "null"},
    "an address typed by hand": {"Sec-Fetch-Site": "none"},
}


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(market.tenant())


def chosen(stall: Stall, **more: str) -> dict[str, str]:
    return {f"q-{stall.types['Free']}": "1", **more}


@pytest.mark.parametrize("who", FORGED)
def test_a_forged_choice_holds_nothing(market: Market, stall: Stall, who: str) -> None:
    browser = market.browser()
    if FORGED[who]:  # whoever names a place is judged by it, whatever cookies came along
        browser.get(stall.path)
        browser.set_cookie("once", "planted-by-a-neighbour")
    before = fingerprint(market.runtime.engines)
    answer = browser.post(stall.path + "cart/", chosen(stall), headers=FORGED[who], status=403)
    assert "Reload it and send the form again" in answer
    assert fingerprint(market.runtime.engines) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_a_browser_that_says_the_form_is_ours_needs_nothing_else(
    market: Market, stall: Stall, headers: dict[str, str]
) -> None:
    market.browser().post(stall.path + "cart/", chosen(stall), headers=headers, status=303)
    assert stall.taken("Free") == 1


def test_a_browser_too_old_to_say_so_brings_what_the_page_gave_it(market: Market, stall: Stall) -> None:
    browser = market.browser()
    browser.get(stall.path)
    browser.post(stall.path + "cart/", chosen(stall), status=303)
    assert stall.taken("Free") == 1


def test_a_token_is_as_good_where_a_page_gave_one(market: Market, stall: Stall) -> None:
    market.browser().post(stall.path + "cart/", chosen(stall, csrf_token=TOKEN), status=303)
    assert stall.taken("Free") == 1


def test_the_cookie_is_for_this_host_alone_and_no_script_reads_it(tmp_path: Path) -> None:
    app, _ = make_test_app(tmp_path, base_url="https://tickets.example")
    stall = make_stall(Market(app, runtime_of(app)).tenant())
    browser = TestApp(app.app, extra_environ={"HTTP_HOST": "tickets.example", "wsgi.url_scheme": "https"})
    (given,) = browser.get(stall.path).headers.getall("Set-Cookie")
    name, *parts = given.split("; ")
    assert name.startswith("__Host-once=")
    assert {part.lower() for part in parts} == {"path=/", "secure", "httponly", "samesite=lax"}
    for headers in ({}, {"Origin": "http://tickets.example"}, {"Origin": "https://a.tickets.example"}):
        browser.post(stall.path + "cart/", chosen(stall), headers=headers, status=403)
    browser.post(
        stall.path + "cart/", chosen(stall), headers={"Origin": "https://tickets.example"}, status=303
    )


def test_with_tls_no_neighbour_profits_from_a_browser_that_says_nothing(tmp_path: Path) -> None:
    """The cookie comes along from a subdomain's form, so it alone opens nothing: the page must be named, and be ours."""
    app, _ = make_test_app(tmp_path, base_url="https://tickets.example")
    stall = make_stall(Market(app, runtime_of(app)).tenant())
    browser = TestApp(app.app, extra_environ={"HTTP_HOST": "tickets.example", "wsgi.url_scheme": "https"})
    browser.get(stall.path)
    for headers in ({}, {"Referer": "https://evil.tickets.example/"}, {"Referer": "http://tickets.example/"}):
        browser.post(stall.path + "cart/", chosen(stall), headers=headers, status=403)
    assert stall.taken("Free") == 0
    ours = {"Referer": "https://tickets.example" + stall.path}
    browser.post(stall.path + "cart/", chosen(stall), headers=ours, status=303)
    stranger = TestApp(app.app, extra_environ={"HTTP_HOST": "tickets.example", "wsgi.url_scheme": "https"})
    stranger.post(stall.path + "cart/", chosen(stall), headers=ours, status=403)
    assert stall.taken("Free") == 1


def test_pages_with_a_name_of_their_own_make_carts_of_their_own(market: Market, stall: Stall) -> None:
    browser = market.browser()
    browser.get(stall.path)
    left, right = (chosen(stall, once=f"a tab of its own {n}") for n in "ab")
    there = [browser.post(stall.path + "cart/", f, status=303).location for f in (left, left, right)]
    assert there[0] + "?again=1" == there[1] != there[2]
    assert stall.taken("Free") == 2
    told = "nothing is held twice"
    assert [told in browser.get(address) for address in there] == [False, True, False]


def test_another_choice_is_another_cart_and_a_page_opened_again_too(market: Market, stall: Stall) -> None:
    browser = market.browser()
    browser.get(stall.path)
    one = browser.post(stall.path + "cart/", chosen(stall), status=303).location
    two = browser.post(stall.path + "cart/", {f"q-{stall.types['Free']}": "2"}, status=303).location
    browser.get(stall.path)
    three = browser.post(stall.path + "cart/", chosen(stall), status=303).location
    assert len({one, two, three}) == 3
    assert stall.taken("Free") == 4


def test_who_gave_the_seats_back_and_sends_the_old_form_again_gets_a_new_cart(
    market: Market, stall: Stall
) -> None:
    browser = market.browser()
    browser.get(stall.path)
    first = browser.post(stall.path + "cart/", chosen(stall), status=303).location
    browser.post(first + "release/", {"csrf_token": TOKEN}, status=303)
    again = [browser.post(stall.path + "cart/", chosen(stall), status=303).location for _ in range(2)]
    assert first != again[0]
    assert again[1] == again[0] + "?again=1"
    assert stall.taken("Free") == 1


def test_however_many_carts_one_page_made_the_next_asks_for_them_once(market: Market, stall: Stall) -> None:
    browser, made = market.browser(), []
    browser.get(stall.path)
    for _ in range(CARTS + 2):
        with market.runtime.engines.counted() as seen:
            made.append(browser.post(stall.path + "cart/", chosen(stall), status=303).location)
        assert len([sql for sql in seen if sql.startswith("SELECT carts.secret_hash")]) == 1
        browser.post(made[-1] + "release/", {"csrf_token": TOKEN}, status=303)
        market.runtime.sources.clock.move(timedelta(minutes=5))  # as often as it may
    assert len(set(made)) == CARTS + 2
    assert stall.taken("Free") == 0
