"""Buying by forms alone: free and paid, once however often a form is sent, and never more than there is."""

from __future__ import annotations

import threading
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import expire_carts
from sratix_core.tickets.models import Ticket, TicketState
from tests.functional.shop.market import (
    Market,
    buy,
    choose,
    code_in,
    form_to,
    make_stall,
    path_of,
    post,
    to_payment,
)
from tests.support import fingerprint


def test_a_free_ticket_is_bought_without_an_account(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    page = browser.get(buy(browser, stall, Free=2))
    assert page.text.count('<svg class="qr') >= 2 or page.text.count("qr.png") >= 2
    assert "Ann Miller" in page
    assert "Guest 2" in page
    assert page.headers["Cache-Control"] == "private, no-store"
    assert (
        page.headers["Referrer-Policy"] == "strict-origin"
    )  # with none, browsers send forms with the origin "null"
    assert stall.taken("Free") == 2


def test_a_paid_ticket_opens_the_door_once_the_organizer_has_the_money(market: Market) -> None:
    world = market.tenant()
    stall, browser = make_stall(world), market.browser()
    where = buy(browser, stall, Paid=1)
    waiting = browser.get(where)
    assert "CH93 0076 2011 6238 5295 7" in waiting
    assert "qr.png" not in waiting
    office = market.member(world)
    order = office.get(f"{stall.office}orders/{code_in(where)}/")
    paid = form_to(order, f"{stall.office}orders/{code_in(where)}/payment/").submit(status=303)
    assert paid.headers["Location"].endswith("?done=paid")
    page = browser.get(where)
    assert page.text.count("qr.png") == 1
    with world.open(write=False) as ctx:
        assert list(ctx.db.scalars(select(Ticket.state))) == [TicketState.VALID]


def test_what_was_typed_stays_beside_what_is_wrong(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    form = next(f for f in choose(browser, stall, Free=2).follow().forms.values() if "buyer_name" in f.fields)
    form["buyer_name"], form["buyer_email"], form["name-2"] = "Ann <b>Miller</b>", "ann@nowhere", "Bo Lee"
    answer = form.submit(status=422)
    again = next(f for f in answer.forms.values() if "buyer_name" in f.fields)
    assert again["buyer_name"].value == "Ann <b>Miller</b>"
    assert again["buyer_email"].value == "ann@nowhere"
    assert again["name-2"].value == "Bo Lee"
    assert "<b>Miller" not in answer
    assert "Add the ending" in answer


def test_names_are_still_there_when_the_buyer_goes_back(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    pay = to_payment(browser, stall, Free=2)
    names = browser.get(pay.request.path.replace("/pay/", "/"))
    form = next(f for f in names.forms.values() if "buyer_name" in f.fields)
    assert form["buyer_name"].value == "Ann Miller"
    assert form["name-2"].value == "Guest 2"


def test_the_same_cart_form_twice_is_one_cart(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    form = form_to(browser.get(stall.path), "/cart/")
    form[f"q-{stall.types['Free']}"] = "3"
    first, second = form.submit(status=303), form.submit(status=303)
    assert second.headers["Location"] == first.headers["Location"] + "?again=1"
    assert stall.taken("Free") == 3
    assert stall.count(Cart) == 1


def test_the_same_cart_form_from_four_impatient_fingers_is_one_cart(market: Market) -> None:
    stall = make_stall(market.tenant())
    fields = {f"q-{stall.types['Free']}": "2", "once": "a-very-impatient-finger"}
    answers = at_once(4, market, lambda browser: post(browser, stall.path + "cart/", fields))
    assert [a.status_int for a in answers] == [303] * 4
    assert len({urlsplit(a.headers["Location"]).path for a in answers}) == 1
    assert stall.taken("Free") == 2
    assert stall.count(Cart) == 1


def test_the_same_order_form_twice_is_one_order(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    form = form_to(to_payment(browser, stall, Paid=1), "/pay/")
    first, second = form.submit(status=303), form.submit(status=303)
    assert first.headers["Location"] == second.headers["Location"]
    assert stall.count() == 1
    assert stall.taken("Paid") == 1


def test_the_same_order_form_at_the_same_moment_is_one_order(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    where = to_payment(browser, stall, Free=1).request.path
    answers = at_once(4, market, lambda browser: post(browser, where))
    assert [a.status_int for a in answers] == [303] * 4
    assert len({a.headers["Location"] for a in answers}) == 1
    assert stall.count() == 1


def at_once(n: int, market: Market, act: object) -> list:  # type: ignore[type-arg]
    """The answers to one act of n browsers that start together."""
    start, answers = threading.Barrier(n), []

    def run() -> None:
        browser = market.browser()
        start.wait()
        answers.append(act(browser))  # type: ignore[operator]

    threads = [threading.Thread(target=run) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_stale_cart_says_so_and_its_seats_are_for_others(market: Market) -> None:
    world = market.tenant()
    stall, browser = make_stall(world, types={"Last": {"capacity": 2}}), market.browser()
    cart = choose(browser, stall, Last=2).follow()
    names = cart.request.path
    world.later(minutes=16)
    page = browser.get(names, status=410)
    assert "The time for your seats ran out." in page
    assert "2 × Last" in page
    name_page = post(browser, names, {"buyer_name": "Ann", "buyer_email": "a@example.org", "mine": "1"})
    assert name_page.status_int == 410
    with world.open() as ctx:
        assert expire_carts(ctx) == 1
    assert stall.taken("Last") == 0
    assert buy(market.browser(), stall, Last=2)
    assert post(browser, names + "pay/").status_int == 410
    assert stall.count() == 1


def test_a_named_cart_whose_seats_went_to_others_cannot_be_paid(market: Market) -> None:
    world = market.tenant()
    stall, browser = make_stall(world, types={"Last": {"capacity": 1}}), market.browser()
    form = form_to(to_payment(browser, stall, Last=1), "/pay/")
    world.later(minutes=16)
    other = post(market.browser(), stall.path + "cart/", {f"q-{stall.types['Last']}": "1"})
    assert other.status_int == 303  # a claim takes over what is past its time, without waiting for a sweep
    answer = form.submit(status=410)
    assert "The time for your seats ran out." in answer
    assert stall.count() == 0
    assert stall.taken("Last") == 1


def test_seats_given_back_are_free_at_once_and_only_once(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    cart = choose(browser, stall, Free=3).follow()
    form = form_to(cart, "/release/")
    assert "Your seats are given back." in form.submit(status=303).follow(status=410)
    assert stall.taken("Free") == 0
    form.submit(status=303)
    assert stall.taken("Free") == 0


def test_sold_out_is_said_and_changes_nothing(market: Market) -> None:
    stall = make_stall(market.tenant(), types={"Last": {"capacity": 1}, "Free": 0})
    late = form_to(market.browser().get(stall.path), "/cart/")
    late[f"q-{stall.types['Last']}"] = late[f"q-{stall.types['Free']}"] = "1"
    buy(market.browser(), stall, Last=1)
    before = fingerprint(market.runtime.engines)
    answer = late.submit(status=409)
    assert "These tickets are gone. Look at the event page for what is left." in answer
    assert fingerprint(market.runtime.engines) == before
    assert stall.taken("Free") == 0


def test_an_extra_alone_is_refused(market: Market) -> None:
    stall = make_stall(market.tenant(), types={"Free": 0, "Lunch": {"price": 1500, "is_addon": True}})
    answer = choose(market.browser(), stall, Lunch=1)
    assert answer.status_int == 422 or answer.status_int == 409
    assert "This extra needs a ticket in the same order. Add one." in answer
    assert choose(market.browser(), stall, Lunch=1, Free=1).status_int == 303


def test_a_ticket_that_is_not_on_sale_yet_is_refused(market: Market) -> None:
    soon = market.runtime.sources.clock.now() + timedelta(days=1)
    stall = make_stall(market.tenant(), types={"Free": 0, "Soon": {"sales_start": soon}})
    answer = post(market.browser(), stall.path + "cart/", {f"q-{stall.types['Soon']}": "1"})
    assert answer.status_int == 409
    assert stall.taken("Soon") == 0


def test_a_provider_that_is_not_offered_is_refused(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    pay = to_payment(browser, stall, Paid=1)
    for provider in ("", "free", "stripe", "bank_transfer2", "BANK_TRANSFER", "../x"):
        assert post(browser, pay.request.path, {"provider": provider}).status_int in {409, 422}, provider
    assert stall.count() == 0


def test_paying_before_the_names_leads_to_the_names(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    names = path_of(choose(browser, stall, Free=1))
    assert path_of(browser.get(names + "pay/", status=303)) == names
    assert path_of(post(browser, names + "pay/")) == names
    assert stall.count() == 0


def test_names_beyond_the_tickets_are_ignored_and_missing_ones_are_asked_for(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    names = choose(browser, stall, Free=2).follow()
    buyer = {"buyer_name": "Ann Miller", "buyer_email": "ann@example.org", "mine": "1"}
    assert post(browser, names.request.path, {**buyer, "name-3": "X"}).status_int == 422
    answer = post(browser, names.request.path, {**buyer, "later-2": "1", "name-99": "X", "later-7": "1"})
    order = form_to(answer.follow(), "/pay/").submit(status=303).follow()
    assert order.text.count("qr.png") == 2


def test_a_wrong_cart_secret_is_unknown_and_a_cart_of_another_event_too(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    other = make_stall(stall.world, "other")
    secret = path_of(choose(browser, stall, Free=1)).rstrip("/").rsplit("/", 1)[1]
    for path in (
        f"{stall.path}cart/{'0' * 32}/",
        f"{other.path}cart/{secret}/",
        f"{stall.path}cart/{secret.upper()}/",
    ):
        browser.get(path, status=404)
        assert post(browser, path).status_int == 404
        assert post(browser, path + "pay/").status_int == 404
        assert post(browser, path + "release/").status_int == 404
    assert stall.taken("Free") == 1
